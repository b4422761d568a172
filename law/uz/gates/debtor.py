"""G13 and the debtor's standing: alive, not insolvent, not bankrupt, not liquidated."""

import polars as pl

from law.condition import Condition
from law.parameters import parameter
from law.uz.amounts import is_natural_person
from law.uz.kinds import is_criminal_fine
from law.uz.pledges import PLEDGE_FACTS, is_stated_to_secure
from law.words import words

_status = pl.col("debtor_status")

# Art. 34, 37: the death of the debtor suspends until the successor is named; a liquidated entity
# ends the proceedings. That the debtor is missing stays nothing: neither article names it.
debtor_can_be_addressed = Condition(
    id="debtor_can_be_addressed",
    article="34",
    reason_code="debtor_deceased_or_liquidated",
    title=words(
        uz="Qarzdor vafot etmagan va tugatilmagan",
        ru="Должник не умер и не ликвидирован",
        en="The debtor has not died and is not liquidated",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: reyestrga koʻra qarzdor {debtor_status} (34, "
        "37-moddalar).",
        ru="Эту меру применить нельзя: по реестру должник {debtor_status} (ст. 34, 37).",
        en="This measure is not available: the register says that the debtor is {debtor_status} "
        "(Art. 34, 37).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: qarzdorning holati nomaʼlum. Uni FHDYO yoki yuridik shaxslar reyestri "
        "biladi (34, 37-moddalar).",
        ru="Сказать нельзя: состояние должника неизвестно. Его знает ЗАГС или реестр юридических "
        "лиц (ст. 34, 37).",
        en="This cannot be told: the debtor's status is not known. The civil or business register "
        "knows it (Art. 34, 37).",
    ),
    remedy=words(
        uz="Huquqiy vorisni aniqlang (34-modda); u boʻlmasa, ishni tugating (37-modda).",
        ru="Установите правопреемника (ст. 34); если его нет, окончите производство (ст. 37).",
        en="Name the successor (Art. 34); where there is none, end the case (Art. 37).",
    ),
    holds=~_status.is_in(["deceased", "liquidated"]),
    facts=("debtor_status",),
)

# Art. 34, 61: a case of insolvency suspends the proceedings; Art. 38: no measures meanwhile.
no_insolvency = Condition(
    id="no_insolvency",
    article="34",
    reason_code="insolvency_opened",
    title=words(
        uz="Toʻlovga qobiliyatsizlik ishi qoʻzgʻatilmagan",
        ru="Дело о несостоятельности не возбуждено",
        en="No insolvency case has been opened",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: qarzdorga nisbatan toʻlovga qobiliyatsizlik ishi "
        "qoʻzgʻatilgan (34, 38, 61-moddalar).",
        ru="Эту меру применить нельзя: в отношении должника возбуждено дело о несостоятельности "
        "(ст. 34, 38, 61).",
        en="This measure is not available: an insolvency case against the debtor has been opened "
        "(Art. 34, 38, 61).",
    ),
    remedy=words(
        uz="Ijro ishini toʻxtating va toʻlovga qobiliyatsizlik ishi yakunini kuting (34, "
        "61-moddalar).",
        ru="Приостановите производство и дождитесь исхода дела о несостоятельности (ст. 34, 61).",
        en="Suspend the proceedings and wait for the end of the insolvency case (Art. 34, 61).",
    ),
    holds=_status != "insolvency_opened",
    facts=("debtor_status",),
)

# Art. 62: alimony and criminal fines of a person go on (the exceptions are of 2025); of an entity
# claims for moral damage, unjust enrichment and invalid transactions: no register tells them apart.
MAY_SURVIVE_OF_AN_ENTITY: tuple[str, ...] = (
    "contract",
    "damage_health",
    "damage_property",
    "damage_state",
    "other_money",
)
_are_in_force = pl.when(parameter("bankruptcy_exceptions").is_not_null()).then(True)
_survives = (
    is_natural_person() & ((pl.col("claim_kind") == "alimony") | is_criminal_fine()) & _are_in_force
)
_survives_of_an_entity = (
    ~is_natural_person()
    & pl.col("claim_kind").is_in(MAY_SURVIVE_OF_AN_ENTITY)
    & pl.col("claim_survives_bankruptcy")
)
_SURVIVAL_FACTS = ("claim_kind", "document_kind", "debtor_kind", "debtor_status")
_BANKRUPT_TITLE = words(
    uz="Qarzdor bankrot deb eʼlon qilinmagan",
    ru="Должник не признан банкротом",
    en="The debtor has not been declared bankrupt",
)
_BANKRUPT = words(
    uz="Bu chorani qoʻllab boʻlmaydi: qarzdor bankrot deb eʼlon qilingan (62-modda).",
    ru="Эту меру применить нельзя: должник признан банкротом (ст. 62).",
    en="This measure is not available: the debtor has been declared bankrupt (Art. 62).",
)

# Art. 62: bankruptcy completes the proceedings, but for what survives it.
not_bankrupt = Condition(
    id="not_bankrupt",
    article="62",
    reason_code="debtor_bankrupt",
    title=_BANKRUPT_TITLE,
    broken=_BANKRUPT,
    unknown=words(
        uz="Aytib boʻlmaydi: reyestrga koʻra qarzdor {debtor_status}. Ayrim talablar bankrotlikda "
        "saqlanib qoladi (masalan, maʼnaviy zarar, asossiz boyish); talab asosini hujjatni bergan "
        "sud biladi (62-modda).",
        ru="Сказать нельзя: по реестру должник {debtor_status}. Некоторые требования сохраняются "
        "при банкротстве (например, моральный вред, неосновательное обогащение); основание знает "
        "выдавший документ суд (ст. 62).",
        en="This cannot be told: the register says that the debtor is {debtor_status}. Some claims "
        "survive bankruptcy (for instance moral damage, unjust enrichment); the court that issued "
        "the document knows the ground (Art. 62).",
    ),
    remedy=words(
        uz="Ishni tamomlang va hujjatni tugatuvchiga yuboring: talab bankrotlik ishida qoʻyiladi "
        "(62-modda).",
        ru="Завершите производство и направьте документ ликвидатору: требование заявляется в деле "
        "о банкротстве (ст. 62).",
        en="Complete the case and send the document to the liquidator: the claim is made in the "
        "bankruptcy (Art. 62).",
    ),
    holds=(_status != "bankrupt") | _survives | _survives_of_an_entity,
    facts=(*_SURVIVAL_FACTS, "claim_survives_bankruptcy"),
    parameters=("bankruptcy_exceptions",),
    missing="law_of_that_day",
)

# Art. 62: levy on pledged property also goes on; whether this object is pledged for this claim is
# written in no register.
pledge_or_not_bankrupt = Condition(
    id="pledge_or_not_bankrupt",
    article="62",
    reason_code="debtor_bankrupt",
    title=_BANKRUPT_TITLE,
    broken=_BANKRUPT,
    unknown=words(
        uz="Aytib boʻlmaydi: reyestrga koʻra qarzdor {debtor_status}. Bankrotlikda garov boʻyicha "
        "undiruv va ayrim talablar davom etadi: garovni undiruvchi, talab asosini hujjatni bergan "
        "sud biladi (62-modda).",
        ru="Сказать нельзя: по реестру должник {debtor_status}. При банкротстве продолжаются "
        "взыскание на залог и некоторые требования: о залоге знает взыскатель, об основании "
        "требования — выдавший документ суд (ст. 62).",
        en="This cannot be told: the register says that the debtor is {debtor_status}. In "
        "bankruptcy levy on the pledge and some claims go on: the claimant knows of the pledge, "
        "the court that issued the document knows the ground of the claim (Art. 62).",
    ),
    remedy=words(
        uz="Mol-mulk aynan shu talab boʻyicha garovda ekanini isbotlang yoki hujjatni "
        "tugatuvchiga yuboring (62-modda).",
        ru="Подтвердите, что имущество заложено именно по этому требованию, или направьте "
        "документ ликвидатору (ст. 62).",
        en="Prove that the property is pledged for this very claim, or send the document to the "
        "liquidator (Art. 62).",
    ),
    holds=(_status != "bankrupt")
    | _survives
    | _survives_of_an_entity
    | (pl.col("secured") & is_stated_to_secure()),
    facts=(*_SURVIVAL_FACTS, *PLEDGE_FACTS, "claim_survives_bankruptcy"),
    parameters=("bankruptcy_exceptions",),
    missing="law_of_that_day",
)
