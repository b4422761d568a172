"""What is said about the part of a claim in a collected sum, in four languages."""

from collections.abc import Mapping
from typing import Any

from law.uz.ranks import BEFORE_RANKS, MISSING
from law.words import fill, words
from registers.texts import Texts

_PLEDGE = words(
    uz="Garov predmetidan tushgan pul, navbatlardan oldin",
    ru="Деньги от предмета залога, до очередей",
    en="Money from the pledged thing, before the ranks",
)
_IMPOSED_FINE = words(
    uz="Ijro jarayonida solingan jarima, navbatlardan oldin",
    ru="Штраф, наложенный в ходе производства, до очередей",
    en="A fine imposed in the proceedings, before the ranks",
)
_RANK = words(uz="{rank}-navbat", ru="{rank}-я очередь", en="Rank {rank}")
_ANY_RANK = words(
    uz="Navbati qanday boʻlmasin", ru="При любой возможной очереди", en="Whatever its rank"
)
_IN_FULL = words(
    uz="{turn}: {paid_som} toʻlanadi, qarz toʻliq qoplanadi ({article}-modda).",
    ru="{turn}: выплачивается {paid_som}, долг погашается полностью (ст. {article}).",
    en="{turn}: {paid_som} is paid, the debt in full (Art. {article}).",
)
_IN_PART = words(
    uz="{turn}: {owed_som} qarzdan {paid_som} toʻlanadi. Pul butun navbatga yetmaydi, shuning "
    "uchun navbat ichida qarzga mutanosib taqsimlanadi (79, {article}-moddalar).",
    ru="{turn}: из {owed_som} выплачивается {paid_som}. На всю очередь денег не хватает, поэтому "
    "внутри неё они делятся пропорционально долгу (ст. 79, {article}).",
    en="{turn}: of {owed_som}, {paid_som} is paid. The money does not reach for the whole rank, so "
    "it is shared in proportion to what is owed (Art. 79, {article}).",
)
_PLEDGE_IN_PART = words(
    uz="{turn}: {owed_som} qarzdan {paid_som} toʻlanadi, jarima va xarajatlardan keyin pulning "
    "hammasi shu talabga ketadi ({article}-modda).",
    ru="{turn}: из {owed_som} выплачивается {paid_som}, после штрафов и расходов вся выручка идёт "
    "на это требование (ст. {article}).",
    en="{turn}: of {owed_som}, {paid_som} is paid; after fines and costs all that came in goes to "
    "this claim (Art. {article}).",
)
_ALONE_IN_PART = words(
    uz="{turn}: {owed_som} qarzdan {paid_som} toʻlanadi, qolgan pulning hammasi shu talabga "
    "ketadi ({article}-modda).",
    ru="{turn}: из {owed_som} выплачивается {paid_som}, на это требование идут все оставшиеся "
    "деньги (ст. {article}).",
    en="{turn}: of {owed_som}, {paid_som} is paid; all the money that is left goes to this claim "
    "(Art. {article}).",
)
_NOTHING = words(
    uz="{turn}: bu talabga pul qolmadi, u avvalgi talablar toʻliq qoplangandan keyin toʻlanadi "
    "(79, {article}-moddalar).",
    ru="{turn}: на это требование денег не осталось; оно погашается после полного погашения "
    "предыдущих (ст. 79, {article}).",
    en="{turn}: no money is left for this claim; it is paid after the earlier ones are paid in "
    "full (Art. 79, {article}).",
)
_RANK_OPEN = words(
    uz="Navbatni aytib boʻlmaydi. Reyestrlarda yoʻq maʼlumot: {label}. Manba: {known_by}. "
    "Aniqlanguncha ulush {least_som}dan {most_som}gacha; farqni taqsimlamang (78–80-moddalar).",
    ru="Очередь назвать нельзя. Чего нет в реестрах: {label}. Источник: {known_by}. До выяснения "
    "доля — от {least_som} до {most_som}; разницу не распределяйте (ст. 78–80).",
    en="The rank cannot be told. What the registers do not hold: {label}. Source: {known_by}. "
    "Until it is known the part is {least_som} to {most_som}; keep the difference undistributed "
    "(Art. 78-80).",
)
_OTHER_OPEN = words(
    uz="{turn}: ulush {least_som}dan {most_som}gacha, chunki boshqa talabning navbati nomaʼlum. "
    "Farqni taqsimlamang (78–80-moddalar).",
    ru="{turn}: доля — от {least_som} до {most_som}, так как очередь другого требования "
    "неизвестна. Разницу не распределяйте (ст. 78–80).",
    en="{turn}: the part is {least_som} to {most_som}, because the rank of another claim is not "
    "known. Keep the difference undistributed (Art. 78-80).",
)
_SPLIT = words(
    uz="Undiruvchiga {to_claimant_som}, ijro yigʻimiga {to_fee_som} (78-modda).",
    ru="Взыскателю {to_claimant_som}, исполнительский сбор {to_fee_som} (ст. 78).",
    en="The claimant gets {to_claimant_som}, the enforcement fee {to_fee_som} (Art. 78).",
)
_COSTS = words(
    uz="Ijro xarajatlariga avvalo {to_costs_som} ajratiladi (78-modda).",
    ru="На расходы по исполнению сначала направляется {to_costs_som} (ст. 78).",
    en="The costs of enforcement come first: {to_costs_som} (Art. 78).",
)
COSTS_IN_FEE = words(
    uz="Reyestrlarda ijro yigʻimi va ijro xarajatlari ajratilmagan: hammasi yigʻim deb olindi. "
    "Xarajatlar navbatlardan oldin toʻlanadi (78-modda); summasini ijro ishidan aniqlab kiriting.",
    ru="В реестрах исполнительский сбор и расходы по исполнению не разделены: всё принято за сбор. "
    "Расходы покрываются до очередей (ст. 78); уточните их сумму по делу и укажите её.",
    en="The registers do not tell the costs of enforcement apart from the fee: all of it was taken "
    "as fee. Costs come before the ranks (Art. 78); find their sum in the case file and state it.",
)


