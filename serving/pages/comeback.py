"""A text that could not be recorded comes back: what was typed, and what happened since.

It comes back in the answer to the request that was refused, and again from the store (see
`serving.drafts`) when the same account opens the page after signing in or in another language.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from serving.drafts import Told, drop_drafts, find_draft, keep_draft
from serving.errors import ReasonRequiredError, ServiceError
from serving.grounds import DECISION_GROUNDS, OVERRIDE_REASONS, clean_reason, ground_name
from serving.pages.seen import Seen, read_seen, what_moved
from serving.pages.steps import build_step
from serving.pages.text_forms import page_of, typed_of
from serving.pages.versions import find_version
from serving.pages.views import Comeback, Fact, KeptForm, Link, Problem
from serving.pages.wording import catalogue
from serving.pages.words import say_measure
from serving.store.errors import StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from serving.pages.rendering import Asked
    from serving.views import RecommendationView as Stored
    from serving.views import TransitionView

log = logging.getLogger("chora.serving")
AGAIN = "again"  # in an address: show once more why the form was refused


@dataclass(frozen=True)
class Before:
    """What was typed into a form, and why it was refused; `kept_at` where that is to be said."""

    form: str
    fields: Mapping[str, str]
    told: tuple[Told, ...] = ()
    kept_at: datetime | None = None

    def text(self, name: str) -> str:
        """A field's text; a form that lacks it has none."""
        return self.fields.get(name, "")


def recall(asked: Asked, forms: Sequence[str]) -> Before | None:
    """What this account typed into one of the forms and could not send."""
    service = asked.service
    found = find_draft(service.store, asked.person.account_id, forms, service.now())
    if found is None:
        return None
    if asked.request.query_params.get(AGAIN):
        return Before(found.form, found.fields, found.told)
    return Before(found.form, found.fields, (), found.kept_at)


def refuse(asked: Asked, told: tuple[Told, ...]) -> Before:
    """What came with this request, kept with the sentences that refuse it."""
    typed = typed_of(asked.request)
    if typed is None:
        raise RuntimeError("This route takes no form with text.")
    keep(asked, typed.form, typed.fields, told)
    return Before(typed.form, typed.fields, told)


def earlier_told(asked: Asked, form: str) -> tuple[Told, ...]:
    """Why the form was refused when it was sent last; empty where that is not kept."""
    service = asked.service
    found = find_draft(service.store, asked.person.account_id, (form,), service.now())
    return found.told if found else ()


def keep(asked: Asked, form: str, fields: Mapping[str, str], told: tuple[Told, ...] = ()) -> bool:
    """Whether the text is in the store; where it cannot be, the page still shows it."""
    service = asked.service
    try:
        return keep_draft(service.store, asked.person.account_id, form, fields, service.now(), told)
    except (StoreUnavailableError, SQLAlchemyError) as error:
        log.warning("draft_not_kept", extra={"error_class": type(error).__name__})
        return False


def recorded(asked: Asked, forms: Sequence[str]) -> None:
    """The form was recorded, so its text is not kept any longer."""
    try:
        drop_drafts(asked.service.store, asked.person.account_id, forms)
    except (StoreUnavailableError, SQLAlchemyError) as error:
        log.warning("draft_not_dropped", extra={"error_class": type(error).__name__})


def told_by(field: str, refusal: ServiceError) -> tuple[Told, ...]:
    """A refusal's own sentence, at a field or (with an empty name) above the form."""
    return (Told(field, refusal.texts),)


def told_of_reason(field: str, reason: str, missing: str) -> tuple[Told, ...]:
    """What is wrong with a reason; `missing` is the page's sentence for one without words."""
    try:
        clean_reason(reason)
    except ReasonRequiredError:
        return (Told(field, catalogue()[missing]),)
    except ServiceError as refusal:
        return told_by(field, refusal)
    return ()


def problems_of(asked: Asked, before: Before | None) -> tuple[Problem, ...]:
    """The sentences that stand at fields, in the reader's language."""
    told = before.told if before else ()
    return tuple(Problem(one.field, asked.voice.says(one.texts)) for one in told if one.field)


def build_comeback(
    asked: Asked, before: Before | None, stored: Stored | None, now: Seen | None, *, has_form: bool
) -> Comeback | None:
    """What to say above a form about its text; None where nothing happened and nothing was kept."""
    if before is None:
        return None
    t = asked.voice
    version = before.text("version")
    since = _since(stored, version) if stored else []
    refused = [t.says(one.texts) for one in before.told if not one.field]
    moved = (
        [t.says(texts) for texts in what_moved(t, read_seen(before.text("seen")), now)]
        if now
        else []
    )
    if not (since or refused or moved or before.kept_at) and has_form:
        return None
    own = all(step.by == asked.person.display_name for step in since)
    title = "kept.title"
    if since or refused:
        title = "kept.own" if own and since else "error.409"
    elif moved:
        title = "moved.title"
    return Comeback(
        title=t(title),
        sentences=tuple(dict.fromkeys([*refused, *moved])),
        steps=tuple(build_step(t, step, with_place=False) for step in since),
        kept=t("kept.at", time=t.instant(before.kept_at)) if before.kept_at else "",
        discard=before.form if before.kept_at else "",
        link=Link(t("error.reload"), page_of(before.form)) if refused else None,
        typed=None if has_form else kept_form(asked, before.form, before.fields),
    )


def _since(stored: Stored, version: str) -> list[TransitionView]:
    """The changes of state since a version; none where the version cannot be read."""
    read = find_version(version)
    return [] if read is None else [step for step in stored.history if step.version > read]


def kept_form(asked: Asked, form: str, fields: Mapping[str, str]) -> KeptForm:
    """What was typed, to be read and to be carried on."""
    return KeptForm(form, tuple(sorted(fields.items())), tuple(_said(asked, fields)))


def _said(asked: Asked, fields: Mapping[str, str]) -> list[Fact]:
    t, desk, said = asked.voice, asked.service.desk, []
    measures = desk.measures() if desk else {}
    if measure := fields.get("measure"):
        said.append(Fact(t("propose.measure"), say_measure(t, measures, measure)))
    if decision := fields.get("decision"):
        key = f"review.{decision}"
        said.append(Fact(t("review.decision"), t(key) if key in catalogue() else decision))
    for name in ("reason_code", "ground"):
        if code := fields.get(name):
            known = code in OVERRIDE_REASONS or code in DECISION_GROUNDS
            said.append(Fact(t("review.ground"), t.says(ground_name(code)) if known else code))
    for name in ("reason", "withdraw_reason"):
        if text := fields.get(name):
            said.append(Fact(t("kept.text"), text, is_prose=True))
    return said
