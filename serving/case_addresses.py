"""Case numbers in addresses: offices print them with slashes, as in 1237/26/1714-ИИ.

A case number is one part of an address, percent-encoded whole. `encode_case_id` writes it wherever
an address is built; `CaseIdConvertor` reads it at the one place where routes do. Servers decode
%2F before they route, so that a number falls apart; `CaseNumbersInPaths` puts it together again
from the address as it was sent. Where a number came with plain slashes, all parts up to the known
end of the address are the number.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.convertors import Convertor, register_url_convertor
from starlette.types import ASGIApp, Receive, Scope, Send

CASE_ID = "{case_id:case}"  # how routes name a case number in their path
_ONLY_DOTS = re.compile(r"\.{1,2}/*")


def encode_case_id(case_id: str) -> str:
    """The number as one part of an address.

    Browsers take a part of one or two dots for a folder, so such a number gets a slash more.

    >>> encode_case_id("1237/26/1714-ИИ")
    '1237%2F26%2F1714-%D0%98%D0%98'
    >>> encode_case_id("..")
    '..%2F'
    """
    guarded = f"{case_id}/" if _ONLY_DOTS.fullmatch(case_id) else case_id
    return quote(guarded, safe="")


def decode_case_id(part: str) -> str:
    """The number that `encode_case_id` wrote.

    >>> decode_case_id(encode_case_id("a/b?%2F")), decode_case_id(encode_case_id("../"))
    ('a/b?%2F', '../')
    """
    text = unquote(part)
    guarded = _ONLY_DOTS.fullmatch(text) and text.endswith("/")
    return text[:-1] if guarded else text


class CaseIdConvertor(Convertor[str]):
    """One part of a path as a case number, and the other way round."""

    regex = "[^/]+"

    def convert(self, value: str) -> str:
        """The number."""
        return decode_case_id(value)

    def to_string(self, value: str) -> str:
        """The part of the path."""
        return encode_case_id(value)


register_url_convertor("case", CaseIdConvertor())


class CaseNumbersInPaths:
    """Makes a case number one part of `path` again, before a route is looked for.

    `path` is then percent-encoded in that part and names the case as its own pages do; a path
    that leads to no case stays as it is.
    """

    def __init__(self, app: ASGIApp, routes: FastAPI) -> None:
        self.app = app
        self._routes = routes
        self._ends: tuple[tuple[str, str], ...] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its case number whole."""
        if scope["type"] == "http":
            if self._ends is None:
                self._ends = _around_numbers(self._routes)
            if (path := _with_whole_number(scope, self._ends)) is not None:
                scope["path"] = path  # in place: what counts requests reads the route there
        await self.app(scope, receive, send)


def _around_numbers(app: FastAPI) -> tuple[tuple[str, str], ...]:
    """What stands before and after the number in each route, the longest ends first."""
    paths = (found.path or "" for found in iter_route_contexts(app.routes))
    around = {path.partition(CASE_ID)[::2] for path in paths if CASE_ID in path}
    return tuple(sorted(around, key=lambda pair: (-len(pair[1]), pair)))


def _with_whole_number(scope: Scope, ends: Iterable[tuple[str, str]]) -> str | None:
    sent = str(scope["path"])
    if not any(sent.startswith(before) for before, _ in ends):
        return None
    raw = (scope.get("raw_path") or b"").decode("utf-8", "replace")
    for before, after in ends:
        if not raw.startswith(before):
            continue
        number = raw.removeprefix(before)
        slash = "/" if number.endswith("/") else ""  # no part of the number: redirected as ever
        number = number.removesuffix("/")
        if number.endswith(after) and (number := number.removesuffix(after)):
            return f"{before}{encode_case_id(decode_case_id(number))}{after}{slash}"
    return None
