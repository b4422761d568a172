"""What the report page says around counts and reasons, in four languages."""

from collections.abc import Mapping
from types import MappingProxyType

from registers.texts import Texts
from registers.uzbek import words

LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {"uz_Latn": "Oʻzbekcha", "uz_Cyrl": "Ўзбекча", "ru": "Русский", "en": "English"}
)
LANGUAGE_TAGS: Mapping[str, str] = MappingProxyType(
    {"uz_Latn": "uz-Latn", "uz_Cyrl": "uz-Cyrl", "ru": "ru", "en": "en"}
)
CHOICE = "Til · Тил · Язык · Language"

TITLE = words(uz="Reyestrlarni tekshirish", ru="Проверка регистров", en="Validation of registers")

# By exit code: what came out, and what to do next.
VERDICTS: Mapping[int, Texts] = MappingProxyType(
    {
        0: words(
            uz="Barcha qatorlar qabul qilindi.",
            ru="Все строки приняты.",
            en="Every row was accepted.",
        ),
        11: words(
            uz="Ayrim qatorlar chetga olindi, qolganlaridan foydalansa boʻladi.",
            ru="Часть строк отложена, остальными можно пользоваться.",
            en="Some rows were set aside. The others can be used.",
        ),
        12: words(
            uz="Koʻchirmadan foydalanib boʻlmaydi: kamida bitta jadval rad etildi.",
            ru="Выгрузкой пользоваться нельзя: хотя бы одна таблица отклонена.",
            en="The extract cannot be used: at least one table was refused.",
        ),
    }
)
NEXT_STEPS: Mapping[int, Texts] = MappingProxyType(
    {
        0: words(
            uz="Hech narsa qilish shart emas.",
            ru="Делать ничего не нужно.",
            en="There is nothing to do.",
        ),
        11: words(
            uz="Chetga olingan qatorlar sababi bilan `quarantine` papkasida turibdi. Ularni "
            "idoraga yuboring va tuzatilganini keyingi koʻchirmada soʻrang.",
            ru="Отложенные строки с причинами лежат в папке `quarantine`. Отправьте их ведомству и "
            "попросите исправить в следующей выгрузке.",
            en="The rows that were set aside are in the folder `quarantine`, with their reasons. "
            "Send them to the agency and ask for corrections in the next extract.",
        ),
        12: words(
            uz="Avval quyidagilarni bajaring, soʻng koʻchirmani qaytadan tekshiring.",
            ru="Сначала сделайте то, что указано ниже, затем проверьте выгрузку ещё раз.",
            en="Do first what is named below, then validate the extract again.",
        ),
    }
)
DOUBTS = words(
    uz="Ogohlantirishlarni oʻqib chiqing: {n} ta.",
    ru="Прочтите предупреждения: {n}.",
    en="Read the warnings: {n}.",
)

FIRST = words(uz="Avval bajariladigan ishlar", ru="Что сделать сначала", en="What to do first")
ACCEPT = words(
    uz="Bu holat haqiqatga toʻgʻri kelsa, uni shunday qabul qiling:",
    ru="Если так и есть на самом деле, примите это:",
    en="If it is true all the same, let it pass:",
)
ACCEPTED_ANYWAY = words(
    uz="Operator buni bilib turib qabul qilgan.",
    ru="Оператор принял это сознательно.",
    en="The operator let this pass knowingly.",
)
WARNINGS = words(uz="Ogohlantirishlar", ru="Предупреждения", en="Warnings")
NO_WARNINGS = words(
    uz="Jadvallarda shubhali holat topilmadi.",
    ru="Ничего сомнительного в таблицах не найдено.",
    en="Nothing doubtful was found in the tables.",
)
OLDER_STATE = words(
    uz="{n} ta yozuv boʻyicha avvalgi holat amalda qoldi, chunki keyingi qatori chetga olindi. "
    "Avvalo shu qatorlarni toʻgʻrilating.",
    ru="Для части записей ({n}) действует прежнее состояние, так как более поздняя строка "
    "отложена. Сначала добейтесь исправления этих строк.",
    en="For some keys ({n}) an older state stays in force, because a later row of theirs was set "
    "aside. Have these rows corrected first.",
)

