"""What validation tells: a report for programs (JSON) and sentences for the console.

A report holds counts, codes and row numbers, never the values of a row.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registers.errors import TableRefusedError
from registers.tables import TABLES
from registers.texts import Texts, group_digits
from registers.unknown_rows import owner_column
from registers.validation.findings import Finding
from registers.validation.page_words import OLDER_STATE, UNKNOWN_OWNERS, WITHOUT_OWNER
from registers.validation.plausibility import Measure
from registers.validation.portrait import EMPTY, Portrait
from registers.validation.reasons import Reason
from registers.validation.refusal_words import Note, refusal_texts


@dataclass(frozen=True)
class TableReport:
    """What became of one table; `read == accepted + set_aside` always.

    Attributes:
        read: rows of this extract, accepted or set aside.
        accepted: rows of this extract that count.
        repaired: accepted rows in which a stated rule changed a text (see `repairs`).
        already_known: accepted rows that a former extract had brought, word for word.
        rows: rows of the accepted table, with those of former extracts.
        refused: why the whole table cannot be used, or None.
        refused_code: the code of the refusal; None where findings stop the table.
        refused_detail: names and numbers that belong to the refusal in any language.
        repairs: cells that each rule changed, by rule and column.
        findings: what the table as a whole makes doubtful.
        remarks: what was noticed and costs nothing.
        n_unknown: debtors or cases of which not all rows of the table are known.
        n_unknown_rows: rows set aside that concern them, of former extracts too.
        n_without_owner: rows set aside of which nobody can tell whose they are.
        doubts: what reading the columns made doubtful, to be judged with the figures of the table.
        n_older_state: keys of which a row was set aside while an older row stays in force.
        verdict: what Great Expectations recorded: expectations, and unexpected rows by check.
        portrait: the table in counts, for the comparison with the next extract.
    """

    name: str
    read: int = 0
    accepted: int = 0
    repaired: int = 0
    set_aside: int = 0
    already_known: int = 0
    rows: int = 0
    refused: str | None = None
    refused_code: str | None = None
    refused_detail: str = ""
    is_absent: bool = False
    source_file: str | None = None
    source_sha256: str | None = None
    reasons: tuple[Reason, ...] = ()
    repairs: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Note, ...] = ()
    doubts: tuple[Measure, ...] = ()
    n_unknown: int = 0
    n_unknown_rows: int = 0
    n_without_owner: int = 0
    n_older_state: int = 0
    verdict: Mapping[str, Any] | None = None
    portrait: Portrait = EMPTY

    @property
    def sentence(self) -> str:
        """The table in one sentence for the operator; what is doubtful follows in others."""
        if self.refused:
            return self.refused
        if self.is_absent:
            return f"{self.name}: not delivered; nothing is known from it."
        warnings = "".join(f" {finding.sentence}" for finding in self.findings)
        return (
            f"{self._rows_sentence}{self._lines_sentence}{self._repairs_sentence}"
            f"{self._older_state_sentence}{self._unknown_sentence}{warnings}"
        )

    @property
    def state(self) -> str:
        """The state of the table in a word: accepted, with warnings, refused, not delivered."""
        if self.refused:
            return "refused"
        if self.is_absent:
            return "not delivered"
        if not self.source_file:
            return "unchanged"
        return "with warnings" if self.findings else "accepted"

    @property
    def known(self) -> str:
        """How much is known of the table: all, part, little (half or less) or nothing."""
        n_lost = max(self.set_aside, self.n_unknown_rows + self.n_without_owner)
        if self.is_absent or self.refused or (n_lost and not self.rows):
            return "nothing"
        if not n_lost:
            return "all"
        return "part" if n_lost < self.rows else "little"

    @property
    def file(self) -> str:
        """The file below quarantine/ and repairs/ that holds rows and repairs of the table."""
        return f"{self.name.replace(' ', '.')}.parquet"

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks as sentences."""
        return tuple(note.sentence for note in self.remarks)

    @property
    def refused_texts(self) -> Texts | None:
        """Why the table cannot be read, in four languages; None where findings stop it."""
        return refusal_texts(self.refused_code) if self.refused_code else None

    @property
    def _rows_sentence(self) -> str:
        if not self.set_aside:
            known = f", {group_digits(self.already_known)} of them known already"
            return (
                f"{self.name}: {group_digits(self.read)} rows, all accepted"
                f"{known if self.already_known else ''}."
            )
        reasons = "; ".join(reason.sentence for reason in self.reasons)
        return (
            f"{self.name}: {group_digits(self.set_aside)} of {group_digits(self.read)} rows set "
            f"aside, {reasons}. See quarantine/{self.file}."
        )

    @property
    def _lines_sentence(self) -> str:
        """Which lines of the file to look at, where a stray quotation mark swallowed some."""
        return "".join(f" {n.sentence}" for n in self.remarks if n.code == "swallowed_lines")

    @property
    def _repairs_sentence(self) -> str:
        if not self.repaired:
            return ""
        rules = "; ".join(
            f"{rule} in {', '.join(columns)}" for rule, columns in self.repairs.items()
        )
        return f" {group_digits(self.repaired)} repaired, {rules}. See repairs/{self.file}."

    @property
    def _older_state_sentence(self) -> str:
        if not self.n_older_state:
            return ""
        return f" {OLDER_STATE.en.format(n=group_digits(self.n_older_state))}"

    @property
    def unknown_texts(self) -> Texts | None:
        """Whose rows are not all known, in four languages; None where all are."""
        if self.n_unknown:
            parts = UNKNOWN_OWNERS[owner_column(TABLES[self.name])]
            told = parts.format(n=group_digits(self.n_unknown), table=self.name)
        elif self.n_without_owner:
            told = None
        else:
            return None
        if not self.n_without_owner:
            return told
        nobodys = WITHOUT_OWNER.format(n=group_digits(self.n_without_owner))
        return nobodys if told is None else _joined(told, nobodys)

    @property
    def _unknown_sentence(self) -> str:
        return f" {self.unknown_texts.en}" if self.unknown_texts else ""

    @property
    def n_by_reason(self) -> dict[str, int]:
        """How many rows were set aside for each reason; the counts add up to set_aside."""
        counts: Counter[str] = Counter()
        for reason in self.reasons:
            counts[reason.code] += reason.n_rows
        return dict(counts)

    def as_dict(self) -> dict[str, Any]:
        """The table in report.json."""
        return {
            "read": self.read,
            "accepted": self.accepted,
            "repaired": self.repaired,
            "set_aside": self.set_aside,
            "refused": self.refused,
            "refused_code": self.refused_code,
            "absent": self.is_absent,
            "already_known": self.already_known,
            "rows": self.rows,
            "source_file": self.source_file,
            "source_sha256": self.source_sha256,
            "reasons": self.n_by_reason,
            "repairs": {rule: dict(columns) for rule, columns in self.repairs.items()},
            "findings": [finding.as_dict() for finding in self.findings],
            "known": self.known,
            "unknown_owners": self.n_unknown,
            "unknown_rows": self.n_unknown_rows,
            "rows_without_owner": self.n_without_owner,
            "older_state_in_force": self.n_older_state,
            "notes": list(self.notes),
            "verdict": self.verdict,
            "portrait": self.portrait.as_dict(),
        }


