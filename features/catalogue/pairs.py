"""Catalogue of the pair family: what is known of one measure in one case.

These columns stand in the frame of `features.pairs.build_pairs`, one row per point and measure of
the legal order; the columns of the feature frame say nothing of a single measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from features.catalogue.feature import Feature
from features.catalogue.values import RESULTS, TOUCHED
from law.catalogue import Touches, find_measure
from registers.texts import Texts

REGISTER_OF: Final[Mapping[Touches, str]] = MappingProxyType(
    {
        "account": "accounts.balance_som",
        "income": "incomes.gross_som",
        "vehicle": "vehicles.assessed_som",
        "real_estate": "real_estate.cadastral_som",
        "receivable": "businesses.receivables_som",
        "movable": "businesses.production_assets_som",
        "pledge": "real_estate.cadastral_som",
        "register": "vehicles.assessed_som",
    }
)
"""The register column that tells of each kind of asset: it dates what a measure can reach."""


@dataclass(frozen=True)
class PairFeature(Feature):
    """A fact of one measure in one case.

    Attributes:
        dated_by: The stamp of the pair frame whose columns date the fact (`known_on_tried`); empty
            where the fact is dated by the register of the asset that the measure touches.
    """

    dated_by: str = ""

    @property
    def stamp(self) -> str:
        """The name of the stamp that dates the fact."""
        return self.dated_by or super().stamp

    def of(self, measure: str, legal_order_id: str = "uz") -> PairFeature:
        """The fact as it is for one measure: its principal source is the asset's register.

        >>> reach = PAIR_FEATURES[0]
        >>> reach.of("bank_account_levy").known_on, reach.of("vehicle_seizure_sale").known_on
        ('known_on_accounts', 'known_on_vehicles')
        """
        if self.dated_by:
            return self
        source = REGISTER_OF.get(find_measure(measure, legal_order_id).touches)
        if source is None or source not in self.sources:
            return self
        others = [other for other in self.sources if other != source]
        return replace(self, sources=(source, *others))


_REACH_SOURCES: Final = (*dict.fromkeys(REGISTER_OF.values()), "cases.claim_som")

PAIR_FEATURES: Final[tuple[PairFeature, ...]] = (
    PairFeature(
        name="reach_share",
        family="pair",
        theme="assets",
        kind="number",
        unit="share",
        sources=_REACH_SOURCES,
        label=Texts(
            uz_Latn="chora yetadigan mablagʻning qarzga nisbati",
            uz_Cyrl="чора етадиган маблағнинг қарзга нисбати",
            ru="доступное этой мере по отношению к долгу",
            en="what the measure can reach, relative to the debt",
        ),
        meaning=(
            "reach_som over the outstanding amount; above 1 where more is there than is owed. Null "
            "where reach_som is null or nothing is owed."
        ),
        higher="eases",
        n_decimals=2,
    ),
    PairFeature(
        name="reach_som",
        family="pair",
        theme="assets",
        kind="number",
        unit="som",
        sources=_REACH_SOURCES,
        label=Texts(
            uz_Latn="chora yetadigan mablagʻ",
            uz_Cyrl="чора етадиган маблағ",
            ru="доступная этой мере сумма",
            en="what the measure can reach",
        ),
        meaning=(
            "What there is for the measure to take within the outcome window, by the law's own "
            "amounts: leviable balance, the lawful share of six months' income, receivables, free "
            "vehicles, free real estate, pledged things, production assets. Null where the law's "
            "amount is unknown, and for measures that touch no asset."
        ),
        higher="eases",
    ),
    PairFeature(
        name="n_tried",
        family="pair",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.measure", "actions.decided_on"),
        rows="this_case",
        label=Texts(
            uz_Latn="shu chora shu ishda qoʻllanilgan marta",
            uz_Cyrl="шу чора шу ишда қўлланилган марта",
            ru="сколько раз эта мера применялась по делу",
            en="number of times this measure was taken in this case",
        ),
        meaning="Decisions of this measure in this case before the day.",
        higher="hinders",
        dated_by="tried",
    ),
    PairFeature(
        name="days_since_tried",
        family="pair",
        theme="earlier_measures",
        kind="number",
        unit="days",
        sources=("actions.decided_on", "actions.measure"),
        rows="this_case",
        label=Texts(
            uz_Latn="shu chora shu ishda oxirgi marta qoʻllanganidan beri oʻtgan kunlar",
            uz_Cyrl="шу чора шу ишда охирги марта қўлланганидан бери ўтган кунлар",
            ru="срок с последнего применения этой меры по делу",
            en="time since this measure was last taken in this case",
        ),
        meaning="Days since its last decision in this case; null where there was none.",
        dated_by="tried",
    ),
    PairFeature(
        name="tried_result",
        family="pair",
        theme="earlier_measures",
        kind="category",
        unit="kind",
        sources=("actions.result", "actions.measure"),
        rows="this_case",
        label=Texts(
            uz_Latn="shu choraning shu ishdagi oxirgi natijasi",
            uz_Cyrl="шу чоранинг шу ишдаги охирги натижаси",
            ru="последний результат этой меры по делу",
            en="last result of this measure in this case",
        ),
        meaning=(
            "Result known for its latest decision in this case; never_tried where there was none."
        ),
        values=RESULTS,
        dated_by="tried",
    ),
    PairFeature(
        name="paid_since_tried_share",
        family="pair",
        theme="payment_behaviour",
        kind="number",
        unit="share",
        sources=("payments.amount_som", "payments.paid_on", "actions.decided_on"),
        rows="this_case",
        label=Texts(
            uz_Latn="shu choradan keyin toʻlangan ulush",
            uz_Cyrl="шу чорадан кейин тўланган улуш",
            ru="доля, уплаченная после этой меры",
            en="share paid since this measure was last taken",
        ),
        meaning=(
            "Paid in this case from its last decision up to the day, over that sum and what is "
            "still outstanding; null where it was never taken."
        ),
        higher="eases",
        n_decimals=2,
        dated_by="paid_since_tried",
    ),
    PairFeature(
        name="brought_share",
        family="pair",
        theme="payment_behaviour",
        kind="number",
        unit="share",
        sources=("payments.amount_som", "payments.action_id", "actions.measure"),
        rows="this_case",
        label=Texts(
            uz_Latn="shu chora shu ishda keltirgan summaning qarzga nisbati",
            uz_Cyrl="шу чора шу ишда келтирган сумманинг қарзга нисбати",
            ru="взысканное этой мерой по делу по отношению к долгу",
            en="what this measure brought in this case, relative to the debt",
        ),
        meaning=(
            "Payments of this case that the treasury traced to this measure, over the outstanding "
            "amount; null where it was never taken or nothing is owed."
        ),
        higher="eases",
        n_decimals=2,
        dated_by="brought",
    ),
    PairFeature(
        name="n_tried_other_cases",
        family="pair",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.measure", "actions.decided_on"),
        rows="other_cases",
        label=Texts(
            uz_Latn="shu chora boshqa ishlarda qoʻllanilgan marta",
            uz_Cyrl="шу чора бошқа ишларда қўлланилган марта",
            ru="сколько раз эта мера применялась по другим делам",
            en="number of times this measure was taken in other cases",
        ),
        meaning="Decisions of this measure before the day in the debtor's other cases.",
        dated_by="tried_other_cases",
    ),
    PairFeature(
        name="days_since_tried_other_cases",
        family="pair",
        theme="earlier_measures",
        kind="number",
        unit="days",
        sources=("actions.decided_on", "actions.measure"),
        rows="other_cases",
        label=Texts(
            uz_Latn="shu chora boshqa ishlarda oxirgi marta qoʻllanganidan beri oʻtgan kunlar",
            uz_Cyrl="шу чора бошқа ишларда охирги марта қўлланганидан бери ўтган кунлар",
            ru="срок с последнего применения этой меры по другим делам",
            en="time since this measure was last taken in other cases",
        ),
        meaning="Days since its last decision in other cases; null where there was none.",
        dated_by="tried_other_cases",
    ),
    PairFeature(
        name="tried_result_other_cases",
        family="pair",
        theme="earlier_measures",
        kind="category",
        unit="kind",
        sources=("actions.result", "actions.measure"),
        rows="other_cases",
        label=Texts(
            uz_Latn="shu choraning boshqa ishlardagi oxirgi natijasi",
            uz_Cyrl="шу чоранинг бошқа ишлардаги охирги натижаси",
            ru="последний результат этой меры по другим делам",
            en="last result of this measure in other cases",
        ),
        meaning=(
            "Result known for its latest decision in the debtor's other cases; never_tried where "
            "there was none."
        ),
        values=RESULTS,
        dated_by="tried_other_cases",
    ),
    PairFeature(
        name="brought_other_cases_share",
        family="pair",
        theme="payment_behaviour",
        kind="number",
        unit="share",
        sources=("payments.amount_som", "payments.action_id", "actions.measure"),
        rows="other_cases",
        label=Texts(
            uz_Latn="shu chora boshqa ishlarda keltirgan summaning qarzga nisbati",
            uz_Cyrl="шу чора бошқа ишларда келтирган сумманинг қарзга нисбати",
            ru="взысканное этой мерой по другим делам по отношению к долгу",
            en="what this measure brought in other cases, relative to the debt",
        ),
        meaning=(
            "Payments of the debtor's other cases that the treasury traced to this measure, over "
            "the outstanding amount of this case; null where it was never taken there or nothing "
            "is owed."
        ),
        higher="eases",
        n_decimals=2,
        dated_by="brought_other_cases",
    ),
    PairFeature(
        name="measure_intrusiveness",
        family="pair",
        theme="claim",
        kind="number",
        unit="count",
        sources=("actions.measure",),
        label=Texts(
            uz_Latn="choraning ogʻirlik darajasi",
            uz_Cyrl="чоранинг оғирлик даражаси",
            ru="степень тяжести меры",
            en="how intrusive the measure is",
        ),
        meaning="Intrusiveness of the measure in the catalogue of the legal order, 1 to 10.",
        dated_by="measure",
    ),
    PairFeature(
        name="measure_touches",
        family="pair",
        theme="claim",
        kind="category",
        unit="kind",
        sources=("actions.measure",),
        label=Texts(
            uz_Latn="chora qaratilgan narsa",
            uz_Cyrl="чора қаратилган нарса",
            ru="на что обращена мера",
            en="what the measure touches",
        ),
        meaning="Kind of asset that the measure takes, holds or draws on, by the legal order.",
        values=TOUCHED,
        dated_by="measure",
    ),
)
"""Model inputs of a pair (case, measure), in the order of the pair frame's columns."""

PAIR_STAMPS: Final[tuple[str, ...]] = tuple(
    dict.fromkeys(f.dated_by for f in PAIR_FEATURES if f.dated_by)
)
"""Stamps of the pair frame; `measure` dates what the law says, which has no report: null."""
