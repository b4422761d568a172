"""What the service refuses, one class per situation, each with its sentence and its HTTP status.

The codes are promises: a client may branch on them. The sentences are shown to people as they are.
"""

from typing import ClassVar

from registers.errors import ChoraError, UserError
from registers.texts import Texts


class ServiceError(UserError):
    """A refusal of the service: `status` for HTTP, a stable `code`, and `texts` for people."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    sentence: ClassVar[Texts]

    def __init__(self, **values: object) -> None:
        self.texts = self.sentence.format(**values)
        super().__init__(self.texts.en)


class NotSignedInError(ServiceError):
    """Nobody is signed in, or the session has ended."""

    status = 401
    code = "not-signed-in"
    sentence = Texts(
        en="You are not signed in, or your session has ended. Sign in and try again.",
        ru="Вы не вошли в систему, или сеанс завершён. Войдите и повторите действие.",
        uz_Latn="Siz tizimga kirmagansiz yoki seans tugagan. Tizimga kiring va qayta urinib "
        "koʻring.",
        uz_Cyrl="Сиз тизимга кирмагансиз ёки сеанс тугаган. Тизимга киринг ва қайта уриниб кўринг.",
    )


class SignInFailedError(ServiceError):
    """The name or the password is wrong; which one is not said."""

    status = 401
    code = "sign-in-failed"
    sentence = Texts(
        en="The name or the password is not right. Check both and try again.",
        ru="Имя или пароль указаны неверно. Проверьте их и повторите.",
        uz_Latn="Nom yoki parol notoʻgʻri. Ikkalasini tekshirib, qayta urinib koʻring.",
        uz_Cyrl="Ном ёки парол нотўғри. Иккаласини текшириб, қайта уриниб кўринг.",
    )


class TooManyAttemptsError(ServiceError):
    """Too many failed sign-ins for one name from one address."""

    status = 429
    code = "too-many-attempts"
    sentence = Texts(
        en="There were too many attempts to sign in. Wait {minutes} minutes and try again.",
        ru="Слишком много попыток входа. Подождите {minutes} мин. и повторите.",
        uz_Latn="Kirishga urinishlar juda koʻp boʻldi. {minutes} daqiqa kutib, qayta urinib "
        "koʻring.",
        uz_Cyrl="Киришга уринишлар жуда кўп бўлди. {minutes} дақиқа кутиб, қайта уриниб кўринг.",
    )


class CrossSiteRequestError(ServiceError):
    """A change was asked for from another site, or without proof that it came from ours."""

    status = 403
    code = "cross-site-request"
    sentence = Texts(
        en="This request did not come from a page of this service, so nothing was changed. "
        "Reload the page and try again.",
        ru="Запрос пришёл не со страницы этой системы, поэтому ничего не изменено. "
        "Обновите страницу и повторите.",
        uz_Latn="Soʻrov ushbu tizim sahifasidan kelmagan, shuning uchun hech narsa oʻzgarmadi. "
        "Sahifani yangilab, qayta urinib koʻring.",
        uz_Cyrl="Сўров ушбу тизим саҳифасидан келмаган, шунинг учун ҳеч нарса ўзгармади. "
        "Саҳифани янгилаб, қайта уриниб кўринг.",
    )


class NotYourOfficeError(ServiceError):
    """The case belongs to an office for which the person has no right."""

    status = 403
    code = "not-your-office"
    sentence = Texts(
        en="This case belongs to an office for which you have no right. Ask that office to act on "
        "it.",
        ru="Дело относится к подразделению, на которое у вас нет прав. Обратитесь в это "
        "подразделение.",
        uz_Latn="Bu ish sizda huquq boʻlmagan boʻlimga tegishli. Oʻsha boʻlimga murojaat qiling.",
        uz_Cyrl="Бу иш сизда ҳуқуқ бўлмаган бўлимга тегишли. Ўша бўлимга мурожаат қилинг.",
    )


class NotFoundError(ServiceError):
    """What was asked for is not there."""

    status = 404
    code = "not-found"
    sentence = Texts(
        en="There is no {thing} with this number. Check the number or start from the list of "
        "cases.",
        ru="{thing}: такой номер не найден. Проверьте номер или начните со списка дел.",
        uz_Latn="{thing}: bunday raqam topilmadi. Raqamni tekshiring yoki ishlar roʻyxatidan "
        "boshlang.",
        uz_Cyrl="{thing}: бундай рақам топилмади. Рақамни текширинг ёки ишлар рўйхатидан бошланг.",
    )


class RoleRefusedError(ServiceError):
    """The person's role does not take this action."""

    status = 403
    code = "role-refused"
    sentence = Texts(
        en="Your role ({role}) does not include this: {action}. It is for: {allowed}.",
        ru="Ваша роль ({role}) не включает действие «{action}». Его выполняет: {allowed}.",
        uz_Latn="Sizning rolingiz ({role}) bu amalni oʻz ichiga olmaydi: {action}. Uni bajaradi: "
        "{allowed}.",
        uz_Cyrl="Сизнинг ролингиз ({role}) бу амални ўз ичига олмайди: {action}. Уни бажаради: "
        "{allowed}.",
    )


