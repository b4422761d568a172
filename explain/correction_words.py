"""The sentences of corrections in four languages: none of them speaks of a fact of the debtor."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from explain.templates import Effect
from registers.texts import Texts

SHARE_LIMITS: Final[Mapping[Effect, Texts]] = MappingProxyType(
    {
        "raises": Texts(
            uz_Latn=(
                "Undiruv noldan kam va qarzdan koʻp boʻlmaydi — bu chegaralar kutilayotgan "
                "undiruvni {amount}ga oshiradi."
            ),
            uz_Cyrl=(
                "Ундирув нолдан кам ва қарздан кўп бўлмайди — бу чегаралар кутилаётган "
                "ундирувни {amount}га оширади."
            ),
            ru=(
                "Взыскать нельзя меньше нуля и больше долга: эти пределы увеличивают ожидаемое "
                "взыскание на {amount}."
            ),
            en=(
                "No measure brings in less than nothing or more than is owed; these limits raise "
                "the expected recovery by {amount}."
            ),
        ),
        "lowers": Texts(
            uz_Latn=(
                "Undiruv noldan kam va qarzdan koʻp boʻlmaydi — bu chegaralar kutilayotgan "
                "undiruvni {amount}ga kamaytiradi."
            ),
            uz_Cyrl=(
                "Ундирув нолдан кам ва қарздан кўп бўлмайди — бу чегаралар кутилаётган "
                "ундирувни {amount}га камайтиради."
            ),
            ru=(
                "Взыскать нельзя меньше нуля и больше долга: эти пределы уменьшают ожидаемое "
                "взыскание на {amount}."
            ),
            en=(
                "No measure brings in less than nothing or more than is owed; these limits lower "
                "the expected recovery by {amount}."
            ),
        ),
        "favours": Texts(
            uz_Latn=(
                "Undiruv noldan kam va qarzdan koʻp boʻlmaydi — bu chegaralar ushbu chorani "
                "«{other}» chorasidan {amount}ga ustun qiladi."
            ),
            uz_Cyrl=(
                "Ундирув нолдан кам ва қарздан кўп бўлмайди — бу чегаралар ушбу чорани "
                "«{other}» чорасидан {amount}га устун қилади."
            ),
            ru=(
                "Взыскать нельзя меньше нуля и больше долга: эти пределы дают этой мере перевес "
                "в {amount} над мерой «{other}»."
            ),
            en=(
                "No measure brings in less than nothing or more than is owed; these limits favour "
                "this measure over “{other}” by {amount}."
            ),
        ),
        "disfavours": Texts(
            uz_Latn=(
                "Undiruv noldan kam va qarzdan koʻp boʻlmaydi — bu chegaralar «{other}» chorasini "
                "ushbu choradan {amount}ga ustun qiladi."
            ),
            uz_Cyrl=(
                "Ундирув нолдан кам ва қарздан кўп бўлмайди — бу чегаралар «{other}» чорасини "
                "ушбу чорадан {amount}га устун қилади."
            ),
            ru=(
                "Взыскать нельзя меньше нуля и больше долга: эти пределы дают мере «{other}» "
                "перевес в {amount} над этой мерой."
            ),
            en=(
                "No measure brings in less than nothing or more than is owed; these limits favour "
                "“{other}” over this measure by {amount}."
            ),
        ),
    }
)

EFFECT_CALIBRATION: Final[Mapping[Effect, Texts]] = MappingProxyType(
    {
        "raises": Texts(
            uz_Latn=(
                "Taʼsir bahosini oʻtgan ishlarga moslash, alohida faktdan qatʼi nazar, "
                "kutilayotgan undiruvni {amount}ga oshiradi."
            ),
            uz_Cyrl=(
                "Таъсир баҳосини ўтган ишларга мослаш, алоҳида фактдан қатъи назар, "
                "кутилаётган ундирувни {amount}га оширади."
            ),
            ru=(
                "Поправка оценки эффекта по прошлым делам, независимо от отдельных фактов, "
                "увеличивает ожидаемое взыскание на {amount}."
            ),
            en=(
                "Setting the estimated effect to what past cases bear out, apart from any single "
                "fact, raises the expected recovery by {amount}."
            ),
        ),
        "lowers": Texts(
            uz_Latn=(
                "Taʼsir bahosini oʻtgan ishlarga moslash, alohida faktdan qatʼi nazar, "
                "kutilayotgan undiruvni {amount}ga kamaytiradi."
            ),
            uz_Cyrl=(
                "Таъсир баҳосини ўтган ишларга мослаш, алоҳида фактдан қатъи назар, "
                "кутилаётган ундирувни {amount}га камайтиради."
            ),
            ru=(
                "Поправка оценки эффекта по прошлым делам, независимо от отдельных фактов, "
                "уменьшает ожидаемое взыскание на {amount}."
            ),
            en=(
                "Setting the estimated effect to what past cases bear out, apart from any single "
                "fact, lowers the expected recovery by {amount}."
            ),
        ),
        "favours": Texts(
            uz_Latn=(
                "Taʼsir bahosini oʻtgan ishlarga moslash, alohida faktdan qatʼi nazar, ushbu "
                "chorani «{other}» chorasidan {amount}ga ustun qiladi."
            ),
            uz_Cyrl=(
                "Таъсир баҳосини ўтган ишларга мослаш, алоҳида фактдан қатъи назар, ушбу "
                "чорани «{other}» чорасидан {amount}га устун қилади."
            ),
            ru=(
                "Поправка оценки эффекта по прошлым делам, независимо от отдельных фактов, "
                "даёт этой мере перевес в {amount} над мерой «{other}»."
            ),
            en=(
                "Setting the estimated effect to what past cases bear out, apart from any single "
                "fact, favours this measure over “{other}” by {amount}."
            ),
        ),
        "disfavours": Texts(
            uz_Latn=(
                "Taʼsir bahosini oʻtgan ishlarga moslash, alohida faktdan qatʼi nazar, «{other}» "
                "chorasini ushbu choradan {amount}ga ustun qiladi."
            ),
            uz_Cyrl=(
                "Таъсир баҳосини ўтган ишларга мослаш, алоҳида фактдан қатъи назар, «{other}» "
                "чорасини ушбу чорадан {amount}га устун қилади."
            ),
            ru=(
                "Поправка оценки эффекта по прошлым делам, независимо от отдельных фактов, "
                "даёт мере «{other}» перевес в {amount} над этой мерой."
            ),
            en=(
                "Setting the estimated effect to what past cases bear out, apart from any single "
                "fact, favours “{other}” over this measure by {amount}."
            ),
        ),
    }
)
