"""Amounts and days that follow from the facts and the dated values of Law 258-II.

Every amount is whole som. Where a value of the law or a fact is unknown the amount is null,
unless it cannot matter (nothing on the accounts: nothing to protect).
"""

import polars as pl

from law.parameters import parameter

# Art. 27: the term to present each kind of document. A criminal fine is imposed by a court.
PRESENTATION_TERMS: dict[str, str] = {
    "court_writ": "presentation_court_months",
    "court_order": "presentation_court_months",
    "criminal_fine": "presentation_court_months",
    "arbitration_award": "presentation_award_months",
    "mediation_agreement": "presentation_award_months",
    "notary_writ": "presentation_notary_months",
    "labour_commission": "presentation_labour_months",
    "administrative_decision": "presentation_administrative_months",
}


def derive_facts(facts: pl.DataFrame) -> pl.DataFrame:
    """The facts with dated values, protected and leviable amounts, terms and known property."""
    return (
        facts.with_columns(
            parameter("bhm").alias("bhm_som"),
            parameter("minimum_wage").alias("minimum_wage_som"),
            is_natural_person().alias("is_natural_person"),
            presentation_until().alias("presentation_until"),
            latest_voluntary_end().alias("latest_voluntary_end"),
        )
        .with_columns(
            protected_amount().alias("protected_amount_som"),
            (pl.col("bhm_som") * parameter("travel_ban_floor_bhm")).alias("travel_ban_floor_som"),
        )
        .with_columns(leviable_balance().alias("leviable_balance_som"))
        .with_columns(
            known_sum("leviable_balance_som", "free_vehicles_som").alias("lighter_property_som"),
            known_sum("leviable_balance_som", "free_vehicles_som", "free_real_estate_som").alias(
                "known_property_som"
            ),
        )
    )


def is_natural_person() -> pl.Expr:
    """Individuals and individual entrepreneurs."""
    return pl.col("debtor_kind") != "legal_entity"


def presentation_until() -> pl.Expr:
    """Art. 27: the last day to present the document; null for periodic payments (no such day)."""
    from_on = (
        pl.when(pl.col("document_kind") == "court_order")
        .then(_plus("document_on", parameter("court_order_start_days"), "d"))
        .otherwise(pl.col("document_on"))
    )
    months = pl.coalesce(
        pl.when(pl.col("document_kind") == kind).then(parameter(term))
        for kind, term in PRESENTATION_TERMS.items()
    )
    last = from_on.dt.offset_by(pl.format("{}mo", months.cast(pl.Int64)))
    return pl.when(~pl.col("periodic")).then(last)


def latest_voluntary_end() -> pl.Expr:
    """Art. 23(3), 43¹: the first day on which no voluntary term of this case can still run.

    The officer may set a shorter term, which then stands in `voluntary_until`.
    """
    simplified = _plus("served_on", parameter("voluntary_term_simplified_days"), "d")
    ordinary = _plus("opened_on", parameter("voluntary_term_days"), "d")
    latest = pl.when(pl.col("procedure") == "simplified").then(simplified).otherwise(ordinary)
    return pl.coalesce("voluntary_until", latest)


def _plus(day: str, number: pl.Expr, unit: str) -> pl.Expr:
    return pl.col(day).dt.offset_by(pl.format(f"{{}}{unit}", number.cast(pl.Int64)))


def protected_amount() -> pl.Expr:
    """Art. 47(12): half of the minimum wage stays on the accounts of a natural person.

    Not of an individual entrepreneur, and not against alimony. Whole som, rounded up.
    """
    share = parameter("protected_account_share")
    shielded = (pl.col("debtor_kind") == "individual") & (pl.col("claim_kind") != "alimony")
    protected = (pl.col("minimum_wage_som") * share).ceil().cast(pl.Int64)
    return (
        pl.when(shielded.is_null())
        .then(None)
        .when(~shielded | (share == 0))
        .then(0)
        .otherwise(protected)
    )


def leviable_balance() -> pl.Expr:
    """What may be taken from the known accounts: free money above the protected amount."""
    free = pl.col("account_free_som")
    rest = (free - pl.col("protected_amount_som")).clip(lower_bound=0)
    return pl.when(free == 0).then(0).otherwise(rest)


def known_sum(*amounts: str) -> pl.Expr:
    """The sum of what is known: a lower bound where an amount is unknown."""
    return pl.sum_horizontal(pl.col(amount).fill_null(0) for amount in amounts)
