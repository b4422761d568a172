"""What is said of a change that would put another measure first, in four languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from registers.texts import Texts

IF: Final[Mapping[str, Texts]] = MappingProxyType(
    {
        "payment": Texts(
            uz_Latn="Qarzdor {amount} toʻlaganida",
            uz_Cyrl="Қарздор {amount} тўлаганида",
            ru="Если бы должник уплатил {amount}",
            en="If the debtor paid {amount}",
        ),
        "balance": Texts(
            uz_Latn="Qarzdorning hisobvaraqlarida {amount} boʻlganida",
            uz_Cyrl="Қарздорнинг ҳисобварақларида {amount} бўлганида",
            ru="Если бы на счетах должника было {amount}",
            en="If {amount} stood on the debtor's accounts",
        ),
        "job": Texts(
            uz_Latn="Qarzdorning oyiga {amount} maoshli ishi boʻlganida",
            uz_Cyrl="Қарздорнинг ойига {amount} маошли иши бўлганида",
            ru="Если бы у должника была работа с зарплатой {amount} в месяц на руки",
            en="If the debtor had a job that pays {amount} a month after tax",
        ),
        "agreement": Texts(
            uz_Latn="Boʻlib-boʻlib toʻlash haqida kelishilganida",
            uz_Cyrl="Бўлиб-бўлиб тўлаш ҳақида келишилганида",
            ru="Если бы было достигнуто соглашение о рассрочке",
            en="If an instalment agreement were made",
        ),
        "vehicles_released": Texts(
            uz_Latn="Qarzdorning transporti ({amount}) garovdan chiqarilganida",
            uz_Cyrl="Қарздорнинг транспорти ({amount}) гаровдан чиқарилганида",
            ru="Если бы транспорт должника ({amount}) был освобождён от залога",
            en="If the debtor's vehicles ({amount}) were released from pledge",
        ),
        "vehicles_pledged": Texts(
            uz_Latn="Qarzdorning transporti ({amount}) boshqa kreditorga garovda boʻlganida",
            uz_Cyrl="Қарздорнинг транспорти ({amount}) бошқа кредиторга гаровда бўлганида",
            ru="Если бы транспорт должника ({amount}) был в залоге у другого кредитора",
            en="If the debtor's vehicles ({amount}) were pledged to another creditor",
        ),
    }
)
THEN: Final = Texts(
    uz_Latn="{if_}, birinchi oʻrinda «{then}» chorasi turar edi.",
    uz_Cyrl="{if_}, биринчи ўринда «{then}» чораси турар эди.",
    ru="{if_}, первой стояла бы мера «{then}».",
    en="{if_}, “{then}” would come first instead.",
)
THEN_UNLAWFUL: Final = Texts(
    uz_Latn=(
        "{if_}, birinchi oʻrinda «{then}» chorasi turar edi: u holda qonun «{first}» "
        "chorasiga yoʻl qoʻymaydi."
    ),
    uz_Cyrl=(
        "{if_}, биринчи ўринда «{then}» чораси турар эди: у ҳолда қонун «{first}» "
        "чорасига йўл қўймайди."
    ),
    ru=(
        "{if_}, первой стояла бы мера «{then}»: мера «{first}» тогда не была бы открыта по закону."
    ),
    en="{if_}, “{then}” would come first: the law would then not leave “{first}” open.",
)
NO_CHANGE: Final = Texts(
    uz_Latn=(
        "Koʻrib chiqilgan oʻzgarishlarning ({n} ta: {kinds}) hech biri birinchi chorani "
        "oʻzgartirmas edi."
    ),
    uz_Cyrl=(
        "Кўриб чиқилган ўзгаришларнинг ({n} та: {kinds}) ҳеч бири биринчи чорани ўзгартирмас эди."
    ),
    ru="Ни одно из рассмотренных изменений ({n}: {kinds}) не изменило бы первую меру.",
    en="No single change of those tried ({n}: {kinds}) would alter the first measure.",
)
NOTHING_TO_CHANGE: Final = Texts(
    uz_Latn="Bu ishda birinchi chorani oʻzgartira oladigan faktlar topilmadi.",
    uz_Cyrl="Бу ишда биринчи чорани ўзгартира оладиган фактлар топилмади.",
    ru="В этом деле не нашлось фактов, изменение которых можно было бы рассмотреть.",
    en="In this case there is no fact whose change could be tried.",
)
_ACCOUNTS: Final = Texts(
    uz_Latn="hisobvaraqdagi pul",
    uz_Cyrl="ҳисобварақдаги пул",
    ru="деньги на счетах",
    en="money on accounts",
)
_PLEDGE: Final = Texts(
    uz_Latn="transport garovi",
    uz_Cyrl="транспорт гарови",
    ru="залог транспорта",
    en="a pledge of vehicles",
)
KINDS: Final[Mapping[str, Texts]] = MappingProxyType(
    {
        "payment": Texts(uz_Latn="toʻlov", uz_Cyrl="тўлов", ru="платёж", en="a payment"),
        "balance": _ACCOUNTS,
        "job": Texts(uz_Latn="ish", uz_Cyrl="иш", ru="работа", en="a job"),
        "agreement": Texts(
            uz_Latn="boʻlib toʻlash kelishuvi",
            uz_Cyrl="бўлиб тўлаш келишуви",
            ru="рассрочка",
            en="an instalment agreement",
        ),
        "vehicles_released": _PLEDGE,
        "vehicles_pledged": _PLEDGE,
    }
)
"""Short names of the changes, for the sentence that none of them would do."""
