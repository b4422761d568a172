"""The wording of a decision by Art. 86, part by part, in four languages.

A draft in the officer's voice: it becomes a decision when a person has checked and signed it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from law.words import words
from registers.texts import Texts

TITLE = words(
    uz="Ijro chorasi toʻgʻrisida qaror (loyiha)",
    ru="Постановление о мере исполнения (проект)",
    en="Decision on a measure of enforcement (draft)",
)
# Art. 86: the seven parts, in its order.
HEADINGS: Mapping[str, Texts] = MappingProxyType(
    {
        "date_and_place": words(uz="Sana va joy", ru="Дата и место", en="Date and place"),
        "officer": words(
            uz="Davlat ijrochisi", ru="Государственный исполнитель", en="Enforcement officer"
        ),
        "case": words(uz="Ijro ishi", ru="Исполнительное производство", en="Case"),
        "issue": words(
            uz="Koʻrib chiqilgan masala", ru="Рассматриваемый вопрос", en="Issue considered"
        ),
        "reasons": words(
            uz="Asoslar va qonun normalari",
            ru="Основания и нормы закона",
            en="Reasons and the law relied on",
        ),
        "conclusion": words(uz="Xulosa", ru="Вывод", en="Conclusion"),
        "appeal": words(
            uz="Shikoyat qilish tartibi va muddati",
            ru="Порядок и срок обжалования",
            en="Appeal: procedure and term",
        ),
    }
)
BEFORE_SIGNING = words(
    uz="Imzolashdan oldin tasdiqlang",
    ru="Подтвердите до подписания",
    en="Confirm before signing",
)
NOTES = words(uz="Eslatma", ru="Примечание", en="Note")

DATE_AND_PLACE = words(
    uz="{decided_on}, Majburiy ijro byurosining {office} kodli hududiy boʻlimi.",
    ru="{decided_on}, территориальный отдел Бюро принудительного исполнения, код {office}.",
    en="{decided_on}, territorial office {office} of the Bureau of Compulsory Enforcement.",
)
OFFICER = words(
    uz="{officer_id} identifikatorli davlat ijrochisi.",
    ru="Государственный исполнитель, идентификатор {officer_id}.",
    en="State enforcement officer {officer_id}.",
)
CASE = words(
    uz="{case_id} raqamli ijro ishi, {opened_on} kuni qoʻzgʻatilgan. Ijro hujjati: {document_kind} "
    "({document_on}), {presented_on} kuni ijroga taqdim etilgan.",
    ru="Исполнительное производство № {case_id}, возбуждено {opened_on}. Исполнительный документ: "
    "{document_kind} от {document_on}, предъявлен {presented_on}.",
    en="Case {case_id}, opened on {opened_on}. Enforcement document: {document_kind} of "
    "{document_on}, presented on {presented_on}.",
)
PARTIES = words(
    uz="Qarzdor: {debtor_id}. Undiruvchi: {claimant_id}.",
    ru="Должник: {debtor_id}. Взыскатель: {claimant_id}.",
    en="Debtor: {debtor_id}. Claimant: {claimant_id}.",
)
CLAIM = words(
    uz="Talab: {claim_kind}, {claim_som}; ijro yigʻimi va xarajatlar {fee_som}; qarz qoldigʻi "
    "{outstanding_som}.",
    ru="Требование: {claim_kind}, {claim_som}; исполнительский сбор и расходы {fee_som}; остаток "
    "долга {outstanding_som}.",
    en="Claim: {claim_kind}, {claim_som}; fee and costs {fee_som}; outstanding {outstanding_som}.",
)
CLAIM_WITHOUT_MONEY = words(
    uz="Talab: {claim_kind}.", ru="Требование: {claim_kind}.", en="Claim: {claim_kind}."
)
ISSUE = words(
    uz="{debtor_id} identifikatorli qarzdorga nisbatan «{measure}» chorasini qoʻllash masalasi.",
    ru="О применении к должнику {debtor_id} меры «{measure}».",
    en="Whether to apply the measure “{measure}” to debtor {debtor_id}.",
)

BASIS = words(
    uz="Chora 258-II-son «Sud hujjatlari va boshqa organlar hujjatlarini ijro etish toʻgʻrisida»gi "
    "Qonunda (bundan keyin — Qonun) nazarda tutilgan: {cited}.",
    ru="Мера предусмотрена Законом № 258-II «Об исполнении судебных актов и актов иных органов» "
    "(далее — Закон): {cited}.",
    en="The measure is provided for in Law 258-II on the enforcement of judicial acts and acts of "
    "other bodies (the Law): {cited}.",
)
HOLDS = words(uz="{title}, {cited}.", ru="{title}, {cited}.", en="{title}, {cited}.")
GATES_HOLD = words(
    uz="Ijroning umumiy shartlari bajarilgan: {what} ({cited}).",
    ru="Общие условия исполнения соблюдены: {what} ({cited}).",
    en="The general conditions of enforcement hold: {what} ({cited}).",
)
OTHERS_HOLD = words(
    uz="Tekshirilgan boshqa shartlar bajarilgan ({cited}).",
    ru="Остальные проверенные условия соблюдены ({cited}).",
    en="The other conditions that were checked hold ({cited}).",
)
ALSO_OPEN = words(
    uz="Bundan tashqari, aniqlanmagan shartlar bor ({cited}); ular xulosani oʻzgartirmaydi.",
    ru="Кроме того, есть невыясненные условия ({cited}); вывода они не меняют.",
    en="Some conditions could not be told besides ({cited}); they do not change the conclusion.",
)
STATED = words(
    uz="Reyestrlarda yoʻq, shaxs bildirgan maʼlumot hisobga olindi: {label} — {value}.",
    ru="Учтено заявленное лицом сведение, которого нет в реестрах: {label} — {value}.",
    en="A fact that no register holds was taken as a person stated it: {label}: {value}.",
)
# What several gates come to where all of them hold; a gate without a phrase speaks by its title.
GATE_PHRASES: Mapping[tuple[str, ...], Texts] = MappingProxyType(
    {
        ("case_is_open", "proceedings_opened"): words(
            uz="ijro ishi qoʻzgʻatilgan va tugatilmagan",
            ru="производство возбуждено и не окончено",
            en="the case is opened and not closed",
        ),
        ("presented_in_time",): words(
            uz="hujjatni taqdim etish muddatiga rioya etilgan",
            ru="срок предъявления документа соблюдён",
            en="the presentation term of the document is kept",
        ),
        ("debtor_can_be_addressed", "no_insolvency"): words(
            uz="qarzdorning vafoti, tugatilishi yoki toʻlovga qobiliyatsizligi toʻsqinlik qilmaydi",
            ru="смерть, ликвидация или несостоятельность должника не препятствуют",
            en="no death, liquidation or insolvency of the debtor stands against it",
        ),
        (
            "not_suspended",
            "not_deferred",
            "not_postponed",
            "not_in_mediation",
            "no_guarantee_deposit",
        ): words(
            uz="toʻxtatish, kechiktirish, keyinga qoldirish, mediatsiya yoki kafolat depoziti "
            "toʻsqinlik qilmaydi",
            ru="приостановление, отсрочка, отложение, медиация или гарантийный депозит не "
            "препятствуют",
            en="no suspension, deferral, postponement, mediation or guarantee deposit stands "
            "against it",
        ),
        ("not_bankrupt",): words(
            uz="bankrotlik toʻsqinlik qilmaydi",
            ru="банкротство не препятствует",
            en="no bankruptcy stands against it",
        ),
        ("pledge_or_not_bankrupt",): words(
            uz="bankrotlik toʻsqinlik qilmaydi",
            ru="банкротство не препятствует",
            en="no bankruptcy stands against it",
        ),
        ("money_claim", "debt_remains"): words(
            uz="talab pul undirish haqida, qarz qoldigʻi bor",
            ru="документ о взыскании денег, долг не погашен",
            en="the document awards money and something is outstanding",
        ),
        ("term_over", "debtor_notified"): words(
            uz="ixtiyoriy ijro muddati va qarzdorni xabardor qilish talablariga rioya etilgan",
            ru="соблюдены требования о сроке добровольного исполнения и об извещении должника",
            en="the rules on the voluntary term and on notice to the debtor are kept",
        ),
        ("debtor_notified",): words(
            uz="qarzdorni xabardor qilish talabiga rioya etilgan",
            ru="соблюдено требование об извещении должника",
            en="the rule on notice to the debtor is kept",
        ),
        ("no_treatment",): words(
            uz="statsionar davolanish toʻsqinlik qilmaydi",
            ru="стационарное лечение не препятствует",
            en="no treatment in hospital stands against it",
        ),
    }
)

APPLY = words(
    uz="Yuqoridagi asoslarga koʻra, Qonunning {article}-moddasiga muvofiq qaror qildim: "
    "{debtor_id} identifikatorli qarzdorga nisbatan «{measure}» chorasi qoʻllansin.",
    ru="На основании изложенного и в соответствии со статьёй {article} Закона постановляю: "
    "применить к должнику {debtor_id} меру «{measure}».",
    en="For these reasons and under Article {article} of the Law I decide: the measure "
    "“{measure}” is applied to debtor {debtor_id}.",
)
AMOUNT = words(
    uz="Miqdori: koʻpi bilan {outstanding_som}, yaʼni hujjat va ijro yigʻimi uchun zarur boʻlgan "
    "qoldiq (47(11)-modda).",
    ru="Размер: не более {outstanding_som}, то есть остаток, нужный для исполнения документа и "
    "уплаты исполнительского сбора (ст. 47(11)).",
    en="Amount: at most {outstanding_som}, the balance that the document and the enforcement fee "
    "need (Art. 47(11)).",
)
COVERABLE = words(
    uz="Maʼlum faktlarga koʻra bu chora koʻpi bilan {coverable_som} berishi mumkin.",
    ru="По известным фактам эта мера может дать не более {coverable_som}.",
    en="On the facts known this measure can bring at most {coverable_som}.",
)
PROTECTED = words(
    uz="Qarzdorning hisobvaraqlarida {protected_amount_som} daxlsiz qoladi (47(12)-modda).",
    ru="На счетах должника {protected_amount_som} остаётся неприкосновенной суммой (ст. 47(12)).",
    en="{protected_amount_som} stays on the debtor's accounts as the protected amount "
    "(Art. 47(12)).",
)
WITHHOLDABLE = words(
    uz="Oyiga koʻpi bilan {withholdable_som} ushlab qolinsin (66-modda).",
    ru="Удерживать не более {withholdable_som} в месяц (ст. 66).",
    en="Withhold at most {withholdable_som} a month (Art. 66).",
)
LIFT_BAN = words(
    uz="Talab toʻliq ijro etilgach, cheklov keyingi kundan kechiktirmay bekor qilinsin "
    "(42¹-modda).",
    ru="После полного исполнения снять ограничение не позднее следующего дня (ст. 42¹).",
    en="Once the claim is performed in full, lift the restriction by the next day (Art. 42¹).",
)
SENIOR = words(
    uz="Qaror katta davlat ijrochisi tasdiqlaganidan keyin ijro etiladi ({article}-modda).",
    ru="Постановление исполняется после утверждения старшим государственным исполнителем "
    "(ст. {article}).",
    en="The decision is carried out after the senior officer has approved it (Art. {article}).",
)
REFUSE = words(
    uz="Yuqoridagi asoslarga koʻra qaror qildim: «{measure}» chorasini qoʻllash rad etilsin. "
    "{why} ({cited}).",
    ru="На основании изложенного постановляю: в применении меры «{measure}» отказать. {why} "
    "({cited}).",
    en="For these reasons I decide: the measure “{measure}” is not applied. {why} ({cited}).",
)
WHY: Mapping[str, Texts] = MappingProxyType(
    {
        "unlawful": words(
            uz="Chora qonunga xilof boʻlar edi",
            ru="Мера противоречила бы закону",
            en="It would be unlawful",
        ),
        "unfounded": words(
            uz="Chora asossiz boʻlar edi",
            ru="Мера была бы необоснованной",
            en="It would be unfounded",
        ),
    }
)
REMEDY = words(
    uz="Nima qilish mumkin: {remedy}",
    ru="Что можно сделать: {remedy}",
    en="What can be done: {remedy}",
)
FIND_OUT = words(
    uz="«{measure}» chorasi toʻgʻrisida hozircha qaror qilib boʻlmaydi. Avval quyidagilar "
    "aniqlansin ({cited}).",
    ru="Решать о мере «{measure}» пока нельзя. Сначала выясните следующее ({cited}).",
    en="The measure “{measure}” cannot be decided on yet. First find out the following ({cited}).",
)
MISSING = words(
    uz="{label} (manba: {known_by}).",
    ru="{label} (источник: {known_by}).",
    en="{label} (source: {known_by}).",
)

APPEAL = words(
    uz="Manfaatdor shaxs bu qaror ustidan u haqda xabardor qilingan yoki huquqi buzilganini bilgan "
    "kundan eʼtiboran {days} kun ichida shikoyat berishi mumkin: {court}ga yoxud boʻysunuv "
    "tartibida yuqori turuvchi organga yoki mansabdor shaxsga. Prokuror protest keltirishi mumkin "
    "(86¹-modda).",
    ru="Заинтересованное лицо вправе обжаловать это постановление в течение {days} дней со дня, "
    "когда оно извещено о нём или узнало о нарушении: в {court} либо в вышестоящий орган или "
    "вышестоящему должностному лицу. Прокурор вправе принести протест (ст. 86¹).",
    en="An interested person may complain of this decision within {days} days of being notified "
    "of it or of learning of the violation: to the {court}, or to the superior body or official. "
    "A prosecutor may protest (Art. 86¹).",
)
APPEAL_UNKNOWN = words(
    uz="Shu kundagi shikoyat muddati qayd etilmagan. Uni qonunchilik bazasidan aniqlab yozing "
    "(86¹-modda).",
    ru="Срок обжалования на этот день не записан. Уточните его по базе законодательства (ст. 86¹).",
    en="The term of complaint on this day is not recorded. Find it in the database of legislation "
    "(Art. 86¹).",
)
ADMINISTRATIVE_COURT = words(
    uz="davlat ijrochisi joylashgan yerdagi maʼmuriy sud",
    ru="административный суд по месту нахождения государственного исполнителя",
    en="administrative court at the officer's place",
)
COURT = words(uz="sud", ru="суд", en="court")
LAST_DAY = words(
    uz="Qaror {notified_on} kuni xabar qilinsa, shikoyatning oxirgi kuni — {appeal_until}. "
    "Keyinroq xabar qilinsa, muddat oʻsha kundan hisoblanadi.",
    ru="Если известить {notified_on}, последний день обжалования — {appeal_until}. При более "
    "позднем извещении срок считается с того дня.",
    en="If notice is given on {notified_on}, the last day to complain is {appeal_until}. If it is "
    "given later, the term runs from that day.",
)
NOTICE = words(
    uz="Taraflar qarordan {cabinet}elektron pochta yoki SMS orqali xabardor qilinadi (yuborilgani "
    "va olingani qayd etiladi), aks holda qogʻozda (22¹-modda).",
    ru="Стороны извещаются о постановлении {cabinet}по электронной почте или SMS (отправка и "
    "получение отмечаются), иначе — на бумаге (ст. 22¹).",
    en="The parties are notified of the decision {cabinet}by e-mail or SMS (dispatch and receipt "
    "are logged), otherwise on paper (Art. 22¹).",
)
CABINET = words(
    uz="shaxsiy kabinet (my.gov.uz) yoki soliq toʻlovchining kabineti, ",
    ru="через личный кабинет (my.gov.uz) или кабинет налогоплательщика, ",
    en="through the personal cabinet (my.gov.uz) or the taxpayer's cabinet, ",
)
NO_CABINET = Texts("", "", "", "")

A_PERSON_DECIDES = words(
    uz="Matnni Chora dasturi tayyorladi, qarorni odam qabul qiladi. Davlat ijrochisi faktlarni "
    "tekshiradi, matnni oʻzgartirishi yoki rad etishi mumkin va qaror uchun javob beradi. Qarzdor "
    "avtomatlashtirilgan ishlovga eʼtiroz bildirishi mumkin; javob oʻn kun ichida beriladi "
    "(OʻRQ-1115; OʻRQ-547, 23-modda).",
    ru="Текст подготовила программа Chora, решение принимает человек. Государственный исполнитель "
    "проверяет факты, может изменить или отклонить текст и отвечает за решение. Должник вправе "
    "возразить против автоматизированной обработки; ответ даётся в течение десяти дней (ЗРУ-1115; "
    "ЗРУ-547, ст. 23).",
    en="The program Chora prepared this text; a person decides. The officer checks the facts, may "
    "change or refuse the text, and answers for the decision. The debtor may object to the "
    "automated processing; the answer is due within ten days (OʻRQ-1115; OʻRQ-547, Art. 23).",
)
# How sure the record is of what the verdict leans on (law.confidence), where it is not read.
WEAKER: Mapping[str, Texts] = MappingProxyType(
    {
        "secondary": words(
            uz="Ikkilamchi manba ({cited}): qonun matnidan emas, xabarlardan olingan. Tayanishdan "
            "oldin lex.uz dan tekshiring.",
            ru="Вторичный источник ({cited}): взято из сообщений, а не из текста закона. До "
            "использования проверьте на lex.uz.",
            en="Secondary source ({cited}): taken from reports, not from the text of the Law. "
            "Check lex.uz before relying on it.",
        ),
        "inferred": words(
            uz="Talqin ({cited}): qonun matnidan kelib chiqarilgan, unda toʻgʻridan-toʻgʻri "
            "aytilmagan. Tayanishdan oldin lex.uz dan tekshiring.",
            ru="Толкование ({cited}): выведено из закона, прямо в нём не сказано. До использования "
            "проверьте на lex.uz.",
            en="Our reading ({cited}): inferred from the Law, which does not say it outright. "
            "Check lex.uz before relying on it.",
        ),
        "memory": words(
            uz="Tekshirilmagan maʼlumot ({cited}): unga tayanmang, lex.uz dan tekshiring.",
            ru="Непроверенные сведения ({cited}): не полагайтесь на них, проверьте на lex.uz.",
            en="Not verified ({cited}): do not rely on it, check lex.uz.",
        ),
    }
)
