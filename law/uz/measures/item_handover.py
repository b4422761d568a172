"""Taking the items that the document names and handing them to the claimant (Art. 46(4), 57)."""

import polars as pl

from law.condition import Confirmation, MeasureRules
from law.uz.measures.ordered_acts import act_gates, orders
from law.uz.measures.shared import not_on_a_day_off
from law.words import words

# Art. 57: only the items named in the document are taken; a substitute is no execution.
document_orders_items = orders(
    "item_handover",
    "57",
    title=words(
        uz="Hujjat muayyan ashyolarni topshirishni buyurgan",
        ru="Документ предписывает передать определённые вещи",
        en="The document orders that specified items are handed over",
    ),
    broken=words(
        uz="Ashyolarni olib topshirib boʻlmaydi: hujjat boshqa harakatni buyurgan (57-modda).",
        ru="Изъять и передать вещи нельзя: документ предписывает другое действие (ст. 57).",
        en="Items cannot be taken and handed over: the document orders another act (Art. 57).",
    ),
    remedy=words(
        uz="Hujjatda qanday harakat buyurilganini koʻrib, shunga mos chorani tanlang.",
        ru="Посмотрите в документе, какое действие предписано, и выберите меру по нему.",
        en="Look in the document for the act that it orders and choose the measure for it.",
    ),
)

as_named = Confirmation(
    id="as_named",
    article="57",
    text=words(
        uz="Faqat hujjatda koʻrsatilgan ashyolar olinadi; kamida ikki xolis qatnashadi, topshirish "
        "dalolatnoma bilan rasmiylashtiriladi (18, 57-moddalar).",
        ru="Изымаются только названные в документе вещи; присутствуют не менее двух понятых, "
        "передача оформляется актом (ст. 18, 57).",
        en="Only the items that the document names are taken; at least two witnesses attend, and "
        "an act records the transfer (Art. 18, 57).",
    ),
    when=pl.lit(True),
)
claimant_comes = Confirmation(
    id="claimant_comes",
    article="57",
    text=words(
        uz="Undiruvchini vaqt va joydan xabardor qiling: u qayta-qayta kelmasa, hujjat qaytariladi "
        "(57-modda).",
        ru="Известите взыскателя о времени и месте: если он не является повторно, документ "
        "возвращают (ст. 57).",
        en="Tell the claimant the time and the place: if the claimant stays away repeatedly, the "
        "document is returned (Art. 57).",
    ),
    when=pl.lit(True),
)

RULES = MeasureRules(
    (*act_gates(), document_orders_items), (not_on_a_day_off, as_named, claimant_comes)
)
