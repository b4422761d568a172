"""Where the pages live; ids are pseudonyms, so no address holds personal data."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from serving.case_addresses import encode_case_id


def case_href(case_id: str, **query: str) -> str:
    """The page of one case, with the query's non-empty values."""
    return _with(f"/cases/{encode_case_id(case_id)}", query)


def review_href(proposal_id: str, **query: str) -> str:
    """The page on which one proposal is decided."""
    return _with(f"/review/{quote(proposal_id, safe='')}", query)


def decision_href(decision_id: str, **query: str) -> str:
    """The page of one decision with its proof."""
    return _with(f"/decisions/{quote(decision_id, safe='')}", query)


def is_own_path(path: str) -> bool:
    """Whether a path leads to a page of this service and nowhere else.

    >>> is_own_path("/cases/7?lang=en"), is_own_path("//elsewhere.uz"), is_own_path("/\\\\x")
    (True, False, False)
    """
    return path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path


def _with(path: str, query: dict[str, str]) -> str:
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
