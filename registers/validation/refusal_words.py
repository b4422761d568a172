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
