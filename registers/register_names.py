"""How a register is called in front of a person, and who keeps it, in four languages."""

from collections.abc import Mapping
from types import MappingProxyType

from registers.texts import Texts
from registers.uzbek import words

_BUREAU = Texts(uz_Latn="Byuro", uz_Cyrl="Бюро", ru="Бюро", en="the Bureau")

# Register table -> who keeps it, in the words of a sentence.
AGENCIES: Mapping[str, Texts] = MappingProxyType(
    {
        "debtors": Texts(
            uz_Latn="fuqarolik va tadbirkorlik reyestrlari",
            uz_Cyrl="фуқаролик ва тадбиркорлик реестрлари",
            ru="реестры граждан и предпринимателей",
            en="civil and business registers",
        ),
        "cases": _BUREAU,
        "case_events": _BUREAU,
        "actions": _BUREAU,
        "payments": Texts(
            uz_Latn="Byuro va gʻaznachilik",
            uz_Cyrl="Бюро ва ғазначилик",
            ru="Бюро и казначейство",
            en="the Bureau and the treasury",
        ),
        "appeals": Texts(
            uz_Latn="sudlar va Byuro",
            uz_Cyrl="судлар ва Бюро",
            ru="суды и Бюро",
            en="courts and the Bureau",
        ),
        "incomes": Texts(
            uz_Latn="soliq qoʻmitasi va pensiya jamgʻarmasi",
            uz_Cyrl="солиқ қўмитаси ва пенсия жамғармаси",
            ru="налоговый комитет и пенсионный фонд",
            en="tax committee and pension fund",
        ),
        "accounts": Texts(uz_Latn="banklar", uz_Cyrl="банклар", ru="банки", en="banks"),
        "real_estate": Texts(uz_Latn="kadastr", uz_Cyrl="кадастр", ru="кадастр", en="cadastre"),
        "vehicles": Texts(
            uz_Latn="yoʻl harakati xavfsizligi xizmati",
            uz_Cyrl="йўл ҳаракати хавфсизлиги хизмати",
            ru="служба безопасности дорожного движения",
            en="traffic police",
        ),
        "obligations": Texts(
            uz_Latn="kredit byurosi",
            uz_Cyrl="кредит бюроси",
            ru="кредитное бюро",
            en="credit bureau",
        ),
        "households": Texts(
            uz_Latn="ijtimoiy himoya organlari",
            uz_Cyrl="ижтимоий ҳимоя органлари",
            ru="органы социальной защиты",
            en="social protection",
        ),
        "businesses": Texts(
            uz_Latn="soliq qoʻmitasi",
            uz_Cyrl="солиқ қўмитаси",
            ru="налоговый комитет",
            en="tax committee",
        ),
    }
)

REGISTER_NAMES: Mapping[str, Texts] = MappingProxyType(
    {
        "debtors": words(uz="qarzdorlar", ru="должники", en="debtors"),
        "cases": words(uz="ijro ishlari", ru="исполнительные производства", en="enforcement cases"),
        "case_events": words(
            uz="ishlardagi holatlar", ru="события производства", en="events of cases"
        ),
        "actions": words(uz="ijro harakatlari", ru="исполнительные действия", en="actions"),
        "payments": words(uz="toʻlovlar", ru="платежи", en="payments"),
        "appeals": words(uz="shikoyatlar", ru="жалобы", en="appeals"),
        "incomes": words(uz="daromadlar", ru="доходы", en="incomes"),
        "accounts": words(uz="bank hisobvaraqlari", ru="банковские счета", en="bank accounts"),
        "real_estate": words(uz="koʻchmas mulk", ru="недвижимость", en="real estate"),
        "vehicles": words(uz="transport vositalari", ru="транспортные средства", en="vehicles"),
        "obligations": words(uz="kredit majburiyatlari", ru="кредитные обязательства", en="loans"),
        "households": words(uz="oila aʼzolari", ru="состав семьи", en="households"),
        "businesses": words(
            uz="tadbirkorlik faoliyati", ru="предпринимательская деятельность", en="businesses"
        ),
    }
)

# Why not all of a register is known (`registers.unknown.Why`), as a part of a sentence.
WHY_UNKNOWN: Mapping[str, Texts] = MappingProxyType(
    {
        "not_delivered": words(
            uz="reyestr topshirilmagan",
            ru="реестр не передан",
            en="the register was not delivered",
        ),
        "all_set_aside": words(
            uz="reyestrning birorta qatori ham oʻqilmadi, hammasi chetga olingan",
            ru="ни одной строки реестра прочесть не удалось, все отложены",
            en="no row of the register could be read, all were set aside",
        ),
        "part_set_aside": words(
            uz="shu qarzdor yoki ishga oid qatorlarning bir qismi oʻqilmadi va chetga olingan",
            ru="часть строк об этом должнике или деле прочесть не удалось, они отложены",
            en="some rows about this debtor or case could not be read and were set aside",
        ),
    }
)
