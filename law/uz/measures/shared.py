"""Conditions and confirmations that several measures share."""

import polars as pl

from law.condition import Condition, Confirmation, Refusal
from law.uz.gates import debt_remains
from law.uz.gates.amount import OWED_FACTS, SOMETHING_IS_OWED
from law.uz.pledges import PLEDGE_FACTS, Thing, is_own_pledge, no_other_pledge_before
from law.words import words
from registers.texts import Texts

# The dated values that the money that may be levied leans on (Art. 47(12)).
MONEY_PARAMETERS: tuple[str, ...] = ("minimum_wage", "protected_account_share")

IS_IN_BUSINESS = pl.col("debtor_kind").is_in(["legal_entity", "entrepreneur"])


_MONEY_TITLE = words(
    uz="Hisobvaraqdagi pul ({leviable_balance_som}) qarzga yetmaydi",
    ru="Денег на счетах ({leviable_balance_som}) не хватает на долг",
    en="The money on accounts ({leviable_balance_som}) does not cover the debt",
)
_MONEY_BROKEN = words(
    uz="Bu chorani qoʻllab boʻlmaydi: undirish mumkin boʻlgan pul ({leviable_balance_som}) qarzni "
    "({outstanding_som}) qoplaydi, undiruv esa avvalo pulga qaratiladi (47-modda).",
    ru="Эту меру применить нельзя: деньги, доступные для взыскания ({leviable_balance_som}), "
    "покрывают долг ({outstanding_som}), а взыскание сначала обращается на деньги (ст. 47).",
    en="This measure is not available: the money that may be levied ({leviable_balance_som}) "
    "covers the debt ({outstanding_som}), and money comes first (Art. 47).",
)
_MONEY_NOT_NEEDED = words(
    uz="Bu chora uchun asos yoʻq: undirish mumkin boʻlgan pul ({leviable_balance_som}) qarzni "
    "({outstanding_som}) qoplaydi, yengilroq chora yetarli (47-modda).",
    ru="Для этой меры нет оснований: деньги, доступные для взыскания ({leviable_balance_som}), "
    "покрывают долг ({outstanding_som}), хватит более мягкой меры (ст. 47).",
    en="There is no ground for this measure: the money that may be levied ({leviable_balance_som}) "
    "covers the debt ({outstanding_som}), so a lighter measure is enough (Art. 47).",
)
_MONEY_REMEDY = words(
    uz="Qoldiqni banklardan aniqlang va undiruvni pulga qarating; pul yetmasa, bu choraga qayting "
    "(21, 47-moddalar).",
    ru="Уточните остаток у банков и обратите взыскание на деньги; если их не хватит, вернитесь к "
    "этой мере (ст. 21, 47).",
    en="Ask the banks for the balance and levy the money on accounts; come back to this measure if "
    "it falls short (Art. 21, 47).",
)
# Where nothing is left no money is needed: `debt_remains` says so.
# The known money may be enough; that it falls short is known only once all accounts are.
_MONEY_FALLS_SHORT = (pl.col("outstanding_som") == 0) | (
    pl.when(pl.col("leviable_balance_som") >= pl.col("outstanding_som"))
    .then(False)
    .otherwise(pl.col("whole_balance_som") < pl.col("outstanding_som"))
)


# Art. 47: money comes first; Art. 47(11): no more is levied than needed. Art. 51: its own pledge
# comes before money.
def money_comes_first(thing: Thing) -> Condition:
    """Other property is levied only where the money that may be levied is not enough."""
    return Condition(
        id="money_comes_first",
        article="47",
        reason_code="money_suffices",
        title=_MONEY_TITLE,
        broken=_MONEY_BROKEN,
        remedy=_MONEY_REMEDY,
        holds=is_own_pledge(thing) | _MONEY_FALLS_SHORT,
        facts=(
            "leviable_balance_som",
            "whole_balance_som",
            "outstanding_som",
            *PLEDGE_FACTS,
        ),
        parameters=MONEY_PARAMETERS,
    )