class StateRefusedError(ServiceError):
    """The recommendation is in a state in which this action does not happen."""

    status = 409
    code = "state-refused"
    sentence = Texts(
        en="This is not possible now: {action}. The recommendation is {state}.",
        ru="Сейчас это невозможно: {action}. Состояние рекомендации: {state}.",
        uz_Latn="Hozir buning imkoni yoʻq: {action}. Tavsiya holati: {state}.",
        uz_Cyrl="Ҳозир бунинг имкони йўқ: {action}. Тавсия ҳолати: {state}.",
    )


class ChangedMeanwhileError(ServiceError):
    """Somebody else changed the case between reading and deciding."""

    status = 409
    code = "changed-meanwhile"
    sentence = Texts(
        en="This case changed at {time}. Reload it and read the new state before you decide.",
        ru="Дело изменилось в {time}. Обновите страницу и ознакомьтесь с новым состоянием, прежде "
        "чем решать.",
        uz_Latn="Bu ish soat {time} da oʻzgardi. Qaror qilishdan oldin uni yangilab, yangi "
        "holatini oʻqing.",
        uz_Cyrl="Бу иш соат {time} да ўзгарди. Қарор қилишдан олдин уни янгилаб, янги ҳолатини "
        "ўқинг.",
    )


class SamePersonError(ServiceError):
    """The person who proposed may not decide, under whatever account."""

    status = 403
    code = "same-person"
    sentence = Texts(
        en="You proposed this measure, so another officer must decide on it.",
        ru="Эту меру предложили вы, поэтому решение по ней принимает другой сотрудник.",
        uz_Latn="Bu chorani siz taklif qilgansiz, shuning uchun u boʻyicha boshqa xodim qaror "
        "qabul qilishi kerak.",
        uz_Cyrl="Бу чорани сиз таклиф қилгансиз, шунинг учун у бўйича бошқа ходим қарор қабул "
        "қилиши керак.",
    )


class NotTheProposerError(ServiceError):
    """Only the person who proposed may withdraw the proposal."""

    status = 403
    code = "not-the-proposer"
    sentence = Texts(
        en="Another officer made this proposal. Only that officer may withdraw it; a reviewer may "
        "return it.",
        ru="Предложение внёс другой сотрудник. Отозвать его может только он; проверяющий может "
        "вернуть его.",
        uz_Latn="Bu taklifni boshqa xodim kiritgan. Uni faqat oʻsha xodim qaytarib olishi mumkin; "
        "tekshiruvchi uni qaytarishi mumkin.",
        uz_Cyrl="Бу таклифни бошқа ходим киритган. Уни фақат ўша ходим қайтариб олиши мумкин; "
        "текширувчи уни қайтариши мумкин.",
    )


class SeniorRequiredError(ServiceError):
    """The law asks for a senior officer's approval of this measure."""

    status = 403
    code = "senior-required"
    sentence = Texts(
        en="{measure} needs the approval of a senior officer ({article}). Leave it to a senior "
        "reviewer.",
        ru="{measure}: требуется утверждение старшего должностного лица ({article}). "
        "Передайте старшему проверяющему.",
        uz_Latn="{measure}: katta mansabdor shaxs tasdigʻi kerak ({article}). Katta "
        "tekshiruvchiga qoldiring.",
        uz_Cyrl="{measure}: катта мансабдор шахс тасдиғи керак ({article}). Катта текширувчига "
        "қолдиринг.",
    )


