"""The tables of the store.

Decisions, transitions, ledger entries, lineages and first choices are append-only: the migrations
add triggers that refuse to change or delete them. Reasons in words stay here; the ledger gets only
their salted hashes.
"""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from serving.store.types import UtcInstant

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The tables of one store."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this class attribute
        str: String(),
        datetime: UtcInstant(),
        date: Date(),
        bytes: LargeBinary(),
    }


class StoreFact(Base):
    """One fact about the store itself, such as the salt of its person hashes."""

    __tablename__ = "store_facts"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Account(Base):
    """A way to sign in. Two accounts with one `person_id` are one person for four eyes."""

    __tablename__ = "accounts"
    id: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str] = mapped_column(index=True)
    display_name: Mapped[str]
    role: Mapped[str]
    offices: Mapped[list[str]] = mapped_column(JSON)  # "*" means every office
    is_senior: Mapped[bool]
    is_active: Mapped[bool]
    language: Mapped[str]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]


class SessionRow(Base):
    """A signed-in session, found by the hash of its 256-bit id."""

    __tablename__ = "sessions"
    id_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship()


class Recommendation(Base):
    """What the recipe answered for one case on one day, its bytes, and where it stands."""

    __tablename__ = "recommendations"
    __table_args__ = (Index("ix_recommendations_case", "case_id", "created_at"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    office: Mapped[str] = mapped_column(index=True)
    as_of_date: Mapped[date]
    document: Mapped[bytes]  # canonical JSON, exactly what the recipe gave
    output_hash: Mapped[str]
    input_hash: Mapped[str]
    model_version: Mapped[str]
    law_version: Mapped[str]
    source_hash: Mapped[str]
    tables_folder: Mapped[str]
    top: Mapped[int]
    legal_order: Mapped[str]
    abstained: Mapped[bool]
    best_measure: Mapped[str | None]
    best_expected_net_som: Mapped[float | None]
    state: Mapped[str] = mapped_column(index=True)
    stayed_from: Mapped[str | None]
    version: Mapped[int]  # counts transitions; the optimistic lock
    current_proposal_id: Mapped[str | None]
    created_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class FirstChoice(Base):
    """What a person would choose before seeing the ranking; None: said to have no view yet."""

    __tablename__ = "first_choices"
    recommendation_id: Mapped[str] = mapped_column(
        ForeignKey("recommendations.id"), primary_key=True
    )
    person_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    measure: Mapped[str | None]
    stated_at: Mapped[datetime]


class Proposal(Base):
    """An officer's proposal: a ranked measure, another lawful one (override), or none."""

    __tablename__ = "proposals"
    id: Mapped[str] = mapped_column(primary_key=True)
    recommendation_id: Mapped[str] = mapped_column(ForeignKey("recommendations.id"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    person_id: Mapped[str]
    measure: Mapped[str]
    kind: Mapped[str]  # ranked, override, none
    rank: Mapped[int | None]
    first_choice: Mapped[str | None]  # the officer's choice before reading on
    reason_code: Mapped[str | None]
    reason: Mapped[str | None] = mapped_column(Text)
    law: Mapped[dict[str, object]] = mapped_column(JSON)
    working_day: Mapped[date]
    created_at: Mapped[datetime]
    recommendation: Mapped[Recommendation] = relationship()
    account: Mapped[Account] = relationship()


class Decision(Base):
    """A reviewer's decision on one proposal. The database itself refuses the proposer's own."""

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint("decider_person_id <> proposer_person_id", name="four_eyes"),
        CheckConstraint("length(reason) > 0 AND length(ground) > 0", name="stated_ground"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), unique=True)
    recommendation_id: Mapped[str] = mapped_column(ForeignKey("recommendations.id"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    decider_person_id: Mapped[str]
    proposer_person_id: Mapped[str]
    decision: Mapped[str]  # approve, reject, return
    ground: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    law: Mapped[dict[str, object]] = mapped_column(JSON)
    working_day: Mapped[date]
    decided_at: Mapped[datetime]
    ledger_index: Mapped[int] = mapped_column(unique=True)
    proposal: Mapped[Proposal] = relationship()
    account: Mapped[Account] = relationship()


class Transition(Base):
    """One change of state, with its person, ground and place in the ledger."""

    __tablename__ = "transitions"
    __table_args__ = (UniqueConstraint("recommendation_id", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[str] = mapped_column(ForeignKey("recommendations.id"))
    version: Mapped[int]
    action: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposal_id: Mapped[str | None] = mapped_column(ForeignKey("proposals.id"))
    decision_id: Mapped[str | None]
    ground: Mapped[str | None]
    reason: Mapped[str | None] = mapped_column(Text)
    reason_salt: Mapped[str | None]
    at: Mapped[datetime]
    ledger_index: Mapped[int] = mapped_column(unique=True)
    account: Mapped[Account] = relationship()


class LedgerEntry(Base):
    """One entry of the ledger, in the transaction of the state change that it tells."""

    __tablename__ = "ledger_entries"
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry: Mapped[bytes]


class IdempotencyKey(Base):
    """The answer that was given to a request, for the same request sent again."""

    __tablename__ = "idempotency_keys"
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    status: Mapped[int]
    body: Mapped[bytes]
    created_at: Mapped[datetime]


class Draft(Base):
    """What an account typed into a form that was not recorded; kept for a while, for it alone."""

    __tablename__ = "drafts"
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)  # the address that takes the form
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    told: Mapped[list[dict[str, str]]] = mapped_column(JSON)  # why it was refused, four languages
    kept_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SourceLineage(Base):
    """Where the tables with this source hash came from, as lineage.json told on first use."""

    __tablename__ = "lineages"
    source_hash: Mapped[str] = mapped_column(primary_key=True)
    lineage: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]


APPEND_ONLY = ("decisions", "transitions", "ledger_entries", "lineages", "first_choices")
