"""The application as it is put together: each address and each name stands once."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from serving.app import create_app
from serving.settings import Settings
from tests.integration.serving.routes import addresses


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    app = create_app(Settings(store=tmp_path / "store"))
    yield app
    app.state.service.store.close()


def twice(seen: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(one for one, times in seen.items() if times > 1)


def test_no_route_and_no_mount_stands_twice(app: FastAPI) -> None:
    seen = Counter((one.method, one.path) for one in addresses(app))
    assert len(seen) > 40, "The routes were not found."
    assert ("*", "/static/{path}") in seen
    assert ("GET", "/review/{proposal_id}") in seen
    assert twice(seen) == []


def test_no_name_of_a_route_stands_twice_among_pages_or_in_the_api(app: FastAPI) -> None:
    seen = Counter((one.family, one.name) for one in addresses(app) if one.method != "HEAD")
    assert ("pages", "static") in seen
    assert twice(seen) == []
