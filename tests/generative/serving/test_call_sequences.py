"""Whatever is called in whatever order by whomever: nothing is approved without a second person."""

import tempfile
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from starlette.testclient import TestClient

from ledger.verification import verify
from serving.accounts import NewAccount, add_account
from serving.app import create_app
from serving.settings import Settings
from serving.states import MOVES, State
from serving.store.models import Decision, LedgerEntry, Recommendation, Transition
from tests.integration.serving.calls import API, REASON
from tests.integration.serving.few_cases import BAN, LEVY, PASSWORD, PEOPLE, SEARCH, Clock, FewCases

PERSON = {account.username: account.person_id for account in PEOPLE}
usernames = st.sampled_from(sorted(PERSON))
cases = st.sampled_from(["c1", "c3"])
STAY = {"ground": "suspended", "reason": REASON}


class AnybodyCallsAnything(RuleBasedStateMachine):
    """Six accounts of five people call the API at random; only one clock moves."""

    @initialize()
    def start(self) -> None:
        self.patch = pytest.MonkeyPatch()
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.patch.setattr("serving.accounts.HASHER", quick)
        self.patch.setattr("serving.security.sign_in.HASHER", quick)
        self.folder = tempfile.TemporaryDirectory()
        self.desk = FewCases()
        store = Path(self.folder.name)
        self.app = create_app(
            Settings(store=store, allowed_hosts=("testserver",), clock=Clock()), self.desk
        )
        self.store = self.app.state.service.store
        self.clients = {account.username: self._client(account) for account in PEOPLE}
        self.recommendations: dict[str, str] = {}
        self.proposals: dict[str, list[str]] = {"c1": [], "c3": []}

    def _client(self, account: NewAccount) -> TestClient:
        add_account(self.store, account)
        client = TestClient(self.app, headers={"Sec-Fetch-Site": "same-origin"})
        body = {"username": account.username, "password": PASSWORD}
        client.post(f"{API}/session", json=body)
        return client

    @rule(username=usernames, case_id=cases)
    def recommend(self, username: str, case_id: str) -> None:
        answer = self.clients[username].post(f"{API}/cases/{case_id}/recommendations")
        assert answer.status_code < 500
        if answer.is_success:
            self.recommendations[case_id] = answer.json()["id"]

    @rule(username=usernames, case_id=cases, measure=st.sampled_from([LEVY, BAN, SEARCH, "none"]))
    def propose(self, username: str, case_id: str, measure: str) -> None:
        body = {"measure": measure, "reason_code": "other", "reason": REASON}
        rec = self.recommendations.get(case_id, "rec_none")
        answer = self.clients[username].post(f"{API}/recommendations/{rec}/proposals", json=body)
        assert answer.status_code < 500
        if answer.is_success:
            self.proposals[case_id].append(answer.json()["id"])

    @rule(
        username=usernames,
        case_id=cases,
        back=st.integers(0, 1),
        decision=st.sampled_from(["approve", "approve", "reject", "return"]),
        key=st.sampled_from([None, "k1", "k2"]),
    )
    def decide(
        self, username: str, case_id: str, back: int, decision: str, key: str | None
    ) -> None:
        made = self.proposals[case_id]
        proposal = made[-1 - back] if len(made) > back else "pro_none"
        body = {"decision": decision, "ground": "facts_confirmed", "reason": REASON}
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.clients[username].post(
            f"{API}/proposals/{proposal}/decision", json=body, headers=headers
        )
        assert answer.status_code < 500

    @rule(
        username=usernames,
        case_id=cases,
        what=st.sampled_from(["stay", "resumption", "execution", "withdrawal"]),
    )
    def move(self, username: str, case_id: str, what: str) -> None:
        path = f"/recommendations/{self.recommendations.get(case_id, 'rec_none')}/{what}"
        if what == "withdrawal":
            made = self.proposals[case_id]
            path = f"/proposals/{made[-1] if made else 'pro_none'}/withdrawal"
        body = STAY if what == "stay" else {"reason": REASON}
        assert self.clients[username].post(f"{API}{path}", json=body).status_code < 500

    @rule(verdict=st.sampled_from(["lawful", "unlawful", "cannot_tell"]))
    def facts_change(self, verdict: str) -> None:
        self.desk.verdicts = {("c1", LEVY): verdict}

    @invariant()
    def approved_means_a_second_person_with_a_ground(self) -> None:
        if not hasattr(self, "store"):
            return
        with self.store.reading() as session:
            decisions = session.scalars(select(Decision)).all()
            approved = {d.recommendation_id for d in decisions if d.decision == "approve"}
            for row in session.scalars(select(Recommendation)):
                reached = row.stayed_from or row.state
                if reached in (State.APPROVED, State.EXECUTED):
                    assert row.id in approved
        for decision in decisions:
            assert decision.decider_person_id != decision.proposer_person_id
            assert decision.ground
            assert decision.reason

    @invariant()
    def each_step_is_of_the_table_and_in_the_ledger(self) -> None:
        if not hasattr(self, "store"):
            return
        with self.store.reading() as session:
            steps = session.scalars(select(Transition).order_by(Transition.ledger_index)).all()
            n_entries = len(session.scalars(select(LedgerEntry.position)).all())
        assert [step.ledger_index for step in steps] == list(range(n_entries))
        for step in steps:
            assert (
                step.action in ("recommend", "resume")
                or step.to_state == MOVES[(step.from_state, step.action)]
            )

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert verify(Path(self.folder.name)).ok
            for client in self.clients.values():
                client.close()
            self.store.close()
            self.folder.cleanup()
            self.patch.undo()


TestAnybodyCallsAnything = AnybodyCallsAnything.TestCase
TestAnybodyCallsAnything.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
