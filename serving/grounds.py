"""Coded grounds: why a proposal departs from the ranking, why a reviewer decides, why a stay.

A reviewer may cite an article instead of a code, as `Art. 64`.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from registers.texts import Texts, group_digits
from serving.errors import (
    GroundRequiredError,
    OverrideReasonRequiredError,
    ReasonCodeUnknownError,
    ReasonRepeatsError,
    ReasonRequiredError,
    ReasonTooLongError,
)
from serving.free_text import count_characters, is_repetition, tidy_text

MINIMUM_REASON_LETTERS = 10
MAXIMUM_REASON_CHARACTERS = 4000
_CITATION = re.compile(r"Art\. ?[0-9]{1,3}[¹²³⁴⁵⁶⁷⁸⁹⁰]{0,2}(\([0-9]{1,2}\))?")

OVERRIDE_REASONS: Mapping[str, Texts] = MappingProxyType(
    {
        "fact_not_in_registers": Texts(
            "Reyestrlarda boʻlmagan fakt bor",
            "Реестрларда бўлмаган факт бор",
            "Есть факт, которого нет в реестрах",
            "A fact that the registers do not have",
        ),
        "register_is_wrong": Texts(
            "Reyestrdagi maʼlumot notoʻgʻri",
            "Реестрдаги маълумот нотўғри",
            "Сведения реестра неверны",
            "A register is wrong",
        ),
        "debtor_cooperates": Texts(
            "Qarzdor oʻzi toʻlamoqda",
            "Қарздор ўзи тўламоқда",
            "Должник платит сам",
            "The debtor pays of their own accord",
        ),
        "less_intrusive_suffices": Texts(
            "Yengilroq chora yetarli",
            "Енгилроқ чора етарли",
            "Достаточно более мягкой меры",
            "A less intrusive measure is enough",
        ),
        "already_tried": Texts(
            "Tavsiya etilgan chora allaqachon natija bermagan",
            "Тавсия этилган чора аллақачон натижа бермаган",
            "Рекомендованная мера уже не дала результата",
            "The recommended measure was tried without result",
        ),
        "claimant_request": Texts(
            "Undiruvchining iltimosi",
            "Ундирувчининг илтимоси",
            "Ходатайство взыскателя",
            "The claimant asked for it",
        ),
        "other": Texts("Boshqa sabab", "Бошқа сабаб", "Иная причина", "Another reason"),
    }
)

DECISION_GROUNDS: Mapping[str, Texts] = MappingProxyType(
    {
        "lawful_and_proportionate": Texts(
            "Chora qonuniy va mutanosib",
            "Чора қонуний ва мутаносиб",
            "Мера законна и соразмерна",
            "The measure is lawful and proportionate",
        ),
        "facts_confirmed": Texts(
            "Faktlar tasdiqlandi",
            "Фактлар тасдиқланди",
            "Факты подтверждены",
            "The facts are confirmed",
        ),
        "facts_doubtful": Texts(
            "Faktlar shubhali yoki eskirgan",
            "Фактлар шубҳали ёки эскирган",
            "Факты сомнительны или устарели",
            "The facts are doubtful or out of date",
        ),
        "disproportionate": Texts(
            "Chora mutanosib emas",
            "Чора мутаносиб эмас",
            "Мера несоразмерна",
            "The measure is disproportionate",
        ),
        "less_intrusive_suffices": OVERRIDE_REASONS["less_intrusive_suffices"],
        "reason_insufficient": Texts(
            "Taklifning asosi yetarli emas",
            "Таклифнинг асоси етарли эмас",
            "Обоснование предложения недостаточно",
            "The proposal's reason is not sufficient",
        ),
        "not_lawful": Texts(
            "Chora qonuniy emas", "Чора қонуний эмас", "Мера незаконна", "The measure is not lawful"
        ),
        "other": OVERRIDE_REASONS["other"],
    }
)

STAY_GROUNDS: Mapping[str, Texts] = MappingProxyType(
    {
        "suspended": Texts(
            "Ijro ishi toʻxtatib turilgan",
            "Ижро иши тўхтатиб турилган",
            "Исполнительное производство приостановлено",
            "The enforcement case is suspended",
        ),
        "deferred": Texts("Kechiktirilgan", "Кечиктирилган", "Отсрочка", "Deferred"),
        "postponed": Texts(
            "Ijro harakatlari keyinga qoldirilgan",
            "Ижро ҳаракатлари кейинга қолдирилган",
            "Исполнительные действия отложены",
            "Enforcement actions are postponed",
        ),
        "mediation": Texts("Mediatsiya", "Медиация", "Медиация", "Mediation"),
        "guarantee_deposit": Texts(
            "Kafolat depoziti", "Кафолат депозити", "Гарантийный депозит", "Guarantee deposit"
        ),
        "in_patient_treatment": Texts(
            "Statsionar davolanish",
            "Стационар даволаниш",
            "Стационарное лечение",
            "In-patient treatment",
        ),
    }
)


def clean_reason(reason: str | None) -> str:
    """The reason in words, tidied (see `tidy_text`) and otherwise as it was written.

    Raises:
        ReasonRequiredError: fewer letters than a reason needs, such as digits alone.
        ReasonRepeatsError: one letter or word over and over.
        ReasonTooLongError: longer than is kept; nothing is ever cut off.
        TextUnreadableError: half a character or a control sign.
    """
    text = tidy_text(reason or "")
    if sum(letter.isalpha() for letter in text) < MINIMUM_REASON_LETTERS:
        raise ReasonRequiredError(n_letters=MINIMUM_REASON_LETTERS)
    if is_repetition(text):
        raise ReasonRepeatsError
    check_length(text)
    return text


def check_length(text: str) -> None:
    """Raise `ReasonTooLongError` for a text that is longer than what is kept."""
    n_over = count_characters(text) - MAXIMUM_REASON_CHARACTERS
    if n_over > 0:
        raise ReasonTooLongError(
            limit=group_digits(MAXIMUM_REASON_CHARACTERS), n_over=group_digits(n_over)
        )


def check_ground(ground: str | None, grounds: Mapping[str, Texts] = DECISION_GROUNDS) -> str:
    """The stated ground: a code of the list or a citation; raises `GroundRequiredError`."""
    stated = (ground or "").strip()
    if not is_ground(stated, grounds):
        raise GroundRequiredError(codes=", ".join(grounds))
    return stated


def is_ground(stated: str, grounds: Mapping[str, Texts]) -> bool:
    """Whether a ground is a code of the list or cites an article."""
    return stated in grounds or _CITATION.fullmatch(stated) is not None


def check_reason_code(reason_code: str | None) -> str | None:
    """The coded reason of a ranked measure, which needs none; raises `ReasonCodeUnknownError`."""
    if reason_code is not None and reason_code not in OVERRIDE_REASONS:
        raise ReasonCodeUnknownError(codes=", ".join(OVERRIDE_REASONS))
    return reason_code


def check_override_reason(reason_code: str | None) -> str:
    """The coded reason of an override; raises `OverrideReasonRequiredError`."""
    if reason_code is None or reason_code not in OVERRIDE_REASONS:
        raise OverrideReasonRequiredError(codes=", ".join(OVERRIDE_REASONS))
    return reason_code


def ground_name(ground: str) -> Texts:
    """The ground as a person reads it; a citation stays as it is."""
    for names in (DECISION_GROUNDS, OVERRIDE_REASONS, STAY_GROUNDS):
        if ground in names:
            return names[ground]
    return Texts(ground, ground, ground, ground)