COUNTS = words(
    uz="Har bir qator bilan nima boʻldi",
    ru="Что стало с каждой строкой",
    en="What became of every row",
)
COUNTS_NOTE = words(
    uz="Oʻqilgan qatorlar = qabul qilingan + chetga olingan. Tuzatilgan va avvaldan maʼlum "
    "qatorlar qabul qilinganlar ichida.",
    ru="Прочитано = принято + отложено. Исправленные и уже известные строки входят в принятые.",
    en="Read = accepted + set aside. Repaired rows and rows known already are among the accepted.",
)
TABLE = words(uz="Jadval", ru="Таблица", en="Table")
READ = words(uz="Oʻqilgan", ru="Прочитано", en="Read")
ACCEPTED = words(uz="Qabul qilingan", ru="Принято", en="Accepted")
REPAIRED = words(uz="Shundan tuzatilgan", ru="Из них исправлено", en="Of which repaired")
KNOWN = words(uz="Shundan avvaldan maʼlum", ru="Из них уже известно", en="Of which known already")
SET_ASIDE = words(uz="Chetga olingan", ru="Отложено", en="Set aside")
STATE = words(uz="Holati", ru="Состояние", en="State")
TOTAL = words(uz="Jami", ru="Всего", en="Total")

STATES: Mapping[str, Texts] = MappingProxyType(
    {
        "accepted": words(uz="qabul qilindi", ru="принята", en="accepted"),
        "partly": words(uz="qisman qabul qilindi", ru="принята частично", en="partly accepted"),
        "nothing": words(
            uz="hech biri qabul qilinmadi", ru="ничего не принято", en="none accepted"
        ),
        "with warnings": words(
            uz="ogohlantirish bilan", ru="с предупреждениями", en="with warnings"
        ),
        "refused": words(uz="rad etildi", ru="отклонена", en="refused"),
        "not delivered": words(uz="berilmagan", ru="не передана", en="not delivered"),
        "unchanged": words(uz="oʻzgarmagan", ru="без изменений", en="unchanged"),
    }
)

DETAILS = words(uz="Jadvallar boʻyicha", ru="По таблицам", en="Table by table")
ROWS_NOTE = words(
    uz="Qatorlar fayldagi tartibda 0 dan sanaladi, sarlavha hisobga kirmaydi: 0-qator odatda "
    "`CSV` faylining ikkinchi satri. Bu sahifada hech kimning maʼlumoti yoʻq.",
    ru="Строки считаются с 0 в порядке файла, без заголовка: строка 0 обычно стоит второй в файле "
    "`CSV`. Сведений о людях на этой странице нет.",
    en="Rows are counted from 0 in file order, the header not counted: row 0 is usually the second "
    "line of a `CSV` file. This page holds no value of a person.",
)
ALL_ACCEPTED = words(
    uz="Hamma qator oʻz holicha qabul qilindi.",
    ru="Все строки приняты без изменений.",
    en="Every row was accepted as it came.",
)
NONE_ASIDE = words(
    uz="Oʻqilgan jadvallarda chetga olingan yoki tuzatilgan qator yoʻq.",
    ru="В прочитанных таблицах нет отложенных или исправленных строк.",
    en="In the tables that were read no row was set aside or repaired.",
)
ASIDE_HEAD = words(
    uz="Chetga olingan qatorlar: {n}", ru="Отложено строк: {n}", en="Rows set aside: {n}"
)
FIRST_ROWS = words(
    uz="Birinchi qatorlar: {rows}", ru="Первые строки: {rows}", en="First rows: {rows}"
)
ONLY_ROWS = words(uz="Qatorlar: {rows}", ru="Строки: {rows}", en="Rows: {rows}")
ASIDE_FILE = words(
    uz="Hammasi `{file}` faylida.", ru="Все они в `{file}`.", en="All of them: `{file}`."
)
REPAIRS_HEAD = words(
    uz="Tuzatilgan qatorlar: {n}", ru="Исправлено строк: {n}", en="Rows repaired: {n}"
)
REPAIRS_FILE = words(
    uz="Har bir qiymatning avvalgi va hozirgi koʻrinishi `{file}` faylida.",
    ru="Что стояло и что стоит теперь — в `{file}`.",
    en="What stood there and what stands there now: `{file}`.",
)
REMARKS = words(uz="Eslatmalar", ru="Замечания", en="Notes")

