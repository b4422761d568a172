"""Catalogue of the behaviour family: payments by source and by measure, how cases ended."""

from __future__ import annotations

from typing import Final, NamedTuple

from features.catalogue.feature import Feature
from registers.uzbek import words


class _Kind(NamedTuple):
    """How a source of payments, or a group of measures, is called inside a label."""

    name: str
    uz: str
    ru: str
    en: str


_SOURCES: Final = (
    _Kind("voluntary", "ixtiyoriy toʻlovlar", "добровольные платежи", "voluntary payments"),
    _Kind(
        "bank_levy",
        "hisobvaraqdan undirilgan toʻlovlar",
        "взыскания со счетов",
        "payments levied from accounts",
    ),
    _Kind("wage", "daromaddan ushlangan toʻlovlar", "удержания из дохода", "payments from income"),
    _Kind("auction", "auksiondan toʻlovlar", "платежи от торгов", "payments from auctions"),
    _Kind(
        "third_party",
        "uchinchi shaxslar toʻlovlari",
        "платежи третьих лиц",
        "payments by third parties",
    ),
)

_GROUPS: Final = (
    _Kind("notices", "xabarnoma va mediatsiya", "уведомления и медиация", "notices and mediation"),
    _Kind("account_measures", "hisobvaraq choralari", "меры по счетам", "measures on accounts"),
    _Kind("withholding", "daromaddan ushlab qolish", "удержания из дохода", "withholding"),
    _Kind(
        "property_measures",
        "mol-mulkka oid choralar",
        "меры в отношении имущества",
        "measures on property",
    ),
    _Kind(
        "pressure",
        "cheklov va qidiruv choralari",
        "ограничения и розыск",
        "bans, searches and entries",
    ),
)


def _of_source(kind: _Kind) -> tuple[Feature, ...]:
    name = kind.name
    return (
        Feature(
            name=f"n_{name}_payments_this_case",
            family="behaviour",
            theme="payment_behaviour",
            kind="number",
            unit="count",
            sources=("payments.paid_on", "payments.source"),
            rows="this_case",
            label=words(
                uz=f"shu ish boʻyicha {kind.uz} soni",
                ru=f"{kind.ru} по делу, число",
                en=f"number of {kind.en} in this case",
            ),
            meaning=f"Payments of source {name} made in this case before the day.",
            higher="eases",
        ),
        Feature(
            name=f"{name}_paid_this_case_som",
            family="behaviour",
            theme="payment_behaviour",
            kind="number",
            unit="som",
            sources=("payments.amount_som", "payments.source"),
            rows="this_case",
            label=words(
                uz=f"shu ish boʻyicha {kind.uz} summasi",
                ru=f"{kind.ru} по делу, сумма",
                en=f"sum of {kind.en} in this case",
            ),
            meaning="Sum of those payments.",
            higher="eases",
        ),
        Feature(
            name=f"days_since_{name}_payment",
            family="behaviour",
            theme="payment_behaviour",
            kind="number",
            unit="days",
            sources=("payments.paid_on", "payments.source"),
            rows="this_case",
            label=words(
                uz=f"shu ish boʻyicha {kind.uz}ning oxirgisidan beri oʻtgan kunlar",
                ru=f"срок с последнего ({kind.ru} по делу)",
                en=f"time since the last of the {kind.en} in this case",
            ),
            meaning="Days since the last of those payments; null where there was none.",
            higher="hinders",
        ),
        Feature(
            name=f"{name}_paid_other_cases_som",
            family="behaviour",
            theme="payment_behaviour",
            kind="number",
            unit="som",
            sources=("payments.amount_som", "payments.source"),
            rows="other_cases",
            label=words(
                uz=f"boshqa ishlar boʻyicha {kind.uz} summasi",
                ru=f"{kind.ru} по другим делам, сумма",
                en=f"sum of {kind.en} in other cases",
            ),
            meaning=f"Sum of payments of source {name} made before the day in other cases.",
            higher="eases",
        ),
    )


