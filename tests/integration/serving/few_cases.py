"""A desk over a few invented cases, a clock that stands, and the people of the tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import polars as pl

from law.catalogue import Measure
from ledger.canonical import canonical_json
from registers.texts import Texts
from serving.accounts import NewAccount
from serving.action_check import ActionAnswer
from serving.desk import (
    WORKLIST_SCHEMA,
    CaseProfile,
    LawAnswer,
    LawGround,
    ModelFacts,
    Promoted,
    Proposed,
    Recommended,
)
from serving.errors import NoModelError, NotRecommendableError
from serving.states import Role
from serving.wording import same

DAY = date(2026, 4, 1)
PASSWORD = "long enough 1"  # noqa: S105 - of invented people
LEVY, BAN, SALE, SEARCH = (
    "bank_account_levy",
    "travel_ban",
    "real_estate_sale",
    "debtor_or_asset_search",
)


def measure(name: str, intrusiveness: int, needs_senior: bool = False) -> Measure:
    words = name.replace("_", " ")
    return Measure(
        name, Texts(words, words, words, words), ("42",), intrusiveness, needs_senior=needs_senior
    )


@dataclass
class FewCases:
    """Four cases in two offices; verdicts and the model can be changed in the middle of a test."""

    verdicts: dict[tuple[str, str], str] = field(default_factory=dict)
    has_model: bool = True
    model_version: str = "uz-1"
    cases: dict[str, str] = field(
        default_factory=lambda: {"c1": "north", "c2": "north", "c3": "south", "c4": "north"}
    )
    legal_order: str = "uz"
    currency: str = "UZS"
    working_day: date = DAY
    source_hash: str = "5" * 64
    tables_folder: str = "tables"
    top: int = 3

    def measures(self) -> Mapping[str, Measure]:
        listed = (measure(LEVY, 3), measure(BAN, 8, True), measure(SALE, 9), measure(SEARCH, 7))
        return {one.id: one for one in listed}

    def open_cases(self) -> pl.DataFrame:
        rows = [
            (case, "d" + case, office, "o1", "tax", "state", "ordinary", DAY, 0, 1000 * (n + 1))
            for n, (case, office) in enumerate(self.cases.items())
        ]
        return pl.DataFrame(rows, schema=dict(WORKLIST_SCHEMA), orient="row")

    def office_of(self, case_id: str) -> str | None:
        return self.cases.get(case_id)

    def profile(self, case_id: str) -> CaseProfile | None:
        office = self.cases.get(case_id)
        if office is None:
            return None
        debtor: dict[str, object] = {"kind": "individual"}
        return CaseProfile(case_id, office, DAY, 1000, {"case_id": case_id}, debtor, {})

    def recommend(self, case_id: str) -> Recommended:
        if not self.has_model:
            raise NoModelError
        if case_id == "c4":
            raise NotRecommendableError(reason=same("The case was closed on that day."))
        ranked = [{"rank": 1, "measure": LEVY}, {"rank": 2, "measure": BAN}]
        body = {"case_id": case_id, "model": self.model_version, "recommendations": ranked}
        return Recommended(
            document=canonical_json(body),
            case_id=case_id,
            as_of_date=DAY,
            input_hash="1" * 64,
            model_version=self.model_version,
            law_version="2" * 16,
            abstained=False,
            ranked=(LEVY, BAN),
            best_expected_net_som=1000.5,
        )

    def judge(self, case_id: str, measure: str, on: date | None = None) -> LawAnswer:
        verdict = self.verdicts.get((case_id, measure), "lawful")
        sentence = same("The facts are these.").as_dict()
        ground = LawGround("rule", "64", "code", verdict, {"claim_som": 1}, sentence)
        return LawAnswer(measure, on or DAY, verdict, "2" * 16, [ground])

    def judge_many(
        self, case_id: str, measures: Sequence[str], on: date | None = None
    ) -> list[LawAnswer]:
        return [self.judge(case_id, measure, on) for measure in measures]

    def check(
        self,
        case_id: str,
        measure: str,
        on: date | None = None,
        stated: Mapping[str, bool | int | str] | None = None,
    ) -> ActionAnswer:
        law = self.judge(case_id, measure, on)
        return ActionAnswer(
            law.measure,
            law.on,
            law.verdict,
            law.law_version,
            law.grounds,
            finding="in_order" if law.verdict == "lawful" else law.verdict,
            stated=dict(stated or {}),
        )

    def models(self) -> list[ModelFacts]:
        return [
            ModelFacts(
                self.model_version,
                "uz",
                True,
                "2026-04-01",
                {"gates": []},
                [
                    Promoted(
                        "2026-03-30",
                        "7" * 64,
                        "K. Analyst",
                        "Gain as in the report.",
                        "B. Analyst",
                        "Better than uz-0.",
                    )
                ],
                Proposed("2026-04-01", "C. Analyst", "As before."),
            )
        ]

    def model_problem(self) -> str | None:
        return None if self.has_model else "No model."


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = datetime(2026, 4, 1, 9, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


PEOPLE = (
    NewAccount("olim", PASSWORD, Role.OFFICER, "Olim", ("north",), "p-olim"),
    NewAccount("oysha", PASSWORD, Role.OFFICER, "Oysha", ("*",), "p-oysha"),
    NewAccount("rano", PASSWORD, Role.REVIEWER, "Rano", ("north",), "p-rano"),
    NewAccount("rustam", PASSWORD, Role.REVIEWER, "Rustam", ("*",), "p-rustam", is_senior=True),
    NewAccount("olim2", PASSWORD, Role.REVIEWER, "Olim again", ("*",), "p-olim", is_senior=True),
    NewAccount("asal", PASSWORD, Role.ANALYST, "Asal", ("*",), "p-asal"),
)
