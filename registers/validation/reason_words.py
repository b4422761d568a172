"""Why rows are set aside, in four languages: read off the question that the rows failed.

Nothing is written twice: the sentence of a reason follows from the kind of its check and from the
columns of the contract, so that a new rule has its words on the day on which it is written.
Names in backticks are those of the files and are the same in every language.
"""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from registers.contract import Table
from registers.rules import AtMost, OnlyWith, PartIn, YearAtMost
from registers.sources.protocol import BROKEN_ROW
from registers.texts import Texts, group_digits
from registers.uzbek import words
from registers.validation.cells import DAMAGED_TEXT, STRAY_QUOTE, impossible_date, wrong_type
from registers.validation.checks import (
    Check,
    Filled,
    FirstOfKey,
    Flagged,
    Known,
    Matches,
    NotLonger,
    OneLine,
    OneOf,
    OneOfRows,
    OneVersion,
    Within,
)

_KINDS: Mapping[str, Texts] = MappingProxyType(
    {
        "id": words(uz="matn", ru="текст", en="a text"),
        "text": words(uz="matn", ru="текст", en="a text"),
        "int": words(uz="butun son", ru="целое число", en="a whole number"),
        "som": words(uz="butun summa", ru="целая сумма", en="a whole amount"),
        "float": words(uz="son", ru="число", en="a number"),
        "bool": words(uz="`true` yoki `false`", ru="`true` или `false`", en="`true` or `false`"),
        "date": words(
            uz="`2026-01-31` koʻrinishidagi sana",
            ru="дата вида `2026-01-31`",
            en="a date such as `2026-01-31`",
        ),
    }
)

