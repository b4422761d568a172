"""What a decision rests on, in the reader's words: facts, model, tables and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from explain.numbers import read_value, tell_value
from explain.words import REGISTERS
from features.catalogue import feature
from features.errors import UnknownFeatureError
from registers.legal_orders import legal_order
from serving.pages.profile_view import say_stamp
from serving.pages.views import Fact, OriginTable, OriginView
from serving.pages.words import day_of, sentence_start

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.trace import FeatureTrace
    from serving.pages.rendering import Asked
    from serving.pages.wording import Voice
    from serving.tracing import DecisionTrace, ModelTrace, RecommendationTrace

    Body = Mapping[str, Any]


def build_origin(asked: Asked, traced: DecisionTrace) -> OriginView:
    """The way back from a decision to the files of the registers."""
    t, recommended = asked.voice, traced.recommendation
    lineage = recommended.sources.lineage
    return OriginView(
        facts=_features(t, recommended),
        summary=_summary(asked, traced),
        tables=() if lineage is None else _tables(t, lineage, recommended),
        note="" if lineage else t("decision.no_lineage"),
        href=f"/api/v1/decisions/{traced.id}/lineage",
        command=f"chora trace --decision {traced.id} --store {asked.service.store.folder.name}",
    )


def _summary(asked: Asked, traced: DecisionTrace) -> tuple[Fact, ...]:
    t, recommended = asked.voice, traced.recommendation
    sources = recommended.sources
    desk = asked.service.desk
    is_same = desk is not None and desk.source_hash == sources.source_hash
    named = t("decision.in_ledger" if traced.is_in_ledger else "decision.not_in_ledger")
    facts = [
        Fact(t("decision.source_hash"), sources.source_hash, is_code=True),
        Fact(t("decision.named_in_ledger"), named),
        Fact(
            t("decision.tables_now"),
            t("decision.tables_same" if is_same else "decision.tables_other"),
        ),
        *_model(t, recommended.model),
    ]
    if sources.lineage is not None:
        facts += [_extract(t, one) for one in sources.lineage["extracts"]]
    return tuple(facts)


def _model(t: Voice, model: ModelTrace) -> list[Fact]:
    if model.as_of is None or model.trained_on is None:
        return [Fact(t("decision.trained_on"), t("shell.unknown"))]
    note = t("decision.trained_as_of", day=t.day(model.as_of))
    return [Fact(t("decision.trained_on"), model.trained_on.source_hash, note, is_code=True)]


def _extract(t: Voice, body: Body) -> Fact:
    manifest = body["manifest_sha256"]
    note = t("decision.manifest", hash=manifest) if manifest else t("decision.no_manifest")
    day = day_of(body["extracted_on"])
    value = f"{body['source']}, {t.day(day)}" if day else str(body["source"])
    return Fact(t(f"decision.extract_{body['kind']}"), value, note)


def _tables(t: Voice, lineage: Body, recommended: RecommendationTrace) -> tuple[OriginTable, ...]:
    """The tables behind the facts first, the others after them, in the contract's order."""
    behind = {table.table for one in recommended.features for table in one.tables}
    known = {name: body for name, body in lineage["tables"].items() if not body["absent"]}
    ordered = sorted(known, key=lambda name: name not in behind)
    return tuple(_table(t, name, known[name]) for name in ordered)


def _table(t: Voice, name: str, body: Body) -> OriginTable:
    outcome = body["validation"]
    counts = t(
        "decision.table_counts",
        read=t.count(body["read"]),
        accepted=t.count(body["accepted"]),
        repaired=t.count(body["repaired"]),
        set_aside=t.count(body["set_aside"]),
    )
    repairs = ", ".join(f"{rule}: {t.count(n)}" for rule, n in body["repairs"].items())
    facts = [
        Fact(t("decision.table_rows"), counts, repairs),
        Fact(
            t("decision.table_validation"),
            t("decision.table_clean" if outcome["is_clean"] else "decision.table_not_clean"),
            _warnings(t, outcome["warnings"]),
        ),
        Fact(t("decision.table_sha256"), body["table_sha256"], is_code=True),
    ]
    if body["source_sha256"]:
        facts.insert(0, Fact(t("decision.file_sha256"), body["source_sha256"], is_code=True))
    title = f"{sentence_start(t.says(REGISTERS[name]))}: {body['source']}"
    return OriginTable(title, tuple(facts))


def _warnings(t: Voice, sentences: Sequence[str]) -> str:
    """How many warnings validation gave; the sentences themselves are English only."""
    if not sentences:
        return ""
    counted = t("decision.table_warnings", n=len(sentences))
    return f"{counted}: {' '.join(sentences)}" if t.language == "en" else counted


def _features(t: Voice, recommended: RecommendationTrace) -> tuple[Fact, ...]:
    return tuple(_fact(t, one, recommended.legal_order) for one in recommended.features)


def _fact(t: Voice, traced: FeatureTrace, order: str) -> Fact:
    source = sentence_start(t.says(REGISTERS[traced.tables[0].table]))
    dated = t("case.nothing_reported") if traced.stamp is None else say_stamp(t, traced.stamp)
    if traced.stamp is not None and traced.stamp.is_stale:
        dated = f"{dated}; {t('case.stale')}"
    try:
        one = feature(traced.feature)
    except UnknownFeatureError:
        return Fact(traced.feature, traced.value or t("shell.unknown"), f"{source}: {dated}")
    value = tell_value(one, read_value(one, traced.value), t.language, legal_order(order))
    return Fact(sentence_start(t.says(one.label)), value, f"{source}: {dated}")
