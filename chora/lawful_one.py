"""What `chora lawful` says of one proposed action: for an officer, the decisive things first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from chora import lawful_words as w
from chora.console import say
from law.actions.finding_names import FOUND_NAMES, verdict_name
from law.catalogue import catalogue
from law.fact_names import FACTS
from law.stated import STATED
from law.uz.decision_reasons import cited
from law.words import value_texts
from registers.texts import Texts, format_date

if TYPE_CHECKING:
    from law.actions.check import CheckedAction, Warned
    from law.judgement import Ground
    from registers.legal_orders import LegalOrder


def say_checked(
    checked: CheckedAction,
    *,
    case: str,
    on: date,
    order: LegalOrder,
    language: str,
    shows_all: bool = False,
) -> None:
    """Prints verdict, sentence, remedy, open questions, warnings, confirmations and figures."""
    _Page(checked, order, language).say(case, on, shows_all=shows_all)


class _Page:
    """The lines about one action in one language."""

    def __init__(self, checked: CheckedAction, order: LegalOrder, language: str) -> None:
        self.checked, self.order, self.language = checked, order, language
        self.judgement = checked.judgement

    def tells(self, text: Texts, **values: object) -> str:
        return (
            text.format(**values).in_language(self.language)
            if values
            else text.in_language(self.language)
        )

    def say(self, case: str, on: date, *, shows_all: bool) -> None:
        self._say_verdict(case, on)
        decisive, *others = self.judgement.grounds
        say(self.tells(decisive.sentence))
        self._say_remedy(w.REMEDY, decisive.remedy)
        self._say_rule(decisive)
        self._say_warnings()
        self._say_grounds(others)
        self._say_statable()
        lines = [self.tells(text) for text in self.judgement.confirmations]
        self._say_list(w.CONFIRM, lines)
        self._say_figures()
        self._say_holding(others, shows_all=shows_all)

    def _say_verdict(self, case: str, on: date) -> None:
        name: Texts = verdict_name(self.judgement.verdict)
        if self.judgement.verdict == "lawful" and self.checked.finding != "in_order":
            name = w.LAWFUL_BUT.format(finding=FOUND_NAMES[self.checked.finding])
        measure = catalogue(self.order.id)[self.judgement.measure].names
        where = self.tells(w.CASE, case=case)
        day = format_date(on, self.language)
        say(f"{self.judgement.measure}: {self.tells(name)}")
        say(f"{self.tells(measure)}, {where}, {day}\n")

    def _say_remedy(self, heading: Texts, remedy: Texts | None) -> None:
        if remedy is not None:
            say(f"{self.tells(heading)}: {self.tells(remedy)}")

    def _say_rule(self, ground: Ground | Warned, indent: str = "") -> None:
        source = w.SOURCES[ground.confidence]
        said = self.tells(w.RULE, article=cited([ground.article]), rule=ground.rule, source=source)
        facts = "; ".join(
            f"{self._label(name)}: {self._value(name, value)}"
            for name, value in sorted(ground.facts.items())
        )
        say(f"{indent}{said}" + (f"\n{indent}{facts}" if facts else ""))

    def _say_warnings(self) -> None:
        if not self.checked.warnings:
            return
        say(f"\n{self.tells(w.WARNINGS)}:")
        for warned in self.checked.warnings:
            kind = self.tells(FOUND_NAMES[warned.kind])
            say(f"- {kind}: {self.tells(warned.sentence)}")
            if warned.remedy is not None:
                say(f"  {self.tells(w.REMEDY)}: {self.tells(warned.remedy)}")
            self._say_rule(warned, "  ")

    def _say_grounds(self, grounds: list[Ground]) -> None:
        for heading, is_it in ((w.AGAINST, ("unlawful", "unfounded")), (w.OPEN, ("cannot_tell",))):
            self._say_list(heading, [self._line(g) for g in grounds if g.verdict in is_it])

    def _line(self, ground: Ground) -> str:
        remedy = f" {self.tells(ground.remedy)}" if ground.remedy is not None else ""
        return f"{self.tells(ground.sentence)}{remedy}"

    def _say_statable(self) -> None:
        lines = [
            f"{self._label(name)}: --fact {name}=… ({STATED[name].forms})"
            for name in self.checked.to_state
        ]
        self._say_list(w.TO_STATE, lines)

    def _say_figures(self) -> None:
        for heading, values in (
            (w.AMOUNTS, self.judgement.amounts),
            (w.DEADLINES, self.judgement.deadlines),
            (w.STATED, self.judgement.stated),
        ):
            self._say_list(heading, self._known(values))

    def _known(self, values: Mapping[str, object]) -> list[str]:
        return [
            f"{self._label(name)}: {self._value(name, value)}"
            for name, value in values.items()
            if value is not None
        ]

    def _say_holding(self, grounds: list[Ground], *, shows_all: bool) -> None:
        holding = [ground for ground in grounds if ground.verdict == "lawful"]
        if shows_all:
            self._say_list(w.HOLD, [f"{self.tells(g.sentence)} [{g.rule}]" for g in holding])
        elif holding:
            say(f"\n{self.tells(w.HOLDING, n=len(holding))}")

    def _say_list(self, heading: Texts, lines: list[str]) -> None:
        if lines:
            say(f"\n{self.tells(heading)}:")
        for line in lines:
            say(f"- {line}")

    def _label(self, name: str) -> str:
        return self.tells(FACTS[name].label) if name in FACTS else name

    def _value(self, name: str, value: object) -> str:
        return self.tells(value_texts(name, value, self.order.currency))
