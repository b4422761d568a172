"""A trace as a tree of lines, and as JSON: what a decision or a fact came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from explain.numbers import read_value, tell_value
from features.catalogue import feature
from features.errors import UnknownFeatureError
from registers.legal_orders import legal_order

if TYPE_CHECKING:
    from pipelines.trace import FeatureTrace, TableTrace
    from registers.legal_orders import LegalOrder
    from serving.tracing import DecisionTrace, ModelTrace, RecommendationTrace, SourceTrace

_PARTS = {
    "all": "about the debtor",
    "this_case": "of this case",
    "other_cases": "of the debtor's other cases",
    None: "about the debtor",
}


@dataclass
class Branch:
    """A line and the lines under it."""

    line: str
    under: list[Branch] = field(default_factory=list)


def draw(branch: Branch) -> Iterator[str]:
    """The lines of a tree.

    >>> print("\\n".join(draw(Branch("a", [Branch("b", [Branch("c")]), Branch("d")]))))
    a
    ├─ b
    │  └─ c
    └─ d
    """
    yield branch.line
    for one in branch.under:
        is_last = one is branch.under[-1]
        first, *rest = draw(one)
        yield f"{'└─' if is_last else '├─'} {first}"
        yield from (f"{'   ' if is_last else '│  '}{line}" for line in rest)


def as_plain(value: object) -> object:
    """A trace with JSON values only: dataclasses as objects, days and instants as ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: as_plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): as_plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(one) for one in value]
    return value


def decision_branch(traced: DecisionTrace) -> Branch:
    """A decision and what it rests on."""
    entry = f"ledger entry {traced.ledger_index}"
    named = f"{entry} names this recommendation and the hash of its tables"
    if not traced.is_in_ledger:
        named = f"{entry} names another recommendation or other tables: the store was changed"
    at = traced.decided_at.isoformat(sep=" ", timespec="seconds")
    return Branch(
        f"decision {traced.id}: {traced.decision} of {traced.measure}, {at}",
        [Branch(named), recommendation_branch(traced.recommendation)],
    )


def recommendation_branch(traced: RecommendationTrace) -> Branch:
    """A recommendation and what it was computed from."""
    is_same = traced.model.trained_on is not None and (
        traced.model.trained_on.source_hash == traced.sources.source_hash
    )
    return Branch(
        f"recommendation {traced.id}: case {traced.case_id} on {traced.as_of_date.isoformat()}",
        [
            Branch(f"hash of the answer {traced.output_hash}"),
            Branch(f"hash of the facts {traced.input_hash}"),
            Branch(f"law {traced.law_version} ({traced.legal_order})"),
            _model(traced.model, is_same=is_same),
            facts_branch(traced.features, legal_order(traced.legal_order)),
            sources_branch(traced.sources),
        ],
    )


def _model(traced: ModelTrace, *, is_same: bool) -> Branch:
    if traced.as_of is None or traced.trained_on is None:
        return Branch(f"model {traced.version}", [Branch(traced.note or "nothing is known of it")])
    trained = f"trained on what was known on {traced.as_of.isoformat()}, law {traced.law_version}"
    under = [Branch(trained), Branch(f"hash of the model {traced.bundle_hash}")]
    if is_same:
        under.append(Branch(f"tables {traced.trained_on.source_hash}: those below"))
    else:
        under.append(sources_branch(traced.trained_on))
    return Branch(f"model {traced.version}", under)


def facts_branch(features: Sequence[FeatureTrace], order: LegalOrder) -> Branch:
    """Facts with their values, days and rows."""
    return Branch(f"facts: {len(features)}", [_fact(one, order) for one in features])


def _fact(traced: FeatureTrace, order: LegalOrder) -> Branch:
    label, value = "a fact of another version", str(traced.value)
    with suppress(UnknownFeatureError):
        one = feature(traced.feature)
        label, value = one.label.en, tell_value(one, read_value(one, traced.value), "en", order)
    line = f"{label} ({traced.feature}): {value}; {_dated(traced)}"
    return Branch(line, [Branch(_behind(behind)) for behind in traced.tables])


def _dated(traced: FeatureTrace) -> str:
    stamp = traced.stamp
    if stamp is None:
        return "no entry reported"
    said = f"as recorded on {stamp.known_on.isoformat()}"
    if stamp.has_two_days:
        said = f"as of {stamp.observed_on.isoformat()}, reported {stamp.known_on.isoformat()}"
    return f"{said}, older than usual" if stamp.is_stale else said


def _behind(traced: TableTrace) -> str:
    if traced.is_absent:
        return f"{traced.table}: not delivered"
    if traced.n_rows is None:
        return traced.table
    lost = ", others were set aside: not all is known" if traced.is_part else ""
    return f"{traced.table}: rows known {_PARTS[traced.rows]}: {traced.n_rows}{lost}"


def sources_branch(traced: SourceTrace) -> Branch:
    """Tables with their hashes, counts and outcome."""
    if traced.lineage is None:
        return Branch(f"tables {traced.source_hash}", [Branch(traced.note or "")])
    body = traced.lineage
    judges = ", ".join(f"{name} {version}" for name, version in body["validated_with"].items())
    tables = {name: one for name, one in body["tables"].items() if not one["absent"]}
    absent = [name for name, one in body["tables"].items() if one["absent"]]
    under = [Branch(f"validated with {judges}")]
    under += [Branch(_extract(one)) for one in body["extracts"]]
    under += [_table(name, one) for name, one in tables.items()]
    if absent:
        under.append(Branch(f"not delivered: {', '.join(absent)}"))
    return Branch(f"tables {traced.source_hash}", under)


def _extract(body: Mapping[str, Any]) -> str:
    day = f" of {body['extracted_on']}" if body["extracted_on"] else ""
    manifest = f"manifest {body['manifest_sha256']}" if body["manifest_sha256"] else "no manifest"
    return f"extract {body['source']}{day}, {body['kind']}, {manifest}"


def _table(name: str, body: Mapping[str, Any]) -> Branch:
    outcome = body["validation"]
    repairs = ", ".join(f"{rule} {n}" for rule, n in body["repairs"].items())
    state = "clean" if outcome["is_clean"] else "not clean"
    lines = [
        f"as delivered {body['source_sha256'] or 'without a hash'}",
        f"as accepted {body['table_sha256']}",
        f"read {body['read']:,} = accepted {body['accepted']:,} + "
        f"set aside {body['set_aside']:,}; "
        f"repaired {body['repaired']}" + (f" ({repairs})" if repairs else ""),
        f"validation: {state}, {outcome['expectations']} expectations",
        *(f"warning: {warning}" for warning in outcome["warnings"]),
    ]
    if body.get("unknown_owners"):
        lines.append(f"debtors or cases of which not all is known: {body['unknown_owners']:,}")
    head = f"{name}: {body['rows']:,} rows from {body['source']}"
    return Branch(head, [Branch(line) for line in lines])
