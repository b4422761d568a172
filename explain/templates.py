"""The sentences of reasons in four languages, written by hand; names in braces are filled in.

A fact's sentence has two halves: what the register says, and what it does to the measure. Every
sentence can be read back: fact, value, source, day, direction, other measure and size.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from registers.texts import Texts

# What the register says: the label, the value, its keeper, the day to which it refers and that of
# the report. Where both are one day, or the register has no other, one is said.
FACT = Texts(
    uz_Latn="{label}: {value} ({source}, {day} kuni qayd etilgan{age})",
    uz_Cyrl="{label}: {value} ({source}, {day} куни қайд этилган{age})",
    ru="{label}: {value} ({source}, запись от {day}{age})",
    en="{label}: {value} ({source}, as recorded on {day}{age})",
)
FACT_OF_TWO_DAYS = Texts(
    uz_Latn=(
        "{label}: {value} ({source}, {observed} holatiga koʻra, {day} kuni xabar qilingan{age})"
    ),
    uz_Cyrl="{label}: {value} ({source}, {observed} ҳолатига кўра, {day} куни хабар қилинган{age})",
    ru="{label}: {value} ({source}, по состоянию на {observed}, сообщено {day}{age})",
    en="{label}: {value} ({source}, as of {observed}, reported {day}{age})",
)
# Added to either: the register usually has newer entries than this one.
OLDER_THAN_USUAL = Texts(
    uz_Latn="; odatdagidan eski maʼlumot",
    uz_Cyrl="; одатдагидан эски маълумот",
    ru="; данные старше обычного",
    en="; older than usual",
)
FACT_WITHOUT_ENTRY = Texts(
    uz_Latn="{label}: {value} ({source}, yozuv kelmagan)",
    uz_Cyrl="{label}: {value} ({source}, ёзув келмаган)",
    ru="{label}: {value} ({source}, записей не поступало)",
    en="{label}: {value} ({source}, no entry reported)",
)

# The value of a fact of the measure itself, beside that of the measure it is compared with.
COMPARED = Texts(
    uz_Latn="{value}, «{other}» chorasida — {theirs}",
    uz_Cyrl="{value}, «{other}» чорасида — {theirs}",
    ru="{value}, у меры «{other}» — {theirs}",
    en="{value}, for “{other}” {theirs}",
)

FACT_UNKNOWN = Texts(
    uz_Latn="{label}: {value} ({source})",
    uz_Cyrl="{label}: {value} ({source})",
    ru="{label}: {value} ({source})",
    en="{label}: {value} ({source})",
)

Effect = Literal["raises", "lowers", "favours", "disfavours"]

# What the fact does: to the expected recovery, or to the advantage over the next measure.
FACT_EFFECTS: Mapping[Effect, Texts] = MappingProxyType(
    {
        "raises": Texts(
            uz_Latn="{fact} — bu kutilayotgan undiruvni {amount}ga oshiradi.",
            uz_Cyrl="{fact} — бу кутилаётган ундирувни {amount}га оширади.",
            ru="{fact} — это увеличивает ожидаемое взыскание на {amount}.",
            en="{fact}, which raises the expected recovery by {amount}.",
        ),
        "lowers": Texts(
            uz_Latn="{fact} — bu kutilayotgan undiruvni {amount}ga kamaytiradi.",
            uz_Cyrl="{fact} — бу кутилаётган ундирувни {amount}га камайтиради.",
            ru="{fact} — это уменьшает ожидаемое взыскание на {amount}.",
            en="{fact}, which lowers the expected recovery by {amount}.",
        ),
        "favours": Texts(
            uz_Latn="{fact} — bu ushbu chorani «{other}» chorasidan {amount}ga ustun qiladi.",
            uz_Cyrl="{fact} — бу ушбу чорани «{other}» чорасидан {amount}га устун қилади.",
            ru="{fact} — это даёт этой мере перевес в {amount} над мерой «{other}».",
            en="{fact}, which favours this measure over “{other}” by {amount}.",
        ),
        "disfavours": Texts(
            uz_Latn="{fact} — bu «{other}» chorasini ushbu choradan {amount}ga ustun qiladi.",
            uz_Cyrl="{fact} — бу «{other}» чорасини ушбу чорадан {amount}га устун қилади.",
            ru="{fact} — это даёт мере «{other}» перевес в {amount} над этой мерой.",
            en="{fact}, which favours “{other}” over this measure by {amount}.",
        ),
    }
)

AVERAGE_PART: Mapping[Effect, Texts] = MappingProxyType(
    {
        "favours": Texts(
            uz_Latn=(
                "Oʻtgan ishlar umuman olganda ushbu chorani «{other}» chorasidan {amount}ga ustun "
                "qiladi."
            ),
            uz_Cyrl=(
                "Ўтган ишлар умуман олганда ушбу чорани «{other}» чорасидан {amount}га устун "
                "қилади."
            ),
            ru="Прошлые дела в целом дают этой мере перевес в {amount} над мерой «{other}».",
            en="Past cases as a whole favour this measure over “{other}” by {amount}.",
        ),
        "disfavours": Texts(
            uz_Latn=(
                "Oʻtgan ishlar umuman olganda «{other}» chorasini ushbu choradan {amount}ga ustun "
                "qiladi."
            ),
            uz_Cyrl=(
                "Ўтган ишлар умуман олганда «{other}» чорасини ушбу чорадан {amount}га устун "
                "қилади."
            ),
            ru="Прошлые дела в целом дают мере «{other}» перевес в {amount} над этой мерой.",
            en="Past cases as a whole favour “{other}” over this measure by {amount}.",
        ),
    }
)

NO_DIFFERENCE_BY_FACTS = Texts(
    uz_Latn="maʼlumotlar aynan shu qarzdor faktlariga koʻra farq borligini tasdiqlamaydi",
    uz_Cyrl="маълумотлар айнан шу қарздор фактларига кўра фарқ борлигини тасдиқламайди",
    ru="данные не подтверждают различия по фактам этого должника",
    en="the data do not support a difference by this debtor's facts",
)

AVERAGE_EFFECT: Mapping[Literal["more", "less", "equal", "alone"], Texts] = MappingProxyType(
    {
        "more": Texts(
            uz_Latn=(
                "Oʻxshash oʻtgan ishlarda oʻrtacha hisobda ushbu chora shu miqdordagi qarzda "
                "«{other}» chorasidan {amount} koʻp undiradi; {ground}."
            ),
            uz_Cyrl=(
                "Ўхшаш ўтган ишларда ўртача ҳисобда ушбу чора шу миқдордаги қарзда "
                "«{other}» чорасидан {amount} кўп ундиради; {ground}."
            ),
            ru=(
                "В среднем по сопоставимым прошлым делам эта мера при долге такого размера "
                "приносит на {amount} больше, чем мера «{other}»; {ground}."
            ),
            en=(
                "On average over comparable past cases this measure brings {amount} more than "
                "“{other}” on a debt of this size; {ground}."
            ),
        ),
        "less": Texts(
            uz_Latn=(
                "Oʻxshash oʻtgan ishlarda oʻrtacha hisobda ushbu chora shu miqdordagi qarzda "
                "«{other}» chorasidan {amount} kam undiradi; {ground}."
            ),
            uz_Cyrl=(
                "Ўхшаш ўтган ишларда ўртача ҳисобда ушбу чора шу миқдордаги қарзда "
                "«{other}» чорасидан {amount} кам ундиради; {ground}."
            ),
            ru=(
                "В среднем по сопоставимым прошлым делам эта мера при долге такого размера "
                "приносит на {amount} меньше, чем мера «{other}»; {ground}."
            ),
            en=(
                "On average over comparable past cases this measure brings {amount} less than "
                "“{other}” on a debt of this size; {ground}."
            ),
        ),
        "equal": Texts(
            uz_Latn=(
                "Oʻxshash oʻtgan ishlarda oʻrtacha hisobda ushbu chora shu miqdordagi qarzda "
                "«{other}» chorasi bilan teng undiradi; {ground}."
            ),
            uz_Cyrl=(
                "Ўхшаш ўтган ишларда ўртача ҳисобда ушбу чора шу миқдордаги қарзда "
                "«{other}» чораси билан тенг ундиради; {ground}."
            ),
            ru=(
                "В среднем по сопоставимым прошлым делам эта мера при долге такого размера "
                "приносит столько же, сколько мера «{other}»; {ground}."
            ),
            en=(
                "On average over comparable past cases this measure brings as much as "
                "“{other}” on a debt of this size; {ground}."
            ),
        ),
        "alone": Texts(
            uz_Latn=(
                "Kutilayotgan summa oʻxshash oʻtgan ishlardagi oʻrtachaga asoslangan; {ground}."
            ),
            uz_Cyrl=("Кутилаётган сумма ўхшаш ўтган ишлардаги ўртачага асосланган; {ground}."),
            ru=("Ожидаемая сумма основана на среднем по сопоставимым прошлым делам; {ground}."),
            en="The expected amount is the average over comparable past cases; {ground}.",
        ),
    }
)

LESS_INTRUSIVE = Texts(
    uz_Latn=(
        "Maʼlumotlarga koʻra ushbu chora va «{other}» chorasini farqlab boʻlmaydi; ushbu chora "
        "yengilroq boʻlgani uchun oldin turadi (ogʻirlik darajasi {mine}, narigisida {theirs}; "
        "jami 10)."
    ),
    uz_Cyrl=(
        "Маълумотларга кўра ушбу чора ва «{other}» чорасини фарқлаб бўлмайди; ушбу чора "
        "енгилроқ бўлгани учун олдин туради (оғирлик даражаси {mine}, наригисида {theirs}; "
        "жами 10)."
    ),
    ru=(
        "По данным эту меру и меру «{other}» различить нельзя; эта мера стоит раньше, потому что "
        "она мягче (степень вмешательства {mine} против {theirs} из 10)."
    ),
    en=(
        "The data cannot tell this measure from “{other}”; this one comes first because it is "
        "less intrusive ({mine} against {theirs} of 10)."
    ),
)

WITHIN_NOISE = Texts(
    uz_Latn=(
        "«{other}» chorasidan {amount} koʻproq kutiladi, lekin ushbu chora undan oldin turadi: "
        "maʼlumotlarga koʻra uni yaxshiroq yoki ogʻirroq choradan farqlab boʻlmaydi."
    ),
    uz_Cyrl=(
        "«{other}» чорасидан {amount} кўпроқ кутилади, лекин ушбу чора ундан олдин туради: "
        "маълумотларга кўра уни яхшироқ ёки оғирроқ чорадан фарқлаб бўлмайди."
    ),
    ru=(
        "От меры «{other}» ожидается на {amount} больше, но эта мера стоит раньше: "
        "по данным её нельзя отличить от лучшей или более тяжёлой меры."
    ),
    en=(
        "“{other}” is expected to bring {amount} more, but this measure stands before it: "
        "the data cannot tell it from a better or heavier measure."
    ),
)

OTHER_FACTORS: Mapping[Effect, Texts] = MappingProxyType(
    {
        "raises": Texts(
            uz_Latn="Qolgan faktlar birgalikda kutilayotgan undiruvni {amount}ga oshiradi.",
            uz_Cyrl="Қолган фактлар биргаликда кутилаётган ундирувни {amount}га оширади.",
            ru="Остальные факты вместе увеличивают ожидаемое взыскание на {amount}.",
            en="Other facts together raise the expected recovery by {amount}.",
        ),
        "lowers": Texts(
            uz_Latn="Qolgan faktlar birgalikda kutilayotgan undiruvni {amount}ga kamaytiradi.",
            uz_Cyrl="Қолган фактлар биргаликда кутилаётган ундирувни {amount}га камайтиради.",
            ru="Остальные факты вместе уменьшают ожидаемое взыскание на {amount}.",
            en="Other facts together lower the expected recovery by {amount}.",
        ),
        "favours": Texts(
            uz_Latn=(
                "Qolgan barcha omillar birgalikda ushbu chorani «{other}» chorasidan "
                "{amount}ga ustun qiladi."
            ),
            uz_Cyrl=(
                "Қолган барча омиллар биргаликда ушбу чорани «{other}» чорасидан "
                "{amount}га устун қилади."
            ),
            ru=(
                "Все остальные факторы вместе дают этой мере перевес в {amount} над "
                "мерой «{other}»."
            ),
            en="All other factors together favour this measure over “{other}” by {amount}.",
        ),
        "disfavours": Texts(
            uz_Latn=(
                "Qolgan barcha omillar birgalikda «{other}» chorasini ushbu choradan "
                "{amount}ga ustun qiladi."
            ),
            uz_Cyrl=(
                "Қолган барча омиллар биргаликда «{other}» чорасини ушбу чорадан "
                "{amount}га устун қилади."
            ),
            ru=(
                "Все остальные факторы вместе дают мере «{other}» перевес в {amount} "
                "над этой мерой."
            ),
            en="All other factors together favour “{other}” over this measure by {amount}.",
        ),
    }
)
