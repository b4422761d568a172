"""Every field that a request can fill: of each route's path, query, headers, form and body.

They are read off the running application, so a new field is tried without being listed here.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.testclient import TestClient

from serving.case_addresses import encode_case_id
from tests.functional.pages.invented_desk import case_ids
from tests.integration.serving.routes import addresses

REASON = "The debtor pays every month, a lighter measure is enough."
PASSWORD = "a long invented one"  # noqa: S105 - of invented people
GOOD: Mapping[str, object] = {
    "measure": "bank_account_levy",
    "reason": REASON,
    "withdraw_reason": REASON,
    "decision": "approve",
    "username": "dilnoza",
    "password": PASSWORD,
    "facts": {},
}
STAY, DECIDE = ("suspended", "lawful_and_proportionate")


@dataclass(frozen=True)
class Field:
    """One field of one route."""

    where: str  # path, query, header, form, json
    name: str


@dataclass(frozen=True)
class Target:
    """One method of one route with all of its fields."""

    method: str
    path: str
    fields: tuple[Field, ...]

    @property
    def is_page(self) -> bool:
        return not self.path.startswith("/api/")

    @property
    def kind(self) -> str:
        """How a body is sent."""
        return next((f.where for f in self.fields if f.where in ("form", "json")), "none")

    @property
    def who(self) -> str:
        """Who may take the action."""
        decides = self.path.endswith("/decision") or self.path == "/review/{proposal_id}"
        return "nodira" if decides else "dilnoza"


def targets(app: FastAPI) -> list[Target]:
    """Every route, with its fields and those of what it depends on."""
    found = []
    for one in addresses(app):
        route = one.route.original_route
        if isinstance(route, APIRoute):
            fields = tuple(dict.fromkeys(_fields(route.dependant)))
            found.append(Target(one.method, one.path, fields))
    return found


def _fields(dependant: Any) -> Iterator[Field]:
    for where in ("path", "query", "header"):
        for param in getattr(dependant, f"{where}_params"):
            yield Field(where, param.alias)
    for param in dependant.body_params:
        models = _models(param.field_info.annotation)
        if type(param.field_info).__name__ == "Form":
            yield Field("form", param.alias)
        for model in models:
            yield from (Field("json", name) for name in model.model_fields)
    for other in dependant.dependencies:
        yield from _fields(other)


def _models(annotation: Any) -> list[type[BaseModel]]:
    parts = [annotation, *get_args(annotation)]
    return [p for p in parts if isinstance(p, type) and issubclass(p, BaseModel)]


class People:
    """Signed-in people and the things that they work on, made anew when they were used up."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._cases = iter(case_ids()[10:])
        self._clients: dict[str, TestClient] = {}
        self._ids: dict[str, str] = {}

    def client(self, name: str) -> TestClient:
        """The person's browser."""
        client = self._clients.get(name)
        if client is None or client.get("/api/v1/session").status_code != 200:
            headers = {"Sec-Fetch-Site": "same-origin"}
            client = TestClient(self.app, headers=headers, raise_server_exceptions=False)
            client.cookies.set("chora_language", "en")
            body = {"username": name, "password": PASSWORD}
            assert client.post("/api/v1/session", json=body).status_code == 201
            self._clients[name] = client
        return client

    def token(self, name: str) -> str:
        return str(self.client(name).get("/api/v1/session").json()["csrf_token"])

    def ids(self, target: Target) -> Mapping[str, str]:
        """A case, a recommendation, a proposal and a decision in the states that fit."""
        wanted = "proposed" if "proposal_id" in target.path else "recommended"
        officer = self.client("dilnoza")
        if self._ids:
            path = f"/api/v1/recommendations/{self._ids['recommendation_id']}"
            if officer.get(path).json()["state"] == wanted:
                return self._ids
        case = next(self._cases)
        made = officer.post(f"/api/v1/cases/{case}/recommendations").json()["id"]
        self._ids = {"case_id": case, "recommendation_id": made, "path": "0/000"}
        body = {"measure": "bank_account_levy", "reason": REASON}
        proposals = f"/api/v1/recommendations/{made}/proposals"
        if wanted == "proposed":
            self._ids["proposal_id"] = officer.post(proposals, json=body).json()["id"]
        self._ids["decision_id"] = "dec_0"
        return self._ids

    def send(self, target: Target, field: Field | None, value: object, good: Any = None) -> Any:
        """The answer to a good request in which one field holds a value of the test's own."""
        client, ids = self.client(target.who), dict(self.ids(target))
        given: dict[str, dict[str, Any]] = {"query": {}, "header": {}, "form": {}, "json": {}}
        for one in target.fields:
            if one.where in ("form", "json") and (known := self._good(target, one, good)):
                given[one.where][one.name] = known
        if field is not None and field.where == "path":
            ids[field.name] = str(value)
        elif field is not None:
            given[field.where][field.name] = value
        path = re.sub(r"\{(\w+)\}", lambda part: encode_case_id(ids[part[1]]), target.path)
        headers = {"Accept": "text/html" if target.is_page else "application/json"}
        headers |= given["header"]
        extra: dict[str, Any] = {}
        if target.kind == "form":
            files = {k: v for k, v in given["form"].items() if isinstance(v, tuple)}
            extra["data"] = {k: v for k, v in given["form"].items() if k not in files}
            extra |= {"files": files} if files else {}
        elif target.kind == "json":
            extra["content"] = _json(given["json"])
            headers["Content-Type"] = "application/json"
        return client.request(
            target.method,
            path,
            params=given["query"],
            headers=headers,
            follow_redirects=False,
            **extra,
        )

    def _good(self, target: Target, field: Field, good: Any) -> object:
        if field.name == "csrf_token":
            return self.token(target.who)
        if field.name == "ground":
            return STAY if target.path.endswith("/stay") else DECIDE
        if field.name == "case_id":
            return self.ids(target)["case_id"]
        return (good or GOOD).get(field.name)


def _json(body: Mapping[str, object]) -> bytes:
    """JSON as a hostile program writes it: lone surrogates, numbers of any length."""
    import json
    import sys

    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return json.dumps(body).encode()
    finally:
        sys.set_int_max_str_digits(before)


def in_text(secret: str, text: str) -> bool:
    """Whether a text holds the secret, plain or as markup and addresses write it."""
    from urllib.parse import quote, quote_plus

    forms = (secret, html.escape(secret), quote(secret), quote(secret, safe=""), quote_plus(secret))
    return any(form in text for form in forms)
