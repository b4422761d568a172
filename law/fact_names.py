"""How each fact is called in front of a person, and who knows it when the registers do not."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from law.words import words
from registers.texts import Texts


@dataclass(frozen=True)
class FactName:
    """The label of a fact and the office or person that can tell it."""

    label: Texts
    known_by: Texts


BUREAU = words(
    uz="ishni yurituvchi davlat ijrochisi",
    ru="государственный исполнитель, ведущий дело",
    en="the enforcement officer of the case",
)
COURT = words(
    uz="ijro hujjatini bergan sud yoki organ",
    ru="суд или орган, выдавший документ",
    en="the court or body that issued the document",
)
CIVIL = words(
    uz="FHDYO yoki yuridik shaxslar reyestri",
    ru="ЗАГС или реестр юридических лиц",
    en="the civil or business register",
)
BANKS = words(
    uz="banklar va omonatchilar maʼlumotlar bazasi",
    ru="банки и база данных вкладчиков",
    en="the banks and the depositor database",
)
TAX = words(
    uz="soliq qoʻmitasi va pensiya jamgʻarmasi",
    ru="налоговый комитет и пенсионный фонд",
    en="the tax committee and the pension fund",
)
POLICE = words(
    uz="yoʻl harakati xavfsizligi xizmati", ru="дорожная служба", en="the traffic police"
)
CADASTRE = words(uz="kadastr agentligi", ru="кадастровое агентство", en="the cadastre agency")
LAW = words(
    uz="qonunchilik maʼlumotlar bazasi (lex.uz)",
    ru="база законодательства (lex.uz)",
    en="the database of legislation (lex.uz)",
)


def _fact(known_by: Texts, *, uz: str, ru: str, en: str) -> FactName:
    return FactName(words(uz=uz, ru=ru, en=en), known_by)


FACTS: Mapping[str, FactName] = MappingProxyType(
    {
        "document_kind": _fact(
            BUREAU, uz="ijro hujjatining turi", ru="вид документа", en="kind of the document"
        ),
        "document_on": _fact(
            COURT, uz="ijro hujjatining sanasi", ru="дата документа", en="date of the document"
        ),
        "presented_on": _fact(
            BUREAU,
            uz="hujjat taqdim etilgan kun",
            ru="день предъявления документа",
            en="day on which the document was presented",
        ),
        "presentation_until": _fact(
            COURT,
            uz="hujjatni taqdim etishning oxirgi kuni",
            ru="последний день для предъявления",
            en="last day to present the document",
        ),
        "opened_on": _fact(
            BUREAU,
            uz="ijro ishi qoʻzgʻatilgan kun",
            ru="день возбуждения производства",
            en="day on which the proceedings were opened",
        ),
        "served_on": _fact(
            BUREAU,
            uz="qaror qarzdorga topshirilgan kun",
            ru="день вручения постановления должнику",
            en="day on which the decision was served on the debtor",
        ),
        "voluntary_until": _fact(
            BUREAU,
            uz="ixtiyoriy ijro muddatining tugash kuni",
            ru="конец срока добровольного исполнения",
            en="end of the voluntary term",
        ),
        "latest_voluntary_end": _fact(
            BUREAU,
            uz="ixtiyoriy ijro muddatining tugash kuni",
            ru="конец срока добровольного исполнения",
            en="end of the voluntary term",
        ),
        "procedure": _fact(
            BUREAU, uz="ijro tartibi", ru="порядок производства", en="kind of procedure"
        ),
        "claim_kind": _fact(BUREAU, uz="talab turi", ru="вид требования", en="kind of claim"),
        "periodic": _fact(
            COURT,
            uz="toʻlov davriy ekani",
            ru="является ли платёж периодическим",
            en="whether the payments are periodic",
        ),
        "secured": _fact(
            COURT,
            uz="talab garov bilan taʼminlangani",
            ru="обеспечено ли требование залогом",
            en="whether a pledge secures the claim",
        ),
        "levies_dwelling": _fact(
            COURT,
            uz="hujjatda uy-joy nazarda tutilgani",
            ru="названо ли жильё в документе",
            en="whether the document names the dwelling",
        ),
        "closed_on": _fact(
            BUREAU,
            uz="ijro ishi tugatilgan kun",
            ru="день окончания производства",
            en="day on which the case was closed",
        ),
        "outstanding_som": _fact(
            BUREAU, uz="qarz qoldigʻi", ru="остаток долга", en="outstanding amount"
        ),
        "consolidated_som": _fact(
            BUREAU,
            uz="qarzdorning barcha ochiq talablari yigʻindisi",
            ru="сумма всех открытых требований к должнику",
            en="sum of all open claims against the debtor",
        ),
        "debtor_kind": _fact(
            CIVIL, uz="qarzdorning turi", ru="вид должника", en="kind of the debtor"
        ),
        "is_natural_person": _fact(
            CIVIL, uz="qarzdorning turi", ru="вид должника", en="kind of the debtor"
        ),
        "debtor_status": _fact(
            CIVIL, uz="qarzdorning holati", ru="состояние должника", en="status of the debtor"
        ),
        "is_suspended": _fact(
            BUREAU,
            uz="ish toʻxtatilgani",
            ru="приостановлено ли производство",
            en="whether the case is suspended",
        ),
        "is_deferred": _fact(
            BUREAU,
            uz="ijro kechiktirilgani",
            ru="предоставлена ли отсрочка",
            en="whether a deferral is in force",
        ),
        "is_postponed": _fact(
            BUREAU,
            uz="ijro harakatlari qoldirilgani",
            ru="отложены ли исполнительные действия",
            en="whether the actions are postponed",
        ),
        "is_mediation": _fact(
            BUREAU,
            uz="mediatsiya ketayotgani",
            ru="идёт ли медиация",
            en="whether a mediation is going on",
        ),
        "is_guarantee_deposit": _fact(
            BUREAU,
            uz="kafolat depoziti qoʻyilgani",
            ru="внесён ли гарантийный депозит",
            en="whether a guarantee deposit was placed",
        ),
        "is_in_patient_treatment": _fact(
            BUREAU,
            uz="qarzdor statsionar davolanayotgani",
            ru="находится ли должник на стационарном лечении",
            en="whether the debtor is in hospital",
        ),
        "suspended_since": _fact(
            BUREAU, uz="toʻxtatilgan kun", ru="день приостановления", en="suspended since"
        ),
        "deferred_since": _fact(
            BUREAU, uz="kechiktirilgan kun", ru="день отсрочки", en="deferred since"
        ),
        "postponed_since": _fact(
            BUREAU, uz="qoldirilgan kun", ru="день отложения", en="postponed since"
        ),
        "mediation_since": _fact(
            BUREAU, uz="mediatsiya boshlangan kun", ru="день начала медиации", en="mediation since"
        ),
        "deposit_since": _fact(
            BUREAU, uz="depozit qoʻyilgan kun", ru="день внесения депозита", en="deposit since"
        ),
        "treatment_since": _fact(
            BUREAU,
            uz="davolanish boshlangan kun",
            ru="день начала лечения",
            en="in treatment since",
        ),
        "has_travel_ban": _fact(
            BUREAU,
            uz="chiqish allaqachon cheklangani",
            ru="ограничен ли уже выезд",
            en="whether a travel ban is already in force",
        ),
        "travel_ban_since": _fact(
            BUREAU,
            uz="chiqish cheklangan kun",
            ru="день ограничения выезда",
            en="travel ban since",
        ),
        "has_registration_ban": _fact(
            BUREAU,
            uz="roʻyxatdan oʻtkazish allaqachon taqiqlangani",
            ru="действует ли уже запрет регистрации",
            en="whether a registration ban is already in force",
        ),
        "registration_ban_since": _fact(
            BUREAU,
            uz="roʻyxatdan oʻtkazish taqiqlangan kun",
            ru="день запрета регистрации",
            en="registration ban since",
        ),
        "account_free_som": _fact(
            BANKS,
            uz="hisobvaraqlardagi boʻsh pul",
            ru="свободные деньги на счетах",
            en="free money on the accounts",
        ),
        "n_accounts": _fact(
            BANKS, uz="hisobvaraqlar soni", ru="число счетов", en="number of accounts"
        ),
        "protected_amount_som": _fact(
            LAW,
            uz="hisobvaraqda daxlsiz summa",
            ru="неприкосновенная сумма на счетах",
            en="amount protected on accounts",
        ),
        "leviable_balance_som": _fact(
            BANKS,
            uz="undirish mumkin boʻlgan pul",
            ru="деньги, доступные для взыскания",
            en="money that may be levied",
        ),
        "leviable_income_som": _fact(
            TAX,
            uz="undirish mumkin boʻlgan daromad",
            ru="доход, доступный для взыскания",
            en="income that may be levied",
        ),
        "n_benefit_months": _fact(
            TAX, uz="nafaqa turi", ru="вид пособия", en="kind of the benefit received"
        ),
        "n_vehicles": _fact(
            POLICE, uz="transport vositalari soni", ru="число машин", en="number of vehicles"
        ),
        "n_free_vehicles": _fact(
            POLICE,
            uz="garovda boʻlmagan transport vositalari",
            ru="машины без залога",
            en="vehicles free of pledge",
        ),
        "n_pledged_vehicles": _fact(
            POLICE,
            uz="garovdagi transport vositalari",
            ru="машины в залоге",
            en="pledged vehicles",
        ),
        "free_vehicles_som": _fact(
            POLICE,
            uz="transport vositalarining qiymati",
            ru="стоимость машин",
            en="value of the vehicles",
        ),
        "n_real_estate": _fact(
            CADASTRE,
            uz="koʻchmas mulk obyektlari soni",
            ru="число объектов недвижимости",
            en="number of real-estate objects",
        ),
        "n_exempt_dwellings": _fact(
            CADASTRE,
            uz="qarzdor yashaydigan yagona uy",
            ru="единственное жильё должника",
            en="the debtor's only home",
        ),
        "n_investment_objects": _fact(
            CADASTRE,
            uz="investitsiya majburiyatidagi obyektlar",
            ru="объекты с инвестиционным обязательством",
            en="objects under an investment obligation",
        ),
        "n_pledged_objects": _fact(
            CADASTRE,
            uz="garovdagi koʻchmas mulk",
            ru="недвижимость в залоге",
            en="pledged real estate",
        ),
        "n_free_objects": _fact(
            CADASTRE,
            uz="undirish mumkin boʻlgan koʻchmas mulk",
            ru="недвижимость, доступная для взыскания",
            en="real estate that may be levied",
        ),
        "free_real_estate_som": _fact(
            CADASTRE,
            uz="koʻchmas mulk qiymati",
            ru="стоимость недвижимости",
            en="value of the real estate",
        ),
        "attached_som": _fact(
            CADASTRE,
            uz="xatlangan mol-mulk qiymati",
            ru="стоимость арестованного имущества",
            en="value of the attached property",
        ),
        "lighter_property_som": _fact(
            BANKS,
            uz="pul va koʻchar mol-mulkning maʼlum qiymati",
            ru="известная стоимость денег и движимого имущества",
            en="known value of money and movables",
        ),
        "known_property_som": _fact(
            CADASTRE,
            uz="mol-mulkning maʼlum qiymati",
            ru="известная стоимость имущества",
            en="known value of property",
        ),
        "bhm_som": _fact(
            LAW, uz="bazaviy hisoblash miqdori", ru="базовая расчётная величина", en="base unit"
        ),
        "minimum_wage_som": _fact(
            LAW,
            uz="mehnatga haq toʻlashning eng kam miqdori",
            ru="минимальный размер оплаты труда",
            en="minimum wage",
        ),
        "travel_ban_floor_som": _fact(
            LAW,
            uz="chiqish cheklanmaydigan qarz chegarasi",
            ru="предел долга, до которого выезд не ограничивается",
            en="debt up to which travel is not restricted",
        ),
        "as_of_date": _fact(BUREAU, uz="qaror kuni", ru="день решения", en="day of the decision"),
    }
)
