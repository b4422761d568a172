"""Catalogue of the history family, first part: earlier measures and appeals."""

from __future__ import annotations

from typing import Final

from features.catalogue.feature import Feature
from features.catalogue.values import RESULTS
from registers.texts import Texts

HISTORY_MEASURES_FEATURES: Final[tuple[Feature, ...]] = (
    Feature(
        name="n_measures",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.decided_on",),
        rows="this_case",
        label=Texts(
            uz_Latn="shu ishdagi avvalgi choralar soni",
            uz_Cyrl="шу ишдаги аввалги чоралар сони",
            ru="число прежних мер по делу",
            en="number of earlier measures in this case",
        ),
        meaning="Measures decided in this case before the day.",
    ),
    Feature(
        name="n_measures_other_cases",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.decided_on", "actions.case_id"),
        rows="other_cases",
        label=Texts(
            uz_Latn="boshqa ishlardagi avvalgi choralar soni",
            uz_Cyrl="бошқа ишлардаги аввалги чоралар сони",
            ru="число прежних мер по другим делам",
            en="number of earlier measures in other cases",
        ),
        meaning="Measures decided before the day in the debtor's other cases.",
    ),
    Feature(
        name="days_since_last_measure",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="days",
        sources=("actions.decided_on",),
        rows="this_case",
        label=Texts(
            uz_Latn="oxirgi choradan beri oʻtgan kunlar",
            uz_Cyrl="охирги чорадан бери ўтган кунлар",
            ru="срок с последней меры",
            en="time since the last measure",
        ),
        meaning="Days since the last measure in this case; null where there was none.",
    ),
    Feature(
        name="n_measures_pending",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.result",),
        rows="this_case",
        label=Texts(
            uz_Latn="ijrodagi choralar soni",
            uz_Cyrl="ижродаги чоралар сони",
            ru="число мер в исполнении",
            en="number of measures in progress",
        ),
        meaning="Earlier measures in this case whose result was still pending.",
    ),
    Feature(
        name="n_measures_effective",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.result",),
        label=Texts(
            uz_Latn="natija bergan choralar soni",
            uz_Cyrl="натижа берган чоралар сони",
            ru="число результативных мер",
            en="number of earlier measures that worked",
        ),
        meaning="Earlier measures against the debtor with the result effective or partly.",
        higher="eases",
    ),
    Feature(
        name="n_measures_nothing_found",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.result",),
        label=Texts(
            uz_Latn="hech narsa topilmagan choralar soni",
            uz_Cyrl="ҳеч нарса топилмаган чоралар сони",
            ru="число мер, при которых ничего не найдено",
            en="number of earlier measures that found nothing",
        ),
        meaning="Earlier measures against the debtor with the result nothing_found.",
        higher="hinders",
    ),
    Feature(
        name="n_bank_levies",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.measure",),
        rows="this_case",
        label=Texts(
            uz_Latn="hisobvaraqlarga avvalgi undiruvlar soni",
            uz_Cyrl="ҳисобварақларга аввалги ундирувлар сони",
            ru="число прежних взысканий со счетов",
            en="number of earlier bank levies",
        ),
        meaning="Measures bank_account_levy decided in this case before the day.",
    ),
    Feature(
        name="bank_levy_result",
        family="history",
        theme="earlier_measures",
        kind="category",
        unit="kind",
        sources=("actions.result", "actions.measure"),
        label=Texts(
            uz_Latn="oxirgi hisobvaraq undiruvi natijasi",
            uz_Cyrl="охирги ҳисобварақ ундируви натижаси",
            ru="результат последнего взыскания со счёта",
            en="result of the last bank levy",
        ),
        meaning=(
            "Result known for the debtor's latest earlier bank_account_levy; never_tried "
            "where there was none."
        ),
        values=RESULTS,
    ),
    Feature(
        name="n_wage_withholdings",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.measure",),
        rows="this_case",
        label=Texts(
            uz_Latn="ish haqidan avvalgi undiruvlar soni",
            uz_Cyrl="иш ҳақидан аввалги ундирувлар сони",
            ru="число прежних удержаний из дохода",
            en="number of earlier withholdings from income",
        ),
        meaning="Measures wage_income_withholding decided in this case before the day.",
    ),
    Feature(
        name="wage_withholding_result",
        family="history",
        theme="earlier_measures",
        kind="category",
        unit="kind",
        sources=("actions.result", "actions.measure"),
        label=Texts(
            uz_Latn="daromaddan oxirgi undiruv natijasi",
            uz_Cyrl="даромаддан охирги ундирув натижаси",
            ru="результат последнего удержания из дохода",
            en="result of the last withholding from income",
        ),
        meaning=(
            "Result known for the debtor's latest earlier wage_income_withholding; "
            "never_tried where there was none."
        ),
        values=RESULTS,
    ),
    Feature(
        name="n_asset_measures",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.measure",),
        rows="this_case",
        label=Texts(
            uz_Latn="mol-mulkka qaratilgan avvalgi choralar soni",
            uz_Cyrl="мол-мулкка қаратилган аввалги чоралар сони",
            ru="число прежних мер в отношении имущества",
            en="number of earlier measures on property",
        ),
        meaning=(
            "Bans, attachments and sales of vehicles, movables, real estate or pledges in "
            "this case before the day."
        ),
    ),
    Feature(
        name="n_travel_bans",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.measure",),
        rows="this_case",
        label=Texts(
            uz_Latn="chet elga chiqishni avvalgi cheklashlar soni",
            uz_Cyrl="чет элга чиқишни аввалги чеклашлар сони",
            ru="число прежних ограничений выезда",
            en="number of earlier travel bans",
        ),
        meaning="Measures travel_ban decided in this case before the day.",
    ),
    Feature(
        name="n_soft_measures",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.measure",),
        rows="this_case",
        label=Texts(
            uz_Latn="avvalgi xabarnoma va mediatsiyalar soni",
            uz_Cyrl="аввалги хабарнома ва медиациялар сони",
            ru="число прежних уведомлений и медиаций",
            en="number of earlier notices and mediations",
        ),
        meaning=(
            "Measures voluntary_notice and mediation_or_instalment decided in this case "
            "before the day."
        ),
    ),
    Feature(
        name="n_asset_queries",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("actions.measure",),
        rows="this_case",
        label=Texts(
            uz_Latn="mol-mulk va daromad boʻyicha avvalgi soʻrovlar soni",
            uz_Cyrl="мол-мулк ва даромад бўйича аввалги сўровлар сони",
            ru="число прежних запросов об имуществе",
            en="number of earlier register queries",
        ),
        meaning=(
            "Measures registry_asset_query and debtor_or_asset_search decided in this case "
            "before the day."
        ),
    ),
    Feature(
        name="measures_cost_som",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="som",
        sources=("actions.cost_som",),
        rows="this_case",
        label=Texts(
            uz_Latn="avvalgi choralar xarajati",
            uz_Cyrl="аввалги чоралар харажати",
            ru="расходы на прежние меры",
            en="cost of earlier measures",
        ),
        meaning="Cost of the earlier measures in this case.",
        higher="hinders",
    ),
    Feature(
        name="n_upheld_appeals",
        family="history",
        theme="earlier_measures",
        kind="number",
        unit="count",
        sources=("appeals.result", "appeals.resolved_on"),
        label=Texts(
            uz_Latn="qanoatlantirilgan shikoyatlar soni",
            uz_Cyrl="қаноатлантирилган шикоятлар сони",
            ru="число удовлетворённых жалоб",
            en="number of upheld appeals",
        ),
        meaning="Appeals in the debtor's cases that were upheld before the day.",
        higher="hinders",
    ),
)
