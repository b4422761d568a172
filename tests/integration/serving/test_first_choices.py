"""What an officer would choose before seeing the ranking: said once, kept, and not replaced."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select

from serving.service import Service
from serving.store.database import database_path, open_engine
from serving.store.migrate import create_store, migration_config
from serving.store.models import APPEND_ONLY, FirstChoice
from tests.integration.serving.calls import recommend, refused, send_decision, send_proposal
from tests.integration.serving.conftest import SignIn
from tests.integration.serving.few_cases import BAN, SALE, SEARCH


def kept(service: Service) -> list[tuple[str, str | None]]:
    """Person and measure of every first choice in the store."""
    with service.store.reading() as session:
        rows = session.scalars(select(FirstChoice).order_by(FirstChoice.stated_at))
        return [(row.person_id, row.measure) for row in rows]


def test_a_program_may_state_it_with_the_proposal_and_it_is_kept(
    sign_in: SignIn, service: Service
) -> None:
    officer = sign_in("olim")
    view = send_proposal(officer, recommend(officer), measure=BAN, first_choice=SALE).json()
    assert view["first_choice"] == SALE
    assert kept(service) == [("p-olim", SALE)]


def test_a_proposal_without_one_keeps_nothing(sign_in: SignIn, service: Service) -> None:
    officer = sign_in("olim")
    assert send_proposal(officer, recommend(officer)).json()["first_choice"] is None
    assert kept(service) == []


def test_a_proposal_with_two_first_choices_is_refused_and_the_first_one_stands(
    sign_in: SignIn, service: Service
) -> None:
    officer, reviewer = sign_in("olim"), sign_in("rano")
    rec = recommend(officer)
    first = send_proposal(officer, rec, first_choice=SALE).json()["id"]
    send_decision(reviewer, first, "return", ground="facts_doubtful")
    sentence = refused(send_proposal(officer, rec, first_choice=SEARCH), 409, "first-choice-stands")
    assert "real estate sale" in sentence
    assert officer.get(f"/api/v1/recommendations/{rec}").json()["state"] == "returned"
    again = send_proposal(officer, rec, first_choice=SALE)
    assert (again.status_code, again.json()["first_choice"]) == (201, SALE)
    assert kept(service) == [("p-olim", SALE)]


def test_a_later_proposal_reads_the_choice_from_the_store(sign_in: SignIn) -> None:
    officer, reviewer = sign_in("olim"), sign_in("rano")
    rec = recommend(officer)
    first = send_proposal(officer, rec, first_choice=SALE).json()["id"]
    send_decision(reviewer, first, "return", ground="facts_doubtful")
    assert send_proposal(officer, rec, measure=BAN).json()["first_choice"] == SALE


def test_each_officer_has_a_choice_of_their_own(sign_in: SignIn, service: Service) -> None:
    olim, oysha, reviewer = sign_in("olim"), sign_in("oysha"), sign_in("rano")
    rec = recommend(olim)
    first = send_proposal(olim, rec, first_choice=SALE).json()["id"]
    send_decision(reviewer, first, "return", ground="facts_doubtful")
    assert send_proposal(oysha, rec, first_choice=SEARCH).json()["first_choice"] == SEARCH
    assert kept(service) == [("p-olim", SALE), ("p-oysha", SEARCH)]


def test_an_unknown_first_choice_is_refused(sign_in: SignIn, service: Service) -> None:
    officer = sign_in("olim")
    answer = send_proposal(officer, recommend(officer), first_choice="nothing_like_it")
    refused(answer, 422, "unknown-measure")
    assert kept(service) == []


@pytest.mark.parametrize("statement", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_append_only_cannot_be_changed(
    sign_in: SignIn, service: Service, statement: str, table: str
) -> None:
    officer, reviewer = sign_in("olim"), sign_in("rano")
    view = send_proposal(officer, recommend(officer), first_choice=SALE).json()
    send_decision(reviewer, view["id"])
    with sqlite3.connect(database_path(service.settings.store)) as connection:
        if table == "lineages":
            connection.execute("INSERT INTO lineages VALUES ('5', '{}', '2026-04-01')")
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0  # noqa: S608 - our own table names
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement.format(table))


OLD = """
INSERT INTO accounts VALUES ('a1','olim','p1','Olim','officer','["*"]',0,1,'en','x','2026-01-01');
INSERT INTO accounts VALUES ('a2','oysha','p2','Oysha','officer','["*"]',0,1,'en','x','2026-01-01');
INSERT INTO recommendations VALUES ('r1','c1','north','2026-01-01','{}','h','h','m','l','s','t',
  3,'uz',0,NULL,NULL,'returned',NULL,4,'pro2','a1','2026-01-01','2026-01-01');
INSERT INTO proposals VALUES ('pro1','r1','a1','p1','x','ranked',1,'search',NULL,NULL,'{}',
  '2026-01-01','2026-01-02');
INSERT INTO proposals VALUES ('pro2','r1','a1','p1','x','ranked',1,'travel_ban',NULL,NULL,'{}',
  '2026-01-01','2026-01-03');
INSERT INTO proposals VALUES ('pro3','r1','a2','p2','x','ranked',1,NULL,NULL,NULL,'{}',
  '2026-01-01','2026-01-04');
"""


def test_an_old_store_brings_its_first_choices_along(tmp_path: Path) -> None:
    create_store(tmp_path).close()
    path = database_path(tmp_path)
    engine = open_engine(path)
    with engine.connect() as connection:
        command.downgrade(migration_config(connection), "0002")
        connection.commit()
    engine.dispose()
    with sqlite3.connect(path) as old:
        old.executescript(OLD)
    store = create_store(tmp_path)
    with store.reading() as session:
        rows = session.scalars(select(FirstChoice).order_by(FirstChoice.person_id)).all()
        assert [(r.recommendation_id, r.person_id, r.measure) for r in rows] == [
            ("r1", "p1", "search"),
            ("r1", "p2", None),
        ]
    store.close()
