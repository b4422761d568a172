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

from registers.texts import LANGUAGES
from serving.assets import load_manifest
from serving.pages.views import LanguageLink, Link, Shell, Who
from serving.pages.wording import OWN_NAMES, Voice, language_tag
from serving.states import ROLE_NAMES, Role

if TYPE_CHECKING:
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
    return Environment(
        loader=FileSystemLoader(SERVING / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style_version() -> str:
    """A short hash of the style sheet, so that a browser fetches a changed one."""
    return hashlib.sha256((STATIC / "app.css").read_bytes()).hexdigest()[:8]


def render(
    asked: Asked, template: str, view: object, *, status: int = 200, path: str | None = None
) -> HTMLResponse:
    """The page; `path` names its address where it answers a form."""
    body = (
        environment()
        .get_template(template)
        .render(
            view=view,
            t=asked.voice,
            shell=build_shell(asked, path or asked.request.url.path),
            lang_tag=language_tag(asked.voice.language),
            vendor=sorted(load_manifest(STATIC / "vendor").items()),
            style_version=style_version(),
        )
    )
    response = HTMLResponse(body, status_code=status)
    response.headers["Vary"] = "Accept-Language, Cookie"
    if asked.request.query_params.get("lang"):
        response.set_cookie(
            LANGUAGE_COOKIE,
            asked.voice.language,
            max_age=_ONE_YEAR,
            httponly=True,
            samesite="lax",
            secure=asked.service.settings.is_https,
        )
    return response


def build_shell(asked: Asked, path: str) -> Shell:
    """Name, role, navigation, languages and the day of the registers."""
    signed_in, desk, t = asked.signed_in, asked.service.desk, asked.voice
    return Shell(
        languages=_language_links(asked, path),
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


def _language_links(asked: Asked, path: str) -> tuple[LanguageLink, ...]:
    kept = [(k, v) for k, v in asked.request.query_params.multi_items() if k != "lang"]
    return tuple(
        LanguageLink(
            tag=language_tag(language),
            own_name=OWN_NAMES[language],
            href=f"{path}?{urlencode([*kept, ('lang', language)])}",
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
