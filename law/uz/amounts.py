"""Amounts and days that follow from the facts and the dated values of Law 258-II.

Every amount is whole som. Where a value of the law or a fact is unknown the amount is null,
unless it cannot matter (nothing on the accounts: nothing to protect).
"""

import polars as pl

from law.parameters import parameter
from law.uz.ceilings import base_units, fine_ceiling, lesser, withholdable, withholding_share
from law.uz.deadlines import longest_voluntary_term, plus, with_deadlines
from law.uz.pledges import own_pledge, pledged_reach, sale_reach

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

# What each measure that recovers or secures money reaches at most, over the derived facts. The
# value of movables stands in no register: what their sale covers is unknown until the valuation.
REACHES: dict[str, pl.Expr] = {
    "voluntary_notice": pl.col("outstanding_som"),
    "bank_account_levy": pl.col("leviable_balance_som"),
    "account_attachment": pl.col("outstanding_som"),
    "receivables_levy": pl.col("proved_receivable_som"),
    "wage_income_withholding": pl.col("withholdable_som"),
    "registration_ban": pl.col("outstanding_som"),
    "movable_attachment": pl.col("outstanding_som"),
    "vehicle_seizure_sale": sale_reach(
        "vehicle", "n_free_vehicles", "free_vehicles_som", "pledged_vehicles_som"
    ),
    "movable_sale": pl.lit(None, dtype=pl.Int64),
    "real_estate_sale": sale_reach(
        "real_estate", "n_free_objects", "free_real_estate_som", "pledged_real_estate_som"
    ),
    "pledge_enforcement": pledged_reach(),
}


def derive_facts(facts: pl.DataFrame) -> pl.DataFrame:
    """The facts with dated values, protected and leviable amounts, terms and known property."""
    dated = facts.with_columns(
        (parameter("law_is_recorded") == 1).alias("law_is_recorded"),
        parameter("bhm").alias("bhm_som"),
        is_natural_person().alias("is_natural_person"),
        presentation_until().alias("presentation_until"),
        latest_voluntary_end().alias("latest_voluntary_end"),
        longest_voluntary_term().dt.offset_by("1d").alias("longest_voluntary_end"),
        withholding_share().alias("withholding_share"),
    )
    reached = (
        with_account_amounts(dated)
        .with_columns(
            base_units("travel_ban_floor_bhm").alias("travel_ban_floor_som"),
            base_units("alimony_pledge_bhm").alias("alimony_pledge_floor_som"),
            base_units("own_valuation_item_bhm").alias("own_valuation_item_som"),
            base_units("own_valuation_total_bhm").alias("own_valuation_total_som"),
            fine_ceiling().alias("fine_ceiling_som"),
            withholdable().alias("withholdable_som"),
            own_pledge().alias("own_pledge_som"),
        )
        .with_columns(
            # Where the last month of an account is old, the sum of the others is the least.
            pl.when(pl.col("n_stale_accounts") == 0)
            .then(pl.col("leviable_balance_som"))
            .alias("whole_balance_som"),
            known_sum("leviable_balance_som", "free_vehicles_som").alias("lighter_property_som"),
            known_sum(
                "leviable_balance_som",
                "free_vehicles_som",
                "free_real_estate_som",
                "own_pledge_som",
            ).alias("known_property_som"),
        )
    )
    return with_deadlines(reached)


def with_account_amounts(facts: pl.DataFrame) -> pl.DataFrame:
    """What may be levied on accounts: the one place that works it out, for law, model and page.

    Args:
        facts: as_of_date, debtor_kind, claim_kind and account_free_som of each point.

    Returns:
        The facts with minimum_wage_som, protected_amount_som and leviable_balance_som, whole som;
        null where unknown.
    """
    return (
        facts.with_columns(parameter("minimum_wage").alias("minimum_wage_som"))
        .with_columns(protected_amount().alias("protected_amount_som"))
        .with_columns(leviable_balance().alias("leviable_balance_som"))
    )


def is_natural_person() -> pl.Expr:
    """Individuals and individual entrepreneurs."""
    return pl.col("debtor_kind") != "legal_entity"


def presentation_until() -> pl.Expr:
    """Art. 27: the last day to present the document; null for periodic payments (no such day).

    Art. 28: after an interruption the term runs anew, in full, from that day.
    """
    issued = (
        pl.when(pl.col("document_kind") == "court_order")
        .then(plus("document_on", parameter("court_order_start_days"), "d"))
        .otherwise(pl.col("document_on"))
    )
    months = pl.coalesce(
        pl.when(pl.col("document_kind") == kind).then(parameter(term))
        for kind, term in PRESENTATION_TERMS.items()
    )
    last = plus(pl.coalesce("interrupted_on", issued), months, "mo")
    return pl.when(~pl.col("periodic")).then(last)


def latest_voluntary_end() -> pl.Expr:
    """Art. 23(3), 43¹: the first day on which no voluntary term of this case can still run.

    The officer may set a shorter term: `voluntary_until`, which like every end is over on its day.
    Else it is the day after the longest term that the Law allows; of a criminal fine none is known.
    """
    return pl.coalesce("voluntary_until", longest_voluntary_term().dt.offset_by("1d"))


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


def coverable_som(measure: str) -> pl.Expr | None:
    """Art. 47(11): what a measure may cover at most, over the derived facts; whole som.

    Never more than is outstanding (document and fee), nor more than the measure reaches: the free
    balance above the protected amount, a month's withholding, the value of what may be sold, the
    proved receivable (Art. 48⁵). Null where unknown; None for a measure that covers no money.
    """
    reach = REACHES.get(measure)
    if reach is None:
        return None
    # What a running payment may still come to, no register tells.
    goes_on = pl.col("periodic") & (pl.col("outstanding_som") == 0)
    return pl.when(~goes_on).then(lesser(pl.col("outstanding_som"), reach))