def part_sentence(part: Mapping[str, Any], *, is_pledge: bool, is_alone: bool) -> Texts:
    """What a claim gets, in which turn, by which article; what is missing where it is open."""
    said = _first_sentence(part, is_pledge=is_pledge, is_alone=is_alone)
    if part["paid_som"] and part["to_costs_som"]:
        said = _joined(said, fill(_COSTS, part))
    if part["paid_som"] and part["to_fee_som"]:
        said = _joined(said, fill(_SPLIT, part))
    return said


def _first_sentence(part: Mapping[str, Any], *, is_pledge: bool, is_alone: bool) -> Texts:
    missing = MISSING.get(part["missing"])
    if part["paid_som"] is None and missing is not None:
        named = {"label": missing.label, "known_by": missing.known_by}
        return fill(_RANK_OPEN.format(**_kept(part), **named), part)
    turn = _turn(part["rank"], is_pledge=is_pledge)
    if part["paid_som"] is None:
        form = _OTHER_OPEN
    elif part["paid_som"] == part["owed_som"]:
        form = _IN_FULL
    elif part["paid_som"] == 0:
        form = _NOTHING
    elif is_pledge:
        form = _PLEDGE_IN_PART
    else:
        form = _ALONE_IN_PART if is_alone else _IN_PART
    return fill(form.format(**_kept(part), turn=turn), part)


def _turn(rank: int | None, *, is_pledge: bool) -> Texts:
    if is_pledge:
        return _PLEDGE
    if rank is None:
        return _ANY_RANK
    return _IMPOSED_FINE if rank == BEFORE_RANKS else _RANK.format(rank=rank)


def _kept(part: Mapping[str, Any]) -> dict[str, str]:
    """Each figure as its own name in braces, to be filled in later."""
    return {name: f"{{{name}}}" for name in part}


def _joined(first: Texts, second: Texts) -> Texts:
    pairs = zip(first.as_dict().values(), second.as_dict().values(), strict=True)
    return Texts(*(f"{one} {other}" for one, other in pairs))
