"""Forms in which people write: what was typed is noted first, so that no refusal can lose it.

A form is named by the address that takes it. `note_typed` runs before everything else that a page
route asks for; whatever refuses the request afterwards finds the text at `typed_of(request)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

from serving.errors import RepeatedFieldError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData

SWITCH = "/language"  # where the language buttons of a page with text send the form
TOKEN, FORM = "csrf_token", "form"
MANY = frozenset({"confirmed"})  # boxes: the one kind of field that may come more than once


@dataclass(frozen=True)
class TextForm:
    """A form with free text: its address and the fields that are kept of it."""

    address: re.Pattern[str]
    fields: tuple[str, ...]
    words: str  # the field with the text


TEXT_FORMS = (
    TextForm(
        re.compile(r"/recommendations/[^/]+/proposals"),
        ("measure", "reason_code", "reason", "version", "seen"),
        "reason",
    ),
    TextForm(
        re.compile(r"/review/[^/]+"),
        ("decision", "ground", "reason", "confirmed", "version", "seen"),
        "reason",
    ),
    TextForm(
        re.compile(r"/review/[^/]+/withdrawal"), ("withdraw_reason", "version"), "withdraw_reason"
    ),
)


@dataclass(frozen=True)
class Typed:
    """What came with one form: its address, its fields and the token of its session."""

    form: str
    fields: Mapping[str, str]
    token: str
    words: str

    @property
    def text(self) -> str:
        """The text that was written."""
        return self.fields.get(self.words, "")

    @property
    def has_words(self) -> bool:
        """Whether anything was chosen or written that would be missed."""
        return any(
            value.strip() for name, value in self.fields.items() if name not in ("version", "seen")
        )


def text_form_at(address: str) -> TextForm | None:
    """The form with text that an address takes."""
    return next((form for form in TEXT_FORMS if form.address.fullmatch(address)), None)


async def note_typed(request: Request) -> None:
    """Note what was typed into a form with text.

    Raises:
        RepeatedFieldError: a field came twice; it was noted all the same.
    """
    if request.method != "POST":
        return
    sent = await request.form()
    address = request.url.path
    form = text_form_at(_one(sent, FORM) if address == SWITCH else address)
    if form is not None:
        fields = {name: _one(sent, name) for name in form.fields if name in sent}
        at = _one(sent, FORM) if address == SWITCH else address
        request.state.typed = Typed(at, fields, _one(sent, TOKEN), form.words)
    for name in sent:
        if name not in MANY and len(set(sent.getlist(name))) > 1:
            raise RepeatedFieldError


def _one(sent: FormData, name: str) -> str:
    """A field as one text; ticked boxes as their values with spaces between them."""
    return " ".join(value for value in sent.getlist(name) if isinstance(value, str))


def typed_of(request: Request) -> Typed | None:
    """What was typed into the form with text that the request brought, if it did."""
    return getattr(request.state, "typed", None)


def page_of(address: str) -> str:
    """The page on which a form stands that is sent to an address.

    >>> page_of("/recommendations/rec_1/proposals"), page_of("/review/pro_1")
    ('/recommendations/rec_1', '/review/pro_1')
    >>> page_of("/cases/0000100-26/recommendations"), page_of("/sign-out")
    ('/cases/0000100-26', '')
    """
    if address.startswith(("/recommendations/", "/cases/")):
        return address.rpartition("/")[0]
    if address.startswith("/review/"):
        return address.removesuffix("/withdrawal")
    return ""
