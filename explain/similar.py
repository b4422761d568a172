"""Similar past cases of each ranked measure, in counts and in a sentence (similar.parquet)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import polars as pl

from explain.numbers import tell_number
from explain.record import TEXTS
from explain.similar_words import COMPARABLE, FEWER_THAN_TEN, OF_A_PART
from models.neighbours import FEWEST, Similar
from registers.texts import LANGUAGES, NO_BREAK_SPACE, group_digits

# Column -> type of similar.parquet, in file order.
SCHEMA: Final[Mapping[str, pl.DataType | type[pl.DataType]]] = MappingProxyType(
    {
        "case_id": pl.String,
        "as_of_date": pl.Date,
        "rank": pl.Int64,
        "measure": pl.String,
        "n_comparable": pl.Int64,
        "n_nothing": pl.Int64,
        "n_some": pl.Int64,
        "n_more_than_half": pl.Int64,
        "n_all": pl.Int64,
        "median_share": pl.Float64,
        "n_looked_at": pl.Int64,
        "n_taken": pl.Int64,
        "sentence": TEXTS,
    }
)
BANDS: Final = ("n_nothing", "n_some", "n_more_than_half", "n_all")


def build_similar(ranked: pl.DataFrame, found: Similar | None) -> pl.DataFrame:
    """One row per ranked measure with the comparable past cases that took it.

    Args:
        ranked: case_id, as_of_date, rank, measure.
        found: Row by row those of `ranked`; None where the model keeps no past decisions.

    Returns:
        The columns of SCHEMA; no row where `found` is None. `n_comparable`, its four parts by what
        came back and `median_share` (0..1) are null where fewer than FEWEST cases are comparable.
        `n_looked_at` of `n_taken` cases that took the measure were compared.
    """
    if found is None:
        return pl.DataFrame(schema=dict(SCHEMA))
    told = pl.Series(found.n) >= FEWEST
    bands = {name: pl.Series(found.bands[:, i]) for i, name in enumerate(BANDS)}
    frame = ranked.select("case_id", "as_of_date", "rank", "measure").with_columns(
        pl.Series("n_comparable", found.n),
        pl.Series("median_share", found.median_share),
        pl.Series("n_looked_at", found.n_kept),
        pl.Series("n_taken", found.n_taken),
        **bands,
    )
    hidden = ["n_comparable", *BANDS, "median_share"]
    frame = frame.with_columns(pl.when(told).then(pl.col(name)).alias(name) for name in hidden)
    rows = frame.select(*hidden, "n_looked_at", "n_taken").rows()
    sentences = pl.Series([tell_similar(*row) for row in rows], dtype=TEXTS)
    return frame.with_columns(sentence=sentences).select(
        pl.col(name).cast(kind) for name, kind in SCHEMA.items()
    )


@cache
def tell_similar(
    n: int | None,
    nothing: int | None,
    some: int | None,
    most: int | None,
    everything: int | None,
    median: float | None,
    kept: int,
    taken: int,
) -> dict[str, str]:
    """The sentence in each language; n is None where there are fewer than FEWEST.

    >>> tell_similar(14, 5, 4, 3, 2, 0.235, 300, 300)["en"].split(".")[0]
    '14 comparable cases with this measure in the last three years'
    >>> tell_similar(None, None, None, None, None, None, 7, 7)["en"].split(" with")[0]
    'Fewer than ten comparable cases'
    """
    part = OF_A_PART.format(kept=group_digits(kept), taken=group_digits(taken))
    after = part.as_dict() if kept < taken else dict.fromkeys(LANGUAGES, "")
    if n is None or median is None:
        return {name: text + after[name] for name, text in FEWER_THAN_TEN.as_dict().items()}
    counts = {"n": n, "nothing": nothing, "some": some, "most": most, "all": everything}
    words = {name: group_digits(count or 0) for name, count in counts.items()}
    return {
        name: text.format(**words, median=_per_cent(median, name)) + after[name]
        for name, text in COMPARABLE.as_dict().items()
    }


def _per_cent(share: float, language: str) -> str:
    """A share as a person reads it; in Uzbek with the ending that the sentence asks for."""
    number = tell_number(share * 100, 1, language)
    sign = {"uz_Latn": "foizi", "uz_Cyrl": "фоизи"}.get(language, "%")
    return f"{number}{NO_BREAK_SPACE}{sign}"
