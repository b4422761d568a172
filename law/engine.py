"""The front door of the law: verdicts for frames of facts, one case, and lists of actions.

facts = build_facts(registers, points)          what is known of each point on its day
judge(facts, "uz")                              a verdict for each point and measure
check_measure(registers, case, measure, day)    one verdict with every ground, for a person
judge_actions(registers, actions)               past or proposed actions, one sentence each
"""

from law.actions import judge_actions
from law.facts import build_facts
from law.facts_used import excluded_facts
from law.judgement import Ground, Judgement, check_measure
from law.rules import law_version
from law.verdicts import judge, lawful_measures

__all__ = [
    "Ground",
    "Judgement",
    "build_facts",
    "check_measure",
    "excluded_facts",
    "judge",
    "judge_actions",
    "law_version",
    "lawful_measures",
]
