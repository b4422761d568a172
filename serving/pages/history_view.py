"""What happened in a case so far: measures, payments, appeals and events, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from features.catalogue.values import RESULTS
from serving.pages.views import HistoryLine
from serving.pages.words import day_of, say_kind, say_measure, som_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from law.catalogue import Measure
    from serving.casefile import CaseFile
    from serving.pages.wording import Voice

    Row = dict[str, object]
    Dated = tuple[str, HistoryLine]


def build_history(
    t: Voice, file: CaseFile, measures: Mapping[str, Measure]
) -> tuple[HistoryLine, ...]:
    """The lines of this case (not of the debtor's other ones), newest first."""
    own = {name: _own(file, name) for name in ("actions", "payments", "appeals", "case_events")}
    dated = [
        *(_action(t, row, measures) for row in own["actions"]),
        *(_payment(t, row) for row in own["payments"]),
        *(_appeal(t, row) for row in own["appeals"]),
        *(_event(t, row) for row in own["case_events"]),
    ]
    return tuple(line for _, line in sorted(dated, key=lambda pair: pair[0], reverse=True))


def _own(file: CaseFile, table: str) -> list[Row]:
    return [row for row in file.tables.get(table, []) if row.get("case_id") == file.case_id]


def _action(t: Voice, row: Row, measures: Mapping[str, Measure]) -> Dated:
    result = say_kind(t, RESULTS, row["result"])
    if row["cancelled_as"] is not None:
        result = t.code("cancelled_as", row["cancelled_as"])
    name = say_measure(t, measures, str(row["measure"]))
    return _line(t, row["decided_on"], "action", name, result)


def _payment(t: Voice, row: Row) -> Dated:
    what = t("case.payment", source=t.code("payment_source", row["source"]))
    return _line(t, row["paid_on"], "payment", what, t.amount(som_of(row["amount_som"])))


def _appeal(t: Voice, row: Row) -> Dated:
    what = t("case.appeal", by=t.code("filed_by", row["filed_by"]))
    return _line(
        t, row["filed_on"], "appeal", what, t.code("appeal_result", row["result"] or "open")
    )


def _event(t: Voice, row: Row) -> Dated:
    what = t("case.event", kind=t.code("event_kind", row["kind"]))
    ends = day_of(row["ends_on"])
    return _line(t, row["starts_on"], "event", what, f"… {t.day(ends)}" if ends else "")


def _line(t: Voice, day: object, kind: str, what: str, result: str) -> Dated:
    return str(day), HistoryLine(t.day(day_of(day)), kind, what, result)