def _joined(one: Texts, other: Texts) -> Texts:
    pairs = zip(one.as_dict().values(), other.as_dict().values(), strict=True)
    return Texts(*(f"{first} {second}" for first, second in pairs))


def refused_table(name: str, refusal: TableRefusedError) -> TableReport:
    """The report on a table of which nothing can be used."""
    return TableReport(
        name,
        refused=str(refusal),
        refused_code=refusal.reason_code,
        refused_detail=refusal.detail,
    )


@dataclass(frozen=True)
class ValidationReport:
    """What became of an extract.

    Attributes:
        source: the extract, without credentials.
        extracted_on: the day after which nothing can have been reported, or None.
        tables: by name, in the order of the contract.
        withdrawals: rows that the agency took back, by table; those not delivered are left out.
        ignored_files: what lies beside the tables and was not read.
        last: the extract that the tables were compared with, or None.
    """

    legal_order: str
    judge: str
    tables: Mapping[str, TableReport]
    source: str = ""
    extracted_on: str | None = None
    manifest_sha256: str | None = None
    withdrawals: Mapping[str, TableReport] = field(default_factory=dict)
    ignored_files: tuple[str, ...] = ()
    last: str | None = None
    description: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stated_day(self) -> date | None:
        """The day of the extract, or None where nobody states it."""
        return date.fromisoformat(self.extracted_on) if self.extracted_on else None

    @property
    def exit_code(self) -> int:
        """0 clean, 11 rows set aside, 12 a table unusable."""
        every = (*self.tables.values(), *self.withdrawals.values())
        if any(table.refused for table in every):
            return 12
        return 11 if any(table.set_aside for table in every) else 0

    @property
    def absent(self) -> tuple[str, ...]:
        """The tables that were not delivered."""
        return tuple(name for name, table in self.tables.items() if table.is_absent)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The report for the console, a sentence per table and per file that was left alone."""
        ignored = [f"{name}: no table of the contract; not read." for name in self.ignored_files]
        every = (*self.tables.values(), *self.withdrawals.values())
        return (*(table.sentence for table in every), *ignored)

    def as_dict(self) -> dict[str, Any]:
        """The content of report.json."""
        return {
            "written_by": "chora validate",
            "legal_order": self.legal_order,
            "exit_code": self.exit_code,
            "judge": self.judge,
            "source": self.source,
            "extracted_on": self.extracted_on,
            "manifest_sha256": self.manifest_sha256,
            "compared_with": self.last,
            "tables": {name: table.as_dict() for name, table in self.tables.items()},
            "withdrawals": {name: table.as_dict() for name, table in self.withdrawals.items()},
            "absent": list(self.absent),
            "ignored_files": list(self.ignored_files),
        }
