"""Words that sentences need beside the catalogues: registers by their keepers, yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from registers.texts import Texts

NOT_REPORTED = Texts(
    uz_Latn="maʼlumot yoʻq", uz_Cyrl="маълумот йўқ", ru="нет сведений", en="not reported"
)

YES_NO: Mapping[bool, Texts] = MappingProxyType(
    {
        True: Texts(uz_Latn="ha", uz_Cyrl="ҳа", ru="да", en="yes"),
        False: Texts(uz_Latn="yoʻq", uz_Cyrl="йўқ", ru="нет", en="no"),
    }
)

_BUREAU = Texts(uz_Latn="Byuro", uz_Cyrl="Бюро", ru="Бюро", en="the Bureau")

# Register table -> who keeps it, in the words of a sentence.
REGISTERS: Mapping[str, Texts] = MappingProxyType(
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