NOT_READ = words(uz="Oʻqilmagan fayllar", ru="Файлы, которые не читались", en="Files not read")
NOT_READ_NOTE = words(
    uz="Bu nomdagi jadval yoʻq. Nomi xato yozilgan boʻlsa, toʻgʻrilang va qaytadan tekshiring.",
    ru="Таблиц с такими именами нет. Если имя написано с ошибкой, исправьте его и проверьте ещё "
    "раз.",
    en="No table has such a name. Where a name is misspelt, correct it and validate again.",
)
ABSENT = words(
    uz="Berilmagan jadvallar", ru="Непереданные таблицы", en="Tables that were not delivered"
)
ABSENT_NOTE = words(
    uz="Ulardan hech narsa maʼlum emas, bu esa «yoʻq» degani emas: shu maʼlumot kerak boʻlgan "
    "choralar boʻyicha javob «aytib boʻlmaydi» boʻladi.",
    ru="Из них ничего не известно, и это не значит «нет»: меры, которым они нужны, получат ответ "
    "«невозможно определить».",
    en="Nothing is known from them, which is not the same as none: measures that need them answer "
    "“cannot tell”.",
)

ORIGIN = words(uz="Kelib chiqishi", ru="Происхождение", en="Where this comes from")
SOURCE = words(uz="Koʻchirma", ru="Выгрузка", en="Extract")
DAY = words(uz="Koʻchirma kuni", ru="День выгрузки", en="Day of the extract")
MANIFEST = words(uz="Manifest (`SHA-256`)", ru="Манифест (`SHA-256`)", en="Manifest (`SHA-256`)")
COMPARED = words(uz="Solishtirilgan koʻchirma", ru="Сравнивалась с", en="Compared with")
JUDGE = words(uz="Tekshiruvni qayd etgan", ru="Вердикт записан", en="Verdict recorded by")
LEGAL_ORDER = words(uz="Huquq tizimi", ru="Правопорядок", en="Legal order")
FILES = words(
    uz="Fayllar va ularning `SHA-256` izi (boshi)",
    ru="Файлы и начало их `SHA-256`",
    en="Files and the beginning of their `SHA-256`",
)
NOT_STATED = words(uz="koʻrsatilmagan", ru="не указан", en="not stated")
NO_MANIFEST = words(
    uz="yoʻq: fayllar yoʻlda oʻzgarmaganini tekshirib boʻlmadi",
    ru="нет: нельзя проверить, не изменились ли файлы в пути",
    en="none: whether files changed on the way could not be checked",
)
WITH_NOTHING = words(
    uz="hech biri bilan (bu birinchisi yoki oʻsha fayllar)",
    ru="ни с чем (она первая или файлы те же)",
    en="none (it is the first, or the same files)",
)
WITHDRAWN = words(
    uz="{table}: qaytarib olingan qatorlar",
    ru="{table}: отозванные строки",
    en="{table}: rows taken back",
)

# Whose rows of a table are not all known, by the column that names the owner.
UNKNOWN_OWNERS: Mapping[str, Texts] = MappingProxyType(
    {
        "debtor_id": words(
            uz="Bu jadvaldagi maʼlumotlari toʻliq maʼlum boʻlmagan qarzdorlar: {n}; ular boʻyicha "
            "«yoʻq» emas, «nomaʼlum» deb hisoblanadi.",
            ru="Должников, о которых эта таблица известна не полностью: {n}; по ним считается "
            "«неизвестно», а не «нет».",
            en="Debtors of whom not all rows of this table are known: {n}; for them it counts as "
            "unknown, not as nothing.",
        ),
        "case_id": words(
            uz="Bu jadvaldagi maʼlumotlari toʻliq maʼlum boʻlmagan ishlar: {n}; ular boʻyicha "
            "«yoʻq» emas, «nomaʼlum» deb hisoblanadi.",
            ru="Дел, о которых эта таблица известна не полностью: {n}; по ним считается "
            "«неизвестно», а не «нет».",
            en="Cases of which not all rows of this table are known: {n}; for them it counts as "
            "unknown, not as nothing.",
        ),
    }
)
WITHOUT_OWNER = words(
    uz="Chetga olingan qatorlardan egasini aniqlab boʻlmaydiganlari: {n}.",
    ru="Отложенных строк, о которых нельзя сказать, чьи они: {n}.",
    en="Rows set aside of which nobody can tell whose they are: {n}.",
)
