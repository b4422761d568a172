"""Which registers a fact is read from: by it a sentence names the register that does not tell.

The first register of a fact is the one that it is about; a test masks each register in turn and
finds every fact that gets unknown with it here.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

_CASE = ("cases",)
_STAYS = ("case_events",)
_DONE = ("actions",)

_NAMED: Mapping[tuple[str, ...], tuple[str, ...]] = {
    _CASE: (
        *("document_kind", "document_on", "presented_on", "opened_on", "served_on"),
        *("voluntary_until", "procedure", "claim_kind", "claimant_kind", "claim_som", "fee_som"),
        *("periodic", "secured", "levies_dwelling", "closed_on", "closing", "n_open_claims"),
        *("presentation_until", "latest_voluntary_end", "longest_voluntary_end"),
        *("act_due_until", "must_open_by", "attach_by", "simplified_measures_by"),
        *("withholding_share"),
    ),
    ("payments", "cases"): (
        *("outstanding_som", "consolidated_som", "is_interruption_known", "interrupted_on"),
        "coverable_som",
    ),
    ("debtors",): ("debtor_kind", "debtor_status", "debtor_status_on", "is_natural_person"),
    _STAYS: (
        *("is_suspended", "suspended_since", "is_deferred", "deferred_since", "is_postponed"),
        *("postponed_since", "postponed_at_most_until", "is_mediation", "mediation_since"),
        *("mediation_at_most_until", "is_guarantee_deposit", "deposit_since"),
        *("is_in_patient_treatment", "treatment_since", "n_mediations", "n_postponements"),
        "excluded_days",
    ),
    (*_STAYS, *_CASE): ("enforce_by",),
    _DONE: (
        *("has_travel_ban", "travel_ban_since", "has_registration_ban", "registration_ban_since"),
        *("has_account_attachment", "account_attachment_since", "has_wage_withholding"),
        *("wage_withholding_since", "has_search", "search_since", "n_asset_queries"),
        *("asset_query_on", "n_fruitless_searches", "n_fruitless_measures", "n_attachments"),
        *("attached_on", "attachment_ended_on", "removal_from", "sell_by"),
        *("has_tried_account_levy", "has_tried_levy", "has_attached", "tried_on"),
        *("tried_result", "tried_known_on"),
    ),
    (*_DONE, *_CASE): ("has_other_withholding", "other_withholding_since"),
    ("accounts",): (
        *("n_accounts", "account_free_som", "n_stale_accounts", "accounts_month"),
        "accounts_reported_on",
    ),
    ("accounts", "cases", "debtors"): ("leviable_balance_som", "whole_balance_som"),
    ("cases", "debtors"): ("protected_amount_som",),
    ("accounts", "vehicles"): ("lighter_property_som",),
    ("accounts", "vehicles", "real_estate"): ("known_property_som",),
    ("vehicles", "real_estate"): ("own_pledge_som",),
    ("incomes",): (
        *("leviable_income_som", "income_month", "incomes_reported_on", "last_wage_on"),
        "n_benefit_months",
    ),
    ("incomes", "cases", "payments", "actions"): ("withholdable_som",),
    ("cases", "payments"): ("fine_ceiling_som",),
    ("businesses",): ("receivables_som", "production_assets_som", "last_revenue_on"),
    ("vehicles",): (
        *("n_vehicles", "n_free_vehicles", "free_vehicles_som", "n_pledged_vehicles"),
        *("pledged_vehicles_som", "vehicles_reported_on"),
    ),
    ("real_estate",): (
        *("n_real_estate", "n_exempt_dwellings", "n_doubtful_homes", "n_kept_homes"),
        *("n_investment_objects", "n_pledged_objects", "pledged_real_estate_som"),
        *("n_pledged_homes", "pledged_home_som", "n_free_objects", "free_real_estate_som"),
        *("attached_som", "real_estate_reported_on"),
    ),
}

FACT_TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: tables for tables, names in _NAMED.items() for name in names}
)


def tables_of(facts: Iterable[str]) -> frozenset[str]:
    """The registers that some facts are read from; facts of no register are left out."""
    return frozenset(table for name in facts for table in FACT_TABLES.get(name, ()))
