"""The five arms of the pawnshop trial: a choice among loan terms, all of them lawful.

Source: McIntosh, Meza, Sadka, Seira, DiTraglia, "The controlled choice design and private
paternalism in pawnshop borrowing" (AEARCTR-0006284). The terms say how a loan is to be repaid; none
of them takes anything beyond a fee for a late instalment. Intrusiveness is the project's own.
"""

from law.catalogue import Measure
from law.words import words

_TRIAL = ("AEARCTR-0006284",)


def _terms(arm: str, intrusiveness: int, *, uz: str, ru: str, en: str) -> Measure:
    return Measure(arm, words(uz=uz, ru=ru, en=en), _TRIAL, intrusiveness)


MEASURES: tuple[Measure, ...] = (
    _terms(
        "single_payment",
        1,
        uz="Bir martada toʻlash",
        ru="Возврат одним платежом",
        en="One payment at the end",
    ),
    _terms(
        "forced_fee",
        6,
        uz="Har oylik toʻlovlar, kechikkani uchun haq",
        ru="Ежемесячные платежи, за опоздание плата",
        en="Monthly payments, a fee for late ones",
    ),
    _terms(
        "forced_promise",
        4,
        uz="Har oylik toʻlovlar, haqsiz vaʼda",
        ru="Ежемесячные платежи, обещание без платы",
        en="Monthly payments, a promise without a fee",
    ),
    _terms(
        "offered_fee",
        3,
        uz="Tanlash uchun: haqli oylik toʻlovlar",
        ru="На выбор: ежемесячные платежи с платой",
        en="A choice: monthly payments with a fee, or one payment",
    ),
    _terms(
        "offered_promise",
        2,
        uz="Tanlash uchun: haqsiz oylik toʻlovlar",
        ru="На выбор: ежемесячные платежи без платы",
        en="A choice: monthly payments without a fee, or one payment",
    ),
)
