"""The eight arms of the Philadelphia letters trial: a choice among letters, all of them lawful.

Source: Chirico, Inman, Loeffler, MacDonald, Sieg (2019), National Tax Journal 72(3):479-506. The
letters only speak of measures; none of them takes anything. Intrusiveness is the project's own.
"""

from law.catalogue import Measure
from law.words import words

_TRIAL = ("NTJ 72(3):479",)


def _letter(letter: str, intrusiveness: int, *, uz: str, ru: str, en: str) -> Measure:
    return Measure(letter, words(uz=uz, ru=ru, en=en), _TRIAL, intrusiveness)


MEASURES: tuple[Measure, ...] = (
    _letter("no_letter", 1, uz="Xat yubormaslik", ru="Без письма", en="No letter"),
    _letter("reminder", 2, uz="Eslatma xati", ru="Письмо-напоминание", en="Reminder letter"),
    _letter(
        "lien",
        5,
        uz="Mol-mulkni garovga olishdan ogohlantirish xati",
        ru="Письмо о возможном залоге на имущество",
        en="Letter warning of a lien",
    ),
    _letter(
        "sheriff",
        6,
        uz="Sherif savdosidan ogohlantirish xati",
        ru="Письмо о возможной продаже шерифом",
        en="Letter warning of a sheriff's sale",
    ),
    _letter(
        "neighborhood",
        3,
        uz="Mahalla xizmatlari haqida xat",
        ru="Письмо об услугах для района",
        en="Letter on services for the neighborhood",
    ),
    _letter(
        "community",
        3,
        uz="Jamoat xizmatlari haqida xat",
        ru="Письмо об услугах для общества",
        en="Letter on services for the community",
    ),
    _letter(
        "peer",
        3,
        uz="Boshqalar toʻlagani haqida xat",
        ru="Письмо о том, что другие платят",
        en="Letter telling that others pay",
    ),
    _letter(
        "duty",
        3,
        uz="Fuqarolik burchi haqida xat",
        ru="Письмо о гражданском долге",
        en="Letter on civic duty",
    ),
)
