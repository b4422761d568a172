"""The 19 measures in registers: a case where each is lawful, is refused, and cannot be told.

Every case starts from the same claim against the same kind of debtor and changes a few columns.
Each has a debtor of its own, since all claims against a debtor count together (Art. 25¹).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import polars as pl

from registers.examples import Row, example_frame
from registers.tables import TABLES

Answer = Literal["lawful", "refused", "cannot_tell"]

ON = date(2026, 4, 1)
OPENED = date(2026, 3, 2)
LAST_MONTH = date(2026, 2, 1)
LONG_AGO = date(2025, 6, 1)
REPORTED = date(2026, 3, 31)

# A bank's claim against a person with an account, a wage, a car, a home and a plot of land.
# Together they are worth less than the debt; the voluntary term is over, the other terms are not.
CASE: Row = {
    "document_on": date(2026, 1, 20),
    "presented_on": OPENED,
    "opened_on": OPENED,
    "served_on": date(2026, 3, 3),
    "voluntary_until": date(2026, 3, 17),
    "claim_som": 50_000_000,
    "fee_som": 2_500_000,
}
OF_DEBTOR: Mapping[str, Sequence[Row]] = {
    "incomes": ({"month": LAST_MONTH},),
    "accounts": ({"month": LAST_MONTH, "balance_som": 3_000_000},),
    "vehicles": ({"assessed_som": 20_000_000},),
    "real_estate": (
        {},
        {"kind": "land", "residence": False, "cadastral_som": 20_000_000},
    ),
}

ACT: Row = {"claim_kind": "non_property", "claim_som": 0, "fee_som": 0}
SMALL: Row = {"claim_som": 1_000_000, "fee_som": 50_000}
ALIMONY: Row = {"claim_kind": "alimony", "claimant_kind": "individual", "periodic": True}
ENTREPRENEUR: Row = {"kind": "entrepreneur"}

STALE: Mapping[str, Sequence[Row]] = {"accounts": ({"month": LONG_AGO},)}
PENNILESS: Mapping[str, Sequence[Row]] = dict.fromkeys(OF_DEBTOR, ())
BUSINESS: Mapping[str, Sequence[Row]] = {"businesses": ({"receivables_som": 25_000_000},)}
TWO_PLEDGES: Mapping[str, Sequence[Row]] = {
    "vehicles": ({"pledged": True},),
    "real_estate": ({"kind": "land", "residence": False, "encumbrance": "pledge"},),
}
PAID: Mapping[str, Sequence[Row]] = {"payments": ({"paid_on": OPENED, "amount_som": 52_500_000},)}


def attached(executed_on: date, **changes: object) -> Mapping[str, Sequence[Row]]:
    """Movables of this case that were attached on a day."""
    return {"actions": (_action("movable_attachment", executed_on, "effective", **changes),)}


def _action(measure: str, day: date, result: str, **changes: object) -> Row:
    done = {"decided_on": day, "executed_on": day, "result": result}
    return {"measure": measure, **done, **changes}


FRUITLESS_INVENTORY = _action("movable_attachment", date(2026, 3, 20), "nothing_found")


def postponed_twice(*more: Row) -> Mapping[str, Sequence[Row]]:
    """Enforcement actions put off twice, and further events."""
    twice = tuple(
        {"kind": "postponed", "starts_on": date(2026, 3, day), "ends_on": date(2026, 3, day + 4)}
        for day in (17, 23)
    )
    return {"case_events": (*twice, *more)}


@dataclass(frozen=True)
class Story:
    """One case: what differs from the common one, and the answer that an officer gets."""

    measure: str
    answer: Answer
    rule: str
    case: Row = field(default_factory=dict)
    debtor: Row = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)

    @property
    def case_id(self) -> str:
        """The name of the case: measure and answer."""
        return f"{self.measure}-{self.answer}"


def _lawful(measure: str, **changes: Mapping[str, object]) -> Story:
    return Story(measure, "lawful", "all_conditions", **changes)  # type: ignore[arg-type]


MEDIATION: Row = {
    "kind": "mediation",
    "starts_on": date(2026, 3, 4),
    "ends_on": date(2026, 3, 10),
}

STORIES: tuple[Story, ...] = (
    _lawful("voluntary_notice"),
    Story(
        "voluntary_notice",
        "refused",
        "presented_in_time",
        case={"document_kind": "notary_writ", "document_on": date(2022, 1, 20)},
    ),
    Story(
        "voluntary_notice",
        "cannot_tell",
        "presented_in_time",
        case={"document_on": date(2022, 1, 20)},
    ),
    _lawful("mediation_or_instalment"),
    Story(
        "mediation_or_instalment",
        "refused",
        "postponement_or_mediation_left",
        rows=postponed_twice(MEDIATION),
    ),
    Story(
        "mediation_or_instalment",
        "cannot_tell",
        "postponement_or_mediation_left",
        rows=postponed_twice(),
    ),
    _lawful("registry_asset_query"),
    Story("registry_asset_query", "refused", "debt_or_act_remains", rows=PAID),
    Story(
        "registry_asset_query",
        "cannot_tell",
        "presented_in_time",
        case={"document_on": date(2020, 6, 1)},
    ),
    _lawful("bank_account_levy"),
    Story(
        "bank_account_levy",
        "refused",
        "money_to_levy",
        rows={"accounts": ({"month": LAST_MONTH, "balance_som": 300_000},)},
    ),
    Story("bank_account_levy", "cannot_tell", "money_to_levy", rows=STALE),
    _lawful("account_attachment"),
    Story("account_attachment", "refused", "money_falls_short", case=SMALL),
    Story("account_attachment", "cannot_tell", "money_falls_short", rows=STALE),
    _lawful(
        "receivables_levy",
        debtor=ENTREPRENEUR,
        rows=BUSINESS,
        stated={"proved_receivable_som": "20_000_000"},
    ),
    Story("receivables_levy", "refused", "receivable_is_proved"),
    Story(
        "receivables_levy",
        "cannot_tell",
        "receivable_is_proved",
        debtor=ENTREPRENEUR,
        rows=BUSINESS,
    ),
    _lawful("wage_income_withholding"),
    Story(
        "wage_income_withholding",
        "refused",
        "one_ground_of_article_64",
        rows={"vehicles": ({"assessed_som": 60_000_000},)},
    ),
    Story(
        "wage_income_withholding",
        "cannot_tell",
        "income_to_withhold",
        case=ALIMONY,
        rows={"incomes": ({"month": LAST_MONTH, "kind": "benefit"},)},
    ),
    _lawful("registration_ban"),
    Story(
        "registration_ban",
        "refused",
        "no_registration_ban_in_force",
        rows={"actions": (_action("registration_ban", date(2026, 3, 20), "effective"),)},
    ),
    Story("registration_ban", "cannot_tell", "debtor_notified", case={"served_on": None}),
    _lawful("movable_attachment"),
    Story(
        "movable_attachment",
        "refused",
        "term_over_or_at_opening",
        case={
            "presented_on": date(2026, 3, 24),
            "opened_on": date(2026, 3, 25),
            "served_on": date(2026, 3, 26),
            "voluntary_until": date(2026, 4, 9),
        },
    ),
    Story(
        "movable_attachment",
        "cannot_tell",
        "no_treatment",
        rows={"case_events": ({"kind": "in_patient_treatment", "starts_on": date(2026, 3, 23)},)},
    ),
    _lawful("vehicle_seizure_sale"),
    Story("vehicle_seizure_sale", "refused", "money_comes_first", case=SMALL),
    Story(
        "vehicle_seizure_sale",
        "cannot_tell",
        "own_pledge_first",
        case={"secured": True},
        rows=TWO_PLEDGES,
    ),
    _lawful("movable_sale", rows=attached(date(2026, 3, 20))),
    Story("movable_sale", "refused", "may_be_removed", rows=attached(REPORTED)),
    Story(
        "movable_sale",
        "cannot_tell",
        "something_is_attached",
        rows=attached(date(2026, 3, 20), ended_on=date(2026, 3, 27)),
    ),
    _lawful("real_estate_sale"),
    Story("real_estate_sale", "refused", "more_than_the_only_home", rows={"real_estate": ({},)}),
    Story(
        "real_estate_sale",
        "cannot_tell",
        "own_pledge_first",
        case={"secured": True},
        rows={**TWO_PLEDGES, "accounts": (), "vehicles": ({"pledged": True}, {})},
    ),
    _lawful("pledge_enforcement", case={"secured": True}, rows={"vehicles": ({"pledged": True},)}),
    Story("pledge_enforcement", "refused", "a_pledge_is_known"),
    Story(
        "pledge_enforcement",
        "cannot_tell",
        "pledge_is_this_claims",
        case={"secured": True},
        rows=TWO_PLEDGES,
    ),
    _lawful("item_handover", case=ACT, stated={"ordered_act": "item_handover"}),
    Story("item_handover", "refused", "awards_no_money"),
    Story("item_handover", "cannot_tell", "document_orders_item_handover", case=ACT),
    _lawful("travel_ban"),
    Story("travel_ban", "refused", "above_the_floor", case=SMALL),
    Story(
        "travel_ban",
        "cannot_tell",
        "court_document",
        case={"document_kind": "mediation_agreement"},
    ),
    _lawful("debtor_or_asset_search", case={"claim_kind": "damage_health"}),
    Story("debtor_or_asset_search", "refused", "something_is_not_found", case=SMALL),
    Story("debtor_or_asset_search", "cannot_tell", "claimant_pays_or_listed"),
    _lawful("eviction", case=ACT, stated={"ordered_act": "eviction"}),
    Story("eviction", "refused", "awards_no_money"),
    Story("eviction", "cannot_tell", "document_orders_eviction", case=ACT),
    _lawful("non_property_compulsion", case=ACT, stated={"ordered_act": "moving_in"}),
    Story(
        "non_property_compulsion",
        "refused",
        "fifteen_days_over",
        case={**ACT, "voluntary_until": date(2026, 4, 9)},
        stated={"ordered_act": "demolition"},
    ),
    Story("non_property_compulsion", "cannot_tell", "refuses_without_reason"),
    _lawful(
        "obligations_register_entry",
        rows={
            **PENNILESS,
            "actions": (
                _action("registry_asset_query", date(2026, 3, 20), "nothing_found"),
                FRUITLESS_INVENTORY,
            ),
        },
    ),
    Story("obligations_register_entry", "refused", "registers_were_asked", rows=PENNILESS),
    Story(
        "obligations_register_entry",
        "cannot_tell",
        "nothing_to_levy",
        rows={
            **PENNILESS,
            **STALE,
            "actions": (
                _action("registry_asset_query", date(2026, 3, 20), "pending"),
                FRUITLESS_INVENTORY,
            ),
        },
    ),
)


def tables_of_every_measure() -> dict[str, pl.DataFrame]:
    """The registers of all stories, every table of the contract delivered."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for story in STORIES:
        debtor = {"debtor_id": f"debtor-{story.case_id}"}
        case = {"case_id": story.case_id, **debtor}
        rows["debtors"].append({**debtor, **story.debtor})
        rows["cases"].append({**case, "document_id": story.case_id, **CASE, **story.case})
        for name, given in {**OF_DEBTOR, **story.rows}.items():
            owner = {key: case[key] for key in case if key in TABLES[name].column_names}
            rows[name] += [{**owner, **row} for row in given]
    return {
        name: example_frame(name, given).with_columns(pl.lit(REPORTED).alias("reported_on"))
        for name, given in rows.items()
    }
