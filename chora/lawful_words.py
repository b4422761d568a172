"""The headings of `chora lawful` in the four languages."""

from __future__ import annotations

from collections.abc import Mapping

from law.words import words
from registers.texts import Texts

LAWFUL_BUT = words(
    uz="qonuniy, ogohlantirish bilan: {finding}",
    ru="законно, с предупреждением: {finding}",
    en="lawful, with a warning: {finding}",
)
CASE = words(uz="ish {case}", ru="дело {case}", en="case {case}")
REMEDY = words(uz="Nima qilish kerak", ru="Что сделать", en="What to do")
TO_STATE = words(
    uz="Maʼlum boʻlsa, koʻrsating", ru="Если это известно, укажите", en="If you know it, state it"
)
WARNINGS = words(
    uz="Ogohlantirishlar (inson baholaydi)",
    ru="Предупреждения (оценивает человек)",
    en="Warnings (for a person to weigh)",
)
AGAINST = words(uz="Yana toʻsqinlik qiladi", ru="Также препятствует", en="Also against it")
OPEN = words(uz="Hali nomaʼlum", ru="Ещё неизвестно", en="Not yet known")
CONFIRM = words(
    uz="Chora oldidan inson tasdiqlaydi",
    ru="До меры человек подтверждает",
    en="A person confirms before the measure",
)
AMOUNTS = words(uz="Summalar", ru="Суммы", en="Amounts")
DEADLINES = words(uz="Muddatlar", ru="Сроки", en="Deadlines")
STATED = words(uz="Inson aytgan", ru="Указано человеком", en="Stated by a person")
HOLDING = words(
    uz="Bajarilgan shartlar: {n}. Roʻyxat: --all.",
    ru="Соблюдено условий: {n}. Список: --all.",
    en="Conditions that hold: {n}. List them with --all.",
)
HOLD = words(uz="Bajarilgan shartlar", ru="Соблюдённые условия", en="Conditions that hold")
RULE = words(
    uz="{article}; qoida {rule}; {source}",
    ru="{article}; правило {rule}; {source}",
    en="{article}; rule {rule}; {source}",
)
SOURCES: Mapping[str, Texts] = {
    "read": words(
        uz="qonun matnida oʻqilgan",
        ru="прочитано в тексте закона",
        en="read in the text of the law",
    ),
    "secondary": words(
        uz="ikkilamchi manba, tekshiring",
        ru="вторичный источник, проверьте",
        en="second-hand, check it",
    ),
    "inferred": words(
        uz="loyihaning oʻz talqini, tekshiring",
        ru="собственное толкование проекта, проверьте",
        en="the project's own reading, check it",
    ),
    "memory": words(uz="tekshirilmagan", ru="не проверено", en="not verified"),
}
