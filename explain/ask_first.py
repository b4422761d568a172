"""Which unknown register, if asked, would most probably change what comes first: asking.parquet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import polars as pl

from explain.record import TEXTS
from registers.register_names import AGENCIES, REGISTER_NAMES
from registers.texts import Texts

SCHEMA: Final[Mapping[str, pl.DataType | type[pl.DataType]]] = MappingProxyType(
    {
        "case_id": pl.String,
        "as_of_date": pl.Date,
        "place": pl.Int64,
        "register": pl.String,
        "n_comparable": pl.Int64,
        "n_other": pl.Int64,
        "sentence": TEXTS,
    }
)
ASK_FIRST: Final = Texts(
    uz_Latn=(
        "Avval soʻrang: {register} ({agency}). Oʻxshash {n} ishdan {other} tasida birinchi chora "
        "boshqa boʻlar edi."
    ),
    uz_Cyrl=(
        "Аввал сўранг: {register} ({agency}). Ўхшаш {n} ишдан {other} тасида биринчи чора "
        "бошқа бўлар эди."
    ),
    ru=(
        "Сначала запросите: {register} ({agency}). Среди {n} сопоставимых дел первой была бы "
        "другая мера в {other}."
    ),
    en=(
        "Ask first: {register} ({agency}). In {other} of {n} comparable cases the first measure "
        "would be another."
    ),
)
THEN_ASK: Final = Texts(
    uz_Latn="Soʻng: {register} ({agency}): {n} ishdan {other} tasida.",
    uz_Cyrl="Сўнг: {register} ({agency}): {n} ишдан {other} тасида.",
    ru="Затем: {register} ({agency}): в {other} из {n}.",
    en="Then: {register} ({agency}): in {other} of {n}.",
)
HARDLY: Final = Texts(
    uz_Latn=(
        "{register} ({agency}): oʻxshash {n} ishning hech birida javob birinchi chorani "
        "oʻzgartirmas edi."
    ),
    uz_Cyrl=(
        "{register} ({agency}): ўхшаш {n} ишнинг ҳеч бирида жавоб биринчи чорани ўзгартирмас эди."
    ),
    ru="{register} ({agency}): ни в одном из {n} сопоставимых дел ответ не изменил бы первую меру.",
    en="{register} ({agency}): in none of {n} comparable cases would the answer alter the first "
    "measure.",
)


def build_asking(found: pl.DataFrame) -> pl.DataFrame:
    """One row per case and unknown register, the one to ask first before the others.

    Args:
        found: case_id, as_of_date, register, n_comparable (past cases of which the register was
            known and that are most like the case), n_other (in how many of them the first measure
            would be another if the register said of this case what it says of them).

    Returns:
        The columns of SCHEMA; `place` counts from 1, by n_other, then as the registers are named.
    """
    keys = ["case_id", "as_of_date"]
    ordered = found.sort(*keys, -pl.col("n_other"), "register").with_columns(
        place=pl.int_range(pl.len(), dtype=pl.Int64).over(keys) + 1
    )
    sentences = [
        tell_asking(*row)
        for row in ordered.select("register", "n_comparable", "n_other", "place").iter_rows()
    ]
    return ordered.with_columns(sentence=pl.Series(sentences, dtype=TEXTS)).select(
        pl.col(name).cast(kind) for name, kind in SCHEMA.items()
    )


def tell_asking(register: str, n: int, other: int, place: int) -> dict[str, str]:
    """The sentence in each language.

    >>> tell_asking("vehicles", 10, 3, 1)["en"].split(". ")[1]
    'In 3 of 10 comparable cases the first measure would be another.'
    """
    template = HARDLY if not other else ASK_FIRST if place == 1 else THEN_ASK
    names = {"register": REGISTER_NAMES[register], "agency": AGENCIES[register]}
    return template.format(n=n, other=other, **names).as_dict()
