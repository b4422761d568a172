"""The gates of what is done because the debtor is missing: the search and the register entry."""

from dataclasses import replace

import polars as pl

from law.condition import Condition
from law.uz.gates.debtor import debtor_can_be_addressed
from law.words import words

IS_MISSING = pl.col("debtor_status") == "missing"

# Art. 34, 37: death suspends until the successor is named, liquidation ends the proceedings. That
# the debtor is missing is no obstacle here: it is the ground (Art. 42, 40(2)).
debtor_exists = Condition(
    id="debtor_exists",
    article="34",
    reason_code="debtor_deceased_or_liquidated",
    title=words(
        uz="Qarzdor vafot etmagan va tugatilmagan",
        ru="Должник не умер и не ликвидирован",
        en="The debtor has not died and is not liquidated",
    ),
    broken=debtor_can_be_addressed.broken,
    unknown=words(
        uz="Aytib boʻlmaydi: qarzdorning holati nomaʼlum. Uni FHDYO yoki yuridik shaxslar reyestri "
        "biladi (34, 37-moddalar).",
        ru="Сказать нельзя: состояние должника неизвестно. Его знает ЗАГС или реестр юридических "
        "лиц (ст. 34, 37).",
        en="This cannot be told: the debtor's status is not known. The civil or business register "
        "knows it (Art. 34, 37).",
    ),
    remedy=words(
        uz="Huquqiy vorisni aniqlang; u boʻlmasa, ishni tugating.",
        ru="Установите правопреемника; если его нет, окончите производство.",
        en="Name the successor; if there is none, end the case.",
    ),
    holds=~pl.col("debtor_status").is_in(["deceased", "liquidated"]),
    facts=("debtor_status",),
)


def or_missing(gate: Condition) -> Condition:
    """A gate, waived for a missing debtor: nobody can serve a decision on somebody who is gone."""
    return replace(gate, holds=IS_MISSING | gate.holds, facts=(*gate.facts, "debtor_status"))
