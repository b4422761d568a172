"""Words for the values of category features in four languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from registers.texts import Texts


def _words(uz_latn: str, uz_cyrl: str, ru: str, en: str) -> Texts:
    return Texts(uz_Latn=uz_latn, uz_Cyrl=uz_cyrl, ru=ru, en=en)


CLAIM_KINDS: Final[Mapping[str, Texts]] = {
    "alimony": _words("aliment", "алимент", "алименты", "alimony"),
    "wages": _words("ish haqi", "иш ҳақи", "заработная плата", "wages"),
    "damage_health": _words(
        "sogʻliqqa yetkazilgan zarar", "соғлиққа етказилган зарар", "вред здоровью", "health damage"
    ),
    "damage_property": _words(
        "mulkka yetkazilgan zarar", "мулкка етказилган зарар", "вред имуществу", "property damage"
    ),
    "damage_state": _words(
        "davlatga yetkazilgan zarar",
        "давлатга етказилган зарар",
        "ущерб государству",
        "damage to the state",
    ),
    "tax": _words("soliq qarzi", "солиқ қарзи", "налоговый долг", "tax debt"),
    "utility": _words("kommunal qarz", "коммунал қарз", "коммунальный долг", "utility debt"),
    "bank_credit": _words("bank krediti", "банк кредити", "банковский кредит", "bank credit"),
    "administrative_fine": _words(
        "maʼmuriy jarima", "маъмурий жарима", "административный штраф", "administrative fine"
    ),
    "criminal_fine": _words(
        "jinoyat ishi boʻyicha jarima",
        "жиноят иши бўйича жарима",
        "уголовный штраф",
        "criminal fine",
    ),
    "court_costs": _words("sud xarajatlari", "суд харажатлари", "судебные расходы", "court costs"),
    "contract": _words("shartnoma qarzi", "шартнома қарзи", "долг по договору", "contract debt"),
    "other_money": _words(
        "boshqa pul talabi", "бошқа пул талаби", "иное денежное требование", "other money claim"
    ),
    "non_property": _words(
        "nomulkiy talab", "номулкий талаб", "неимущественное требование", "non-property claim"
    ),
}

DOCUMENT_KINDS: Final[Mapping[str, Texts]] = {
    "court_writ": _words("ijro varaqasi", "ижро варақаси", "исполнительный лист", "court writ"),
    "court_order": _words("sud buyrugʻi", "суд буйруғи", "судебный приказ", "court order"),
    "notary_writ": _words(
        "notariusning ijro xati", "нотариуснинг ижро хати", "исполнительная надпись", "notary writ"
    ),
    "administrative_decision": _words(
        "maʼmuriy organ qarori",
        "маъмурий орган қарори",
        "решение административного органа",
        "administrative decision",
    ),
    "labour_commission": _words(
        "mehnat nizolari komissiyasi guvohnomasi",
        "меҳнат низолари комиссияси гувоҳномаси",
        "удостоверение комиссии по трудовым спорам",
        "labour commission certificate",
    ),
    "arbitration_award": _words(
        "hakamlik sudi qarori",
        "ҳакамлик суди қарори",
        "решение третейского суда",
        "arbitration award",
    ),
    "mediation_agreement": _words(
        "mediativ kelishuv", "медиатив келишув", "медиативное соглашение", "mediation agreement"
    ),
    "criminal_fine": _words(
        "jinoyat ishi boʻyicha jarima",
        "жиноят иши бўйича жарима",
        "уголовный штраф",
        "criminal fine",
    ),
}

CLAIMANT_KINDS: Final[Mapping[str, Texts]] = {
    "state": _words("davlat", "давлат", "государство", "the state"),
    "bank": _words("bank", "банк", "банк", "bank"),
    "utility": _words(
        "kommunal korxona", "коммунал корхона", "коммунальное предприятие", "utility company"
    ),
    "legal_entity": _words("yuridik shaxs", "юридик шахс", "юридическое лицо", "legal entity"),
    "individual": _words("jismoniy shaxs", "жисмоний шахс", "физическое лицо", "individual"),
}

DEBTOR_KINDS: Final[Mapping[str, Texts]] = {
    "individual": CLAIMANT_KINDS["individual"],
    "entrepreneur": _words(
        "yakka tartibdagi tadbirkor",
        "якка тартибдаги тадбиркор",
        "индивидуальный предприниматель",
        "individual entrepreneur",
    ),
    "legal_entity": CLAIMANT_KINDS["legal_entity"],
}

DEBTOR_STATUSES: Final[Mapping[str, Texts]] = {
    "active": _words("faol", "фаол", "действующий", "active"),
    "deceased": _words("vafot etgan", "вафот этган", "умер", "deceased"),
    "missing": _words("bedarak yoʻqolgan", "бедарак йўқолган", "безвестно отсутствует", "missing"),
    "insolvency_opened": _words(
        "toʻlovga qobiliyatsizlik ishi qoʻzgʻatilgan",
        "тўловга қобилиятсизлик иши қўзғатилган",
        "возбуждено дело о несостоятельности",
        "insolvency case opened",
    ),
    "bankrupt": _words("bankrot", "банкрот", "банкрот", "bankrupt"),
    "liquidated": _words("tugatilgan", "тугатилган", "ликвидирован", "liquidated"),
}

RESULTS: Final[Mapping[str, Texts]] = {
    "effective": _words("natija berdi", "натижа берди", "дала результат", "effective"),
    "partly": _words(
        "qisman natija berdi", "қисман натижа берди", "дала частичный результат", "partly effective"
    ),
    "nothing_found": _words(
        "hech narsa topilmadi", "ҳеч нарса топилмади", "ничего не найдено", "nothing found"
    ),
    "cancelled": _words("bekor qilingan", "бекор қилинган", "отменена", "cancelled"),
    "pending": _words("ijroda", "ижрода", "в исполнении", "in progress"),
    "never_tried": _words("qoʻllanilmagan", "қўлланилмаган", "не применялась", "never tried"),
}

TOUCHED: Final[Mapping[str, Texts]] = {
    "account": _words("hisobvaraqdagi pul", "ҳисобварақдаги пул", "деньги на счетах", "accounts"),
    "income": _words("daromad", "даромад", "доход", "income"),
    "vehicle": _words("avtotransport", "автотранспорт", "автотранспорт", "vehicles"),
    "real_estate": _words("koʻchmas mulk", "кўчмас мулк", "недвижимость", "real estate"),
    "receivable": _words(
        "debitorlik qarzi", "дебиторлик қарзи", "дебиторская задолженность", "receivables"
    ),
    "movable": _words("koʻchar mol-mulk", "кўчар мол-мулк", "движимое имущество", "movables"),
    "pledge": _words("garov predmeti", "гаров предмети", "предмет залога", "pledged things"),
    "register": _words("reyestrdagi yozuv", "реестрдаги ёзув", "запись в реестре", "a register"),
    "person": _words("qarzdorning oʻzi", "қарздорнинг ўзи", "сам должник", "the debtor in person"),
    "none": _words("hech narsa", "ҳеч нарса", "ничего", "nothing"),
}