class MeasureNotLawfulError(ServiceError):
    """The law refuses the proposed measure for this case on this day."""

    status = 422
    code = "measure-not-lawful"
    sentence = Texts(
        en="{measure} is not open for this case. {ground} Choose another measure.",
        ru="{measure}: мера недоступна по этому делу. {ground} Выберите другую меру.",
        uz_Latn="{measure}: bu ish boʻyicha qoʻllab boʻlmaydi. {ground} Boshqa chorani tanlang.",
        uz_Cyrl="{measure}: бу иш бўйича қўллаб бўлмайди. {ground} Бошқа чорани танланг.",
    )


class MeasureUntoldError(ServiceError):
    """Whether the measure is lawful cannot be told from the registers."""

    status = 422
    code = "measure-cannot-tell"
    sentence = Texts(
        en="Whether {measure} is lawful here cannot be told. {ground} Establish the missing fact "
        "first, "
        "or choose another measure.",
        ru="{measure}: законность меры установить нельзя. {ground} Сначала установите недостающий "
        "факт "
        "или выберите другую меру.",
        uz_Latn="{measure}: qonuniyligini aniqlab boʻlmaydi. {ground} Avval yetishmayotgan faktni "
        "aniqlang "
        "yoki boshqa chorani tanlang.",
        uz_Cyrl="{measure}: қонунийлигини аниқлаб бўлмайди. {ground} Аввал етишмаётган фактни "
        "аниқланг "
        "ёки бошқа чорани танланг.",
    )


class NoLongerLawfulError(ServiceError):
    """The measure was lawful when proposed and is not on the day of the decision."""

    status = 409
    code = "no-longer-lawful"
    sentence = Texts(
        en="{measure} is no longer lawful for this case on {on}. {ground} "
        "It cannot be approved; return or reject the proposal.",
        ru="{measure}: на {on} мера по этому делу уже не является законной. {ground} "
        "Утвердить её нельзя; верните или отклоните предложение.",
        uz_Latn="{measure}: {on} holatiga bu ish boʻyicha endi qonuniy emas. {ground} "
        "Uni tasdiqlab boʻlmaydi; taklifni qaytaring yoki rad eting.",
        uz_Cyrl="{measure}: {on} ҳолатига бу иш бўйича энди қонуний эмас. {ground} "
        "Уни тасдиқлаб бўлмайди; таклифни қайтаринг ёки рад этинг.",
    )


class UnknownMeasureError(ServiceError):
    """The named measure is not in the catalogue of this legal order."""

    status = 422
    code = "unknown-measure"
    sentence = Texts(
        en="There is no such measure in the catalogue. Choose one of: {known}.",
        ru="Такой меры нет в каталоге. Выберите одну из: {known}.",
        uz_Latn="Katalogda bunday chora yoʻq. Quyidagilardan birini tanlang: {known}.",
        uz_Cyrl="Каталогда бундай чора йўқ. Қуйидагилардан бирини танланг: {known}.",
    )


class StatedFactUnknownError(ServiceError):
    """A statement about a fact that nobody can state: the registers tell it, or no rule asks."""

    status = 422
    code = "unknown-fact"
    sentence = Texts(
        en="This fact cannot be stated. The nearest that can: {nearest}. What can be stated: "
        "{known}. All else comes from the registers.",
        ru="Этот факт указать нельзя. Ближайший из возможных: {nearest}. Указать можно: {known}. "
        "Остальное берётся из реестров.",
        uz_Latn="Bu maʼlumotni aytib boʻlmaydi. Eng yaqini: {nearest}. Aytish mumkin: {known}. "
        "Qolgani reyestrlardan olinadi.",
        uz_Cyrl="Бу маълумотни айтиб бўлмайди. Энг яқини: {nearest}. Айтиш мумкин: {known}. "
        "Қолгани реестрлардан олинади.",
    )


