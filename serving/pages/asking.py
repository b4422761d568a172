"""What page routes ask for: language, session, and a form that was really ours."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Form, Request

from serving.dependencies import ServiceNow, SessionToken, own_origin
from serving.errors import NotSignedInError
from serving.pages.rendering import LANGUAGE_COOKIE, Asked
from serving.pages.wording import Voice, choose_language
from serving.security.origin import check_own_site, check_token, says_own_site
from serving.security.sessions import SignedIn, read_session
from serving.service import Service


def ask(request: Request, service: Service, signed_in: SignedIn | None) -> Asked:
    """The request in the reader's language: asked for, kept, the account's, the browser's."""
    cookie = request.cookies.get(LANGUAGE_COOKIE)
    own = signed_in.person.language if signed_in else None
    language = choose_language(
        request.query_params.get("lang"),
        cookie or own,
        request.headers.get("accept-language"),
    )
    currency = service.desk.currency if service.desk else "UZS"
    voice = Voice(language, currency, service.settings.time_zone_hours)
    return Asked(request, service, voice, signed_in)


def find_session(service: Service, token: str | None) -> SignedIn | None:
    """Who is signed in, or None."""
    try:
        return read_session(service.store, service.settings, token)
    except NotSignedInError:
        return None


def get_anybody(request: Request, service: ServiceNow, token: SessionToken) -> Asked:
    """A page that needs no session."""
    return ask(request, service, find_session(service, token))


AnybodyNow = Annotated[Asked, Depends(get_anybody)]


def get_asked(request: Request, service: ServiceNow, token: SessionToken) -> Asked:
    """A page of somebody who is signed in; raises `NotSignedInError`."""
    return ask(request, service, read_session(service.store, service.settings, token))


AskedNow = Annotated[Asked, Depends(get_asked)]


def get_form_sent(asked: AskedNow, csrf_token: Annotated[str, Form()] = "") -> Asked:
    """A form of somebody who is signed in, sent from our own page.

    Raises:
        NotSignedInError, CrossSiteRequestError.
    """
    request, signed_in = asked.request, asked.signed_in
    if signed_in is None:
        raise NotSignedInError
    if says_own_site(request.headers, own_origin(request)) is False:
        check_own_site(request.method, request.headers, own_origin(request), None)
    check_token(csrf_token, signed_in.form_token)
    return asked


FormSentNow = Annotated[Asked, Depends(get_form_sent)]
Text = Annotated[str, Form()]
