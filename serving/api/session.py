"""Signing in and out for programs; pages do the same with forms."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from serving.cookies import clear_session_cookie, set_session_cookie
from serving.dependencies import (
    ServiceNow,
    SessionToken,
    SignedInNow,
    address_of,
    own_origin,
)
from serving.security.origin import check_own_site
from serving.security.sessions import SignedIn, end_session
from serving.security.sign_in import sign_in

router = APIRouter(tags=["session"])


class SignInBody(BaseModel):
    """Name and password."""

    model_config = ConfigDict(extra="forbid")
    username: Annotated[str, Field(min_length=1, max_length=100)]
    password: Annotated[str, Field(min_length=1, max_length=200)]


class SessionBody(BaseModel):
    """Who is signed in, and the token that programs send back as X-CSRF-Token."""

    username: str
    display_name: str
    role: str
    offices: list[str]
    is_senior: bool
    language: str
    csrf_token: str
    expires_at: datetime


def _body(signed_in: SignedIn) -> SessionBody:
    person = signed_in.person
    return SessionBody(
        username=person.username,
        display_name=person.display_name,
        role=person.role.value,
        offices=list(person.offices),
        is_senior=person.is_senior,
        language=person.language,
        csrf_token=signed_in.form_token,
        expires_at=signed_in.expires_at,
    )


@router.post("/session", status_code=201)
def post_session(
    request: Request,
    response: Response,
    body: SignInBody,
    service: ServiceNow,
    old_token: SessionToken,
) -> SessionBody:
    """Sign in: sets the session cookie and answers the token for later changes."""
    check_own_site(request.method, request.headers, own_origin(request), None)
    token, signed_in = sign_in(
        service.store,
        service.settings,
        service.limiter,
        body.username,
        body.password,
        address_of(request),
        old_token,
    )
    set_session_cookie(response, service.settings, token)
    return _body(signed_in)


@router.get("/session")
def get_session(signed_in: SignedInNow) -> SessionBody:
    """Who is signed in."""
    return _body(signed_in)


@router.delete("/session", status_code=204)
def delete_session(
    response: Response, service: ServiceNow, token: SessionToken, _: SignedInNow
) -> None:
    """Sign out: the session counts no longer."""
    end_session(service.store, service.settings, token)
    clear_session_cookie(response, service.settings)
