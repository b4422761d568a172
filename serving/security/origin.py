"""Was a change asked for by a page of this service?

Browsers say where a request comes from (Sec-Fetch-Site, or Origin); a request that says nothing
must carry the session's form token. Forms of pages carry it always, as a second layer.
"""

import hmac
from collections.abc import Mapping

from serving.errors import CrossSiteRequestError

TOKEN_HEADER = "x-csrf-token"  # noqa: S105 - the name of a header
TOKEN_FIELD = "csrf_token"  # noqa: S105 - the name of a form field
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def says_own_site(headers: Mapping[str, str], own_origin: str) -> bool | None:
    """Whether the browser says that the request is ours; None where it says nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return None if origin is None else origin == own_origin


def check_token(sent: str | None, expected: str) -> None:
    """Raise `CrossSiteRequestError` unless the form token is the session's."""
    if sent is None or not hmac.compare_digest(sent.encode(), expected.encode()):
        raise CrossSiteRequestError


def check_own_site(
    method: str, headers: Mapping[str, str], own_origin: str, expected_token: str | None
) -> None:
    """Raise `CrossSiteRequestError` for a change that does not come from this service.

    `expected_token` is None where no session exists yet (signing in); then silence is accepted.
    """
    if method in SAFE_METHODS:
        return
    is_own = says_own_site(headers, own_origin)
    if is_own is False:
        raise CrossSiteRequestError
    if is_own is None and expected_token is not None:
        check_token(headers.get(TOKEN_HEADER), expected_token)
