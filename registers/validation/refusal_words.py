"""Why a whole table is refused, and notes on tables, in four languages by their codes.

What is the same in every language (names of files and columns, numbers) is no part of these
sentences: a refusal tells it beside them (`TableRefusedError.detail`), a note fills it in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from registers.texts import Texts
from registers.uzbek import words

REFUSALS: Mapping[str, Texts] = MappingProxyType(
    {
        "missing_table": words(
            uz="Jadval berilmagan, usiz esa hech bir savolga javob berib boʻlmaydi. Uni "
            "koʻchirmaga qoʻshing.",
            ru="Таблица не передана, а без неё нельзя ответить ни на один вопрос. Добавьте её в "
            "выгрузку.",
            en="The table is missing, and nothing can be answered without it. Add it to the "
            "extract.",
        ),
        "missing_column": words(
            uz="Jadvalda kerakli ustun yoʻq. Jadvalni barcha ustunlari bilan qaytadan eksport "
            "qiling.",
            ru="В таблице нет нужного столбца. Выгрузите таблицу заново со всеми столбцами.",
            en="The table lacks a column. Export it again with every column of the contract.",
        ),
        "no_header": words(
            uz="Faylda birorta ham kerakli ustun nomi yoʻq. Birinchi qatoriga ustun nomlarini "
            "yozib, qaytadan eksport qiling.",
            ru="В файле нет ни одного имени нужных столбцов. Выгрузите его заново с именами "
            "столбцов в первой строке.",
            en="The file names no column of the contract. Export it again with the names of the "
            "columns in its first line.",
        ),
        "duplicate_column": words(
            uz="Bitta ustun nomi bir necha marta uchraydi. Har bir nomdan bittasini qoldiring.",
            ru="Имя столбца повторяется. Оставьте по одному столбцу на каждое имя.",
            en="A column name stands more than once. Keep one column of each name.",
        ),
        "wrong_delimiter": words(
            uz="Ustunlar vergul bilan ajratilmagan. Jadvalni vergul bilan qaytadan eksport qiling.",
            ru="Столбцы разделены не запятыми. Выгрузите таблицу заново с запятыми.",
            en="The columns are not separated by commas. Export the table again with commas.",
        ),
        "wrong_encoding": words(
            uz="Fayl `UTF-8` kodirovkasida emas. Uni shu kodirovkada qaytadan eksport qiling.",
            ru="Файл не в кодировке `UTF-8`. Выгрузите его заново в этой кодировке.",
            en="The file is not in `UTF-8`. Export it again in this encoding.",
        ),
        "empty_file": words(
            uz="Fayl boʻsh yoki sarlavhasi yoʻq. Jadvalni qaytadan eksport qiling.",
            ru="Файл пуст или в нём нет заголовка. Выгрузите таблицу заново.",
            en="The file is empty or has no header. Export the table again.",
        ),
        "unreadable_file": words(
            uz="Fayl oxirigacha oʻqilmaydi: u uzilib qolgan yoki shikastlangan. Qaytadan "
            "koʻchiring yoki eksport qiling.",
            ru="Файл не читается до конца: он оборван или повреждён. Скопируйте или выгрузите его "
            "заново.",
            en="The file cannot be read to its end: it is cut off or damaged. Copy or export it "
            "again.",
        ),
        "encrypted_file": words(
            uz="Fayl shifrlangan, kaliti esa berilmagan. Jadvalni shifrlanmagan holda bering.",
            ru="Файл зашифрован, а ключа нет. Передайте таблицу незашифрованной.",
            en="The file is encrypted, and there is no key for it. Deliver the table unencrypted.",
        ),
        "not_a_file": words(
            uz="Bu nom ostida fayl emas, papka turibdi. Jadvalni bitta fayl qilib bering.",
            ru="Под этим именем лежит не файл, а папка. Передайте таблицу одним файлом.",
            en="A folder stands under this name, not a file. Deliver the table as one file.",
        ),
        "delivered_twice": words(
            uz="Jadval ikki xil fayl koʻrinishida berilgan. Hisobga olinmaydiganini olib tashlang.",
            ru="Таблица передана двумя файлами. Уберите тот, который не в счёт.",
            en="The table was delivered as two files. Remove the one that does not count.",
        ),
        "missing_file": words(
            uz="Manifestda koʻrsatilgan fayl yetib kelmagan. Uni qaytadan yuboring.",
            ru="Файл назван в манифесте, но не пришёл. Передайте его заново.",
            en="The manifest names the file, but it has not arrived. Transfer it again.",
        ),
        "not_in_manifest": words(
            uz="Fayl manifestda koʻrsatilmagan. U koʻchirmaga tegishlimi — idoradan soʻrang va uni "
            "koʻrsatgan manifestni oling.",
            ru="Файл не назван в манифесте. Спросите ведомство, относится ли он к выгрузке, и "
            "получите манифест, где он назван.",
            en="The manifest does not name the file. Ask the agency whether it belongs to the "
            "extract, and for a manifest that names it.",
        ),
        "truncated_file": words(
            uz="Fayl manifestda koʻrsatilganidan kichik: yoʻlda uzilib qolgan. Uni qaytadan "
            "yuboring.",
            ru="Файл меньше, чем указано в манифесте: он оборвался в пути. Передайте его заново.",
            en="The file is smaller than its manifest states: it was cut off on the way. Transfer "
            "it again.",
        ),
        "altered_file": words(
            uz="Fayl manifestda koʻrsatilgan fayl emas: u oʻzgartirilgan. Qaytadan yuboring va kim "
            "oʻzgartirganini idoradan soʻrang.",
            ru="Это не тот файл, что описан в манифесте: он изменён. Передайте его заново и "
            "спросите ведомство, кто его изменил.",
            en="The file is not the one that its manifest describes: it was changed. Transfer it "
            "again, and ask the agency who changed it.",
        ),
        "row_count_differs": words(
            uz="Qatorlar soni manifestdagidan farq qiladi. Jadvalni idoradan qayta soʻrang.",
            ru="Число строк не то, что в манифесте. Запросите таблицу у ведомства заново.",
            en="The number of rows is not that of the manifest. Ask the agency for the table "
            "again.",
        ),
        "changed_table": words(
            uz="Maʼlumotlar bazasidagi jadval yuklanganidan keyin oʻzgargan. Koʻchirmani qaytadan "
            "yuklang: `chora load --replace`.",
            ru="Таблица в базе данных изменилась после загрузки. Загрузите выгрузку заново: `chora "
            "load --replace`.",
            en="The table in the database was changed after it was loaded. Load the extract again: "
            "`chora load --replace`.",
        ),
        "spreadsheet_ids": words(
            uz="Identifikatorlar elektron jadval ularni koʻrsatadigan shaklda (`3.00012E+14`): "
            "turli shaxslar bitta boʻlib qolgan va ularni ajratib boʻlmaydi. Jadvalni bazadan, "
            "elektron jadvalda ochmasdan eksport qiling yoki ustunni matn sifatida kiriting.",
            ru="Идентификаторы стоят в том виде, в каком их показывает электронная таблица "
            "(`3.00012E+14`): разные лица слились в одно, и разделить их нельзя. Выгрузите таблицу "
            "из базы, не открывая её там, или импортируйте столбец как текст.",
            en="Ids have the form in which a spreadsheet shows them (`3.00012E+14`): different "
            "persons have become one and cannot be parted. Export the table from its database "
            "without opening it in a spreadsheet, or import the column there as text.",
        ),
        "ids_in_two_forms": words(
            uz="Bir ustunda `17` ham, `17.0` ham bor: ular bitta narsami — aytib boʻlmaydi. "
            "Identifikatorlarni butun son yoki matn sifatida qaytadan eksport qiling.",
            ru="В одном столбце есть и `17`, и `17.0`: одно ли это, сказать нельзя. Выгрузите "
            "идентификаторы заново целыми числами или текстом.",
            en="One column holds `17` and `17.0`: nobody can tell whether they are one. Export the "
            "ids again as whole numbers or as text.",
        ),
        "mixed_booleans": words(
            uz="Ha va yoʻq qiymatlari bir ustunda har xil yozilgan, shuning uchun ular nimani "
            "bildirishi isbotlanmagan. Ustunni `true` va `false` sifatida eksport qiling.",
            ru="Значения «да» и «нет» записаны в столбце по-разному, и что они значат, не "
            "доказано. Выгрузите столбец как `true` и `false`.",
            en="True and false are written in several ways in one column, so what they mean is not "
            "proven. Export the column as `true` and `false`.",
        ),
        "mixed_amounts": words(
            uz="Summalarda raqamlar guruhlarga ajratilgan, lekin ustun buni isbotlamaydi: ayrim "
            "guruhlarda uchta raqam yoʻq yoki kasr qismi nol emas. Summalarni butun soʻmda, "
            "boʻshliqsiz eksport qiling.",
            ru="Цифры сумм разбиты на группы, но столбец этого не доказывает: в иных группах не "
            "три цифры или дробная часть не ноль. Выгрузите целые суммы без пробелов.",
            en="The digits of amounts are in groups, but the column does not prove it: some groups "
            "have not three digits, or some decimals are not zero. Export whole amounts as bare "
            "digits.",
        ),
        "times_of_another_zone": words(
            uz="Sanalar oʻrnida vaqt mintaqasi koʻrsatilmagan soat 19:00 turibdi: bu Toshkentdagi "
            "yarim tunning `UTC` boʻyicha yozilishi. Kun isbotlanmagan: sanalarni `2026-01-31` "
            "koʻrinishida yoki vaqt mintaqasi bilan eksport qiling.",
            ru="Вместо дней стоит время 19:00 без часового пояса: это полночь в Ташкенте по `UTC`. "
            "День не доказан: выгрузите дни как `2026-01-31` или время с часовым поясом.",
            en="Days are times of 19:00 without a time zone: that is midnight in Tashkent written "
            "in `UTC`. The day is not proven: export days as `2026-01-31`, or with their "
            "zone.",
        ),
        "total_too_large": words(
            uz="Ustundagi summalar yigʻindisi hech bir reyestrda boʻlmaydigan darajada katta: "
            "koʻplari toʻldiruvchi qiymat. Idoradan haqiqiy summalarni soʻrang.",
            ru="Суммы столбца вместе больше, чем бывает в любом регистре: многие из них "
            "заполнители. Запросите у ведомства настоящие суммы.",
            en="The amounts of a column add up to more than any register holds: many are filler "
            "values. Ask the agency for the true amounts.",
        ),
        "judges_disagree": words(
            uz="Ikki mustaqil tekshiruv bir-biriga toʻgʻri kelmadi. Bu jadvalning emas, dasturning "
            "xatosi: koʻchirmani saqlab qoʻying va dastur mualliflariga xabar bering.",
            ru="Две независимые проверки разошлись. Это ошибка программы, а не таблицы: сохраните "
            "выгрузку и сообщите авторам программы.",
            en="Two independent checks disagree. This is a fault of the program, not of the table: "
            "keep the extract and report it.",
        ),
    }
)

OTHER_REFUSAL = words(
    uz="Jadvalni oʻqib boʻlmadi. Sababi `report.json` faylida yozilgan.",
    ru="Таблицу не удалось прочитать. Причина записана в `report.json`.",
    en="The table could not be read. The cause stands in `report.json`.",
)

NOTES: Mapping[str, Texts] = MappingProxyType(
    {
        "dropped_columns": words(
            uz="Reyestrlar tavsifida yoʻq ustunlar tashlab ketildi: `{columns}`.",
            ru="Столбцы, которых нет в описании регистров, отброшены: `{columns}`.",
            en="Columns that the contract does not have were dropped: `{columns}`.",
        ),
        "not_checked": words(
            uz="`{column}` tekshirilmadi, chunki `{table}` jadvali berilmagan yoki rad etilgan.",
            ru="`{column}` не проверен: таблица `{table}` не передана или отклонена.",
            en="`{column}` was not checked, for `{table}` was not delivered or was refused.",
        ),
        "other_type": words(
            uz="`{column}` ustuni `{delivered}` turida berilgan va `{kind}` sifatida oʻqildi.",
            ru="`{column}` передан как `{delivered}` и прочитан как `{kind}`.",
            en="`{column}` was delivered as `{delivered}` and read as `{kind}`.",
        ),
        "swallowed_lines": words(
            uz="Yopilmagan qoʻshtirnoq yutib yuborgan fayl qatorlari: `{lines}`.",
            ru="Строки файла, поглощённые лишней кавычкой: `{lines}`.",
            en="Lines of the file swallowed by a stray quotation mark: `{lines}`.",
        ),
        "left_as_it_was": words(
            uz="Qoʻshimcha koʻchirmada bu jadval yoʻq: jadval avvalgidek qoldi.",
            ru="В дополняющей выгрузке этой таблицы нет: она осталась прежней.",
            en="The increment holds nothing of this table: it stays as it was.",
        ),
    }
)


@dataclass(frozen=True)
class Note:
    """A remark on a table that costs it nothing, by its code and the names that it fills in.

    >>> Note("not_checked", {"column": "case_id", "table": "cases"}).sentence
    'case_id was not checked, for cases was not delivered or was refused.'
    """

    code: str
    shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> Texts:
        """The remark in four languages."""
        return NOTES[self.code].format(**self.shown)

    @property
    def sentence(self) -> str:
        """The remark for console and report.json."""
        return self.texts.en.replace("`", "")


def refusal_texts(code: str) -> Texts:
    """Why a table was refused; of a code without words, where its cause stands."""
    return REFUSALS.get(code, OTHER_REFUSAL)
