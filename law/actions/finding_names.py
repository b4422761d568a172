"""How verdicts and findings are called in front of a person."""

from collections.abc import Mapping

from law.actions.findings import Found
from law.words import words
from registers.texts import Texts

FOUND_NAMES: Mapping[Found, Texts] = {
    "unlawful": words(uz="noqonuniy", ru="незаконно", en="unlawful"),
    "unfounded": words(uz="asossiz", ru="необоснованно", en="unfounded"),
    "late": words(uz="kechikkan", ru="с опозданием", en="late"),
    "cannot_tell": words(uz="aytib boʻlmaydi", ru="сказать нельзя", en="cannot tell"),
    "in_order": words(uz="joyida", ru="в порядке", en="in order"),
}
LAWFUL = words(uz="qonuniy", ru="законно", en="lawful")


def verdict_name(verdict: str) -> Texts:
    """The name of a verdict of the rules.

    >>> verdict_name("cannot_tell").en
    'cannot tell'
    """
    return LAWFUL if verdict == "lawful" else FOUND_NAMES[verdict]  # type: ignore[index]
