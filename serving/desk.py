"""What the service asks of registers, law and model, as one protocol.

The service never looks into a register or a model itself: it asks a desk. `RegisterDesk` answers
from register tables and the store's models; tests answer from a few lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

import polars as pl

from features.freshness import Stamp
from law.catalogue import Measure

if TYPE_CHECKING:
    from serving.action_check import ActionAnswer

LAWFUL = "lawful"
CANNOT_TELL = "cannot_tell"
NO_MEASURE = "none"  # an officer may propose to take no measure at all

WORKLIST_SCHEMA: Mapping[str, type[pl.DataType]] = {
    "case_id": pl.String,
    "debtor_id": pl.String,
    "office": pl.String,
    "officer_id": pl.String,
    "claim_kind": pl.String,
    "claimant_kind": pl.String,
    "procedure": pl.String,
    "opened_on": pl.Date,
    "days_open": pl.Int64,
    "outstanding_som": pl.Int64,
}


@dataclass(frozen=True)
class LawGround:
    """One ground of a verdict: the rule, its article, the facts used and the sentence."""

    rule: str
    article: str
    reason_code: str
    verdict: str
    facts: dict[str, object]
    sentence: dict[str, str]
    remedy: dict[str, str] | None = None  # what would make it lawful, where it stands against it
    confidence: str = "read"


@dataclass(frozen=True)
class LawAnswer:
    """Is the measure lawful for the case on the day? Verdict, grounds, version of the law."""

    measure: str
    on: date
    verdict: str
    law_version: str
    grounds: list[LawGround] = field(default_factory=list)
    confirmations: list[dict[str, str]] = field(default_factory=list)  # for a person to confirm

    @property
    def is_lawful(self) -> bool:
        """Whether the law lets the measure be taken."""
        return self.verdict == LAWFUL


@dataclass(frozen=True)
class Recommended:
    """What the recipe answered for one case: the canonical bytes and the facts that index them."""

    document: bytes
    case_id: str
    as_of_date: date
    input_hash: str
    model_version: str
    law_version: str
    abstained: bool
    ranked: tuple[str, ...]  # measures in rank order
    best_expected_net_som: float | None


@dataclass(frozen=True)
class CaseProfile:
    """What the registers say about one case on the working day, as JSON values."""

    case_id: str
    office: str
    as_of_date: date
    outstanding_som: int | None
    case: dict[str, object]
    debtor: dict[str, object]
    tables: dict[str, list[dict[str, object]]]
    freshness: dict[str, Stamp] = field(default_factory=dict)  # by table, of those with rows
    # By table: what the debtor has and owes, and what of it counts (`registers.holdings`).
    holdings: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    amounts: dict[str, int | None] = field(default_factory=dict)  # the law's facts of these names
    unknown_registers: dict[str, str] = field(default_factory=dict)  # by table: why not all known


@dataclass(frozen=True)
class Promoted:
    """One promotion of a version: the day, the bundle's hash; persons and reasons for analysts.

    `by` confirmed what `proposed_by` had proposed; promotions of older versions had one person.
    """

    on: str | None
    bundle_hash: str | None
    by: str | None = None
    reason: str | None = None
    proposed_by: str | None = None
    proposed_because: str | None = None


@dataclass(frozen=True)
class Proposed:
    """A proposal that waits for another person; person and reason for analysts."""

    on: str | None
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class ModelFacts:
    """One model version in the store, for the list of models; the newest promotion first."""

    version: str
    legal_order: str
    is_champion: bool
    trained_at: str | None
    report: dict[str, object]
    promotions: list[Promoted] = field(default_factory=list)
    proposal: Proposed | None = None


class Desk(Protocol):
    """Registers, law and model as the service needs them, for one working day."""

    @property
    def legal_order(self) -> str:
        """The id of the legal order of the tables."""
        ...

    @property
    def currency(self) -> str:
        """The currency of the amounts, such as UZS."""
        ...

    @property
    def working_day(self) -> date:
        """The day on which cases are judged."""
        ...

    @property
    def source_hash(self) -> str:
        """The hash of the register tables."""
        ...

    @property
    def tables_folder(self) -> str:
        """Where the tables lie, for a later replay."""
        ...

    @property
    def top(self) -> int:
        """How many measures a recommendation ranks."""
        ...

    def measures(self) -> Mapping[str, Measure]:
        """The measure catalogue, in its order."""
        ...

    def open_cases(self) -> pl.DataFrame:
        """Open money claims on the working day, in the columns of WORKLIST_SCHEMA."""
        ...

    def office_of(self, case_id: str) -> str | None:
        """The office of a case known on the working day; None where there is no such case."""
        ...

    def profile(self, case_id: str) -> CaseProfile | None:
        """The case with all that the registers say about it and its debtor."""
        ...

    def recommend(self, case_id: str) -> Recommended:
        """The recipe's answer for the case on the working day.

        Raises:
            NoModelError, NotRecommendableError: with a sentence.
        """
        ...

    def judge(self, case_id: str, measure: str, on: date | None = None) -> LawAnswer:
        """The law's answer, on the working day or an earlier one."""
        ...

    def judge_many(
        self, case_id: str, measures: Sequence[str], on: date | None = None
    ) -> list[LawAnswer]:
        """The law's answers on several measures, in the order asked."""
        ...

    def check(
        self,
        case_id: str,
        measure: str,
        on: date | None = None,
        stated: Mapping[str, bool | int | str] | None = None,
    ) -> "ActionAnswer":
        """The law's answer on a proposed action, with warnings, remedy and stated facts.

        Raises:
            CaseUnknownThenError: the case was first reported later.
        """
        ...

    def models(self) -> list[ModelFacts]:
        """The model versions in the store, newest first."""
        ...

    def model_problem(self) -> str | None:
        """Why no recommendation can be made now; None where a model is ready."""
        ...
