"""Compelling the act that a document orders (Art. 71, 72, 73¹, 73², 74).

Eviction and the handing over of items have measures of their own.
"""

from dataclasses import replace

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import debtor_notified
from law.uz.measures.ordered_acts import (
    ACT,
    UNKNOWN_ACT,
    act_gates,
    awards_no_money,
    fifteen_days_over,
)
from law.words import words

# Art. 30(2), 72: reinstatement is executed at once, without the fifteen days and their notice.
IS_IMMEDIATE = ACT == "reinstatement"

served_or_immediate = replace(
    debtor_notified,
    holds=IS_IMMEDIATE | debtor_notified.holds,
    facts=(*debtor_notified.facts, "ordered_act"),
)

# Art. 71: for acts. The fine for not paying a money document is another thing (Adm. Code 198¹).
no_money_is_awarded = replace(
    awards_no_money,
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: hujjat pul undirish haqida (71-modda). Pul hujjatini "
        "ijro etmaganlik uchun jarima boshqa tartibda solinadi (MJtK 198¹-moddasi).",
        ru="Эту меру применить нельзя: документ о взыскании денег (ст. 71). Штраф за неисполнение "
        "денежного документа налагают в другом порядке (КоАО, ст. 198¹).",
        en="This measure is not open: the document awards money (Art. 71). The fine for not "
        "performing a money document follows other rules (Administrative Code, Art. 198¹).",
    ),
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
        en="This measure is not open: the document orders an eviction or the handing over of "
        "items, which have rules of their own (Art. 57, 73).",
    ),
    unknown=UNKNOWN_ACT,
    remedy=words(
        uz="Koʻchirish yoki ashyolarni topshirish chorasini tanlang.",
        ru="Выберите выселение или передачу вещей.",
        en="Choose eviction or the handing over of items.",
    ),
    holds=~ACT.is_in(["eviction", "item_handover"]),
    facts=("ordered_act",),
)

step_by_step = Confirmation(
    id="step_by_step",
    article="71",
    text=words(
        uz="Uzrli sabab yoʻqligini tasdiqlang. Avval maʼmuriy jazo, keyin yozma ravishda jinoiy "
        "javobgarlik haqida ogohlantirish (71-modda).",
        ru="Подтвердите, что уважительной причины нет. Сначала административное взыскание, затем "
        "письменное предупреждение об уголовной ответственности (ст. 71).",
        en="Confirm that there is no valid reason. First the administrative penalty, then a "
        "written warning of criminal liability (Art. 71).",
    ),
    when=pl.lit(True),
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
        uz="Buzish va joylashtirish ish kuni soat 8.00 dan 22.00 gacha, kamida ikki xolis "
        "ishtirokida (18, 26, 73¹, 74-moddalar).",
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
            no_money=no_money_is_awarded,
        ),
        no_measure_of_its_own,
    ),
    (step_by_step, reinstatement_at_once, land_with_cadastre, on_the_spot),
)
