"""What a page was built from, carried by its form: a form sent a day later says what has moved.

The form holds the day of the registers, their hash, what was owed and the law's answer. None of it
is believed: it only decides which sentence is shown before the person sends the form again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from registers.texts import LANGUAGES, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from serving.desk import Desk, LawAnswer
    from serving.pages.wording import Voice


@dataclass(frozen=True)
class Seen:
    """The state that a page showed: `law` is the verdict, `grounds` a hash of its sentences."""

    day: str
    source: str
    owed: int | None = None
    law: str | None = None
    grounds: str | None = None

    def as_text(self) -> str:
        """As a form carries it."""
        return json.dumps(asdict(self), separators=(",", ":"))


def see(desk: Desk, owed: int | None, law: LawAnswer | None = None) -> Seen:
    """What a page built now shows."""
    told = (
        [[ground.rule, ground.verdict, ground.sentence["en"]] for ground in law.grounds]
        if law
        else []
    )
    points = [sentence["en"] for sentence in law.confirmations] if law else []
    grounds = hashlib.sha256(json.dumps([told, points]).encode()).hexdigest()[:16]
    return Seen(
        day=desk.working_day.isoformat(),
        source=desk.source_hash[:16],
        owed=owed,
        law=law.verdict if law else None,
        grounds=grounds if law else None,
    )


def read_seen(text: str) -> Seen | None:
    """What a form carried; None where it carried nothing that can be read."""
    try:
        found = Seen(**json.loads(text))
        date.fromisoformat(found.day)
    except (ValueError, TypeError, RecursionError):
        return None
    is_sum = found.owed is None or (isinstance(found.owed, int) and abs(found.owed) < 10**15)
    return found if is_sum else None


def what_moved(voice: Voice, then: Seen | None, now: Seen) -> tuple[Texts, ...]:
    """One sentence per thing that is no longer as the page showed it; empty where all is."""
    if then is None or then == now:
        return ()

    said = {
        language: list(_moves(replace(voice, language=language), then, now))
        for language in LANGUAGES
    }
    return tuple(
        Texts(**dict(zip(said, one, strict=True))) for one in zip(*said.values(), strict=True)
    )


def _moves(t: Voice, then: Seen, now: Seen) -> Iterator[str]:
    if then.day != now.day:
        days = (t.day(date.fromisoformat(day)) for day in (then.day, now.day))
        yield t("moved.day", then=next(days), now=next(days))
    elif then.source != now.source:
        yield t("moved.source", day=t.day(date.fromisoformat(now.day)))
    if then.owed != now.owed:
        yield t("moved.owed", then=t.amount(then.owed), now=t.amount(now.owed))
    if then.law != now.law:
        verdicts = (
            t.code("verdict", law) if law else t("shell.unknown") for law in (then.law, now.law)
        )
        yield t("moved.law", then=next(verdicts), now=next(verdicts))
    elif then.grounds != now.grounds:
        yield t("moved.grounds")
    if (then.owed, then.law, then.grounds) == (now.owed, now.law, now.grounds):
        yield t("moved.nothing_else")