def _of_group(kind: _Kind) -> Feature:
    return Feature(
        name=f"brought_by_{kind.name}_som",
        family="behaviour",
        theme="payment_behaviour",
        kind="number",
        unit="som",
        sources=("payments.amount_som", "payments.action_id", "actions.measure"),
        label=words(
            uz=f"{kind.uz} keltirgan summa",
            ru=f"сумма, которую принесли {kind.ru}",
            en=f"amount brought by {kind.en}",
        ),
        meaning=(
            "Payments of the debtor in all cases before the day that the treasury traced to such "
            "measures (features/families/behaviour.py names them)."
        ),
        higher="eases",
    )


BEHAVIOUR_FEATURES: Final[tuple[Feature, ...]] = (
    *(feature for kind in _SOURCES for feature in _of_source(kind)),
    *(_of_group(kind) for kind in _GROUPS),
    Feature(
        name="paid_other_cases_som",
        family="behaviour",
        theme="payment_behaviour",
        kind="number",
        unit="som",
        sources=("payments.amount_som",),
        rows="other_cases",
        label=words(
            uz="boshqa ishlar boʻyicha toʻlangan summa",
            ru="уплаченная по другим делам сумма",
            en="amount paid in other cases",
        ),
        meaning="Sum of the debtor's payments in other cases before the day.",
        higher="eases",
    ),
    Feature(
        name="days_since_payment_other_cases",
        family="behaviour",
        theme="payment_behaviour",
        kind="number",
        unit="days",
        sources=("payments.paid_on",),
        rows="other_cases",
        label=words(
            uz="boshqa ishlardagi oxirgi toʻlovdan beri oʻtgan kunlar",
            ru="срок с последнего платежа по другим делам",
            en="time since the last payment in other cases",
        ),
        meaning="Days since the last payment in other cases; null where there was none.",
        higher="hinders",
    ),
    Feature(
        name="mean_payment_som",
        family="behaviour",
        theme="payment_behaviour",
        kind="number",
        unit="som",
        sources=("payments.amount_som",),
        rows="this_case",
        label=words(
            uz="shu ish boʻyicha oʻrtacha toʻlov",
            ru="средний платёж по делу",
            en="mean payment in this case",
        ),
        meaning="Mean amount of the payments in this case; null where there was none.",
        higher="eases",
    ),
    Feature(
        name="n_closed",
        family="behaviour",
        theme="payment_behaviour",
        kind="number",
        unit="count",
        sources=("cases.closed_on", "cases.closing"),
        rows="other_cases",
        label=words(
            uz="avval yopilgan ishlar soni",
            ru="число ранее оконченных производств",
            en="number of cases closed before",
        ),
        meaning="Cases of the debtor closed before the day, however they ended.",
    ),
    Feature(
        name="n_closed_returned",
        family="behaviour",
        theme="payment_behaviour",
        kind="number",
        unit="count",
        sources=("cases.closing", "cases.closed_on"),
        rows="other_cases",
        label=words(
            uz="undiruvchiga qaytarilgan ishlar soni",
            ru="число возвращённых взыскателю производств",
            en="number of cases returned to the claimant",
        ),
        meaning=(
            "Cases of the debtor closed before the day with the document returned: no property, "
            "no debtor found, or at the claimant's wish."
        ),
        higher="hinders",
    ),
    Feature(
        name="performed_share",
        family="behaviour",
        theme="payment_behaviour",
        kind="number",
        unit="share",
        sources=("cases.closing", "cases.closed_on"),
        rows="other_cases",
        label=words(
            uz="yopilgan ishlar ichida ijro etilganlari ulushi",
            ru="доля исполненных среди оконченных производств",
            en="share of closed cases that were performed",
        ),
        meaning="Cases closed as performed over all closed before; null where none was closed.",
        higher="eases",
        n_decimals=2,
    ),
    Feature(
        name="days_since_last_closing",
        family="behaviour",
        theme="payment_behaviour",
        kind="number",
        unit="days",
        sources=("cases.closed_on",),
        rows="other_cases",
        label=words(
            uz="oxirgi ish yopilganidan beri oʻtgan kunlar",
            ru="срок с окончания последнего производства",
            en="time since the last case was closed",
        ),
        meaning="Days since the debtor's last case was closed; null where there was none.",
    ),
)
