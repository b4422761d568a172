"""Audit facts: protected attributes and proxies. Kept beside the features, read by no model."""

from __future__ import annotations

import narwhals as nw

from features.families.steps import Frame, attach, newest, one_where
from features.known import Known


def build_audit(known: Known) -> Frame:
    """One row per point with sex, year of birth, place and household of the debtor."""
    return attach(known.points, _person(known), _household(known))


def _person(known: Known) -> Frame:
    return known.rows("debtors").select("point_id", "sex", "birth_year", "region", "district")


def _household(known: Known) -> Frame:
    social = nw.when(~nw.col("social_register").is_null()).then(
        one_where(nw.col("social_register"))
    )
    return newest(known.rows("households"), "month_index").select(
        "point_id",
        nw.col("members").alias("n_household_members"),
        nw.col("minors").alias("n_minors"),
        nw.col("disabled").alias("n_disabled"),
        social.alias("in_social_register"),
    )