_WRONG_TYPE = words(
    uz="`{column}` ustunidagi qiymat {kind} emas. Qiymatni toʻgʻrilang.",
    ru="Значение в `{column}` не {kind}. Исправьте значение.",
    en="`{column}` is not {kind}. Correct the value.",
)
_IMPOSSIBLE_DATE = words(
    uz="`{column}` ustunidagi sana taqvimda yoʻq. Sanani toʻgʻrilang.",
    ru="Дня, указанного в `{column}`, не существует. Исправьте дату.",
    en="`{column}` is a day that does not exist. Correct the date.",
)
_BROKEN_ROW = words(
    uz="Qatordagi maydonlar soni sarlavhadagidan farq qiladi. Vergul bor matnlarni qoʻshtirnoqqa "
    "oling va jadvalni qaytadan eksport qiling.",
    ru="В строке не столько полей, сколько в заголовке. Возьмите тексты с запятыми в кавычки и "
    "выгрузите таблицу заново.",
    en="The row has not as many fields as the header. Quote texts that hold commas, and export "
    "the table again.",
)
_STRAY_QUOTE = words(
    uz="Qoʻshtirnoq faylning bir qatorida ochilib, keyingi qatorlardan birida yopilgan va oradagi "
    "qatorlarni yutib yuborgan. Uni olib tashlang (matnga tegishli boʻlsa, ikkita yozing) va "
    "jadvalni qaytadan eksport qiling.",
    ru="Кавычка открыта в одной строке файла, закрыта в другой и поглотила строки между ними. "
    "Уберите её (если она часть текста, удвойте) и выгрузите таблицу заново.",
    en="A quotation mark opens in one line of the file, closes in a later one and has swallowed "
    "the lines between. Remove it, or double it where it belongs to the text, and export the table "
    "again.",
)
_CONTROL_CHARACTER = words(
    uz="`{column}` ustunidagi qiymatda qator uzilishi, tabulyatsiya yoki boshqa boshqaruv belgisi "
    "bor: bu kod emas yoki birdan ortiq kod. Qiymatni toʻgʻrilang.",
    ru="В значении `{column}` есть перенос строки, табуляция или другой управляющий знак: это не "
    "код или больше одного кода. Исправьте значение.",
    en="`{column}` holds a line break, a tab or another control character: it is no code, or more "
    "than one. Correct the value.",
)
_TOO_LONG = words(
    uz="`{column}` ustunidagi qiymat {n} ta belgidan uzun: bu kod emas yoki birdan ortiq kod. "
    "Qiymatni toʻgʻrilang.",
    ru="Значение `{column}` длиннее {n} знаков: это не код или больше одного кода. Исправьте "
    "значение.",
    en="`{column}` is longer than {n} characters: it is no code, or more than one. Correct the "
    "value.",
)
_AMOUNT_TOO_LARGE = words(
    uz="`{column}` ustunidagi summa {high} dan katta. Bunday summa boʻlmaydi: bu toʻldiruvchi "
    "qiymat yoki xato. Haqiqiy summani bering.",
    ru="Сумма в `{column}` больше {high}. Таких сумм не бывает: это заполнитель или ошибка. "
    "Передайте настоящую сумму.",
    en="`{column}` is above {high}. No such amount is that large: it is a filler value, or a slip. "
    "Deliver the true amount.",
)
_CONTRADICTION = words(
    uz="Boshqa qatorda ham `{columns}` xuddi shunday, mazmuni esa boshqa: qaysi biri toʻgʻriligini "
    "hech kim ayta olmaydi. Idoradan soʻrang va toʻgʻri qatorni bering; yangilangan qatorning "
    "`reported_on` sanasi keyinroq boʻlishi kerak.",
    ru="В другой строке те же `{columns}`, а содержание другое: какая верна, никто не скажет. "
    "Передайте ту, что подтвердит ведомство; у уточнения должна быть более поздняя `reported_on`.",
    en="Another row has the same `{columns}` and says something else: nobody can tell which holds. "
    "Deliver the one that the agency confirms; a correction needs a later `reported_on`.",
)
_DAMAGED_TEXT = words(
    uz="Qatordagi matnda `NUL` belgisi bor: fayl yoʻlda shikastlangan yoki oddiy matn emas. "
    "Jadvalni `UTF-8` kodirovkasida qaytadan eksport qiling.",
    ru="В тексте строки стоит знак `NUL`: файл повреждён в пути или это не простой текст. Таблицу "
    "выгрузите заново в `UTF-8`.",
    en="A text of the row holds a `NUL` character: the file was damaged on its way or is no plain "
    "text: export the table again as `UTF-8`.",
)
_MISSING = words(
    uz="`{column}` ustuni boʻsh, bu qiymat esa shart. Qiymatni kiriting.",
    ru="`{column}` не заполнен, а без него нельзя. Заполните его.",
    en="`{column}` is missing, but the contract needs it. Fill it in.",
)
_NOT_LISTED = words(
    uz="`{column}` ustunidagi qiymat roʻyxatda yoʻq (roʻyxat: `{values}`). Qiymatni toʻgʻrilang.",
    ru="Значения в `{column}` нет в перечне (`{values}`). Исправьте значение.",
    en="`{column}` is none of the values of the contract (`{values}`). Correct the value.",
)
_NEGATIVE = words(
    uz="`{column}` ustunidagi summa noldan kichik. Summani toʻgʻrilang.",
    ru="Сумма в `{column}` меньше нуля. Исправьте сумму.",
    en="`{column}` is below zero. Correct the amount.",
)
_FUTURE = words(
    uz="`{column}` sanasi koʻchirma olingan kundan ({day}) keyin. Hali maʼlum boʻlmagan narsani "
    "xabar qilib boʻlmaydi. Sanani toʻgʻrilang.",
    ru="`{column}` позже дня выгрузки ({day}): сообщить можно лишь о том, что уже известно. "
    "Исправьте дату.",
    en="`{column}` is after {day}, the day of the extract: nothing can be reported before it is "
    "known. Correct the date.",
)
_RANGE = words(
    uz="`{column}` ustunidagi qiymat chegaradan tashqarida: {bounds}. Qiymatni toʻgʻrilang.",
    ru="Значение в `{column}` вне допустимых границ: {bounds}. Исправьте значение.",
    en="`{column}` is outside of its bounds: {bounds}. Correct the value.",
)
_BOUNDS: Mapping[str, Texts] = MappingProxyType(
    {
        "both": words(
            uz="{low} dan {high} gacha boʻlishi kerak",
            ru="допустимо от {low} до {high}",
            en="from {low} to {high}",
        ),
        "above": words(
            uz="{low} dan katta va koʻpi bilan {high} boʻlishi kerak",
            ru="допустимо больше {low} и не больше {high}",
            en="above {low} and at most {high}",
        ),
        "least": words(
            uz="kamida {low} boʻlishi kerak", ru="допустимо не меньше {low}", en="at least {low}"
        ),
        "most": words(
            uz="koʻpi bilan {high} boʻlishi kerak",
            ru="допустимо не больше {high}",
            en="at most {high}",
        ),
    }
)
_DIGITS = words(
    uz="`{column}` ustunidagi kod {n} ta raqamdan iborat boʻlishi kerak. Kodni toʻgʻrilang.",
    ru="Код в `{column}` должен состоять из {n} цифр. Исправьте код.",
    en="The code in `{column}` must have {n} digits. Correct it.",
)
_FORM = words(
    uz="`{column}` ustunidagi kodning shakli notoʻgʻri (`{pattern}`). Kodni toʻgʻrilang.",
    ru="Код в `{column}` имеет другой вид (`{pattern}`). Исправьте код.",
    en="`{column}` has not the form of its code (`{pattern}`). Correct it.",
)
_ORPHAN = words(
    uz="`{column}` ustunidagi qiymat boʻyicha `{table}` jadvalida qabul qilingan qator yoʻq. Oʻsha "
    "qatorni bering yoki qiymatni toʻgʻrilang; `quarantine/{table}.parquet` faylini ham koʻring.",
    ru="`{column}` не называет ни одной принятой строки таблицы `{table}`. Передайте эту строку "
    "или исправьте значение; см. также `quarantine/{table}.parquet`.",
    en="`{column}` names no accepted row of `{table}`. Deliver that row, or correct the value; see "
    "also `quarantine/{table}.parquet`.",
)
_REPEATED = words(
    uz="Oldingi qatorda ham `{columns}` xuddi shunday. Yangilangan qatorning `reported_on` sanasi "
    "keyinroq boʻlishi kerak; hisobga olinmaydigan qatorni olib tashlang.",
    ru="В одной из прежних строк те же `{columns}`. У уточнённой строки должна быть более поздняя "
    "`reported_on`; лишнюю строку уберите.",
    en="An earlier row has the same `{columns}`. A correction needs a later `reported_on`; remove "
    "the row that does not count.",
)
_NOTHING_TO_WITHDRAW = words(
    uz="`{columns}` boʻyicha qabul qilingan qator yoʻq, demak, qaytarib olinadigan narsa ham yoʻq. "
    "Qatorni qanday xabar qilingan boʻlsa, shunday koʻrsating yoki avval uni bering.",
    ru="Принятой строки с такими `{columns}` нет, и отзывать нечего. Назовите строку так, как о "
    "ней сообщили, или сначала передайте её.",
    en="No accepted row has these `{columns}`, so there is nothing to take back. Name the row as "
    "it was reported, or deliver it first.",
)
CHANGED_WITHOUT_REPORT = words(
    uz="Avvalgi koʻchirmada qabul qilingan qatorning kaliti va `reported_on` sanasi xuddi shunday, "
    "mazmuni esa boshqa. Yangilangan qatorning `reported_on` sanasi keyinroq boʻlishi kerak: qaysi "
    "qator toʻgʻriligini idoradan soʻrang.",
    ru="Принятая строка прежней выгрузки с тем же ключом и той же `reported_on` говорит другое. У "
    "уточнения должна быть более поздняя `reported_on`: спросите ведомство, какая строка верна.",
    en="The accepted row of a former extract with the same key and the same `reported_on` says "
    "something else. A correction needs a later `reported_on`: ask the agency which row counts.",
)
_NOT_REPORTED_YET = words(
    uz="`{smaller}` sanasi `reported_on` sanasidan keyin: voqea yuz bermasdan oldin xabar qilib "
    "boʻlmaydi. Ikki sanadan birini toʻgʻrilang.",
    ru="`{smaller}` позже `reported_on`: о событии нельзя сообщить раньше, чем оно произошло. "
    "Исправьте одну из двух дат.",
    en="`{smaller}` is later than `reported_on`: nothing can be reported before it happened. "
    "Correct one of the two dates.",
)
_NOT_IN_ORDER = words(
    uz="`{larger}` sanasi `{smaller}` sanasidan oldin. Ikki sanadan birini toʻgʻrilang.",
    ru="`{larger}` раньше, чем `{smaller}`. Исправьте одну из двух дат.",
    en="`{larger}` is earlier than `{smaller}`. Correct one of the two dates.",
)
_TOO_LARGE = words(
    uz="`{smaller}` qiymati `{larger}` qiymatidan katta. Ikkisidan birini toʻgʻrilang.",
    ru="`{smaller}` больше, чем `{larger}`. Исправьте одно из двух.",
    en="`{smaller}` is above `{larger}`. Correct one of the two.",
)
_FIRST_DAY = words(
    uz="`{column}` ustunida oyning birinchi kuni turishi kerak, masalan `2026-01-01`. Sanani "
    "toʻgʻrilang.",
    ru="В `{column}` должен стоять первый день месяца, например `2026-01-01`. Исправьте дату.",
    en="`{column}` must hold the first day of a month, as in `2026-01-01`. Correct the date.",
)
_FIRST_MONTH = Texts(
    uz_Latn="`{column}` ustunida chorakning birinchi oyi turishi kerak (yanvar, aprel, iyul yoki "
    "oktabr). Sanani toʻgʻrilang.",
    uz_Cyrl="`{column}` устунида чоракнинг биринчи ойи туриши керак (январь, апрель, июль ёки "
    "октябрь). Санани тўғриланг.",
    ru="В `{column}` должен стоять первый месяц квартала (январь, апрель, июль или октябрь). "
    "Исправьте дату.",
    en="`{column}` must hold the first month of a quarter (January, April, July or October). "
    "Correct the date.",
)
_YEAR = words(
    uz="`{year}` yili `{day}` sanasining yilidan keyin. Yilni toʻgʻrilang.",
    ru="Год в `{year}` позже года в `{day}`. Исправьте год.",
    en="`{year}` is later than the year of `{day}`. Correct the year.",
)
_YEAR_WITH_SLACK = words(
    uz="`{year}` yili `{day}` sanasining yilidan {n} yildan ham koʻproq keyin. Yilni toʻgʻrilang.",
    ru="Год в `{year}` позже года в `{day}` больше чем на {n}. Исправьте год.",
    en="`{year}` is later than the year of `{day}` by more than {n}. Correct the year.",
)
_ONLY_WITH = words(
    uz="`{column}` toʻldirilgan, `{other}` esa `{value}` emas. `{other}` qiymatini toʻgʻrilang "
    "yoki `{column}` ustunini boʻsh qoldiring.",
    ru="`{column}` заполнен, а `{other}` не `{value}`. Исправьте `{other}` или очистите "
    "`{column}`.",
    en="`{column}` is filled, but `{other}` is not `{value}`. Correct `{other}`, or empty "
    "`{column}`.",
)


