"""Catalogue of the solvency family, first part: income and business."""

from __future__ import annotations

from typing import Final

from features.catalogue.feature import Feature
from registers.texts import Texts

SOLVENCY_INCOME_FEATURES: Final[tuple[Feature, ...]] = (
    Feature(
        name="last_month_gross_som",
        family="solvency",
        theme="income",
        kind="number",
        unit="som",
        sources=("incomes.gross_som", "incomes.month"),
        label=Texts(
            uz_Latn="oxirgi oydagi hisoblangan daromad",
            uz_Cyrl="охирги ойдаги ҳисобланган даромад",
            ru="начисленный доход за последний месяц",
            en="gross income of the newest month",
        ),
        meaning=(
            "Leviable income before tax in the newest month of each payer and kind that still "
            "pays (reported for one of the last six months, and not silent for more than two "
            "while others report); null where no income was ever reported."
        ),
        higher="eases",
    ),
    Feature(
        name="last_month_net_som",
        family="solvency",
        theme="income",
        kind="number",
        unit="som",
        sources=("incomes.gross_som", "incomes.tax_som", "incomes.month"),
        label=Texts(
            uz_Latn="oxirgi oydagi sof daromad",
            uz_Cyrl="охирги ойдаги соф даромад",
            ru="чистый доход за последний месяц",
            en="net income of the newest month",
        ),
        meaning="The same income after tax: what the law takes for current income.",
        higher="eases",
    ),
    Feature(
        name="mean_net_6m_som",
        family="solvency",
        theme="income",
        kind="number",
        unit="som",
        sources=("incomes.gross_som", "incomes.tax_som", "incomes.month"),
        label=Texts(
            uz_Latn="olti oylik oʻrtacha sof daromad",
            uz_Cyrl="олти ойлик ўртача соф даромад",
            ru="средний чистый доход за шесть месяцев",
            en="mean net income over six months",
        ),
        meaning=(
            "Leviable income after tax per month with income, over the six months that end "
            "with the newest month of any payer."
        ),
        higher="eases",
    ),
    Feature(
        name="mean_wage_net_6m_som",
        family="solvency",
        theme="income",
        kind="number",
        unit="som",
        sources=("incomes.gross_som", "incomes.tax_som", "incomes.kind"),
        label=Texts(
            uz_Latn="olti oylik oʻrtacha sof ish haqi va pensiya",
            uz_Cyrl="олти ойлик ўртача соф иш ҳақи ва пенсия",
            ru="средняя чистая зарплата и пенсия за шесть месяцев",
            en="mean net wage and pension over six months",
        ),
        meaning=(
            "Wages, pensions and stipends after tax per month with income in the same six months."
        ),
        higher="eases",
    ),
    Feature(
        name="n_income_months_12",
        family="solvency",
        theme="income",
        kind="number",
        unit="count",
        sources=("incomes.month", "incomes.gross_som"),
        label=Texts(
            uz_Latn="oxirgi bir yildagi daromadli oylar soni",
            uz_Cyrl="охирги бир йилдаги даромадли ойлар сони",
            ru="число месяцев с доходом за год",
            en="months with income in the last year",
        ),
        meaning=(
            "Months with leviable income that began in the 365 days before the decision point."
        ),
        higher="eases",
    ),
    Feature(
        name="formal_wage_share",
        family="solvency",
        theme="income",
        kind="number",
        unit="share",
        sources=("incomes.kind", "incomes.gross_som"),
        label=Texts(
            uz_Latn="daromadda rasmiy ish haqining ulushi",
            uz_Cyrl="даромадда расмий иш ҳақининг улуши",
            ru="доля официальной зарплаты в доходе",
            en="share of formal wages in income",
        ),
        meaning="Wages in leviable gross income of the last 365 days; null without such income.",
        higher="eases",
        n_decimals=2,
    ),
    Feature(
        name="has_current_wage",
        family="solvency",
        theme="income",
        kind="flag",
        unit="yes/no",
        sources=("incomes.kind", "incomes.month"),
        label=Texts(
            uz_Latn="hozirgi ish haqi",
            uz_Cyrl="ҳозирги иш ҳақи",
            ru="текущая зарплата",
            en="a current wage",
        ),
        meaning="There is a wage among that income.",
        higher="eases",
    ),
    Feature(
        name="has_pension",
        family="solvency",
        theme="income",
        kind="flag",
        unit="yes/no",
        sources=("incomes.kind", "incomes.month"),
        label=Texts(uz_Latn="pensiya", uz_Cyrl="пенсия", ru="пенсия", en="a pension"),
        meaning="A pension was reported for a month that began in the last 365 days.",
        higher="eases",
    ),
    Feature(
        name="n_payers",
        family="solvency",
        theme="income",
        kind="number",
        unit="count",
        sources=("incomes.payer_id", "incomes.month"),
        label=Texts(
            uz_Latn="daromad toʻlovchilar soni",
            uz_Cyrl="даромад тўловчилар сони",
            ru="число плательщиков дохода",
            en="number of income payers",
        ),
        meaning="Different payers of leviable income in the last 365 days.",
        higher="eases",
    ),
    Feature(
        name="income_trend",
        family="solvency",
        theme="income",
        kind="number",
        unit="share",
        sources=("incomes.gross_som", "incomes.month"),
        label=Texts(
            uz_Latn="daromadning oʻzgarishi",
            uz_Cyrl="даромаднинг ўзгариши",
            ru="изменение дохода",
            en="change in income",
        ),
        meaning=(
            "Gross leviable income of the three newest months over that of the three before, "
            "minus one; null where the earlier three had none."
        ),
        higher="eases",
        n_decimals=2,
    ),
    Feature(
        name="income_report_age_days",
        family="solvency",
        theme="income",
        kind="number",
        unit="days",
        sources=("incomes.reported_on",),
        label=Texts(
            uz_Latn="daromad maʼlumotining eskiligi",
            uz_Cyrl="даромад маълумотининг эскилиги",
            ru="давность сведений о доходе",
            en="age of the newest income report",
        ),
        meaning="Days since the newest income row was reported.",
    ),
    Feature(
        name="outstanding_to_income",
        family="solvency",
        theme="income",
        kind="number",
        unit="months",
        sources=("incomes.gross_som", "incomes.tax_som", "cases.claim_som"),
        label=Texts(
            uz_Latn="qarzni qoplaydigan oylik daromadlar soni",
            uz_Cyrl="қарзни қоплайдиган ойлик даромадлар сони",
            ru="долг в месячных доходах",
            en="debt in months of net income",
        ),
        meaning="Amount still due over the mean net income; null where that is unknown or zero.",
        higher="hinders",
        n_decimals=1,
    ),
    Feature(
        name="business_revenue_som",
        family="solvency",
        theme="income",
        kind="number",
        unit="som",
        sources=("businesses.revenue_som", "businesses.quarter"),
        label=Texts(
            uz_Latn="oxirgi chorakdagi biznes tushumi",
            uz_Cyrl="охирги чоракдаги бизнес тушуми",
            ru="выручка бизнеса за последний квартал",
            en="business revenue of the newest quarter",
        ),
        meaning=(
            "Revenue of the newest quarter; null where no business is known, or its newest quarter "
            "lies more than a year back."
        ),
        higher="eases",
    ),
    Feature(
        name="business_receivables_som",
        family="solvency",
        theme="income",
        kind="number",
        unit="som",
        sources=("businesses.receivables_som", "businesses.quarter"),
        label=Texts(
            uz_Latn="debitorlik qarzi",
            uz_Cyrl="дебиторлик қарзи",
            ru="дебиторская задолженность",
            en="receivables",
        ),
        meaning="What customers owe the debtor at that quarter.",
        higher="eases",
    ),
    Feature(
        name="n_employees",
        family="solvency",
        theme="income",
        kind="number",
        unit="count",
        sources=("businesses.employees", "businesses.quarter"),
        label=Texts(
            uz_Latn="xodimlar soni",
            uz_Cyrl="ходимлар сони",
            ru="число работников",
            en="number of employees",
        ),
        meaning="Employees at that quarter.",
        higher="eases",
    ),
    Feature(
        name="business_tax_arrears_som",
        family="solvency",
        theme="payment_behaviour",
        kind="number",
        unit="som",
        sources=("businesses.tax_arrears_som", "businesses.quarter"),
        label=Texts(
            uz_Latn="biznesning soliq qarzi",
            uz_Cyrl="бизнеснинг солиқ қарзи",
            ru="налоговая задолженность бизнеса",
            en="tax arrears of the business",
        ),
        meaning="Tax arrears at that quarter.",
        higher="hinders",
    ),
)
