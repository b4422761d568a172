"""Values that no form of ours sends, in every field of every route: a 4xx, never a 5xx."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from tests.functional.pages.conftest import PASSWORD, PEOPLE
from tests.functional.pages.every_field import Field, People, Target, targets
from tests.functional.pages.office import run_office

HOSTILE: dict[str, object] = {
    "superscript": "²",
    "digits": "9" * 5000,
    "arabic": "٣٤",
    "nul": "a\0b",
    "surrogate": "\ud800",
    "long": "ж" * 100_000,
    "empty": "",
    "negative": "-1",
    "list": ["1", "2"],
    "file": ("name.txt", b"\xff\xfe", "text/plain"),
}
JSON_ONLY: dict[str, object] = {
    "number": 10**4999,
    "object": {"a": {"b": [None]}},
    "null": None,
    "true": True,
    "fraction": 1e308,
    "odd key": {"\ud800\0": "x", "Vali 31234567890123": True},
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    with run_office(tmp_path_factory.mktemp("hostile") / "store", PEOPLE, PASSWORD) as office:
        yield office.app


@pytest.fixture(scope="module")
def people(app: FastAPI) -> People:
    return People(app)


def values(field: Field) -> dict[str, object]:
    if field.where == "json":
        return {k: v for k, v in HOSTILE.items() if k != "file"} | JSON_ONLY
    if field.where == "form":
        return {k: v for k, v in HOSTILE.items() if k != "surrogate"}
    kept = {"superscript", "digits", "nul", "long", "empty", "negative", "arabic"}
    found = {k: v for k, v in HOSTILE.items() if k in kept} | {"long": "x" * 20_000}
    if field.where == "header":  # a header is a line of Latin letters
        return {k: v for k, v in found.items() if str(v).isascii() and "\0" not in str(v)}
    if field.where == "path":
        found["empty"] = "%"
    return found


def every(app: FastAPI) -> list[Target]:
    found = [one for one in targets(app) if one.method != "HEAD"]
    assert sum(len(one.fields) for one in found) > 80, "The fields were not found."
    assert {field.where for one in found for field in one.fields} == {
        "path",
        "query",
        "header",
        "form",
        "json",
    }
    return found


def test_no_value_in_any_field_of_any_route_is_answered_with_a_failure(
    app: FastAPI, people: People
) -> None:
    failed = []
    for target in every(app):
        for field in target.fields:
            for name, value in values(field).items():
                answer = people.send(target, field, value)
                if answer.status_code >= 500:
                    failed.append((target.method, target.path, field.name, name))
    assert failed == []


@pytest.mark.parametrize(
    "path",
    [
        "/recommendations/{recommendation_id}/proposals",
        "/recommendations/{recommendation_id}/execution",
        "/review/{proposal_id}",
    ],
)
@pytest.mark.parametrize("value", ["²", "9" * 5000, "-1", "abc", "1.0", " "])
def test_a_version_that_is_no_number_is_refused_and_never_ignored(
    app: FastAPI, people: People, path: str, value: str
) -> None:
    (target,) = [one for one in targets(app) if (one.method, one.path) == ("POST", path)]
    answer = people.send(target, Field("form", "version"), value)
    assert answer.status_code in (409, 422)
    assert "Go back to the page" in answer.text
