"""Vehicles and real estate that can be levied, are pledged, or are out of reach.

Traffic police and cadastre cover everybody: a debtor without a row owns nothing they know of.
What is owned on the day, and its value, is told by `registers.holdings`.
"""

import polars as pl

from law.case_facts.case_file import CaseFile

DWELLINGS: tuple[str, ...] = ("apartment", "house")
# A family may live in a building that the cadastre still holds for unfinished.
LIVABLE: tuple[str, ...] = (*DWELLINGS, "unfinished")

_VEHICLES = (
    "n_vehicles",
    "n_free_vehicles",
    "free_vehicles_som",
    "n_pledged_vehicles",
    "pledged_vehicles_som",
)
_OBJECTS = (
    "n_real_estate",
    "n_exempt_dwellings",
    "n_doubtful_homes",
    "n_kept_homes",
    "n_pledged_homes",
    "pledged_home_som",
    "n_investment_objects",
    "n_pledged_objects",
    "n_free_objects",
    "free_real_estate_som",
    "attached_som",
    "pledged_real_estate_som",
)


def _n(condition: pl.Expr, name: str) -> pl.Expr:
    return condition.sum().cast(pl.Int64).alias(name)


def vehicle_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: vehicles owned, free of pledge and pledged, with their values."""
    owned = file.holdings("vehicles").filter("is_owned")
    pledged = pl.col("is_encumbered")
    answer = owned.group_by("point_id").agg(
        pl.len().cast(pl.Int64).alias("n_vehicles"),
        _n(~pledged, "n_free_vehicles"),
        pl.col("value_som").filter(~pledged).sum().alias("free_vehicles_som"),
        _n(pledged, "n_pledged_vehicles"),
        pl.col("value_som").filter(pledged).sum().alias("pledged_vehicles_som"),
        pl.col("reported_on").max().alias("vehicles_reported_on"),
    )
    return file.where_delivered("vehicles", answer, dict.fromkeys(_VEHICLES, 0))


def real_estate_facts(file: CaseFile, claims: pl.DataFrame) -> pl.DataFrame:
    """One row per point: objects owned and what stands against levying on each of them.

    Art. 52: the only dwelling of a natural person in which the debtor or the family lives is exempt
    unless the document names it or it is pledged for this claim. One dwelling is always set aside
    as the home: the residence, else the dearest. It is exempt where it is the only one; kept where
    the debtor owns another whole dwelling that is not pledged; in doubt where the others are only
    shares, pledged or unfinished, or where the only dwelling is not recorded as lived in.
    Art. 52(4): investment objects. `claims` gives debtor_kind and levies_dwelling per point.
    """
    owned = (
        file.holdings("real_estate")
        .filter("is_owned")
        .join(claims.select("point_id", "debtor_kind", "levies_dwelling"), on="point_id")
    )
    is_person = (pl.col("debtor_kind") != "legal_entity").fill_null(True)
    is_dwelling = pl.col("kind").is_in(LIVABLE) | pl.col("residence")
    objects = owned.with_columns(
        (is_dwelling & is_person & ~pl.col("levies_dwelling")).alias("protected"),
        (pl.col("encumbrance") == "pledge").alias("pledged"),
        (pl.col("encumbrance") == "investment").alias("investment"),
    )
    answer = _count(_set_the_home_aside(objects))
    return file.where_delivered("real_estate", answer, dict.fromkeys(_OBJECTS, 0))


def _set_the_home_aside(objects: pl.DataFrame) -> pl.DataFrame:
    """The objects with home, exempt, kept and doubtful: what becomes of each dwelling."""
    ranked = objects.sort(
        "point_id",
        "protected",
        "residence",
        "value_som",
        "object_id",
        descending=[False, True, True, True, False],
    ).with_columns(
        (pl.col("protected") & (pl.int_range(pl.len()).over("point_id") == 0)).alias("home")
    )
    is_other = pl.col("protected") & ~pl.col("home")
    is_whole = is_other & pl.col("kind").is_in(DWELLINGS) & ~pl.col("is_part")
    n_others = is_other.sum().over("point_id")
    n_whole = (is_whole & ~pl.col("pledged")).sum().over("point_id")
    exempt = pl.col("home") & pl.col("residence") & (n_others == 0)
    return ranked.with_columns(
        exempt.alias("exempt"),
        (pl.col("home") & (n_whole > 0)).alias("kept"),
        (pl.col("protected") & ~exempt & (n_whole == 0)).alias("doubtful"),
    )


def _count(objects: pl.DataFrame) -> pl.DataFrame:
    home, doubtful = pl.col("home"), pl.col("doubtful")
    pledged = pl.col("pledged") & ~home
    investment = pl.col("investment") & ~home
    free = ~home & ~doubtful & ~pledged & ~investment
    attached = free & (pl.col("encumbrance") == "attachment")
    pledged_home = home & pl.col("pledged")
    return objects.group_by("point_id").agg(
        pl.len().cast(pl.Int64).alias("n_real_estate"),
        _n(pl.col("exempt"), "n_exempt_dwellings"),
        _n(doubtful, "n_doubtful_homes"),
        _n(pl.col("kept"), "n_kept_homes"),
        _n(pledged_home, "n_pledged_homes"),
        pl.col("value_som").filter(pledged_home).sum().alias("pledged_home_som"),
        _n(investment, "n_investment_objects"),
        _n(pledged, "n_pledged_objects"),
        _n(free, "n_free_objects"),
        pl.col("value_som").filter(free).sum().alias("free_real_estate_som"),
        pl.col("value_som").filter(attached).sum().alias("attached_som"),
        pl.col("value_som").filter(pledged).sum().alias("pledged_real_estate_som"),
        pl.col("reported_on").max().alias("real_estate_reported_on"),
    )
