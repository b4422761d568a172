"""The measures that officers of the invented nation use: costs, hours, how long they are given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MeasureTerms:
    """A measure's cost (som, least and most), its hours, and the days until the next decision."""

    id: str
    cost: tuple[float, float]
    hours: tuple[float, float]
    days: tuple[int, int]
    source: str


MEASURES = (
    MeasureTerms("voluntary_notice", (3_000, 5_000), (0.1, 0.3), (18, 35), "voluntary"),
    MeasureTerms("bank_account_levy", (4_000, 6_500), (0.2, 0.6), (46, 70), "bank_levy"),
    MeasureTerms("wage_income_withholding", (9_000, 14_000), (0.6, 1.6), (100, 160), "wage"),
    MeasureTerms("registration_ban", (8_000, 13_000), (0.4, 1.0), (55, 90), "voluntary"),
    MeasureTerms("travel_ban", (11_000, 18_000), (0.8, 2.0), (60, 95), "voluntary"),
    MeasureTerms("vehicle_seizure_sale", (1.5e6, 2.5e6), (10, 26), (112, 150), "auction"),
    MeasureTerms("real_estate_sale", (3e6, 6e6), (18, 45), (152, 185), "auction"),
    MeasureTerms("registry_asset_query", (1_500, 3_500), (0.1, 0.4), (8, 20), "other"),
    MeasureTerms("account_attachment", (7_000, 14_000), (0.4, 1.0), (30, 60), "bank_levy"),
    MeasureTerms("movable_attachment", (120_000, 320_000), (4, 9), (20, 40), "other"),
    MeasureTerms("mediation_or_instalment", (4_000, 9_000), (0.5, 1.5), (92, 120), "voluntary"),
    MeasureTerms("receivables_levy", (40_000, 90_000), (2, 5), (45, 75), "third_party"),
    MeasureTerms("debtor_or_asset_search", (150_000, 420_000), (6, 14), (45, 80), "other"),
    MeasureTerms("movable_sale", (60_000, 160_000), (4, 10), (62, 85), "auction"),
    MeasureTerms("pledge_enforcement", (1.5e6, 3e6), (12, 30), (125, 160), "auction"),
    MeasureTerms("obligations_register_entry", (1_000, 2_000), (0.1, 0.3), (1, 1), "other"),
    MeasureTerms("item_handover", (60_000, 180_000), (2, 6), (20, 40), "other"),
    MeasureTerms("eviction", (300_000, 900_000), (6, 16), (20, 40), "other"),
    MeasureTerms("non_property_compulsion", (5_000, 12_000), (0.5, 2), (20, 40), "other"),
)
MEASURE_IDS = tuple(terms.id for terms in MEASURES)
N_MEASURES = len(MEASURES)
N_FOR_MONEY = 16
"""The first sixteen can serve a money claim; the last three are for documents that order acts."""

(
    NOTICE, BANK, WAGE, BAN, TRAVEL, VEHICLE, ESTATE, QUERY, ACCOUNT, MOVABLE, INSTALMENT,
    RECEIVABLES, SEARCH, MOVABLE_SALE, PLEDGE, ENTRY, HANDOVER, EVICTION, COMPULSION,
) = range(N_MEASURES)  # fmt: skip
LOOKS_FOR_MEANS = [
    QUERY, BANK, ACCOUNT, MOVABLE, WAGE, BAN, VEHICLE, ESTATE, RECEIVABLES, SEARCH, MOVABLE_SALE,
    PLEDGE,
]  # fmt: skip
"""Measures after which nobody can say that the debtor's means were not looked for."""
