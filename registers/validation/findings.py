"""What the figures of a whole table tell a person: a sentence, whether it stops, and what to do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from registers.texts import Texts, group_digits
from registers.uzbek import words
from registers.validation.plausibility import Level, Measure
from registers.validation.reasons import Reason

BEHIND = words(
    uz=" {of} ta qatordan {n} tasida sabab bitta: {rule}",
    ru=" В {n} из {of} строк причина одна: {rule}",
    en=" In {n} of {of} rows the reason is one: {rule}",
)

SENTENCES: Mapping[str, Texts] = MappingProxyType(
    {
        "constant_column": Texts(
            uz_Latn="{column}: {rows} ta qatorning hammasida bir xil qiymat. Bu eksport xatosi: "
            "idoradan jadvalni qayta soʻrang.",
            uz_Cyrl="{column}: {rows} та қаторнинг ҳаммасида бир хил қиймат. Бу экспорт хатоси: "
            "идорадан жадвални қайта сўранг.",
            ru="{column}: во всех {rows} строках одно и то же значение. Это ошибка выгрузки: "
            "запросите таблицу у ведомства заново.",
            en="{column} has the same value in all {rows} rows. That is a fault of the export: "
            "ask the agency for the table again.",
        ),
        "both_orders": words(
            uz="{column}: ustunda kun oydan oldin ham (13.01), oy kundan oldin ham (01/14) "
            "yozilgan ({days} ta sana). Tartib maʼlum emas: bunday sanalar chetga olindi, "
            "qolganlari ham notoʻgʻri boʻlishi mumkin. Idoradan ustunni 2026-01-31 koʻrinishida "
            "soʻrang.",
            ru="{column}: в столбце есть и день перед месяцем (13.01), и месяц перед днём (01/14), "
            "таких дней {days}. Порядок неизвестен: эти дни отложены, но и другие могут быть "
            "неверны. Запросите у ведомства столбец в виде 2026-01-31.",
            en="{column} holds days before months (13.01) as well as months before days "
            "(01/14), in {days} cells. The order is unknown: these cells are set aside, and the "
            "other days may be wrong too. Ask the agency for the column as in 2026-01-31.",
        ),
        "unusual_scale": Texts(
            uz_Latn="{column}: oʻrta qiymat (mediana) taxminan {median}, odatda {low}–{high}. "
            "Ehtimol, summalar ming soʻmda berilgan: idoradan soʻmda soʻrang.",
            uz_Cyrl="{column}: ўрта қиймат (медиана) тахминан {median}, одатда {low}–{high}. "
            "Эҳтимол, суммалар минг сўмда берилган: идорадан сўмда сўранг.",
            ru="{column}: медиана около {median}, обычно {low}–{high}. Вероятно, суммы даны "
            "в тысячах сумов: запросите их в сумах.",
            en="the median of {column} is about {median}; usual is {low} to {high}. The amounts "
            "may be in thousands of som: ask the agency for whole som.",
        ),
        "scale_jumped": Texts(
            uz_Latn="{column}: {month} oyida xabar qilingan qiymatlar avvalgi oylarga nisbatan "
            "{ratio} barobar. Oʻlchov birligi oʻzgarmaganini idoradan soʻrang.",
            uz_Cyrl="{column}: {month} ойида хабар қилинган қийматлар аввалги ойларга нисбатан "
            "{ratio} баробар. Ўлчов бирлиги ўзгармаганини идорадан сўранг.",
            ru="{column}: значения, сообщённые за {month}, в {ratio} раза отличаются от прежних "
            "месяцев. Уточните у ведомства, не изменилась ли единица измерения.",
            en="{column} as reported in {month} is {ratio} times that of the months before. Ask "
            "the agency whether the unit has changed.",
        ),
        "empty_table": Texts(
            uz_Latn="jadval boʻsh keldi, qarzdorlar esa {debtors} nafar. Boʻsh jadval «hech "
            "kimda yoʻq» degan maʼnoni beradi: jadvalni qayta soʻrang yoki bermang.",
            uz_Cyrl="жадвал бўш келди, қарздорлар эса {debtors} нафар. Бўш жадвал «ҳеч "
            "кимда йўқ» деган маънони беради: жадвални қайта сўранг ёки берманг.",
            ru="таблица пришла пустой, а должников {debtors}. Пустая таблица значила бы «ни "
            "у кого нет»: запросите её заново или не передавайте вовсе.",
            en="the table came without a row, and there are {debtors} debtors. An empty table "
            "would say that nobody has anything: ask for it again, or leave it out.",
        ),
        "rows_set_aside": words(
            uz="{of} ta qatordan {rows} tasi ({share}) chetga olindi.{rule} Ularga oid qarzdor va "
            "ishlar boʻyicha bu jadval «nomaʼlum» hisoblanadi. Karantindagi sabablarni idora "
            "bilan koʻrib chiqing va jadvalni qayta soʻrang.",
            ru="Отложено {rows} из {of} строк ({share}).{rule} Для их должников и дел эта таблица "
            "считается неизвестной. Разберите причины из карантина с ведомством и запросите "
            "таблицу заново.",
            en="{rows} of {of} rows ({share}) were set aside.{rule} For their debtors and cases "
            "the table counts as unknown. Go through the reasons in the quarantine with the "
            "agency and ask for the table again.",
        ),
        "all_rows_set_aside": words(
            uz="Barcha {of} ta qator chetga olindi, birortasi ham oʻqilmadi.{rule} Jadval boʻsh "
            "emas, u oʻqib boʻlmaydigan holda keldi: hech kim haqida hech narsa maʼlum emas. "
            "Karantindagi sababni idora bilan koʻrib chiqing va jadvalni qayta soʻrang.",
            ru="Отложены все {of} строк, ни одной прочесть не удалось.{rule} Таблица пришла не "
            "пустой, а нечитаемой: ни о ком ничего не известно. Разберите причину из карантина с "
            "ведомством и запросите таблицу заново.",
            en="all {of} rows were set aside, none could be read.{rule} The table did not come "
            "empty, it came unreadable: nothing is known of anybody. Go through the reason in the "
            "quarantine with the agency and ask for the table again.",
        ),
        "low_coverage": Texts(
            uz_Latn="qarzdorlarning {share}i uchungina qator bor, kamida {least} boʻlishi kerak. "
            "Eksport toʻliqligini tekshiring.",
            uz_Cyrl="қарздорларнинг {share}и учунгина қатор бор, камида {least} бўлиши керак. "
            "Экспорт тўлиқлигини текширинг.",
            ru="строки есть только о {share} должников, обычно не меньше {least}. Проверьте, "
            "полна ли выгрузка.",
            en="only {share} of the debtors have a row, usual is at least {least}. Check whether "
            "the export is complete.",
        ),
        "late_agency": Texts(
            uz_Latn="oxirgi xabar {day} kuni kelgan, {days} kun oldin ({limit} kundan kech "
            "boʻlmasligi kerak). Idoradan yangi maʼlumot soʻrang.",
            uz_Cyrl="охирги хабар {day} куни келган, {days} кун олдин ({limit} кундан кеч "
            "бўлмаслиги керак). Идорадан янги маълумот сўранг.",
            ru="последнее сообщение от {day}, {days} дней назад (обычно не позже {limit}). "
            "Запросите у ведомства свежие данные.",
            en="the last report is of {day}, {days} days ago (usual are at most {limit}). Ask "
            "the agency for news.",
        ),
        "row_count": Texts(
            uz_Latn="{rows} ta qator, avvalgi koʻchirmada {last} ta edi ({ratio} barobar). "
            "Idoradan sababini soʻrang.",
            uz_Cyrl="{rows} та қатор, аввалги кўчирмада {last} та эди ({ratio} баробар). "
            "Идорадан сабабини сўранг.",
            ru="{rows} строк, в прошлой выгрузке было {last} ({ratio} раза). Спросите ведомство "
            "о причине.",
            en="{rows} rows, the last extract had {last} ({ratio} times as many). Ask the agency "
            "why.",
        ),
        "debtors_lost": Texts(
            uz_Latn="{debtors} nafar qarzdor haqida qator bor, avvalgi koʻchirmada {last} nafar "
            "edi ({ratio} barobar). Qaysi hudud yoki idora yetishmayotganini soʻrang.",
            uz_Cyrl="{debtors} нафар қарздор ҳақида қатор бор, аввалги кўчирмада {last} нафар эди "
            "({ratio} баробар). Қайси ҳудуд ёки идора етишмаётганини сўранг.",
            ru="строки есть о {debtors} должниках, в прошлой выгрузке были о {last} ({ratio} "
            "раза). Узнайте, какого региона или ведомства не хватает.",
            en="there are rows of {debtors} debtors, the last extract had {last} ({ratio} times). "
            "Ask which region or agency is missing.",
        ),
        "more_missing": Texts(
            uz_Latn="{column}: qatorlarning {share}ida qiymat yoʻq, avval {last} edi. Ustun "
            "nega boʻsh qolganini soʻrang.",
            uz_Cyrl="{column}: қаторларнинг {share}ида қиймат йўқ, аввал {last} эди. Устун "
            "нега бўш қолганини сўранг.",
            ru="{column}: пусто в {share} строк, раньше в {last}. Узнайте, почему столбец опустел.",
            en="{column} is missing in {share} of the rows, before it was {last}. Ask why the "
            "column was left empty.",
        ),
        "shifted_values": Texts(
            uz_Latn="{column}: qiymatlar taqsimoti avvalgi koʻchirmadan keskin farq qiladi (PSI "
            "{index}). Taʼrif oʻzgarmaganini soʻrang.",
            uz_Cyrl="{column}: қийматлар тақсимоти аввалги кўчирмадан кескин фарқ қилади (PSI "
            "{index}). Таъриф ўзгармаганини сўранг.",
            ru="{column}: распределение значений сильно отличается от прошлой выгрузки (PSI "
            "{index}). Уточните, не изменилось ли определение.",
            en="the values of {column} are spread otherwise than in the last extract (PSI "
            "{index}). Ask whether a definition has changed.",
        ),
        "scale_changed": Texts(
            uz_Latn="{column}: oʻrta qiymat (mediana) avvalgi koʻchirmaga nisbatan {ratio} "
            "barobar. Oʻlchov birligi (soʻm yoki ming soʻm) oʻzgarmaganini soʻrang.",
            uz_Cyrl="{column}: ўрта қиймат (медиана) аввалги кўчирмага нисбатан {ratio} баробар. "
            "Ўлчов бирлиги (сўм ёки минг сўм) ўзгармаганини сўранг.",
            ru="{column}: медиана составляет {ratio} от прошлой выгрузки. Уточните, не "
            "изменилась ли единица (сумы или тысячи сумов).",
            en="the median of {column} is {ratio} times that of the last extract. Ask whether "
            "the unit has changed (som or thousands of som).",
        ),
    }
)


@dataclass(frozen=True)
class Finding:
    """A figure outside of its range: what a person is told, and whether it stops the table.

    `rule` is the row rule by which most of its rows were set aside, where there is one.
    """

    table: str
    measure: Measure
    is_accepted: bool = False
    rule: Reason | None = None

    @property
    def name(self) -> str:
        """The check as `--accept` names it, as in incomes.constant_column.gross_som."""
        parts = (self.table, self.measure.code, self.measure.column)
        return ".".join(part for part in parts if part)

    @property
    def level(self) -> Level:
        """`stop` unless a person accepted it; then it is only warned of."""
        return "warn" if self.is_accepted else self.measure.level

    @property
    def texts(self) -> Texts:
        """The sentence in four languages, without the table before it."""
        shown = {
            name: group_digits(value) if isinstance(value, int) else value
            for name, value in self.measure.shown.items()
        }
        told = {"column": self.measure.column, "rule": self._rule_texts, **shown}
        return SENTENCES[self.measure.code].format(**told)

    @property
    def _rule_texts(self) -> Texts:
        """The row rule behind the figure, with its count, as a further sentence."""
        of = self.measure.shown.get("of")
        if self.rule is None or self.rule.texts is None or not isinstance(of, int):
            return Texts("", "", "", "")
        n = group_digits(self.rule.n_rows)
        return BEHIND.format(n=n, of=group_digits(of), rule=self.rule.texts)

    @property
    def sentence(self) -> str:
        """The sentence for the operator, with the table and with the way to accept it."""
        accepted = " Accepted by the operator." if self.is_accepted else ""
        way = f" If it is true all the same, let it pass: --accept {self.name}"
        return f"{self.table}: {self.texts.en}{way if self.level == 'stop' else accepted}"

    def as_dict(self) -> dict[str, Any]:
        """The finding in report.json."""
        return {
            "check": self.name,
            "level": self.level,
            "accepted": self.is_accepted,
            "sentence": self.sentence,
        }


def find(
    table: str,
    measures: Collection[Measure],
    accept: Collection[str],
    reasons: Sequence[Reason] = (),
) -> list[Finding]:
    """The figures of a table that a person must hear of.

    Args:
        table: its name.
        measures: its figures.
        accept: names of findings that may pass.
        reasons: why rows were set aside, the most frequent first.
    """
    rule = _main_rule(reasons)
    found = [Finding(table, measure, rule=rule) for measure in measures if measure.level != "good"]
    return [replace(f, is_accepted=f.measure.level == "stop" and f.name in accept) for f in found]


def _main_rule(reasons: Sequence[Reason]) -> Reason | None:
    """The rule by which more than half of the rows set aside were; None where there is none."""
    if not reasons:
        return None
    n_all = sum(reason.n_rows for reason in reasons)
    return reasons[0] if 2 * reasons[0].n_rows > n_all else None
