"""An invented case of a money claim: the common measures of Law 258-II are lawful on its facts.

Docstrings, tests and the examples of the handbook change one fact at a time and see what follows.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from law.rules import deriver_of
from law.stated import STATED

EXAMPLE_DAY = date(2026, 4, 1)

# A bank's claim of 52.5 million som against a person with a home, a plot of land, a car, a wage
# and an account: property worth less than the debt.
EXAMPLE_FACTS: Mapping[str, object] = {
    "case_id": "C1",
    "debtor_id": "D1",
    "document_kind": "court_writ",
    "document_on": date(2025, 6, 1),
    "presented_on": date(2025, 7, 1),
    "opened_on": date(2025, 7, 2),
    "served_on": date(2025, 7, 3),
    "voluntary_until": date(2025, 7, 17),
    "procedure": "ordinary",
    "claim_kind": "bank_credit",
    "claimant_kind": "bank",
    "claim_som": 50_000_000,
    "fee_som": 2_500_000,
    "periodic": False,
    "secured": False,
    "levies_dwelling": False,
    "closed_on": None,
    "closing": None,
    "debtor_kind": "individual",
    "debtor_status": "active",
    "debtor_status_on": None,
    "outstanding_som": 52_500_000,
    "consolidated_som": 52_500_000,
    "n_open_claims": 1,
    "suspended_since": None,
    "deferred_since": None,
    "postponed_since": None,
    "mediation_since": None,
    "deposit_since": None,
    "treatment_since": None,
    "is_suspended": False,
    "is_deferred": False,
    "is_postponed": False,
    "is_mediation": False,
    "is_guarantee_deposit": False,
    "is_in_patient_treatment": False,
    "travel_ban_since": None,
    "registration_ban_since": None,
    "has_travel_ban": False,
    "has_registration_ban": False,
    "n_accounts": 1,
    "n_stale_accounts": 0,
    "account_free_som": 5_000_000,
    "leviable_income_som": 4_000_000,
    "n_benefit_months": 0,
    "n_vehicles": 1,
    "n_free_vehicles": 1,
    "free_vehicles_som": 20_000_000,
    "n_pledged_vehicles": 0,
    "n_real_estate": 2,
    "n_exempt_dwellings": 1,
    "n_doubtful_homes": 0,
    "n_kept_homes": 0,
    "n_pledged_homes": 0,
    "pledged_home_som": 0,
    "n_investment_objects": 0,
    "n_pledged_objects": 0,
    "n_free_objects": 1,
    "free_real_estate_som": 20_000_000,
    "attached_som": 0,
    "pledged_vehicles_som": 0,
    "pledged_real_estate_som": 0,
    "interrupted_on": None,
    "is_interruption_known": True,
    "n_mediations": 0,
    "n_postponements": 0,
    "excluded_days": 0,
    "n_asset_queries": 1,
    "n_fruitless_measures": 0,
    "n_fruitless_searches": 0,
    "asset_query_on": date(2025, 8, 1),
    "n_attachments": 1,
    "attached_on": date(2026, 3, 2),
    "attachment_ended_on": None,
    "account_attachment_since": None,
    "has_account_attachment": False,
    "wage_withholding_since": None,
    "has_wage_withholding": False,
    "other_withholding_since": None,
    "has_other_withholding": False,
    "search_since": None,
    "has_search": False,
    "receivables_som": 0,
    "production_assets_som": 0,
    "last_wage_on": date(2026, 2, 1),
    "last_revenue_on": None,
}


def _dtype(name: str) -> pl.DataType:
    if name in STATED:
        return STATED[name].dtype
    if name.endswith(("_on", "_since", "_until")):
        return pl.Date()
    if name.endswith(("_som", "_days")) or name.startswith("n_"):
        return pl.Int64()
    if name.startswith(("is_", "has_")) or name in ("periodic", "secured", "levies_dwelling"):
        return pl.Boolean()
    return pl.String()


FACTS_SCHEMA = pl.Schema({name: _dtype(name) for name in (*EXAMPLE_FACTS, *STATED)})


def example_facts(*changes: Mapping[str, object]) -> pl.DataFrame:
    """A frame of facts with one row per mapping of changes to the example (one row for none).

    A change to `as_of_date` moves the day. Amounts and terms are worked out anew.

    >>> example_facts({"outstanding_som": 0})["protected_amount_som"].to_list()
    [635500]
    """
    nothing_stated = dict.fromkeys(STATED)
    rows = [
        {"as_of_date": EXAMPLE_DAY, **EXAMPLE_FACTS, **nothing_stated, **change}
        for change in changes or ({},)
    ]
    frame = pl.DataFrame(rows, schema={"as_of_date": pl.Date, **FACTS_SCHEMA}, orient="row")
    return deriver_of("uz")(frame.with_row_index("point_id"))
