"""The rank of a claim among the claims against one debtor (Art. 51, 78-80), or what it hangs on.

The rank of a kind of claim is dated data (`rank_<claim_kind>`). For some kinds the register
contract does not hold what decides; then every rank that is still possible is named, and the fact
that would settle it with who knows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from law.confidence import Confidence, weakest
from law.fact_names import KNOWERS, FactName
from law.parameters import parameters_of
from law.words import words

# Turns: fines imposed in the proceedings and costs come first (Art. 78); then, in our reading, the
# pledged thing serves its own claim (Art. 51, though Art. 80 puts it in rank 4); then the six ranks
# (Art. 80).
BEFORE_RANKS = 0
PLEDGE = 0.5
SECURED = 4
UNSECURED = 5
RANKS: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
_STATED: Confidence = "secondary"


@dataclass(frozen=True)
class Standing:
    """The turns that a claim may have, the one told where it is one, and what is missing."""

    turns: tuple[float, ...]
    article: str
    confidence: Confidence
    missing: str = ""

    @property
    def rank(self) -> int | None:
        """0 before the ranks, 1-6; None where it cannot be told."""
        return None if len(self.turns) > 1 else int(self.turns[0])


# What a rank hangs on where the contract's tables do not tell it, and who knows it.
MISSING: Mapping[str, FactName] = MappingProxyType(
    {
        "imposed_in_these_proceedings": FactName(
            words(
                uz="jarima aynan shu ijro jarayonida solinganmi yoki alohida ijro hujjati bilan "
                "undirilyaptimi",
                ru="наложен ли штраф в ходе этого производства или взыскивается по отдельному "
                "документу",
                en="whether the fine was imposed in these proceedings or is a claim of its own",
            ),
            KNOWERS["officer"],
        ),
        "damage_from_offence": FactName(
            words(
                uz="zarar jinoyat yoki maʼmuriy huquqbuzarlik oqibatida yetkazilganmi",
                ru="причинён ли ущерб преступлением или административным правонарушением",
                en="whether the damage came from a crime or an administrative offence",
            ),
            KNOWERS["issuer"],
        ),
        "recipient_of_the_damages": FactName(
            words(
                uz="zarar budjetga undiriladimi va u huquqbuzarlik oqibatida yetkazilganmi",
                ru="взыскивается ли ущерб в бюджет и причинён ли он правонарушением",
                en="whether the damages go to the budget, and whether an offence caused them",
            ),
            KNOWERS["issuer"],
        ),
        "kind_of_costs": FactName(
            words(
                uz="sud xarajati davlat bojimi, advokat haqimi yoki tarafning boshqa xarajatimi",
                ru="что это за судебные расходы: госпошлина, оплата адвоката или иные расходы "
                "стороны",
                en="what the court costs are: state duty, a lawyer's fee or other costs of a party",
            ),
            KNOWERS["issuer"],
        ),
        "ground_of_the_claim": FactName(
            words(
                uz="talab nimadan kelib chiqqani",
                ru="из чего возникло требование",
                en="what the claim arose from",
            ),
            KNOWERS["issuer"],
        ),
        "rank_of_the_kind": FactName(
            words(
                uz="shu kundagi qonun boʻyicha talabning navbati",
                ru="очередь требования по закону на этот день",
                en="the rank of the claim by the law of that day",
            ),
            KNOWERS["legislation"],
        ),
    }
)

# Art. 78-80 read against the kinds of claims of the register contract: which turns stay possible.
_OPEN: Mapping[str, tuple[str, tuple[int, ...]]] = MappingProxyType(
    {
        "administrative_fine": ("imposed_in_these_proceedings", (BEFORE_RANKS, 1)),
        "damage_property": ("damage_from_offence", (2, UNSECURED)),
        "damage_state": ("recipient_of_the_damages", (1, 2, UNSECURED)),
        "court_costs": ("kind_of_costs", (1, UNSECURED, 6)),
        "other_money": ("ground_of_the_claim", (1, 2, 3, UNSECURED, 6)),
    }
)


def standing_of(
    claim_kind: str, on: date, *, secured: bool = False, stated_rank: int | None = None
) -> Standing:
    """The rank of a claim on a day.

    A rank that a person states settles what the registers leave open; it is no surer than the
    statement. A pledge lifts a claim of a later rank to rank 4, a stated one too.

    >>> standing_of("alimony", date(2026, 4, 1)).rank
    1
    >>> standing_of("administrative_fine", date(2026, 4, 1)).missing
    'imposed_in_these_proceedings'
    """
    turns: tuple[float, ...]
    if stated_rank is not None:
        missing, turns, confidence = "", (stated_rank,), _STATED
    else:
        missing, turns, confidence = _possible(claim_kind, on)
    if turns == (BEFORE_RANKS,):
        return Standing(turns, "78", confidence)
    if secured:
        pledged = find_rank("secured", on)
        turns = tuple(sorted({min(turn, SECURED) for turn in turns}))
        confidence = weakest(confidence, pledged[1] if pledged else "read")
    is_told = len(turns) == 1
    return Standing(turns, "80", confidence, "" if is_told else missing)


def _possible(claim_kind: str, on: date) -> tuple[str, tuple[int, ...], Confidence]:
    if claim_kind in _OPEN:
        missing, turns = _OPEN[claim_kind]
        return missing, turns, "inferred"
    found = find_rank(claim_kind, on)
    if found is None:
        return "rank_of_the_kind", (BEFORE_RANKS, *RANKS), "read"
    return "", (found[0],), found[1]


def find_rank(claim_kind: str, on: date) -> tuple[int, Confidence] | None:
    """The dated rank of a kind of claim and how sure its record is; None outside the record."""
    parameter = parameters_of("uz").get(f"rank_{claim_kind}")
    value = parameter.on(on) if parameter else None
    return (int(value.value), value.confidence) if value else None
