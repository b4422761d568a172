"""Writes docs/reference/features.md from the catalogue: `python -m features.document [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from features.catalogue import AUDIT_FEATURES, FAMILIES, FEATURES, Feature
from features.catalogue.pairs import PAIR_FEATURES
from features.errors import StaleReferenceError
from features.freshness import FRESHNESS, Freshness

PAGE: Final = Path("docs") / "reference" / "features.md"

HEAD: Final = """# Features

This page is written by `python -m features.document` from `features/catalogue`; do not edit it.

Every fact is taken as it was known on the day of the decision point: rows with a later
`reported_on` do not count, and of actions, payments, appeals and case events only those strictly
before the day. How fresh they are stands below, under Freshness.
Null means that no register tells; it is never zero in disguise. Incomes, accounts, loans,
businesses and households are null for a debtor of whom the register has no row; vehicles, real
estate, actions, payments, appeals and events are zero then, and null where the whole register is
missing. Amounts are whole units of the legal order's amount unit (soʻm in Uzbekistan).
"""

PAIRS_HEAD: Final = """## Pairs of a case and a measure

These facts are those of one measure in one case (`features.pairs.build_pairs`): what the measure
can reach by the law's own amounts, how often it was tried and what came of it. What it reaches is
dated by the register of the asset that it touches, the rest by stamps of the pair frame. Measures
of a legal order without amounts (letters) reach nothing that a register tells: null.
"""

FRESHNESS_HEAD: Final = """## Freshness

Every fact has a stamp of two days, both of one row: `observed_on_<stamp>`, the day to which the
fact refers (the event day), and `known_on_<stamp>`, the report that brought it. It is the row with
the latest event day among those used; of several rows of that day, the report that came last
completed it. No event day is later than its report: a register that reports a running month has
not seen its end. A late correction changes the stamp from its own day on, and only where it
corrects the newest day. The stamps are shown and never learnt from. `<table>` dates all rows that
concern the debtor, `<table>_this_case` and `<table>_other_cases` those of one part of the cases; a
fact is dated by the rows of its principal table that it is made of (column stamp above). A fact
whose event day lies further back than its register usually lets expect is marked as older than
usual, on the page and in its sentence; it changes no ranking. How each register dates its rows is
kept in `features/freshness.py`:

"""

AUDIT_HEAD: Final = """## Audit facts: no model input

Protected attributes and their proxies stay beside the features so that fairness can be measured.
Their role is `excluded`; only a dated, written decision may change that.
"""


def reference_page() -> str:
    """The page as the catalogue has it now."""
    counts = ", ".join(f"{family} {len(_of(family))}" for family in FAMILIES)
    parts = [HEAD, f"{len(FEATURES)} features: {counts}.\n"]
    parts += [f"## {family.capitalize()}\n\n{_table(_of(family))}" for family in FAMILIES]
    parts.append(f"{PAIRS_HEAD}\n{_table(PAIR_FEATURES)}")
    parts.append(FRESHNESS_HEAD + _freshness())
    parts.append(f"{AUDIT_HEAD}\n{_table(AUDIT_FEATURES)}")
    return "\n".join(parts)


def _of(family: str) -> tuple[Feature, ...]:
    return tuple(feature for feature in FEATURES if feature.family == family)


def _freshness() -> str:
    lines = ["| register | event day | older than usual after | why |", "|---|---|---|---|"]
    for table, one in FRESHNESS.items():
        limit = f"{one.stale_after_days} days" if one.stale_after_days else "never"
        lines.append(f"| `{table}` | {_event_day(one)} | {limit} | {one.source} |")
    return "\n".join(lines) + "\n"


def _event_day(one: Freshness) -> str:
    if one.period:
        return f"last day of `{one.period}`"
    if len(one.days) > 1:
        return "latest of " + ", ".join(f"`{day}`" for day in one.days)
    return f"`{one.days[0] if one.days else 'reported_on'}`"


def _table(features: Sequence[Feature]) -> str:
    lines = [
        "| feature | en | uz_Latn | uz_Cyrl | ru | unit | theme | sources | stamp | meaning |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_row(feature) for feature in features)]) + "\n"


def _row(feature: Feature) -> str:
    label = feature.label
    sources = ", ".join(f"`{source}`" for source in feature.sources)
    cells = (
        f"`{feature.name}`",
        label.en,
        label.uz_Latn,
        label.uz_Cyrl,
        label.ru,
        feature.unit,
        feature.theme,
        sources,
        f"`{feature.stamp}`",
        feature.meaning,
    )
    return "| " + " | ".join(cells) + " |"


def check_page(page: Path = PAGE) -> None:
    """Passes where the page on disk is current.

    Raises:
        StaleReferenceError: The page is missing or says something else.
    """
    if not page.is_file() or page.read_text(encoding="utf-8") != reference_page():
        raise StaleReferenceError(page.as_posix())


def main(arguments: Sequence[str]) -> int:
    """Writes the page, or with --check tells by the exit code (1) that it is stale."""
    if list(arguments) not in ([], ["--check"]):
        sys.stderr.write("Usage: python -m features.document [--check]\n")
        return 2
    if not arguments:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(reference_page(), encoding="utf-8")
        return 0
    try:
        check_page()
    except StaleReferenceError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
