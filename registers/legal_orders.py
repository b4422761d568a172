"""The legal orders that the program serves: what differs between them in the registers.

A legal order names its currency, the unit of the `_som` columns, the outcome window and the ids
of its measures. Everything else about a law lives in `law/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from registers.errors import UnknownLegalOrderError


@dataclass(frozen=True)
class LegalOrder:
    """What the registers of one legal order have in common."""

    id: str
    currency: str  # ISO 4217
    amount_unit: str  # the unit of every `_som` column
    minor_units: int  # how many of that unit make one unit of the currency
    outcome_window_days: int  # [decision, decision + window)
    measures: tuple[str, ...]  # ids of the measure catalogue, in its order
    registers: tuple[str, ...]  # tables that its agencies keep; no other is missed


LEGAL_ORDERS: Mapping[str, LegalOrder] = MappingProxyType(
    {
        # Law of the Republic of Uzbekistan 258-II; the catalogue of measures is that of law/uz.
        "uz": LegalOrder(
            id="uz",
            currency="UZS",
            amount_unit="soʻm",
            minor_units=1,
            outcome_window_days=180,
            measures=(
                "voluntary_notice",
                "mediation_or_instalment",
                "registry_asset_query",
                "bank_account_levy",
                "account_attachment",
                "receivables_levy",
                "wage_income_withholding",
                "registration_ban",
                "movable_attachment",
                "vehicle_seizure_sale",
                "movable_sale",
                "real_estate_sale",
                "pledge_enforcement",
                "item_handover",
                "travel_ban",
                "debtor_or_asset_search",
                "eviction",
                "non_property_compulsion",
                "obligations_register_entry",
            ),
            registers=(
                "debtors",
                "cases",
                "case_events",
                "actions",
                "payments",
                "appeals",
                "incomes",
                "accounts",
                "real_estate",
                "vehicles",
                "obligations",
                "households",
                "businesses",
            ),
        ),
        # Chirico, Inman, Loeffler, MacDonald, Sieg (2019), National Tax Journal 72(3):479-506.
        "philadelphia": LegalOrder(
            id="philadelphia",
            currency="USD",
            amount_unit="US cent",
            minor_units=100,
            outcome_window_days=92,
            measures=(
                "no_letter",
                "reminder",
                "lien",
                "sheriff",
                "neighborhood",
                "community",
                "peer",
                "duty",
            ),
            registers=("debtors", "cases", "actions", "payments", "real_estate"),
        ),
        # McIntosh, Meza, Sadka, Seira, DiTraglia: pawnshop loans in Mexico, AEARCTR-0006284.
        "pawnshop": LegalOrder(
            id="pawnshop",
            currency="MXN",
            amount_unit="Mexican centavo",
            minor_units=100,
            outcome_window_days=214,
            measures=(
                "single_payment",
                "forced_fee",
                "forced_promise",
                "offered_fee",
                "offered_promise",
            ),
            registers=("debtors", "cases", "actions", "payments"),
        ),
    }
)

DEFAULT_LEGAL_ORDER = "uz"


def legal_order(legal_order_id: str) -> LegalOrder:
    """The legal order with this id; raises UnknownLegalOrderError.

    >>> legal_order("uz").outcome_window_days
    180
    """
    if legal_order_id not in LEGAL_ORDERS:
        raise UnknownLegalOrderError(legal_order_id, tuple(LEGAL_ORDERS))
    return LEGAL_ORDERS[legal_order_id]
