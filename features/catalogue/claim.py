"""Catalogue of the claim family: what is owed, to whom, on which paper and for how long."""

from __future__ import annotations

from typing import Final

from features.catalogue.feature import Feature
from features.catalogue.values import CLAIM_KINDS, CLAIMANT_KINDS, DEBTOR_KINDS, DOCUMENT_KINDS
from registers.texts import Texts

CLAIM_FEATURES: Final[tuple[Feature, ...]] = (
    Feature(
        name="outstanding_som",
        family="claim",
        theme="claim",
        kind="number",
        unit="som",
        sources=("cases.claim_som", "cases.fee_som", "payments.amount_som"),
        label=Texts(
            uz_Latn="qarz qoldigʻi",
            uz_Cyrl="қарз қолдиғи",
            ru="остаток долга",
            en="amount still due",
        ),
        meaning="Claim and fee minus the payments known that day, never below zero.",
    ),
    Feature(
        name="claim_kind",
        family="claim",
        theme="claim",
        kind="category",
        unit="kind",
        sources=("cases.claim_kind",),
        label=Texts(
            uz_Latn="talab turi", uz_Cyrl="талаб тури", ru="вид требования", en="kind of claim"
        ),
        meaning="What the money is owed for.",
        values=CLAIM_KINDS,
    ),
    Feature(
        name="document_kind",
        family="claim",
        theme="claim",
        kind="category",
        unit="kind",
        sources=("cases.document_kind",),
        label=Texts(
            uz_Latn="ijro hujjati turi",
            uz_Cyrl="ижро ҳужжати тури",
            ru="вид исполнительного документа",
            en="kind of enforcement document",
        ),
        meaning="The paper on which the case rests.",
        values=DOCUMENT_KINDS,
    ),
    Feature(
        name="claimant_kind",
        family="claim",
        theme="claim",
        kind="category",
        unit="kind",
        sources=("cases.claimant_kind",),
        label=Texts(
            uz_Latn="undiruvchi turi",
            uz_Cyrl="ундирувчи тури",
            ru="вид взыскателя",
            en="kind of claimant",
        ),
        meaning="To whom the money is owed.",
        values=CLAIMANT_KINDS,
    ),
    Feature(
        name="debtor_kind",
        family="claim",
        theme="claim",
        kind="category",
        unit="kind",
        sources=("debtors.kind",),
        label=Texts(
            uz_Latn="qarzdor turi", uz_Cyrl="қарздор тури", ru="вид должника", en="kind of debtor"
        ),
        meaning=(
            "Natural person, entrepreneur or legal entity; the law orders levies by it (Art. "
            "58-62)."
        ),
        values=DEBTOR_KINDS,
    ),
    Feature(
        name="is_simplified",
        family="claim",
        theme="claim",
        kind="flag",
        unit="yes/no",
        sources=("cases.procedure",),
        label=Texts(
            uz_Latn="soddalashtirilgan tartib",
            uz_Cyrl="соддалаштирилган тартиб",
            ru="упрощённый порядок",
            en="simplified procedure",
        ),
        meaning="The case runs in the simplified procedure (Art. 43-1).",
    ),
    Feature(
        name="is_periodic",
        family="claim",
        theme="claim",
        kind="flag",
        unit="yes/no",
        sources=("cases.periodic",),
        label=Texts(
            uz_Latn="davriy toʻlov",
            uz_Cyrl="даврий тўлов",
            ru="периодический платёж",
            en="periodic payment",
        ),
        meaning="The claim falls due again and again, as alimony does.",
    ),
    Feature(
        name="is_secured",
        family="claim",
        theme="claim",
        kind="flag",
        unit="yes/no",
        sources=("cases.secured",),
        label=Texts(
            uz_Latn="garov bilan taʼminlangan talab",
            uz_Cyrl="гаров билан таъминланган талаб",
            ru="требование, обеспеченное залогом",
            en="claim secured by a pledge",
        ),
        meaning="The claim is secured by a pledge.",
        higher="eases",
    ),
    Feature(
        name="levies_dwelling",
        family="claim",
        theme="claim",
        kind="flag",
        unit="yes/no",
        sources=("cases.levies_dwelling",),
        label=Texts(
            uz_Latn="hujjatda uy-joy koʻrsatilgani",
            uz_Cyrl="ҳужжатда уй-жой кўрсатилгани",
            ru="указание жилья в документе",
            en="dwelling named in the document",
        ),
        meaning="The document itself directs the levy on the dwelling (Art. 52).",
    ),
    Feature(
        name="document_age_days",
        family="claim",
        theme="claim",
        kind="number",
        unit="days",
        sources=("cases.document_on",),
        label=Texts(
            uz_Latn="ijro hujjatining yoshi",
            uz_Cyrl="ижро ҳужжатининг ёши",
            ru="возраст исполнительного документа",
            en="age of the enforcement document",
        ),
        meaning="Days from the document to the decision point.",
        higher="hinders",
    ),
    Feature(
        name="days_since_opening",
        family="claim",
        theme="claim",
        kind="number",
        unit="days",
        sources=("cases.opened_on",),
        label=Texts(
            uz_Latn="ish qoʻzgʻatilgandan beri oʻtgan kunlar",
            uz_Cyrl="иш қўзғатилгандан бери ўтган кунлар",
            ru="срок с возбуждения производства",
            en="time since the case was opened",
        ),
        meaning="Days from opening to the decision point.",
        higher="hinders",
    ),
    Feature(
        name="is_served",
        family="claim",
        theme="claim",
        kind="flag",
        unit="yes/no",
        sources=("cases.served_on",),
        label=Texts(
            uz_Latn="qarorning topshirilgani",
            uz_Cyrl="қарорнинг топширилгани",
            ru="вручение постановления",
            en="service of the opening decision",
        ),
        meaning=(
            "The opening decision was served by that day, as far as the case row known then says."
        ),
        higher="eases",
    ),
    Feature(
        name="days_since_service",
        family="claim",
        theme="claim",
        kind="number",
        unit="days",
        sources=("cases.served_on",),
        label=Texts(
            uz_Latn="qaror topshirilgandan beri oʻtgan kunlar",
            uz_Cyrl="қарор топширилгандан бери ўтган кунлар",
            ru="срок с вручения постановления",
            en="time since service",
        ),
        meaning="Days from service to the decision point; null where not served by then.",
    ),
    Feature(
        name="days_since_voluntary_term",
        family="claim",
        theme="claim",
        kind="number",
        unit="days",
        sources=("cases.voluntary_until",),
        label=Texts(
            uz_Latn="ixtiyoriy ijro muddatidan beri oʻtgan kunlar",
            uz_Cyrl="ихтиёрий ижро муддатидан бери ўтган кунлар",
            ru="срок после окончания добровольного исполнения",
            en="time since the voluntary term ended",
        ),
        meaning=(
            "Days from the end of the voluntary term; below zero while it runs; null without "
            "a term."
        ),
    ),
    Feature(
        name="n_other_open_cases",
        family="claim",
        theme="claim",
        kind="number",
        unit="count",
        sources=("cases.closed_on", "cases.opened_on"),
        label=Texts(
            uz_Latn="boshqa ochiq ishlar soni",
            uz_Cyrl="бошқа очиқ ишлар сони",
            ru="число других открытых производств",
            en="number of other open cases",
        ),
        meaning="Other cases of the debtor opened by that day and not closed before it.",
        higher="hinders",
    ),
    Feature(
        name="other_open_claims_som",
        family="claim",
        theme="claim",
        kind="number",
        unit="som",
        sources=("cases.claim_som", "cases.fee_som", "payments.amount_som"),
        label=Texts(
            uz_Latn="boshqa ochiq ishlar boʻyicha qarz",
            uz_Cyrl="бошқа очиқ ишлар бўйича қарз",
            ru="долг по другим открытым производствам",
            en="debt in other open cases",
        ),
        meaning="What is still due in the debtor's other open money claims.",
        higher="hinders",
    ),
)
