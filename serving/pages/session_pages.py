"""Signing in and out with forms."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import RedirectResponse, Response

from serving.cookies import clear_session_cookie, set_session_cookie
from serving.dependencies import SessionToken, address_of, own_origin
from serving.drafts import drop_expired
from serving.errors import SignInFailedError, TooManyAttemptsError
from serving.pages.addresses import is_own_path
from serving.pages.asking import AnybodyNow, FormSentNow
from serving.pages.rendering import Asked, render
from serving.pages.views import DemoAccount, KeptForm, Problem, SignInView
from serving.people import Person
from serving.security.origin import check_own_site
from serving.security.sessions import end_session
from serving.security.sign_in import sign_in
from serving.states import ROLE_NAMES, Role

router = APIRouter()
_HOME = {Role.OFFICER: "/", Role.REVIEWER: "/review", Role.ANALYST: "/analysis"}


def home_of(person: Person) -> str:
    """Where a person's work begins."""
    return _HOME[person.role]


@router.get("/sign-in")
def get_sign_in(asked: AnybodyNow, next_path: Annotated[str, Query(alias="next")] = "") -> Response:
    """The sign-in form, or the person's own start page."""
    if asked.signed_in is not None:
        return RedirectResponse(home_of(asked.person), 303)
    return _form(asked, next_path, "", ())


@router.post("/sign-in")
def post_sign_in(
    asked: AnybodyNow,
    old_token: SessionToken,
    username: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next_path: Annotated[str, Form(alias="next")] = "",
) -> Response:
    """Sign in and go on to the page that was asked for."""
    request, service, t = asked.request, asked.service, asked.voice
    check_own_site(request.method, request.headers, own_origin(request), None)
    problems = _missing(asked, username, password)
    if problems:
        return _form(asked, next_path, username, problems, 422)
    try:
        token, signed_in = sign_in(
            service.store,
            service.settings,
            service.limiter,
            username,
            password,
            address_of(request),
            old_token,
        )
    except (SignInFailedError, TooManyAttemptsError) as refusal:
        problem = Problem("username", t.says(refusal.texts))
        return _form(asked, next_path, username, (problem,), refusal.status)
    drop_expired(service.store, service.now())
    go_to = next_path if next_path and is_own_path(next_path) else home_of(signed_in.person)
    response = RedirectResponse(go_to, 303)
    set_session_cookie(response, service.settings, token)
    return response


@router.post("/sign-out")
def post_sign_out(asked: FormSentNow, token: SessionToken) -> Response:
    """Sign out: the session counts no longer."""
    end_session(asked.service.store, asked.service.settings, token)
    response = RedirectResponse("/sign-in?done=signed-out", 303)
    clear_session_cookie(response, asked.service.settings)
    return response


def _missing(asked: Asked, username: str, password: str) -> tuple[Problem, ...]:
    found = []
    if not username.strip():
        found.append(Problem("username", asked.voice("sign_in.missing_username")))
    if not password:
        found.append(Problem("password", asked.voice("sign_in.missing_password")))
    return tuple(found)


def show_sign_in(asked: Asked, next_path: str, typed: KeptForm) -> Response:
    """The sign-in form above what was typed without a session that anybody knows."""
    return _form(asked, next_path, "", (), 401, typed)


def _form(
    asked: Asked,
    next_path: str,
    username: str,
    problems: tuple[Problem, ...],
    status: int = 200,
    typed: KeptForm | None = None,
) -> Response:
    view = SignInView(
        next_path=next_path if is_own_path(next_path) else "",
        username=username,
        problems=problems,
        was_sent_here=bool(next_path),
        typed=typed,
        demo_accounts=tuple(
            DemoAccount(a.username, a.password, asked.voice.says(ROLE_NAMES[a.role]))
            for a in asked.service.demo_accounts
        ),
    )
    query = {"next": view.next_path}
    return render(asked, "sign_in.html", view, status=status, path="/sign-in", query=query)
