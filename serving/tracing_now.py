"""Whether the tables behind a recommendation are still, byte for byte, what was recorded."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.trace import FeatureTrace, trace_features
from registers.errors import ChoraError
from registers.extract import load_tables, source_hash_of
from registers.lineage import Lineage, changed_tables, lineage_from_dict
from registers.tables import TABLES
from serving.tracing import RecommendationTrace


@dataclass(frozen=True)
class TablesNow:
    """What became of the tables since: `changed` names each file, missing or differing.

    `is_same` is None where nothing was recorded to compare with.
    """

    folder: str
    is_same: bool | None
    sentence: str
    changed: dict[str, str] = field(default_factory=dict)


def check_tables(folder: Path, source_hash: str, lineage: Lineage | None) -> TablesNow:
    """Compare the accepted files in a folder with the hashes that were recorded.

    Every file is read anew. Where a lineage was recorded, the changed tables are named.
    """
    files = [folder / f"{name}.parquet" for name in sorted(TABLES)]
    if not any(file.is_file() for file in files):
        sentence = f"{folder} holds no tables. Name the tables of that day."
        return TablesNow(str(folder), False, sentence)
    changed = {} if lineage is None else changed_tables(folder, lineage)
    is_whole = all(file.is_file() for file in files)
    if changed or not is_whole or source_hash_of(folder) != source_hash:
        named = ", ".join(f"{name} ({how})" for name, how in sorted(changed.items()))
        sentence = f"The tables in {folder} are not those that were used"
        return TablesNow(
            str(folder), False, f"{sentence}: {named}." if named else f"{sentence}.", changed
        )
    sentence = f"The tables in {folder} are those that were used, byte for byte."
    return TablesNow(str(folder), True, sentence)


def check_recommended(folder: Path, traced: RecommendationTrace) -> TablesNow:
    """The same for the tables of a recommendation."""
    return check_tables(folder, traced.sources.source_hash, lineage_behind(traced))


def lineage_behind(traced: RecommendationTrace) -> Lineage | None:
    """The lineage that was recorded for the tables of a recommendation."""
    body = traced.sources.lineage
    return None if body is None else lineage_from_dict(body)


def count_rows(traced: RecommendationTrace, folder: Path) -> RecommendationTrace:
    """The trace with the number of rows behind each fact, counted in unchanged tables."""
    names = [one.feature for one in traced.features]
    if not names:
        return traced
    try:
        registers = load_tables(folder)
        counted = trace_features(registers, traced.case_id, traced.as_of_date, names)
    except ChoraError:  # a fact of another version of the program: it stays without a count
        return traced
    by_name = {one.feature: one for one in counted}
    return replace(
        traced, features=tuple(_with_rows(one, by_name[one.feature]) for one in traced.features)
    )


def _with_rows(told: FeatureTrace, counted: FeatureTrace) -> FeatureTrace:
    return replace(told, tables=counted.tables)
