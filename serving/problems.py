"""Errors as RFC 9457 problem+json: a stable code, one sentence, never the input."""

import logging
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from ledger.errors import LedgerError
from registers.errors import ChoraError
from serving.errors import ServiceError
from serving.store.errors import StoreUnavailableError

MEDIA_TYPE = "application/problem+json"
API = "/api/"
_FIELD = re.compile(r"[A-Za-z][A-Za-z_-]{0,39}|[0-9]{1,4}")
log = logging.getLogger("chora.serving")

_CODES = {400: "bad-request", 404: "not-found", 405: "method-not-allowed", 413: "too-large"}


def problem(
    status: int,
    code: str,
    detail: str,
    extra: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem+json answer; `extra` members stand beside the standard ones."""
    body = {
        "type": f"urn:chora:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **(extra or {}),
    }
    return JSONResponse(body, status, dict(headers or {}), media_type=MEDIA_TYPE)


def wants_page(request: Request) -> bool:
    """Whether a person's browser asked for a page, not a program for JSON."""
    path = request.url.path
    return not path.startswith(API) and "text/html" in request.headers.get("accept", "")


def install_problems(app: FastAPI) -> None:
    """Answer every error as a problem; pages may show theirs through `app.state.error_page`."""
    app.add_exception_handler(ServiceError, _refused)
    app.add_exception_handler(ChoraError, _other_error)
    app.add_exception_handler(LedgerError, _other_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def _as_page(request: Request, status: int, error: Exception) -> Response | None:
    """The error as a page where pages are installed and one was asked for."""
    show = getattr(request.app.state, "error_page", None)
    if show is None or not wants_page(request):
        return None
    page: Response = show(request, status, error)
    return page


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)  # noqa: S101 - registered for this class only
    answer = _as_page(request, error.status, error) or problem(
        error.status, error.code, error.texts.en, {"texts": error.texts.as_dict()}
    )
    if isinstance(error, StoreUnavailableError):
        log.error("%s", error.code)
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _other_error(request: Request, error: Exception) -> Response:
    """A sentence of another room: its sentences name tables and files, never a person's values."""
    log.error("room_error", extra={"error_class": type(error).__name__})
    return _as_page(request, 500, error) or problem(500, "cannot-answer", str(error))


def _invalid(request: Request, error: Exception) -> Response:
    """Where and what is wrong, without the values that were sent."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    errors = [
        {"pointer": _pointer(item["loc"]), "code": item["type"], "msg": item["msg"]}
        for item in error.errors()
    ]
    sentence = "The request is not in the form that this address takes. See errors."
    return _as_page(request, 422, error) or problem(422, "invalid", sentence, {"errors": errors})


def _pointer(location: Iterable[object]) -> str:
    """Where in the request, by the names of its fields; what can be no such name is left out."""
    return "".join(f"/{part if _FIELD.fullmatch(str(part)) else '?'}" for part in location)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(sorted(allowed_methods(request)))
    page = _as_page(request, error.status_code, error)
    code = _CODES.get(error.status_code, "http-error")
    return page or problem(error.status_code, code, _sentence(error), headers=headers)


def _sentence(error: HTTPException) -> str:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return "There is nothing at this address. See /api/v1/openapi.json."
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return "This address does not take this method. See the Allow header."
    return str(error.detail)


def allowed_methods(request: Request) -> set[str]:
    """The methods of all routes at the request's path (Starlette tells those of the first only)."""
    found: set[str] = set()
    for route in request.app.routes:
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
            match, _ = route.matches({**request.scope, "method": method})
            if match is Match.FULL:
                found.add(method)
    return found


def answer_unforeseen(request: Request, error: Exception) -> Response:
    """The answer to an error without a handler of its own; see `serving.unforeseen`."""
    sentence = "Something failed here and nothing more can be said. Tell the operator the time."
    return _as_page(request, 500, error) or problem(500, "internal-error", sentence)
