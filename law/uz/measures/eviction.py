"""Eviction (Art. 73, 18, 26): only where the document orders it, never for a debt."""

from dataclasses import replace

import polars as pl

from law.condition import Confirmation, MeasureRules
from law.uz.measures.ordered_acts import act_gates, awards_no_money, orders
from law.uz.measures.shared import not_on_a_day_off
from law.words import words

# Art. 73: eviction executes a document that orders eviction.
not_for_a_debt = replace(
    awards_no_money,
    article="73",
    broken=words(
        uz="Koʻchirib boʻlmaydi: hujjat pul undirish haqida, qarz uchun hech kim koʻchirilmaydi "
        "(73-modda).",
        ru="Выселить нельзя: документ о взыскании денег, за долг не выселяют (ст. 73).",
        en="Nobody can be evicted: the document awards money, and a debt is no ground to evict "
        "(Art. 73).",
    ),
)
document_orders_eviction = orders(
    "eviction",
    "73",
    title=words(
        uz="Hujjat koʻchirishni buyurgan",
        ru="Документ предписывает выселение",
        en="The document orders eviction",
    ),
    broken=words(
        uz="Koʻchirib boʻlmaydi: hujjat boshqa harakatni buyurgan (73-modda).",
        ru="Выселить нельзя: документ предписывает другое действие (ст. 73).",
        en="Nobody can be evicted: the document orders another act (Art. 73).",
    ),
    remedy=words(
        uz="Hujjatda qanday harakat buyurilganini koʻring; koʻchirish uchun uni buyurgan hujjat "
        "kerak.",
        ru="Посмотрите в документе, какое действие предписано; для выселения нужен документ, "
        "который его предписывает.",
        en="Look in the document for the act that it orders; an eviction needs a document that "
        "orders it.",
    ),
)

announced = Confirmation(
    id="announced",
    article="73",
    text=words(
        uz="Koʻchirish kuni va soati qarzdorga eʼlon qilinsin; ish kuni soat 8.00 dan 22.00 gacha, "
        "kamida ikki xolis ishtirokida (18, 26, 73-moddalar).",
        ru="Объявите должнику день и час выселения; рабочий день с 8:00 до 22:00, не менее двух "
        "понятых (ст. 18, 26, 73).",
        en="Announce the day and the hour of the eviction to the debtor; on a working day from "
        "8:00 to 22:00, with at least two witnesses (Art. 18, 26, 73).",
    ),
    when=pl.lit(True),
)
belongings = Confirmation(
    id="belongings",
    article="73",
    text=words(
        uz="Mol-mulk roʻyxatga olinsin: qolgan buyumlar olti oy saqlanadi, ulardan tushgan talab "
        "qilinmagan pul uch yil (73-modda).",
        ru="Опишите имущество: оставленные вещи хранятся шесть месяцев, невостребованные деньги от "
        "их продажи три года (ст. 73).",
        en="Make an inventory: belongings left behind are kept for six months, unclaimed money "
        "from their sale for three years (Art. 73).",
    ),
    when=pl.lit(True),
)

RULES = MeasureRules(
    (*act_gates(no_money=not_for_a_debt), document_orders_eviction),
    (not_on_a_day_off, announced, belongings),
)
