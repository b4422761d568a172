"""The reasons of a decision: which grounds bear on a measure, in which order, by which articles.

A lawful measure: its basis, the conditions of its own, then the gates in one sentence. A refused
one: the deciding ground and the other refusals. One that cannot be told: what is open.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from law.catalogue import Measure
from law.condition import Condition
from law.fact_names import FACTS
from law.judgement import Ground, Judgement
from law.rules import rules_of
from law.uz import decision_words as said
from law.uz import gates
from law.verdicts import ALL_CONDITIONS
from law.words import to_cyrillic, value_texts
from registers.texts import Texts

REFUSED: tuple[str, ...] = ("unlawful", "unfounded")
# Gates about the record of law and facts, not about the case: no reason for a measure.
OF_THE_RECORD: tuple[str, ...] = ("record",)
# Conditions that say something only about cases of one kind: the fact and its value.
ONLY_WHERE: Mapping[str, tuple[str, object]] = MappingProxyType(
    {
        "simplified_not_utility": ("procedure", "simplified"),
        "simplified_within_minimum_wage": ("procedure", "simplified"),
        "alimony_not_pledged": ("claim_kind", "alimony"),
    }
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹(", "0123456789/")
_BY_LAW = re.compile(r"(?P<what>.+) of (?P<on>\d\d\.\d\d\.\d{4})")


def spoken(sentence: Texts, values: Mapping[str, object], currency: str = "UZS") -> Texts:
    """The sentence with values filled in; a value that is a Texts speaks each language."""
    filled = sentence.format(
        **{
            name: value if isinstance(value, Texts) else value_texts(name, value, currency)
            for name, value in values.items()
        }
    )
    # A date or a sentence may stand at the end of the sentence.
    return Texts(*(re.sub(r"\.\.(?=\s|$)", ".", text) for text in filled.as_dict().values()))


def cited(articles: Iterable[str]) -> Texts:
    """Articles as they are cited, each once, in the order of the Law; by-laws after them.

    >>> cited(["47(11)", "45", "47(11)"]).uz_Latn
    '45, 47(11)-moddalar'
    >>> cited(["42¹, by-law of 12.11.2019"]).ru
    'ст. 42¹; подзаконный акт от 12.11.2019'
    """
    named = sorted({article.split(", ")[0] for article in articles}, key=_in_order)
    others = sorted({act for article in articles for act in article.split(", ")[1:]})
    listed = ", ".join(named)
    uz = f"{listed}-modda" + ("lar" if len(named) > 1 else "")
    parts = [Texts(uz, to_cyrillic(uz), f"ст. {listed}", f"Art. {listed}"), *map(_act, others)]
    return _joined(parts, "; ")


def _in_order(article: str) -> tuple[int, str]:
    """47, 47(11), 48, 48⁵: by number, superscript, part."""
    number = re.match(r"[0-9]+", article)
    return (int(number.group()) if number else 0, article.translate(_SUPERSCRIPTS))


def _act(name: str) -> Texts:
    """An act beside the Law: a by-law or a decree with its day."""
    found = _BY_LAW.fullmatch(name)
    if found is None:
        return Texts(name, to_cyrillic(name), name, name)
    what, on = found["what"], found["on"]
    uz = f"{on} dagi " + ("qonunosti hujjati" if what == "by-law" else what)
    ru = "подзаконный акт" if what == "by-law" else what.replace("PF-", "УП-")
    return Texts(uz, to_cyrillic(uz), f"{ru} от {on}", f"{what} of {on}")


def lower_first(sentence: Texts) -> Texts:
    """The sentence as it stands inside another one."""
    return Texts(*(text[:1].lower() + text[1:] for text in sentence.as_dict().values()))


def _joined(parts: Sequence[Texts], between: str) -> Texts:
    columns = zip(*(part.as_dict().values() for part in parts), strict=True)
    return Texts(*(between.join(texts) for texts in columns))


@cache
def gate_modules() -> Mapping[str, str]:
    """The module of law/uz/gates in which each general gate stands, by the id of the gate."""
    modules = [module.name for module in iter_modules(gates.__path__)]
    return {
        condition.id: name
        for name in modules
        for condition in vars(import_module(f"{gates.__name__}.{name}")).values()
        if isinstance(condition, Condition)
    }


def reasons_of(judgement: Judgement, measure: Measure, currency: str) -> tuple[Texts, ...]:
    """The reasons in the order in which they bear on the measure, one sentence each."""
    if judgement.verdict == "lawful":
        items = _of_a_lawful(judgement, measure, currency)
    elif judgement.verdict in REFUSED:
        items = _of_a_refusal(judgement)
    else:
        items = _of_an_open_question(judgement)
    basis = said.BASIS.format(cited=cited(measure.articles))
    return tuple(dict.fromkeys((basis, *items, *_statements(judgement, currency))))


def shown_grounds(judgement: Judgement) -> list[Ground]:
    """The grounds that the reasons lean on."""
    conditions = [g for g in judgement.grounds if g.rule != ALL_CONDITIONS]
    if judgement.verdict == "lawful":
        return conditions
    if judgement.verdict in REFUSED:
        return [g for g in conditions if g.verdict in REFUSED]
    if _is_of_the_record(judgement.decisive):
        return [judgement.decisive]
    return [g for g in conditions if g.verdict == "cannot_tell"]


def _is_of_the_record(ground: Ground) -> bool:
    """Whether facts contradict each other or the day is not recorded: then no more is said."""
    return gate_modules().get(ground.rule) in OF_THE_RECORD


def _of_a_lawful(judgement: Judgement, measure: Measure, currency: str) -> list[Texts]:
    conditions = {c.id: c for c in rules_of("uz")[measure.id].conditions}
    titles = {
        g.rule: spoken(conditions[g.rule].title, g.facts, currency)
        for g in shown_grounds(judgement)
    }
    own, general = [], []
    for ground in shown_grounds(judgement):
        module = gate_modules().get(ground.rule)
        if module is None and _bears(ground):
            own.append(said.HOLDS.format(title=titles[ground.rule], cited=cited([ground.article])))
        elif module not in (None, *OF_THE_RECORD):
            general.append(ground)
    return [*own, _gates_hold(general, titles)] if general else own


def _bears(ground: Ground) -> bool:
    """Whether a condition that holds says anything about this case."""
    fact, value = ONLY_WHERE.get(ground.rule, ("", None))
    return ground.facts.get(fact) == value


def _gates_hold(general: Sequence[Ground], titles: Mapping[str, Texts]) -> Texts:
    """One sentence for all gates, in their order: what they come to, with all their articles."""
    rules = [ground.rule for ground in general]
    phrases: dict[str, Texts] = {}
    for group, phrase in said.GATE_PHRASES.items():
        if set(group) <= set(rules) and not set(group) & set(phrases):
            phrases |= dict.fromkeys(group, phrase)
    told = [phrases.get(rule) or lower_first(titles[rule]) for rule in rules]
    what = _joined(list(dict.fromkeys(told)), "; ")
    return said.GATES_HOLD.format(what=what, cited=cited(g.article for g in general))


def _of_a_refusal(judgement: Judgement) -> list[Texts]:
    refusals = [g.sentence for g in shown_grounds(judgement)]
    open_ones = [g.article for g in judgement.grounds if g.verdict == "cannot_tell"]
    also = [said.ALSO_OPEN.format(cited=cited(open_ones))] if open_ones else []
    return [*refusals, *also]


def _of_an_open_question(judgement: Judgement) -> list[Texts]:
    open_ones = [g.sentence for g in shown_grounds(judgement)]
    if _is_of_the_record(judgement.decisive):
        return open_ones
    holding = [
        ground.article
        for ground in judgement.grounds
        if ground.verdict == "lawful" and not _is_of_the_record(ground)
    ]
    others = [said.OTHERS_HOLD.format(cited=cited(holding))] if holding else []
    return [*open_ones, *others]


def _statements(judgement: Judgement, currency: str) -> list[Texts]:
    return [
        said.STATED.format(
            label=FACTS[name].label if name in FACTS else name,
            value=value_texts(name, value, currency),
        )
        for name, value in sorted(judgement.stated.items())
    ]
