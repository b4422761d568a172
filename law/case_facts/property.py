"""Vehicles and real estate that can be levied, are pledged, or are out of reach.

Traffic police and cadastre cover everybody: a debtor without a row owns nothing they know of.
Values: assessed_som of a vehicle; the debtor's share of cadastral_som of an object, whole som.
"""

import polars as pl

from law.case_facts.case_file import CaseFile

DWELLINGS: tuple[str, ...] = ("apartment", "house")

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
    "n_investment_objects",
    "n_pledged_objects",
    "n_free_objects",
    "free_real_estate_som",
    "attached_som",
    "pledged_real_estate_som",
)


def _is_owned() -> pl.Expr:
    return pl.col("disposed_on").is_null() | (pl.col("disposed_on") > pl.col("as_of_date"))


def _n(condition: pl.Expr, name: str) -> pl.Expr:
    return condition.sum().cast(pl.Int64).alias(name)


def vehicle_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: vehicles owned, free of pledge and pledged, with their values."""
    owned = file.known("vehicles", "debtor").filter(_is_owned())
    pledged = pl.col("pledged")
    answer = owned.group_by("point_id").agg(
        pl.len().cast(pl.Int64).alias("n_vehicles"),
        _n(~pledged, "n_free_vehicles"),
        pl.col("assessed_som").filter(~pledged).sum().alias("free_vehicles_som"),
        _n(pledged, "n_pledged_vehicles"),
        pl.col("assessed_som").filter(pledged).sum().alias("pledged_vehicles_som"),
        pl.col("reported_on").max().alias("vehicles_reported_on"),
    )
    return file.where_delivered("vehicles", answer, dict.fromkeys(_VEHICLES, 0))


def real_estate_facts(file: CaseFile, claims: pl.DataFrame) -> pl.DataFrame:
    """One row per point: objects owned and what stands against levying on each of them.

    Art. 52: the only dwelling of a natural person in which the debtor or the family lives is exempt
    unless the document names it or it is pledged for this claim. Art. 52(4): investment objects.
    `claims` gives debtor_kind, levies_dwelling and secured per point.
    """
    owned = (
        file.known("real_estate", "debtor")
        .filter(_is_owned())
        .join(claims.select("point_id", "debtor_kind", "levies_dwelling", "secured"), on="point_id")
    )
    is_dwelling = pl.col("kind").is_in(DWELLINGS)
    is_sole_home = (
        is_dwelling
        & pl.col("residence")
        & (is_dwelling.sum().over("point_id") == 1)
        & (pl.col("debtor_kind") != "legal_entity")
    )
    pledged = pl.col("encumbrance") == "pledge"
    exempt = is_sole_home & ~pl.col("levies_dwelling") & ~(pledged & pl.col("secured"))
    objects = owned.with_columns(
        exempt.alias("exempt"),
        pledged.alias("pledged"),
        (pl.col("encumbrance") == "investment").alias("investment"),
        (pl.col("share") * pl.col("cadastral_som")).round().cast(pl.Int64).alias("value_som"),
    )
    return file.where_delivered("real_estate", _count(objects), dict.fromkeys(_OBJECTS, 0))


def _count(objects: pl.DataFrame) -> pl.DataFrame:
    exempt, pledged, investment = pl.col("exempt"), pl.col("pledged"), pl.col("investment")
    free = ~exempt & ~pledged & ~investment
    attached = free & (pl.col("encumbrance") == "attachment")
    return objects.group_by("point_id").agg(
        pl.len().cast(pl.Int64).alias("n_real_estate"),
        _n(exempt, "n_exempt_dwellings"),
        _n(investment & ~exempt, "n_investment_objects"),
        _n(pledged & ~exempt, "n_pledged_objects"),
        _n(free, "n_free_objects"),
        pl.col("value_som").filter(free).sum().alias("free_real_estate_som"),
        pl.col("value_som").filter(attached).sum().alias("attached_som"),
        pl.col("value_som").filter(pledged & ~exempt).sum().alias("pledged_real_estate_som"),
        pl.col("reported_on").max().alias("real_estate_reported_on"),
    )
