"""The law's answer as stored, as told to people, and as it enters the ledger (codes only)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from registers.texts import LANGUAGES, Texts
from serving.desk import LawAnswer

_SAID = 2  # the deciding ground comes first; a third sentence helps nobody
_NO_SENTENCE = Texts(
    "Qonun asosi koʻrsatilmagan.",
    "Қонун асоси кўрсатилмаган.",
    "Основание закона не указано.",
    "The law's ground is not given.",
)


def law_json(law: LawAnswer | None, confirmed: Sequence[str] | None = None) -> dict[str, object]:
    """The answer as JSON values, with the points that a person confirmed; empty without a law."""
    if law is None:
        return {}
    told = {"confirmed": sorted(confirmed)} if confirmed else {}
    return {**asdict(law), "on": law.on.isoformat(), **told}


def law_sentence(law: LawAnswer) -> Texts:
    """The decisive grounds' sentences, in four languages."""
    decisive = ([g for g in law.grounds if g.verdict == law.verdict] or law.grounds)[:_SAID]
    if not decisive:
        return _NO_SENTENCE
    return Texts(
        **{
            language: " ".join(dict.fromkeys(ground.sentence[language] for ground in decisive))
            for language in LANGUAGES
        }
    )


def deciding_sentence(law: LawAnswer) -> Texts:
    """The sentence of the ground that decides, in four languages."""
    return Texts(**law.grounds[0].sentence) if law.grounds else _NO_SENTENCE


def law_facts(law: Mapping[str, object]) -> dict[str, object]:
    """What of a stored answer may enter the ledger: verdict, version, rules; no personal facts."""
    if not law:
        return {}
    grounds = law["grounds"]
    rules = [
        {name: ground[name] for name in ("rule", "article", "reason_code", "verdict")}
        for ground in (grounds if isinstance(grounds, list) else [])
    ]
    return {"verdict": law["verdict"], "law_version": law["law_version"], "rules": rules}