# Art. 51: what is pledged for a claim is levied first, its other property after that.
def own_pledge_first(thing: Thing) -> Condition:
    """A thing is sold for a secured claim only where no other thing is pledged for that claim."""
    return Condition(
        id="own_pledge_first",
        article="51",
        reason_code="own_pledge_not_levied",
        title=words(
            uz="Shu talab boʻyicha garovda turgan boshqa mol-mulk yoʻq",
            ru="Другого предмета залога по этому требованию нет",
            en="No other thing is pledged for this claim",
        ),
        broken=words(
            uz="Bu chorani qoʻllab boʻlmaydi: shu talab boʻyicha garovda boshqa mol-mulk bor, "
            "undiruv avval unga qaratiladi (51-modda).",
            ru="Эту меру применить нельзя: по этому требованию заложено другое имущество, и "
            "взыскание сначала обращается на него (ст. 51).",
            en="This measure is not available: another thing is pledged for this claim, and levy "
            "goes to that one first (Art. 51).",
        ),
        unknown=words(
            uz="Aytib boʻlmaydi: talab garov bilan taʼminlangan, qaysi mol-mulk bilan, "
            "reyestrlarda yoʻq. Buni undiruvchi va garov reyestri biladi (51-modda).",
            ru="Сказать нельзя: требование обеспечено залогом, но каким имуществом, в реестрах не "
            "записано. Это знают взыскатель и реестр залогов (ст. 51).",
            en="This cannot be told: a pledge secures the claim, and no register says which thing. "
            "The claimant and the pledge register know it (Art. 51).",
        ),
        remedy=words(
            uz="Garov shartnomasini soʻrang va undiruvni avval undagi mol-mulkka qarating; garov "
            "qolmagan boʻlsa, buni ishda qayd eting.",
            ru="Запросите договор залога и сначала обратите взыскание на имущество из него; если "
            "залога уже нет, отметьте это в деле.",
            en="Ask for the contract of pledge and levy the property named in it first; where no "
            "pledge is left, record that in the case.",
        ),
        holds=no_other_pledge_before(thing),
        facts=PLEDGE_FACTS,
        confidence="inferred",
    )


# Art. 47: money comes first; Art. 47(10): accounts are attached where the money falls short.
def money_falls_short(
    article: str = "47", *, refusal: Refusal = "unlawful", secures: bool = False
) -> Condition:
    """The money that may be levied is not enough, for measures that no pledge is the object of.

    A measure that `secures` may be taken with the opening (Art. 23(5)), when no money can be levied
    yet. Where the Law does not put money before the measure, it is unfounded and not unlawful.
    """
    at_opening = pl.col("opened_on") == pl.col("as_of_date")
    opening_facts = ("as_of_date", "opened_on") if secures else ()
    return Condition(
        id="money_falls_short",
        article=article,
        reason_code="money_suffices",
        title=_MONEY_TITLE,
        broken=_MONEY_NOT_NEEDED if refusal == "unfounded" else _MONEY_BROKEN,
        remedy=_MONEY_REMEDY,
        holds=(at_opening | _MONEY_FALLS_SHORT) if secures else _MONEY_FALLS_SHORT,
        facts=(
            "leviable_balance_som",
            "whole_balance_som",
            "outstanding_som",
            *opening_facts,
        ),
        parameters=MONEY_PARAMETERS,
        refusal=refusal,
        confidence="inferred" if refusal == "unfounded" else "read",
    )


# Art. 47(11): of nothing, nothing; an act that awards no money has no amount that could be paid.
debt_or_act_remains = Condition(
    id="debt_or_act_remains",
    article="47(11)",
    reason_code="nothing_outstanding",
    title=words(
        uz="Talab hali ijro etilmagan",
        ru="Требование ещё не исполнено",
        en="The claim has not been performed yet",
    ),
    broken=debt_remains.broken,
    remedy=words(
        uz="Qarz qoldigʻini tekshiring; qarz toʻlangan boʻlsa, ishni tugating (37-modda).",
        ru="Проверьте остаток долга; если долг уплачен, окончите производство (ст. 37).",
        en="Check the outstanding amount; if the debt is paid, close the case (Art. 37).",
    ),
    holds=(pl.col("claim_kind") == "non_property") | SOMETHING_IS_OWED,
    facts=("claim_kind", *OWED_FACTS),
    refusal="unfounded",
)

_ALREADY = words(
    uz="Amaldagi chora qanday ijro etilayotganini tekshiring; yangi qaror faqat u tugagach kerak.",
    ru="Проверьте, как исполняется действующая мера; новое решение нужно, только когда она "
    "закончится.",
    en="Check how the measure in force is carried out; a new decision is needed only once it ends.",
)


def not_yet_in_force(
    measure: str, article: str, *, uz: str, ru: str, en: str, remedy: Texts = _ALREADY
) -> Condition:
    """A restriction that is in force already gains nothing by a second decision."""
    since = f"{measure}_since"
    return Condition(
        id=f"no_{measure}_in_force",
        article=article,
        reason_code="already_in_force",
        title=words(
            uz="Bunday chora hali kuchda emas",
            ru="Такая мера ещё не действует",
            en="No such measure is in force yet",
        ),
        broken=words(uz=uz, ru=ru, en=en),
        remedy=remedy,
        holds=~pl.col(f"has_{measure}"),
        facts=(f"has_{measure}", since),
        refusal="unfounded",
        confidence="inferred",
    )


# Art. 26: physical actions on working days; otherwise only if urgent or through the debtor's fault.
not_on_a_day_off = Confirmation(
    id="not_on_a_day_off",
    article="26",
    text=words(
        uz="{as_of_date} dam olish kuni: chorani {next_working_day} kuni oʻtkazing; bugun faqat "
        "ish kechiktirib boʻlmaydigan boʻlsa yoki qarzdor aybdor boʻlsa (26-modda).",
        ru="{as_of_date} нерабочий день: проведите действие {next_working_day}, а сегодня только "
        "если оно не терпит отлагательства или отложено по вине должника (ст. 26).",
        en="{as_of_date} is a day off: act on {next_working_day}, and today only if it cannot wait "
        "or was held up through the debtor's fault (Art. 26).",
    ),
    when=~pl.col("is_working_day"),
    facts=("as_of_date", "is_working_day", "next_working_day"),
)

