"""The service that the kill test starts as a process of its own, over many invented cases."""

import os
from pathlib import Path

from fastapi import FastAPI

from serving.accounts import NewAccount, add_account
from serving.app import create_app
from serving.settings import Settings
from serving.states import Role
from serving.store.migrate import create_store
from tests.integration.serving.few_cases import PASSWORD, FewCases

N_CASES = 200


def many_cases() -> FewCases:
    """Two hundred cases of one office."""
    return FewCases(cases={f"k{number:03d}": "north" for number in range(N_CASES)})


def build() -> FastAPI:
    """The application over the store that the test names."""
    store = Path(os.environ["CHORA_TEST_STORE"])
    return create_app(Settings(store=store, is_https=False), many_cases())


def add_people(store: Path) -> None:
    """One officer and one reviewer."""
    opened = create_store(store)
    add_account(opened, NewAccount("olim", PASSWORD, Role.OFFICER, "Olim"))
    add_account(opened, NewAccount("rano", PASSWORD, Role.REVIEWER, "Rano"))
    opened.close()