class StatedFactUnusableError(ServiceError):
    """A statement whose value does not fit the fact."""

    status = 422
    code = "unusable-fact"
    sentence = Texts(
        en="The value does not fit {name}. It takes: {forms}.",
        ru="Значение не подходит к {name}. Допустимо: {forms}.",
        uz_Latn="Qiymat {name} uchun toʻgʻri kelmaydi. Mumkin boʻlganlari: {forms}.",
        uz_Cyrl="Қиймат {name} учун тўғри келмайди. Мумкин бўлганлари: {forms}.",
    )


class CaseUnknownThenError(ServiceError):
    """A day on which the registers did not know the case yet."""

    status = 422
    code = "case-unknown-then"
    sentence = Texts(
        en="No register knew this case on that day. It was first reported on {first}. Ask about "
        "that day or a later one.",
        ru="В тот день реестры ещё не знали этого дела. Впервые о нём сообщено {first}. Спросите "
        "об этом дне или более позднем.",
        uz_Latn="Oʻsha kuni reyestrlarda bu ish hali boʻlmagan. U birinchi marta {first} kuni "
        "xabar qilingan. Shu yoki keyingi kunni koʻrsating.",
        uz_Cyrl="Ўша куни реестрларда бу иш ҳали бўлмаган. У биринчи марта {first} куни хабар "
        "қилинган. Шу ёки кейинги кунни кўрсатинг.",
    )


class ReasonRequiredError(ServiceError):
    """A reason in words is missing or too short."""

    status = 422
    code = "reason-required"
    sentence = Texts(
        en="Give the reason in your own words, at least {n_letters} letters.",
        ru="Изложите причину своими словами, не менее {n_letters} букв.",
        uz_Latn="Sababni oʻz soʻzlaringiz bilan yozing, kamida {n_letters} ta harf.",
        uz_Cyrl="Сабабни ўз сўзларингиз билан ёзинг, камида {n_letters} та ҳарф.",
    )


class ReasonRepeatsError(ServiceError):
    """A reason that is one letter or one word over and over."""

    status = 422
    code = "reason-repeats"
    sentence = Texts(
        en="This repeats the same letter or word. Say in a sentence why; the debtor and a court "
        "may read it.",
        ru="Здесь повторяется одна и та же буква или слово. Объясните причину предложением: её "
        "могут прочесть должник и суд.",
        uz_Latn="Bu yerda bitta harf yoki soʻz takrorlangan. Sababini bir gap bilan yozing: uni "
        "qarzdor va sud oʻqishi mumkin.",
        uz_Cyrl="Бу ерда битта ҳарф ёки сўз такрорланган. Сабабини бир гап билан ёзинг: уни "
        "қарздор ва суд ўқиши мумкин.",
    )


class ReasonTooLongError(ServiceError):
    """A text that is longer than what is kept; it is refused, never cut."""

    status = 422
    code = "reason-too-long"
    sentence = Texts(
        en="The text is longer than {limit} characters. Shorten it by {n_over}. Nothing was cut "
        "off or recorded.",
        ru="Текст длиннее {limit} знаков. Сократите его, лишних знаков: {n_over}. Ничего не "
        "обрезано и не записано.",
        uz_Latn="Matn {limit} ta belgidan uzun. Uni {n_over} ta belgiga qisqartiring. Hech narsa "
        "kesilmadi va qayd etilmadi.",
        uz_Cyrl="Матн {limit} та белгидан узун. Уни {n_over} та белгига қисқартиринг. Ҳеч нарса "
        "кесилмади ва қайд этилмади.",
    )


class TextUnreadableError(ServiceError):
    """A text with half a character or a control sign in it, which no page can show."""

    status = 422
    code = "text-unreadable"
    sentence = Texts(
        en="The text holds a sign that cannot be shown, perhaps from copying. Type that place "
        "anew. Nothing was recorded.",
        ru="В тексте есть знак, который нельзя показать, возможно, после копирования. Наберите "
        "это место заново. Ничего не записано.",
        uz_Latn="Matnda koʻrsatib boʻlmaydigan belgi bor, ehtimol nusxa koʻchirishdan. Oʻsha "
        "joyini qaytadan yozing. Hech narsa qayd etilmadi.",
        uz_Cyrl="Матнда кўрсатиб бўлмайдиган белги бор, эҳтимол нусха кўчиришдан. Ўша жойини "
        "қайтадан ёзинг. Ҳеч нарса қайд этилмади.",
    )


