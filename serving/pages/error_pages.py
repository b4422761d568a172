"""Refusals and failures as pages: what happened, where to go on, and what had been typed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import RedirectResponse, Response

from serving.dependencies import own_origin
from serving.drafts import keep_draft
from serving.errors import CrossSiteRequestError, NotSignedInError, ServiceError
from serving.pages.asking import ask, find_session
from serving.pages.comeback import kept_form
from serving.pages.rendering import Asked, render
from serving.pages.session_pages import home_of, show_sign_in
from serving.pages.text_forms import Typed, page_of, typed_of
from serving.pages.views import ErrorView, KeptForm, Link
from serving.security.origin import check_token, says_own_site
from serving.security.sessions import form_token, read_ended_session
from serving.store.errors import StoreUnavailableError

if TYPE_CHECKING:
    from starlette.requests import Request

    from serving.security.sessions import SignedIn
    from serving.service import Service

KNOWN = (403, 404, 409, 422, 500, 503)


def show_error(request: Request, status: int, error: Exception) -> Response:
    """The error's page in the reader's language; who is not signed in is sent to sign in."""
    if isinstance(error, NotSignedInError):
        return _to_sign_in(request)
    service: Service = request.app.state.service
    asked = ask(request, service, _who_asks(request, service))
    return render(asked, "error.html", build_error(asked, status, error), status=status)


def _who_asks(request: Request, service: Service) -> SignedIn | None:
    """Who is signed in; nobody where the database cannot tell: the page comes all the same."""
    try:
        return find_session(service, request.cookies.get(service.settings.cookie_name))
    except (StoreUnavailableError, SQLAlchemyError):
        return None


def _to_sign_in(request: Request) -> Response:
    """Back to the page that was asked for after signing in, with what was typed on it."""
    service: Service = request.app.state.service
    typed = _own_typed(request)
    wanted = _wanted(request, typed)
    kept = typed is not None and _keep_for_ended(request, service, typed)
    if typed is not None and not kept:
        asked = ask(request, service, None)
        return show_sign_in(asked, wanted, kept_form(asked, typed.form, typed.fields))
    query = {"next": "" if wanted == "/" else wanted, "done": "kept" if kept else ""}
    given = urlencode({name: value for name, value in query.items() if value})
    return RedirectResponse(f"/sign-in?{given}" if given else "/sign-in", 303)


def _wanted(request: Request, typed: Typed | None) -> str:
    """The page to come back to: the one asked for, or the one on which the form stands."""
    if typed is not None:
        return page_of(typed.form)
    path = request.url.path
    if request.method != "GET":
        return page_of(path)
    return f"{path}?{request.url.query}" if request.url.query else path


def _own_typed(request: Request) -> Typed | None:
    """What was typed on a page of ours; what another site sent is not shown to anybody."""
    typed = typed_of(request)
    if typed is None or not typed.has_words:
        return None
    return None if says_own_site(request.headers, own_origin(request)) is False else typed


def _keep_for_ended(request: Request, service: Service, typed: Typed) -> bool:
    """Whether the text is kept for the account whose session ended in this browser."""
    token = request.cookies.get(service.settings.cookie_name)
    try:
        account_id = read_ended_session(service.store, service.settings, token)
        if account_id is None or token is None:
            return False
        check_token(typed.token, form_token(token))
        return keep_draft(service.store, account_id, typed.form, typed.fields, service.now())
    except (CrossSiteRequestError, StoreUnavailableError, SQLAlchemyError):
        return False


def build_error(asked: Asked, status: int, error: Exception) -> ErrorView:
    """Title, sentence and way on; the sentence of a refusal is its own."""
    t = asked.voice
    shown = status if status in KNOWN else 500 if status >= 500 else 404
    key = "error.csrf" if isinstance(error, CrossSiteRequestError) else f"error.{shown}"
    told = isinstance(error, ServiceError) and not isinstance(error, CrossSiteRequestError)
    sentence = t.says(error.texts) if told and isinstance(error, ServiceError) else t(f"{key}_text")
    return ErrorView(status, t(key), sentence, _way_on(asked, status), _typed(asked, error))


def _typed(asked: Asked, error: Exception) -> KeptForm | None:
    """What was typed, with a way back into its form: for somebody who is signed in.

    Where the database cannot tell who that is, the text of this very request is shown as well.
    """
    typed = _own_typed(asked.request)
    if typed is None:
        return None
    if asked.signed_in is None and not isinstance(error, StoreUnavailableError):
        return None
    return kept_form(asked, typed.form, typed.fields)


def _way_on(asked: Asked, status: int) -> Link:
    t, here = asked.voice, asked.request.headers.get("referer", "")
    home = home_of(asked.person) if asked.signed_in else "/sign-in"
    own = f"{asked.request.url.scheme}://{asked.request.url.netloc}"
    if status == 409 and here.startswith(own + "/"):
        return Link(t("error.reload"), here.removeprefix(own))
    return Link(t("error.back"), home)