def words_of(table: Table, check: Check) -> Texts:
    """What a row that fails a check of a table lacks, and what to do, in four languages."""
    question = check.question
    if isinstance(question, Flagged):
        return _flagged(table, check)
    if isinstance(question, Filled):
        return _MISSING.format(column=question.column)
    if isinstance(question, OneOf):
        return _NOT_LISTED.format(column=question.column, values=", ".join(question.values))
    if isinstance(question, Within):
        return _within(table, question)
    if isinstance(question, Matches):
        return _matches(question)
    if isinstance(question, OneLine):
        return _CONTROL_CHARACTER.format(column=question.column)
    if isinstance(question, NotLonger):
        return _TOO_LONG.format(column=question.column, n=question.longest)
    if isinstance(question, OneVersion):
        return _CONTRADICTION.format(columns=", ".join(question.key))
    if isinstance(question, Known):
        parent = table.column(question.column).refers_to
        return _ORPHAN.format(column=question.column, table=parent)
    if isinstance(question, FirstOfKey):
        return _REPEATED.format(columns=", ".join(check.columns))
    if isinstance(question, OneOfRows):
        return _NOTHING_TO_WITHDRAW.format(columns=", ".join(question.columns))
    return _across_columns(table, question)


def _flagged(table: Table, check: Check) -> Texts:
    flag = check.question.flag if isinstance(check.question, Flagged) else ""
    if not check.columns:
        told = {
            BROKEN_ROW: _BROKEN_ROW,
            DAMAGED_TEXT: _DAMAGED_TEXT,
            STRAY_QUOTE: _STRAY_QUOTE,
        }
        return told[flag]
    name = check.columns[0]
    told = {
        wrong_type(name): _WRONG_TYPE.format(column=name, kind=_KINDS[table.column(name).kind]),
        impossible_date(name): _IMPOSSIBLE_DATE.format(column=name),
    }
    return told[flag]


