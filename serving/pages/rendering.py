"""Turning a view into a page: the templates, the shell around every page, the language cookie."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from registers.texts import LANGUAGES, group_digits
from serving.assets import load_manifest
from serving.free_text import paragraphs
from serving.grounds import MAXIMUM_REASON_CHARACTERS
from serving.pages.text_forms import SWITCH, page_of
from serving.pages.views import LanguageLink, Link, Shell, Who
from serving.pages.wording import OWN_NAMES, Voice, language_tag
from serving.states import ROLE_NAMES, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from serving.people import Person
    from serving.security.sessions import SignedIn
    from serving.service import Service

SERVING = Path(__file__).resolve().parent.parent
STATIC = SERVING / "static"
LANGUAGE_COOKIE = "chora_language"
_ONE_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Asked:
    """A page request: who asks, in which language, and the service that answers."""

    request: Request
    service: Service
    voice: Voice
    signed_in: SignedIn | None = None

    @property
    def person(self) -> Person:
        """The signed-in person; only for pages that require one."""
        if self.signed_in is None:
            raise RuntimeError("This page was asked for without a session.")
        return self.signed_in.person


@cache
def environment() -> Environment:
    """The templates; unknown names are errors, everything is escaped."""
    found = Environment(
        loader=FileSystemLoader(SERVING / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["paragraphs"] = paragraphs
    found.globals["text_limit"] = group_digits(MAXIMUM_REASON_CHARACTERS)
    found.globals["switch"] = SWITCH
    return found


@cache
def style_version() -> str:
    """A short hash of the style sheet, so that a browser fetches a changed one."""
    return hashlib.sha256((STATIC / "app.css").read_bytes()).hexdigest()[:8]


def render(
    asked: Asked,
    template: str,
    view: object,
    *,
    status: int = 200,
    path: str | None = None,
    query: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The page; `path` and `query` name its address where it answers a form."""
    body = (
        environment()
        .get_template(template)
        .render(
            view=view,
            t=asked.voice,
            shell=build_shell(asked, path or asked.request.url.path, query),
            lang_tag=language_tag(asked.voice.language),
            vendor=sorted(load_manifest(STATIC / "vendor").items()),
            style_version=style_version(),
        )
    )
    response = HTMLResponse(body, status_code=status)
    response.headers["Vary"] = "Accept-Language, Cookie"
    if is_language(asked.request.query_params.get("lang", "")):
        response.set_cookie(
            LANGUAGE_COOKIE,
            asked.voice.language,
            max_age=_ONE_YEAR,
            httponly=True,
            samesite="lax",
            secure=asked.service.settings.is_https,
        )
    return response


def is_language(asked: str) -> bool:
    """Whether an address names a language of the pages."""
    return asked.replace("-", "_") in LANGUAGES


def build_shell(asked: Asked, path: str, query: Mapping[str, str] | None = None) -> Shell:
    """Name, role, navigation, languages and the day of the registers."""
    signed_in, desk, t = asked.signed_in, asked.service.desk, asked.voice
    return Shell(
        languages=_language_links(asked, path, query),
        who=_who(signed_in.person, t) if signed_in else None,
        navigation=_navigation(signed_in.person, path, t) if signed_in else (),
        registers_as_of=t.day(desk.working_day) if signed_in and desk else "",
        is_demo=asked.service.settings.is_demo,
        csrf_token=signed_in.form_token if signed_in else "",
        notice=_notice(asked),
        notice_link=_notice_link(asked),
    )


def _who(person: Person, t: Voice) -> Who:
    return Who(person.display_name, t.says(ROLE_NAMES[person.role]))


def _navigation(person: Person, path: str, t: Voice) -> tuple[Link, ...]:
    places = [("/review", "shell.review"), ("/analysis", "shell.analysis")]
    if person.role is Role.OFFICER:
        places.insert(0, ("/", "shell.worklist"))
    elif person.role is Role.ANALYST:
        places.pop(0)
    return tuple(Link(t(key), href, is_here=path == href) for href, key in places)


def _language_links(
    asked: Asked, path: str, query: Mapping[str, str] | None
) -> tuple[LanguageLink, ...]:
    """Links to this page; an answer to a form leads to the page on which the form stands."""
    if query is None and path == asked.request.url.path and asked.request.method != "GET":
        path = page_of(path) or "/"
    items = asked.request.query_params.multi_items() if query is None else query.items()
    kept = [(name, value) for name, value in items if name != "lang" and value]
    return tuple(
        LanguageLink(
            tag=language_tag(language),
            own_name=OWN_NAMES[language],
            href=f"{path}?{urlencode([*kept, ('lang', language)])}",
            switch=f"{SWITCH}?lang={language}",
            is_here=language == asked.voice.language,
        )
        for language in LANGUAGES
    )


_NOTICES = {
    "proposed": "propose.sent",
    "withdrawn": "propose.withdrawn",
    "executed": "propose.executed",
    "decided": "review.done",
    "signed-out": "sign_in.signed_out",
    "kept": "kept.session_ended",
}


def _notice(asked: Asked) -> str:
    key = _NOTICES.get(asked.request.query_params.get("done", ""))
    return asked.voice(key) if key else ""


def _notice_link(asked: Asked) -> Link | None:
    from serving.pages.following import next_case, next_proposal

    done = asked.request.query_params.get("done")
    if asked.signed_in is None or done not in {"proposed", "decided"}:
        return None
    return next_case(asked) if done == "proposed" else next_proposal(asked)