sums_of_article_69 = Confirmation(
    id="sums_of_article_69",
    article="69",
    text=words(
        uz="Hisobvaraqdagi pul alimentlar yoki 69-moddadagi boshqa toʻlovlardan emasligini bankdan "
        "aniqlang.",
        ru="Уточните в банке, что деньги на счёте не алименты и не другие выплаты статьи 69.",
        en="Make sure with the bank that the money on the account does not come from alimony or "
        "other sums of Art. 69.",
    ),
    when=pl.col("is_natural_person"),
)

# Art. 52: whatever is sold, the family keeps the dwelling in which it lives, unless the contract of
# pledge for this very claim names that dwelling.
family_home_stays = Confirmation(
    id="family_home_stays",
    article="52",
    text=words(
        uz="Faqat boshqa obyektlarni soting: oila yashaydigan uy (kvartira) oilada qoladi; u faqat "
        "hujjatda yoki shu talabning garov shartnomasida koʻrsatilgan boʻlsa sotiladi (52-modda).",
        ru="Продавайте только другие объекты: жильё, в котором живёт семья, остаётся ей, если оно "
        "не названо в документе или в договоре залога по этому требованию (ст. 52).",
        en="Sell only the other objects: the dwelling in which the family lives stays, unless the "
        "document or the contract of pledge for this claim names it (Art. 52).",
    ),
    when=(pl.col("n_exempt_dwellings") > 0)
    | (pl.col("n_doubtful_homes") > 0)
    | (pl.col("n_kept_homes") > 0),
)

own_pledge_goes_first = Confirmation(
    id="own_pledge_goes_first",
    article="51",
    text=words(
        uz="Talab garov bilan taʼminlangan: avval garov predmetiga undiruv qaratilganini yoki u "
        "yetmasligini tekshiring (51-modda).",
        ru="Требование обеспечено залогом: проверьте, что взыскание уже обращено на предмет залога "
        "или его не хватает (ст. 51).",
        en="A pledge secures the claim: make sure that the pledge was levied first or is not "
        "enough (Art. 51).",
    ),
    when=pl.col("secured"),
)

# Art. 23(3), 43¹: a longer term than the Law gives keeps the claimant waiting.
term_longer_than_the_law = Confirmation(
    id="term_longer_than_the_law",
    article="23",
    text=words(
        uz="Ixtiyoriy ijro muddati {voluntary_until} kunigacha deb qayd etilgan, qonun boʻyicha u "
        "{longest_voluntary_end} kunidan kech tugamaydi: qarorni tekshiring (23, 43¹-moddalar).",
        ru="Срок добровольного исполнения отмечен до {voluntary_until}, по закону он кончается не "
        "позже {longest_voluntary_end}: проверьте постановление (ст. 23, 43¹).",
        en="The voluntary term is recorded until {voluntary_until}; by the Law it ends no later "
        "than {longest_voluntary_end}: check the decision (Art. 23, 43¹).",
    ),
    when=(pl.col("voluntary_until") > pl.col("longest_voluntary_end")).fill_null(False),
    facts=("voluntary_until", "longest_voluntary_end"),
)

# Family Code 139: wages, then money on accounts, then property.
wage_first_for_alimony = Confirmation(
    id="wage_first_for_alimony",
    article="64",
    text=words(
        uz="Aliment avvalo ish haqi va daromaddan undiriladi (Oila kodeksi, 139-modda): oyiga "
        "{withholdable_som} ushlab qolish yetmasligini tekshiring.",
        ru="Алименты взыскиваются прежде всего из зарплаты и доходов (Семейный кодекс, ст. 139): "
        "проверьте, что удержания {withholdable_som} в месяц не хватает.",
        en="Alimony is taken from wages and income first (Family Code, Art. 139): make sure that "
        "withholding {withholdable_som} a month is not enough.",
    ),
    when=(pl.col("claim_kind") == "alimony") & (pl.col("withholdable_som") > 0),
    facts=("withholdable_som",),
)

production_comes_last = Confirmation(
    id="production_comes_last",
    article="60",
    text=words(
        uz="Tadbirkorlik qarzi boʻyicha avval ishlab chiqarishda bevosita qatnashmaydigan mol-mulk "
        "olinadi; xomashyo, dastgoh va uskunalar uchinchi navbatda (60-modda).",
        ru="По долгам от предпринимательства сначала берут имущество, прямо не занятое в "
        "производстве; сырьё, станки и оборудование в третьей очереди (ст. 60).",
        en="For debts from a business take first what is not used directly in production; raw "
        "materials, machines and equipment come third (Art. 60).",
    ),
    when=IS_IN_BUSINESS,
)
