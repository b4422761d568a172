"""What is said of comparable past cases, in four languages."""

from __future__ import annotations

from typing import Final

from registers.texts import Texts

COMPARABLE: Final = Texts(
    uz_Latn=(
        "Oxirgi uch yilda shu chora koʻrilgan oʻxshash ishlar: {n}. Hech narsa undirilmagan: "
        "{nothing}, qarzning yarmigacha: {some}, yarmidan koʻpi: {most}, hammasi: {all}. "
        "Oʻrtadagi ishda qarzning {median} undirilgan."
    ),
    uz_Cyrl=(
        "Охирги уч йилда шу чора кўрилган ўхшаш ишлар: {n}. Ҳеч нарса ундирилмаган: "
        "{nothing}, қарзнинг ярмигача: {some}, ярмидан кўпи: {most}, ҳаммаси: {all}. "
        "Ўртадаги ишда қарзнинг {median} ундирилган."
    ),
    ru=(
        "Сопоставимых дел с этой мерой за последние три года: {n}. Не взыскано ничего: {nothing}, "
        "до половины долга: {some}, больше половины: {most}, весь долг: {all}. "
        "В срединном по взысканию деле получено {median} долга."
    ),
    en=(
        "{n} comparable cases with this measure in the last three years. Nothing came back in "
        "{nothing}, up to half of the debt in {some}, more than half in {most}, all of it in "
        "{all}. In the middle one of them {median} of the debt came back."
    ),
)
FEWER_THAN_TEN: Final = Texts(
    uz_Latn=(
        "Oxirgi uch yilda shu chora koʻrilgan oʻxshash ishlar oʻntadan kam: "
        "bu baho kam tajribaga tayanadi."
    ),
    uz_Cyrl=(
        "Охирги уч йилда шу чора кўрилган ўхшаш ишлар ўнтадан кам: бу баҳо кам тажрибага таянади."
    ),
    ru=(
        "Сопоставимых дел с этой мерой за последние три года меньше десяти: "
        "оценка опирается на малый опыт."
    ),
    en=(
        "Fewer than ten comparable cases with this measure in the last three years: "
        "the estimate rests on little experience."
    ),
)
OF_A_PART: Final = Texts(
    uz_Latn=" Bu choraning {taken} ishidan {kept} tasi koʻrib chiqilgan.",
    uz_Cyrl=" Бу чоранинг {taken} ишидан {kept} таси кўриб чиқилган.",
    ru=" Просмотрена часть дел с этой мерой: {kept} из {taken}.",
    en=" Of the {taken} cases with this measure {kept} were looked at.",
)
"""Added where a bundle does not keep all decisions of a measure."""