class GroundRequiredError(ServiceError):
    """The coded ground is missing or not in the list."""

    status = 422
    code = "ground-required"
    sentence = Texts(
        en="State the ground: choose one of {codes}, or cite the article, such as Art. 64.",
        ru="Укажите основание: выберите одно из {codes} или сошлитесь на статью, например Art. 64.",
        uz_Latn="Asosni koʻrsating: {codes} dan birini tanlang yoki moddani keltiring, masalan "
        "Art. 64.",
        uz_Cyrl="Асосни кўрсатинг: {codes} дан бирини танланг ёки моддани келтиринг, масалан Art. "
        "64.",
    )


class OverrideReasonRequiredError(ServiceError):
    """The measure is not among the ranked ones and no coded reason was given."""

    status = 422
    code = "override-reason-required"
    sentence = Texts(
        en="This is not one of the ranked measures. Choose a reason code ({codes}) and explain it "
        "in words.",
        ru="Этой меры нет среди ранжированных. Выберите код причины ({codes}) и поясните её "
        "словами.",
        uz_Latn="Bu tartiblangan choralar orasida yoʻq. Sabab kodini tanlang ({codes}) va soʻz "
        "bilan izohlang.",
        uz_Cyrl="Бу тартибланган чоралар орасида йўқ. Сабаб кодини танланг ({codes}) ва сўз билан "
        "изоҳланг.",
    )


class FirstChoiceStandsError(ServiceError):
    """Another first choice than the one that was made before the ranking was shown."""

    status = 409
    code = "first-choice-stands"
    sentence = Texts(
        en="You made your first choice at {time}, before the ranking was shown: {measure}. It "
        "stands and cannot be replaced. What you propose may differ from it.",
        ru="Вы сделали первоначальный выбор в {time}, до показа рейтинга: {measure}. Он остаётся, "
        "заменить его нельзя. Предложить можно и другую меру.",
        uz_Latn="Siz dastlabki tanlovni soat {time} da, tartib koʻrsatilishidan oldin qilgansiz: "
        "{measure}. U oʻz kuchida qoladi, uni almashtirib boʻlmaydi. Taklifingiz boshqacha "
        "boʻlishi mumkin.",
        uz_Cyrl="Сиз дастлабки танловни соат {time} да, тартиб кўрсатилишидан олдин қилгансиз: "
        "{measure}. У ўз кучида қолади, уни алмаштириб бўлмайди. Таклифингиз бошқача бўлиши "
        "мумкин.",
    )


class FirstChoiceSkippedError(ServiceError):
    """A first choice after the ranking was opened without one."""

    status = 409
    code = "first-choice-skipped"
    sentence = Texts(
        en="You opened the ranking at {time} without a first choice of your own, so none can be "
        "added now. Propose without it.",
        ru="Вы открыли рейтинг в {time} без собственного выбора, поэтому добавить его теперь "
        "нельзя. Внесите предложение без него.",
        uz_Latn="Siz tartibni soat {time} da oʻz tanlovingizsiz ochgansiz, shuning uchun endi uni "
        "qoʻshib boʻlmaydi. Taklifni usiz kiriting.",
        uz_Cyrl="Сиз тартибни соат {time} да ўз танловингизсиз очгансиз, шунинг учун энди уни "
        "қўшиб бўлмайди. Таклифни усиз киритинг.",
    )


class ConfirmationElsewhereError(ServiceError):
    """What was confirmed belongs to another measure, or to facts that are no longer these."""

    status = 422
    code = "confirmation-elsewhere"
    sentence = Texts(
        en="What you confirmed is not what this proposal needs ({measure}): it is for another "
        "measure or from an older page. Read what is to be confirmed and tick it anew.",
        ru="Подтверждено не то, что нужно для этого предложения ({measure}): это относится к "
        "другой мере или к устаревшей странице. Прочтите, что нужно подтвердить, и отметьте "
        "заново.",
        uz_Latn="Tasdiqlaganingiz bu taklif uchun kerakli narsa emas ({measure}): u boshqa "
        "choraga yoki eski sahifaga tegishli. Nimani tasdiqlash kerakligini oʻqib, qaytadan "
        "belgilang.",
        uz_Cyrl="Тасдиқлаганингиз бу таклиф учун керакли нарса эмас ({measure}): у бошқа чорага "
        "ёки эски саҳифага тегишли. Нимани тасдиқлаш кераклигини ўқиб, қайтадан белгиланг.",
    )


