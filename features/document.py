"""Writes docs/reference/features.md from the catalogue: `python -m features.document [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from features.catalogue import AUDIT_FEATURES, FAMILIES, FEATURES, Feature
from features.errors import StaleReferenceError

PAGE: Final = Path("docs") / "reference" / "features.md"

HEAD: Final = """# Features

This page is written by `python -m features.document` from `features/catalogue`; do not edit it.

Every fact is taken as it was known on the day of the decision point: rows with a later
`reported_on` do not count, and of actions, payments, appeals and case events only those strictly
before the day. The column `known_on_<table>` of the frame tells the latest report that was used.
Null means that no register tells; it is never zero in disguise. Incomes, accounts, loans,
businesses and households are null for a debtor of whom the register has no row; vehicles, real
estate, actions, payments, appeals and events are zero then, and null where the whole register is
missing. Amounts are whole units of the legal order's amount unit (soʻm in Uzbekistan).
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
    parts.append(f"{AUDIT_HEAD}\n{_table(AUDIT_FEATURES)}")
    return "\n".join(parts)


def _of(family: str) -> tuple[Feature, ...]:
    return tuple(feature for feature in FEATURES if feature.family == family)


def _table(features: Sequence[Feature]) -> str:
    lines = [
        "| feature | en | uz_Latn | uz_Cyrl | ru | unit | theme | sources | meaning |",
        "|---|---|---|---|---|---|---|---|---|",
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
