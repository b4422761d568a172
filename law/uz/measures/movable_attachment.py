"""Inventory and attachment of movables (Art. 46(1), 47, 53, 18, 84); at opening: Art. 23(5).

What a debtor has at home is in no register: the inventory finds it out, so that nothing here is
unfounded for want of property. Hours, witnesses and exempt goods are confirmed by the officer.
"""

import polars as pl

from law.condition import Confirmation, MeasureRules
from law.uz.gates import attaching, ordinary_procedure
from law.uz.measures.shared import (
    money_falls_short,
    not_on_a_day_off,
    own_pledge_goes_first,
    production_comes_last,
)
from law.words import words

witnesses_and_hours = Confirmation(
    id="witnesses_and_hours",
    article="18",
    text=words(
        uz="Kamida ikki xolis qatnashsin; ish kuni soat 8.00 dan 22.00 gacha, boshqa vaqtda faqat "
        "kechiktirib boʻlmaydigan holda (18, 26-moddalar).",
        ru="Нужны не менее двух понятых; время: рабочий день с 8:00 до 22:00, в иное время только "
        "в неотложных случаях (ст. 18, 26).",
        en="At least two witnesses; on a working day from 8:00 to 22:00, at other times only if "
        "urgent (Art. 18, 26).",
    ),
    when=pl.lit(True),
)
exempt_goods = Confirmation(
    id="exempt_goods",
    article="52",
    text=words(
        uz="Turmush uchun zarur uy-roʻzgʻor buyumlarini xatlamang: roʻyxat Vazirlar Mahkamasining "
        "2009-yil 14-apreldagi 110-son qarorida (52-modda); dasturga bu roʻyxat kiritilmagan.",
        ru="Не арестовывайте необходимые в быту вещи: перечень в постановлении Кабинета Министров "
        "№ 110 от 14.04.2009 (ст. 52); в программу он не внесён.",
        en="Leave the household goods needed for normal life: the list is in Resolution No. 110 of "
        "the Cabinet of Ministers of 14.04.2009 (Art. 52); the program does not hold it.",
    ),
    when=pl.col("is_natural_person"),
)
premises_of_others = Confirmation(
    id="premises_of_others",
    article="84",
    text=words(
        uz="Oʻzganing mulkini xatlamang. Uchinchi shaxs xonasiga qarzdor mol-mulki u yerdaligi "
        "haqidagi hujjat bilan, hujjat boʻlmasa, sud ajrimi bilan kiriladi (84-modda).",
        ru="Не арестовывайте чужое. В помещение третьего лица входите только с документами о том, "
        "что там имущество должника, иначе по определению суда (ст. 84).",
        en="Attach nothing that belongs to others. Enter a third person's premises only with "
        "documents that the debtor's property is there, or else with a court ruling (Art. 84).",
    ),
    when=pl.lit(True),
)
attach_in_time = Confirmation(
    id="attach_in_time",
    article="53",
    text=words(
        uz="Xatlash muddati: {attach_by} kunigacha (qaror topshirilgandan keyin bir oy, 53-modda).",
        ru="Срок ареста имущества: {attach_by} (месяц со дня вручения постановления, ст. 53).",
        en="The term to attach ends on {attach_by} (one month from service, Art. 53).",
    ),
    when=pl.col("attach_by").is_not_null(),
    facts=("attach_by",),
)
attached_before = Confirmation(
    id="attached_before",
    article="47(11)",
    text=words(
        uz="{attached_on} kuni mol-mulk xatlangan: yana xatlash faqat u qarzga ({outstanding_som}) "
        "yetmasa kerak (47-modda).",
        ru="{attached_on} имущество уже арестовано: арестуйте ещё, только если его не хватает на "
        "долг ({outstanding_som}) (ст. 47).",
        en="Property was attached on {attached_on}: attach more only if it does not cover the debt "
        "({outstanding_som}) (Art. 47).",
    ),
    when=pl.col("attached_on").is_not_null(),
    facts=("attached_on", "outstanding_som"),
)

RULES = MeasureRules(
    (*attaching(), ordinary_procedure, money_falls_short(secures=True)),
    (
        not_on_a_day_off,
        witnesses_and_hours,
        exempt_goods,
        premises_of_others,
        production_comes_last,
        own_pledge_goes_first,
        attach_in_time,
        attached_before,
    ),
)