class ConfirmationMissingError(ServiceError):
    """An approval without all that a person must make sure of."""

    status = 422
    code = "confirmation-missing"
    sentence = Texts(
        en="Before you approve, make sure of each point that no register knows, and tick it. If "
        "you cannot, return the proposal.",
        ru="Перед утверждением убедитесь в каждом пункте, которого реестры не знают, и отметьте "
        "его. Если это невозможно, верните предложение.",
        uz_Latn="Tasdiqlashdan oldin reyestrlar bilmaydigan har bir bandga ishonch hosil qilib, "
        "uni belgilang. Buning iloji boʻlmasa, taklifni qaytaring.",
        uz_Cyrl="Тасдиқлашдан олдин реестрлар билмайдиган ҳар бир бандга ишонч ҳосил қилиб, уни "
        "белгиланг. Бунинг иложи бўлмаса, таклифни қайтаринг.",
    )


class RepeatedFieldError(ServiceError):
    """A request that names one field twice, so that nobody knows which value is meant."""

    status = 422
    code = "repeated-field"
    sentence = Texts(
        en="The request names one field twice, so it cannot be told which value is meant. Send "
        "each once. Nothing was recorded.",
        ru="В запросе одно поле указано дважды, поэтому неясно, какое значение имеется в виду. "
        "Отправьте каждое один раз. Ничего не записано.",
        uz_Latn="Soʻrovda bitta maydon ikki marta koʻrsatilgan, qaysi qiymat nazarda tutilgani "
        "nomaʼlum. Har birini bir marta yuboring. Hech narsa qayd etilmadi.",
        uz_Cyrl="Сўровда битта майдон икки марта кўрсатилган, қайси қиймат назарда тутилгани "
        "номаълум. Ҳар бирини бир марта юборинг. Ҳеч нарса қайд этилмади.",
    )


class ReasonCodeUnknownError(ServiceError):
    """A coded reason that is not in the list; a ranked measure needs none."""

    status = 422
    code = "reason-code-unknown"
    sentence = Texts(
        en="There is no such reason code. Choose one of {codes}, or leave it out for a ranked "
        "measure.",
        ru="Такого кода причины нет. Выберите один из {codes} или не указывайте его для меры из "
        "списка.",
        uz_Latn="Bunday sabab kodi yoʻq. {codes} dan birini tanlang yoki roʻyxatdagi chora uchun "
        "koʻrsatmang.",
        uz_Cyrl="Бундай сабаб коди йўқ. {codes} дан бирини танланг ёки рўйхатдаги чора учун "
        "кўрсатманг.",
    )


class SupersededError(ServiceError):
    """A newer recommendation exists for the case."""

    status = 409
    code = "superseded"
    sentence = Texts(
        en="A newer recommendation exists for this case. Open the newest one and propose there.",
        ru="По этому делу есть более новая рекомендация. Откройте её и внесите предложение там.",
        uz_Latn="Bu ish boʻyicha yangiroq tavsiya bor. Eng yangisini ochib, oʻsha yerda taklif "
        "kiriting.",
        uz_Cyrl="Бу иш бўйича янгироқ тавсия бор. Энг янгисини очиб, ўша ерда таклиф киритинг.",
    )


class OpenProposalError(ServiceError):
    """The case has a proposal or an approved measure that is not finished."""

    status = 409
    code = "open-proposal"
    sentence = Texts(
        en="This case already has a recommendation that is {state}. Finish that one first.",
        ru="По этому делу уже есть рекомендация, состояние: {state}. Сначала завершите её.",
        uz_Latn="Bu ish boʻyicha tavsiya allaqachon bor, holati: {state}. Avval uni yakunlang.",
        uz_Cyrl="Бу иш бўйича тавсия аллақачон бор, ҳолати: {state}. Аввал уни якунланг.",
    )


