"""The nineteen measures of Law 258-II, in the order of the register contract.

Intrusiveness is the project's own proposal (inferred), not a rank that the Law gives.
"""

from law.catalogue import Measure
from law.words import words

MEASURES: tuple[Measure, ...] = (
    Measure(
        "voluntary_notice",
        words(
            uz="Ixtiyoriy ijro etish toʻgʻrisida xabarnoma",
            ru="Уведомление о добровольном исполнении",
            en="Notice to perform voluntarily",
        ),
        ("23", "22¹", "43¹"),
        intrusiveness=1,
    ),
    Measure(
        "mediation_or_instalment",
        words(
            uz="Mediatsiya / kechiktirish yoki boʻlib-boʻlib ijro etish",
            ru="Медиация / отсрочка, рассрочка",
            en="Mediation, deferral or instalments",
        ),
        ("32", "33", "34", "36"),
        intrusiveness=1,
        touches="income",
    ),
    Measure(
        "registry_asset_query",
        words(
            uz="Mol-mulk va daromadlarni aniqlash soʻrovlari",
            ru="Запросы об имуществе и доходах",
            en="Register queries on assets and income",
        ),
        ("21", "47", "84", "87"),
        intrusiveness=2,
        touches="register",
    ),
    Measure(
        "bank_account_levy",
        words(
            uz="Undiruvni bank hisobvaraqlaridagi pul mablagʻlariga qaratish",
            ru="Обращение взыскания на средства на банковских счетах",
            en="Levy on bank money",
        ),
        ("47", "46(1)", "48", "21", "58", "43²"),
        intrusiveness=3,
        touches="account",
    ),
    Measure(
        "account_attachment",
        words(
            uz="Hisobvaraqlarning xarajat qismini xatlash",
            ru="Арест расходной части счетов",
            en="Attachment of outgoing account operations",
        ),
        ("47(10)", "21", "35", "38"),
        intrusiveness=5,
        touches="account",
    ),
    Measure(
        "receivables_levy",
        words(
            uz="Undiruvni debitorlik qarziga qaratish",
            ru="Обращение взыскания на дебиторскую задолженность",
            en="Levy on receivables",
        ),
        ("46(2¹)", "48⁵"),
        intrusiveness=4,
        touches="receivable",
    ),
    Measure(
        "wage_income_withholding",
        words(
            uz="Undiruvni ish haqi, pensiya va boshqa daromadlarga qaratish",
            ru="Обращение взыскания на зарплату, пенсию и иные доходы",
            en="Withholding from wages, pension and other income",
        ),
        ("64", "46(3)", "65", "66", "68", "69", "43²"),
        intrusiveness=4,
        touches="income",
    ),
    Measure(
        "registration_ban",
        words(
            uz="Roʻyxatdan oʻtkazish harakatlariga taqiq (avtotransport, koʻchmas mulk)",
            ru="Запрет на регистрационные действия (автотранспорт, недвижимость)",
            en="Ban on registration of vehicles and real estate",
        ),
        ("21", "53"),
        intrusiveness=3,
        touches="register",
    ),
    Measure(
        "movable_attachment",
        words(
            uz="Koʻchar mol-mulkni roʻyxatga olish va xatlash",
            ru="Опись и арест движимого имущества",
            en="Inventory and attachment of movables",
        ),
        ("53", "46(1)", "47", "18", "84"),
        intrusiveness=6,
        touches="movable",
    ),
    Measure(
        "vehicle_seizure_sale",
        words(
            uz="Avtomototransport vositasini olib qoʻyish va auksionda sotish",
            ru="Изъятие и продажа автотранспорта на аукционе",
            en="Seizure and sale of a vehicle",
        ),
        ("53", "21", "54", "55", "56", "63"),
        intrusiveness=7,
        touches="vehicle",
    ),
    Measure(
        "movable_sale",
        words(
            uz="Xatlangan koʻchar mol-mulkni sotish",
            ru="Реализация арестованного движимого имущества",
            en="Sale of attached movables",
        ),
        ("56", "54"),
        intrusiveness=6,
        touches="movable",
    ),
    Measure(
        "real_estate_sale",
        words(
            uz="Koʻchmas mulkni elektron onlayn-auksionda sotish",
            ru="Реализация недвижимости на электронном онлайн-аукционе",
            en="Sale of real estate by electronic auction",
        ),
        ("56", "46(1)", "52", "54", "60", "63"),
        intrusiveness=9,
        touches="real_estate",
    ),
    Measure(
        "pledge_enforcement",
        words(
            uz="Undiruvni garov predmetiga qaratish",
            ru="Обращение взыскания на предмет залога",
            en="Levy on pledged property",
        ),
        ("51", "54", "56"),
        intrusiveness=8,
        touches="pledge",
    ),
    Measure(
        "item_handover",
        words(
            uz="Muayyan ashyolarni olib qoʻyib, undiruvchiga topshirish",
            ru="Изъятие и передача определённых предметов взыскателю",
            en="Taking and handing over specified items",
        ),
        ("57", "46(4)"),
        intrusiveness=6,
        touches="movable",
    ),
    Measure(
        "travel_ban",
        words(
            uz="Oʻzbekiston Respublikasidan chiqishni vaqtincha cheklash",
            ru="Временное ограничение выезда из Республики Узбекистан",
            en="Temporary restriction on leaving the country",
        ),
        ("42¹", "32¹"),
        intrusiveness=8,
        needs_senior=True,
        touches="person",
    ),
    Measure(
        "debtor_or_asset_search",
        words(
            uz="Qarzdorni, mol-mulkini yoki bolani qidirish",
            ru="Розыск должника, имущества или ребёнка",
            en="Search for the debtor, assets or a child",
        ),
        ("42", "75", "76", "77", "21"),
        intrusiveness=7,
        needs_senior=True,
        touches="person",
    ),
    Measure(
        "eviction",
        words(uz="Qarzdorni koʻchirish", ru="Выселение должника", en="Eviction"),
        ("73", "18", "26"),
        intrusiveness=10,
        touches="real_estate",
    ),
    Measure(
        "non_property_compulsion",
        words(
            uz="Muayyan harakatlarni bajarishga majburlash",
            ru="Принуждение к совершению определённых действий",
            en="Compelling specified acts",
        ),
        ("71", "72", "73¹", "73²", "74"),
        intrusiveness=6,
        touches="person",
    ),
    Measure(
        "obligations_register_entry",
        words(
            uz="Majburiyatlar reyestriga kiritish",
            ru="Внесение в Реестр обязательств",
            en="Entry in the Register of Obligations",
        ),
        ("41¹", "40", "41", "43³", "43⁴"),
        intrusiveness=4,
        needs_senior=True,
        touches="register",
    ),
)

# Met in practice or abroad; the edition of the Law that was read gives none of them a basis.
NO_LEGAL_BASIS: tuple[str, ...] = (
    "driving_licence_restriction",
    "utility_cut_off",
    "marriage_bar",
)
