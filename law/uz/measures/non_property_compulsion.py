"""Compelling the act that a document orders (Art. 71, 72, 73¹, 73², 74; Adm. Code, Art. 198¹).

Eviction and the handing over of items have measures of their own. A fine for not paying a money
document is open only where a person states that there is no valid reason.
"""

from dataclasses import replace

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import debtor_notified
from law.uz.measures.ordered_acts import (
    ACT,
    UNKNOWN_ACT,
    act_gates,
    fifteen_days_over,
)
from law.uz.measures.shared import debt_or_act_remains
from law.words import words

# Art. 30(2), 72: reinstatement is executed at once, without the fifteen days and their notice.
IS_IMMEDIATE = ACT == "reinstatement"

served_or_immediate = replace(
    debtor_notified,
    holds=IS_IMMEDIATE | debtor_notified.holds,
    facts=(*debtor_notified.facts, "ordered_act"),
)

IS_FOR_MONEY = pl.col("claim_kind") != "non_property"

# Art. 71; Administrative Code, Art. 198¹ [secondary]: a penalty needs that the debtor could perform
# and does not, without valid reason. For an act the steps of Art. 71 tell it; of a debtor who does
# not pay a person must state it.
refuses_without_reason = Condition(
    id="refuses_without_reason",
    article="71",
    reason_code="valid_reason",
    title=words(
        uz="Ijro etmaslik uchun uzrli sabab yoʻq",
        ru="Уважительной причины неисполнения нет",
        en="There is no valid reason for not performing",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: qarzdor toʻlamaganining uzrli sababi bor (71-modda; MJtK "
        "198¹-moddasi).",
        ru="Эту меру применить нельзя: у должника есть уважительная причина неуплаты (ст. 71; "
        "КоАО, ст. 198¹).",
        en="This measure is not available: the debtor has a valid reason for not paying (Art. 71; "
        "Administrative Code, Art. 198¹).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: toʻlanmaganining uzrli sababi bor-yoʻqligi reyestrlarda qayd "
        "etilmagan. Buni ishni yurituvchi davlat ijrochisi aniqlaydi (71-modda; MJtK "
        "198¹-moddasi).",
        ru="Сказать нельзя: есть ли уважительная причина неуплаты, в реестрах не записано. Это "
        "выясняет исполнитель, ведущий дело (ст. 71; КоАО, ст. 198¹).",
        en="This cannot be told: no register says whether there is a valid reason for not paying. "
        "The officer of the case finds it out (Art. 71; Administrative Code, Art. 198¹).",
    ),
    remedy=words(
        uz="Toʻlamaslik sababini aniqlang; avval undiruvni pul, daromad yoki mol-mulkka qarating.",
        ru="Выясните причину неуплаты; сначала обратите взыскание на деньги, доходы или имущество.",
        en="Find out why the debtor does not pay; first levy money, income or property.",
    ),
    holds=~IS_FOR_MONEY | pl.col("refuses_without_reason"),
    facts=("claim_kind", "refuses_without_reason"),
    confidence="secondary",
)

# Art. 57, 73: two acts are executed by measures of their own.
no_measure_of_its_own = Condition(
    id="no_measure_of_its_own",
    article="71",
    reason_code="another_measure_applies",
    title=words(
        uz="Hujjat qarzdorni muayyan harakatga majbur qiladi",
        ru="Документ обязывает должника совершить действие",
        en="The document obliges the debtor to an act",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: hujjat koʻchirishni yoki ashyolarni topshirishni "
        "buyurgan, buning oʻz tartibi bor (57, 73-moddalar).",
        ru="Эту меру применить нельзя: документ предписывает выселение или передачу вещей, для "
        "этого есть свой порядок (ст. 57, 73).",
        en="This measure is not available: the document orders an eviction or the handing over of "
        "items, which have rules of their own (Art. 57, 73).",
    ),
    unknown=UNKNOWN_ACT,
    remedy=words(
        uz="Koʻchirish yoki ashyolarni topshirish chorasini tanlang.",
        ru="Выберите выселение или передачу вещей.",
        en="Choose eviction or the handing over of items.",
    ),
    holds=IS_FOR_MONEY | ~ACT.is_in(["eviction", "item_handover"]),
    facts=("ordered_act", "claim_kind"),
)

step_by_step = Confirmation(
    id="step_by_step",
    article="71",
    text=words(
        uz="Uzrli sabab yoʻqligini tasdiqlang. Avval maʼmuriy jazo qoʻllanadi, keyin jinoiy "
        "javobgarlik haqida yozma ravishda ogohlantiriladi (71-modda).",
        ru="Подтвердите, что уважительной причины нет. Сначала административное взыскание, затем "
        "письменное предупреждение об уголовной ответственности (ст. 71).",
        en="Confirm that there is no valid reason. First the administrative penalty, then a "
        "written warning of criminal liability (Art. 71).",
    ),
    when=pl.lit(True),
)
# Administrative Code, Art. 198¹, 245³ by OʻRQ-851 of 04.07.2023 [secondary].
fine_for_money = Confirmation(
    id="fine_for_money",
    article="71",
    text=words(
        uz="Pul hujjati boʻyicha jarima {fine_ceiling_som}dan va undiriladigan summadan "
        "({outstanding_som}) oshmaydi (MJtK 198¹-moddasi: lex.uz dan tekshiring).",
        ru="По денежному документу штраф не выше {fine_ceiling_som} и не выше взыскиваемой суммы "
        "({outstanding_som}) (КоАО, ст. 198¹: проверьте на lex.uz).",
        en="For a money document the fine may exceed neither {fine_ceiling_som} nor the sum to be "
        "recovered ({outstanding_som}) (Administrative Code, Art. 198¹: check on lex.uz).",
    ),
    when=IS_FOR_MONEY,
    facts=("fine_ceiling_som", "outstanding_som"),
)
reinstatement_at_once = Confirmation(
    id="reinstatement_at_once",
    article="72",
    text=words(
        uz="Ishga tiklash darhol ijro etiladi (30, 72-moddalar).",
        ru="Восстановление на работе исполняется немедленно (ст. 30, 72).",
        en="Reinstatement is executed at once (Art. 30, 72).",
    ),
    when=IS_IMMEDIATE,
)
land_with_cadastre = Confirmation(
    id="land_with_cadastre",
    article="73²",
    text=words(
        uz="Yer uchastkasi kadastr mutaxassisi ishtirokida olinadi va topshiriladi (73²-modda).",
        ru="Земельный участок изымают и передают с участием специалиста кадастра (ст. 73²).",
        en="The land is taken and transferred with a specialist of the cadastre (Art. 73²).",
    ),
    when=ACT == "land_handover",
)
on_the_spot = Confirmation(
    id="on_the_spot",
    article="26",
    text=words(
        uz="Imoratni buzish va undiruvchini turar joyga kiritish ish kuni soat 8.00 dan 22.00 "
        "gacha, kamida ikki xolis ishtirokida oʻtkaziladi (18, 26, 73¹, 74-moddalar).",
        ru="Снос и вселение проводите в рабочий день с 8:00 до 22:00, при не менее чем двух "
        "понятых (ст. 18, 26, 73¹, 74).",
        en="Demolish or move the claimant in on a working day from 8:00 to 22:00, with at least "
        "two witnesses (Art. 18, 26, 73¹, 74).",
    ),
    when=ACT.is_in(["demolition", "moving_in"]),
)

RULES = MeasureRules(
    (
        *act_gates(
            term=fifteen_days_over(IS_IMMEDIATE),
            notified=served_or_immediate,
            no_money=refuses_without_reason,
        ),
        debt_or_act_remains,
        no_measure_of_its_own,
    ),
    (step_by_step, fine_for_money, reinstatement_at_once, land_with_cadastre, on_the_spot),
)
