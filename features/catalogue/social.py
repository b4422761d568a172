"""Catalogue of the social family: only facts that the enforcement law makes relevant."""

from __future__ import annotations

from typing import Final

from features.catalogue.feature import Feature
from features.catalogue.values import DEBTOR_STATUSES
from registers.texts import Texts

SOCIAL_FEATURES: Final[tuple[Feature, ...]] = (
    Feature(
        name="receives_alimony",
        family="social",
        theme="protection",
        kind="flag",
        unit="yes/no",
        sources=("incomes.kind", "incomes.month"),
        label=Texts(
            uz_Latn="aliment olishi",
            uz_Cyrl="алимент олиши",
            ru="получение алиментов",
            en="alimony received",
        ),
        meaning=(
            "Alimony was received in a month that began in the last 365 days; it can never be"
            " levied (Art. 69)."
        ),
        higher="hinders",
    ),
    Feature(
        name="receives_benefit",
        family="social",
        theme="protection",
        kind="flag",
        unit="yes/no",
        sources=("incomes.kind", "incomes.month"),
        label=Texts(
            uz_Latn="nafaqa olishi",
            uz_Cyrl="нафақа олиши",
            ru="получение пособия",
            en="a benefit received",
        ),
        meaning=(
            "A social benefit was received in a month that began in the last 365 days; not "
            "open to an ordinary levy (Art. 68, 69)."
        ),
        higher="hinders",
    ),
    Feature(
        name="protected_income_share",
        family="social",
        theme="protection",
        kind="number",
        unit="share",
        sources=("incomes.gross_som", "incomes.kind"),
        label=Texts(
            uz_Latn="undiruv qaratilmaydigan daromad ulushi",
            uz_Cyrl="ундирув қаратилмайдиган даромад улуши",
            ru="доля дохода, защищённого от взыскания",
            en="share of income that cannot be levied",
        ),
        meaning=(
            "Alimony received and benefits in all gross income of the last 365 days; null "
            "without income."
        ),
        higher="hinders",
        n_decimals=2,
    ),
    Feature(
        name="is_in_treatment",
        family="social",
        theme="protection",
        kind="flag",
        unit="yes/no",
        sources=("case_events.kind", "case_events.starts_on", "case_events.ends_on"),
        rows="this_case",
        label=Texts(
            uz_Latn="statsionar davolanish",
            uz_Cyrl="стационар даволаниш",
            ru="стационарное лечение",
            en="in-patient treatment",
        ),
        meaning="In-patient treatment that began before the day and had not ended (Art. 35).",
        higher="hinders",
    ),
    Feature(
        name="is_deferred",
        family="social",
        theme="protection",
        kind="flag",
        unit="yes/no",
        sources=("case_events.kind", "case_events.starts_on", "case_events.ends_on"),
        rows="this_case",
        label=Texts(
            uz_Latn="ijroning kechiktirilgani",
            uz_Cyrl="ижронинг кечиктирилгани",
            ru="отсрочка исполнения",
            en="deferral of enforcement",
        ),
        meaning=(
            "A deferral or postponement that began before the day and had not ended (Art. 32, 33)."
        ),
        higher="hinders",
    ),
    Feature(
        name="is_suspended",
        family="social",
        theme="protection",
        kind="flag",
        unit="yes/no",
        sources=("case_events.kind", "case_events.starts_on", "case_events.ends_on"),
        rows="this_case",
        label=Texts(
            uz_Latn="ish yuritishning toʻxtatilgani",
            uz_Cyrl="иш юритишнинг тўхтатилгани",
            ru="приостановление производства",
            en="suspension of the case",
        ),
        meaning=(
            "A suspension, mediation or guarantee deposit that began before the day and had "
            "not ended (Art. 33-1, 34, 38)."
        ),
        higher="hinders",
    ),
    Feature(
        name="days_protected_365",
        family="social",
        theme="protection",
        kind="number",
        unit="days",
        sources=("case_events.starts_on", "case_events.ends_on"),
        rows="this_case",
        label=Texts(
            uz_Latn="oxirgi yilda himoyalangan kunlar",
            uz_Cyrl="охирги йилда ҳимояланган кунлар",
            ru="дни защиты за последний год",
            en="protected days in the last year",
        ),
        meaning=(
            "Days of the last 365 that events of this case covered, each event counted, at "
            "most 365."
        ),
        higher="hinders",
    ),
    Feature(
        name="n_protection_events",
        family="social",
        theme="protection",
        kind="number",
        unit="count",
        sources=("case_events.event_id",),
        rows="this_case",
        label=Texts(
            uz_Latn="himoya hodisalari soni",
            uz_Cyrl="ҳимоя ҳодисалари сони",
            ru="число обстоятельств защиты",
            en="number of protection events",
        ),
        meaning=(
            "Suspensions, deferrals, treatments and the like in this case that began before "
            "the day."
        ),
        higher="hinders",
    ),
    Feature(
        name="debtor_status",
        family="social",
        theme="protection",
        kind="category",
        unit="kind",
        sources=("debtors.status",),
        label=Texts(
            uz_Latn="qarzdorning holati",
            uz_Cyrl="қарздорнинг ҳолати",
            ru="состояние должника",
            en="status of the debtor",
        ),
        meaning=(
            "Status in the civil and business registers; the law suspends or ends cases by it"
            " (Art. 34, 61, 62)."
        ),
        values=DEBTOR_STATUSES,
    ),
)