def _within(table: Table, question: Within) -> Texts:
    column, low, high = question.column, question.lowest, question.highest
    if isinstance(high, date) and low is None:
        return _FUTURE.format(column=column, day=high.isoformat())
    if table.column(column).kind == "som" and low == 0 and high is None:
        return _NEGATIVE.format(column=column)
    if table.column(column).kind == "som" and low is None and isinstance(high, int):
        return _AMOUNT_TOO_LARGE.format(column=column, high=group_digits(high))
    form = "least" if high is None else "most" if low is None else "both"
    bounds = _BOUNDS["above" if question.is_above and form == "both" else form]
    return _RANGE.format(column=column, bounds=bounds.format(low=_shown(low), high=_shown(high)))


def _shown(bound: object) -> str:
    return f"{bound:g}" if isinstance(bound, int | float) else str(bound)


def _matches(question: Matches) -> Texts:
    digits = re.fullmatch(r"\[0-9\]\{(\d+)\}", question.pattern)
    if digits:
        return _DIGITS.format(column=question.column, n=digits.group(1))
    return _FORM.format(column=question.column, pattern=question.pattern)


def _across_columns(table: Table, form: AtMost | PartIn | YearAtMost | OnlyWith) -> Texts:
    if isinstance(form, PartIn):
        return (_FIRST_DAY if form.part == "day" else _FIRST_MONTH).format(column=form.column)
    if isinstance(form, YearAtMost):
        told = _YEAR_WITH_SLACK if form.slack else _YEAR
        return told.format(year=form.year, day=form.day, n=form.slack)
    if isinstance(form, OnlyWith):
        return _ONLY_WITH.format(column=form.column, other=form.other, value=form.value)
    if table.column(form.smaller).kind != "date":
        return _TOO_LARGE.format(smaller=form.smaller, larger=form.larger)
    told = _NOT_REPORTED_YET if form.larger == "reported_on" else _NOT_IN_ORDER
    return told.format(smaller=form.smaller, larger=form.larger)
