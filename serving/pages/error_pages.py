"""Refusals and failures as pages: what happened, and where to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import RedirectResponse, Response

from serving.errors import CrossSiteRequestError, NotSignedInError, ServiceError
from serving.pages.asking import ask, find_session
from serving.pages.rendering import Asked, render
from serving.pages.session_pages import home_of
from serving.pages.views import ErrorView, Link
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
    """Back to the page that was asked for after signing in; a lost form starts at the front."""
    wanted = request.url.path if request.method == "GET" else ""
    if wanted and request.url.query:
        wanted = f"{wanted}?{request.url.query}"
    query = f"?{urlencode({'next': wanted})}" if wanted not in ("", "/") else ""
    return RedirectResponse(f"/sign-in{query}", 303)


def build_error(asked: Asked, status: int, error: Exception) -> ErrorView:
    """Title, sentence and way on; the sentence of a refusal is its own."""
    t = asked.voice
    shown = status if status in KNOWN else 500 if status >= 500 else 404
    key = "error.csrf" if isinstance(error, CrossSiteRequestError) else f"error.{shown}"
    told = isinstance(error, ServiceError) and not isinstance(error, CrossSiteRequestError)
    sentence = t.says(error.texts) if told and isinstance(error, ServiceError) else t(f"{key}_text")
    return ErrorView(status, t(key), sentence, _way_on(asked, status))


def _way_on(asked: Asked, status: int) -> Link:
    t, here = asked.voice, asked.request.headers.get("referer", "")
    home = home_of(asked.person) if asked.signed_in else "/sign-in"
    own = f"{asked.request.url.scheme}://{asked.request.url.netloc}"
    if status == 409 and here.startswith(own + "/"):
        return Link(t("error.reload"), here.removeprefix(own))
    return Link(t("error.back"), home)
