"""Late: the measure may be taken, but the Law set an earlier day for it.

A missed term ends nothing (Art. 30); it is a failing of the office that a reviewer must see and
that the party may complain of (Art. 86¹).
"""

import polars as pl

from law.actions.findings import Finding
from law.condition import Condition
from law.words import words
from registers.texts import Texts

SALES = ("vehicle_seizure_sale", "movable_sale", "real_estate_sale")
COMPULSORY = (
    "bank_account_levy",
    "account_attachment",
    "receivables_levy",
    "wage_income_withholding",
    "registration_ban",
    "movable_attachment",
    *SALES,
    "pledge_enforcement",
    "item_handover",
    "travel_ban",
    "eviction",
    "non_property_compulsion",
)

_EXPLAIN = words(
    uz="Chora oʻz kuchida qoladi; kechikish sababini ishga yozib qoʻying va choralarni "
    "tezlashtiring.",
    ru="Мера остаётся в силе; запишите в деле причину опоздания и ускорьте действия.",
    en="The measure stands; record the reason for the delay in the case file and go on without "
    "further delay.",
)


def _late(
    code: str,
    article: str,
    *,
    title: Texts,
    broken: Texts,
    deadline: str,
    done: str = "as_of_date",
    unless: pl.Expr | None = None,
    also_read: tuple[str, ...] = (),
    parameters: tuple[str, ...],
) -> Condition:
    """A condition that holds until the deadline has passed, or where `unless` is true."""
    in_time = pl.col(done) <= pl.col(deadline)
    return Condition(
        id=code,
        article=article,
        reason_code=f"late_{code}",
        title=title,
        broken=broken,
        remedy=_EXPLAIN,
        holds=in_time if unless is None else in_time | unless,
        facts=tuple(sorted({deadline, done, *also_read})),
        parameters=parameters,
    )


# Art. 23(2): the proceedings are opened within one working day of receipt.
opened_in_time = _late(
    "opened_in_time",
    "23",
    title=words(
        uz="Ish oʻz muddatida qoʻzgʻatilgan",
        ru="Производство возбуждено в срок",
        en="The case was opened in time",
    ),
    broken=words(
        uz="Ish kech qoʻzgʻatilgan: {opened_on} kuni, {must_open_by} kunigacha qoʻzgʻatilishi "
        "kerak edi (23-modda).",
        ru="Производство возбуждено с опозданием: {opened_on}, а срок был до {must_open_by} "
        "(ст. 23).",
        en="The case was opened late: on {opened_on}, while the term ended on {must_open_by} "
        "(Art. 23).",
    ),
    deadline="must_open_by",
    done="opened_on",
    parameters=("opening_term_working_days",),
)

# Art. 43¹: the measures of the simplified procedure follow within three working days. A later
# attempt is not late where the first was in time, or where one came before it.
simplified_in_time = _late(
    "simplified_in_time",
    "43¹",
    title=words(
        uz="Soddalashtirilgan tartibdagi chora oʻz muddatida qoʻllangan",
        ru="Мера упрощённого порядка принята в срок",
        en="The measure of the simplified procedure is in time",
    ),
    broken=words(
        uz="Chora kechikkan: soddalashtirilgan tartibda birinchi chora {simplified_measures_by} "
        "kunigacha qoʻllanishi kerak edi (43¹-modda).",
        ru="Мера запоздала: в упрощённом порядке первая мера принимается до "
        "{simplified_measures_by} (ст. 43¹).",
        en="The measure is late: in the simplified procedure the first measure was due by "
        "{simplified_measures_by} (Art. 43¹).",
    ),
    deadline="simplified_measures_by",
    unless=pl.col("has_tried_levy") | (pl.col("procedure") != "simplified"),
    also_read=("has_tried_levy", "procedure"),
    parameters=("simplified_measures_working_days", "voluntary_term_simplified_days"),
)

# Art. 53: within one month of service. A second attachment, of what was found later, has no term.
attached_in_time = _late(
    "attached_in_time",
    "53",
    title=words(
        uz="Mol-mulk oʻz muddatida xatlangan",
        ru="Имущество арестовано в срок",
        en="The property is attached in time",
    ),
    broken=words(
        uz="Xatlash kechikkan: {attach_by} kunigacha, yaʼni qaror topshirilganidan keyin bir oy "
        "ichida xatlash kerak edi (53-modda).",
        ru="Арест запоздал: он производится до {attach_by}, не позднее месяца со дня вручения "
        "постановления (ст. 53).",
        en="The attachment is late: it was due by {attach_by}, within a month of service of the "
        "decision (Art. 53).",
    ),
    deadline="attach_by",
    unless=pl.col("has_attached"),
    also_read=("has_attached",),
    parameters=("attachment_term_months",),
)

# Art. 56: attached property is sold within two months of its attachment.
sold_in_time = _late(
    "sold_in_time",
    "56",
    title=words(
        uz="Xatlangan mol-mulk oʻz muddatida sotilmoqda",
        ru="Арестованное имущество продаётся в срок",
        en="The attached property is sold in time",
    ),
    broken=words(
        uz="Sotish kechikkan: {attached_on} kuni xatlangan mol-mulk {sell_by} kunigacha sotilishi "
        "kerak edi (56-modda).",
        ru="Продажа запоздала: имущество арестовано {attached_on}, продать его надо было до "
        "{sell_by} (ст. 56).",
        en="The sale is late: the property was attached on {attached_on} and was to be sold by "
        "{sell_by} (Art. 56).",
    ),
    deadline="sell_by",
    also_read=("attached_on",),
    parameters=("sale_term_months",),
)

# Art. 30: two months after the voluntary term. Periodic payments fall due again and again, so no
# single term covers them; sales follow Art. 56 (the time of a sale does not count, Art. 30(3)).
enforced_in_time = _late(
    "enforced_in_time",
    "30",
    title=words(
        uz="Chora majburiy ijro muddati ichida qoʻllanmoqda",
        ru="Мера принята в пределах срока исполнения",
        en="The measure falls within the term of enforcement",
    ),
    broken=words(
        uz="Chora kechikkan: majburiy ijro muddati {enforce_by} kuni tugagan (30-modda). Muddat "
        "tugashi ishni toʻxtatmaydi.",
        ru="Мера запоздала: срок исполнения истёк {enforce_by} (ст. 30). Истечение срока "
        "производства не прекращает.",
        en="The measure is late: the term of enforcement ended on {enforce_by} (Art. 30). Its end "
        "does not end the case.",
    ),
    deadline="enforce_by",
    unless=pl.col("periodic") | (pl.col("procedure") == "simplified"),
    also_read=("periodic", "procedure"),
    parameters=("enforcement_term_months", "voluntary_term_days"),
)

FINDINGS: tuple[Finding, ...] = (
    Finding("late", opened_in_time, ("voluntary_notice",), "must_open_by", "opened_on"),
    Finding(
        "late",
        simplified_in_time,
        ("bank_account_levy", "wage_income_withholding"),
        "simplified_measures_by",
    ),
    Finding("late", attached_in_time, ("movable_attachment",), "attach_by"),
    Finding("late", sold_in_time, SALES, "sell_by"),
    Finding("late", enforced_in_time, COMPULSORY, "enforce_by"),
)
