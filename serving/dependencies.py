"""What routes ask for: the service, who is signed in, and proof that a change is ours."""

import hashlib
import json
from typing import Annotated

from fastapi import Depends, Header, Request

from serving.errors import RepeatedFieldError
from serving.idempotency import Once, hash_request
from serving.people import Person
from serving.security.origin import SAFE_METHODS, check_own_site
from serving.security.sessions import SignedIn, read_session
from serving.service import Service


def get_service(request: Request) -> Service:
    """The running service."""
    service: Service = request.app.state.service
    return service


ServiceNow = Annotated[Service, Depends(get_service)]


def session_token(request: Request, service: ServiceNow) -> str | None:
    """The session id that the browser sent."""
    return request.cookies.get(service.settings.cookie_name)


SessionToken = Annotated[str | None, Depends(session_token)]


def get_signed_in(request: Request, service: ServiceNow, token: SessionToken) -> SignedIn:
    """Who is signed in; changes must come from this service's own pages or carry the form token.

    Raises:
        NotSignedInError, CrossSiteRequestError.
    """
    signed_in = read_session(service.store, service.settings, token)
    check_own_site(request.method, request.headers, own_origin(request), signed_in.form_token)
    return signed_in


SignedInNow = Annotated[SignedIn, Depends(get_signed_in)]


def get_person(signed_in: SignedInNow) -> Person:
    """The person behind the request."""
    return signed_in.person


PersonNow = Annotated[Person, Depends(get_person)]


def own_origin(request: Request) -> str:
    """The origin under which this request reached the service."""
    return f"{request.url.scheme}://{request.url.netloc}"


def address_of(request: Request) -> str:
    """The client's address, for counting failed sign-ins."""
    return request.client.host if request.client else "unknown"


async def get_once(
    request: Request,
    person: PersonNow,
    key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            min_length=1,
            max_length=200,
            description="The same key with the same request is answered alike and done once.",
        ),
    ] = None,
) -> Once | None:
    """The request's Idempotency-Key, bound to the person, method, path and body."""
    if key is None:
        return None
    body = await request.body()
    key_hash = hashlib.sha256(key.encode()).hexdigest()  # a program may put a name into its key
    return Once(person.account_id, key_hash, hash_request(request.method, request.url.path, body))


OnceNow = Annotated[Once | None, Depends(get_once)]


async def check_each_once(request: Request) -> None:
    """Raise `RepeatedFieldError` where a JSON body names one field twice: which one is meant?"""
    if request.method in SAFE_METHODS:
        return
    try:
        json.loads(await request.body() or b"{}", object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        return  # the route's own reading refuses it, with its place


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RepeatedFieldError
    return found