class NotRecommendableError(ServiceError):
    """The recipe set the question aside and said why."""

    status = 422
    code = "not-recommendable"
    sentence = Texts(
        en="No recommendation can be made for this case: {reason}",
        ru="По этому делу рекомендация невозможна: {reason}",
        uz_Latn="Bu ish boʻyicha tavsiya berib boʻlmaydi: {reason}",
        uz_Cyrl="Бу иш бўйича тавсия бериб бўлмайди: {reason}",
    )


class IdempotencyKeyReusedError(ServiceError):
    """The same Idempotency-Key came with another request."""

    status = 409
    code = "idempotency-key-reused"
    sentence = Texts(
        en="This Idempotency-Key was used for another request. Send a new key.",
        ru="Этот Idempotency-Key уже использован для другого запроса. Отправьте новый ключ.",
        uz_Latn="Bu Idempotency-Key boshqa soʻrov uchun ishlatilgan. Yangi kalit yuboring.",
        uz_Cyrl="Бу Idempotency-Key бошқа сўров учун ишлатилган. Янги калит юборинг.",
    )


class VersionUnreadableError(ServiceError):
    """A form says a version that is no number of ours."""

    status = 422
    code = "version-unreadable"
    sentence = Texts(
        en="The form does not say at which state you read the case, so nothing was recorded. Go "
        "back to the page, reload it and send the form again.",
        ru="Форма не говорит, при каком состоянии дела её прочли, поэтому ничего не записано. "
        "Вернитесь на страницу, обновите её и отправьте форму снова.",
        uz_Latn="Shakl ish qaysi holatda oʻqilganini aytmayapti, shuning uchun hech narsa "
        "yozilmadi. Sahifaga qayting, uni yangilang va shaklni qayta yuboring.",
        uz_Cyrl="Шакл иш қайси ҳолатда ўқилганини айтмаяпти, шунинг учун ҳеч нарса ёзилмади. "
        "Саҳифага қайтинг, уни янгиланг ва шаклни қайта юборинг.",
    )


class LedgerFieldRefusedError(ChoraError):
    """A ledger entry with a field, or a value of one, that the public ledger does not take."""

    def __init__(self, field: str) -> None:
        super().__init__(
            f"The ledger takes no such value in {field}, so nothing was recorded. Tell the "
            "operator: this is a fault of the program."
        )


class BadCursorError(ServiceError):
    """The cursor was not given out by this list."""

    status = 422
    code = "bad-cursor"
    sentence = Texts(
        en="This cursor does not belong to this list. Start again without it.",
        ru="Этот указатель не относится к данному списку. Начните без него.",
        uz_Latn="Bu koʻrsatkich ushbu roʻyxatga tegishli emas. Usiz qaytadan boshlang.",
        uz_Cyrl="Бу кўрсаткич ушбу рўйхатга тегишли эмас. Усиз қайтадан бошланг.",
    )


class NoModelError(ServiceError):
    """The store holds no trained model yet."""

    status = 503
    code = "no-model"
    sentence = Texts(
        en="No model has been trained in this store yet. Ask an analyst to run chora train.",
        ru="В хранилище пока нет обученной модели. Попросите аналитика выполнить chora train.",
        uz_Latn="Omborda hali oʻqitilgan model yoʻq. Tahlilchidan chora train buyrugʻini "
        "bajarishni soʻrang.",
        uz_Cyrl="Омборда ҳали ўқитилган модел йўқ. Таҳлилчидан chora train буйруғини бажаришни "
        "сўранг.",
    )


class NoTablesError(ServiceError):
    """The service was started without register tables."""

    status = 503
    code = "no-tables"
    sentence = Texts(
        en="The service has no register tables. Run chora validate and start the service with its "
        "folder.",
        ru="У службы нет таблиц реестров. Выполните chora validate и запустите службу с этой "
        "папкой.",
        uz_Latn="Xizmatda reyestr jadvallari yoʻq. chora validate ni bajaring va xizmatni shu "
        "papka bilan ishga tushiring.",
        uz_Cyrl="Хизматда реестр жадваллари йўқ. chora validate ни бажаринг ва хизматни шу папка "
        "билан ишга туширинг.",
    )
