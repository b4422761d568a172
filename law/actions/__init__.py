"""Past and proposed actions: was this measure lawful and founded, in time, and what would help?"""

from law.actions.judging import judge_actions

__all__ = ["judge_actions"]
