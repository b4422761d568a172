"""The models of the store and what their reports say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.responses import Response

from models.gates.gate import verdict_of
from serving.pages.asking import AskedNow
from serving.pages.rendering import render
from serving.pages.views import AnalysisView, Fact, Figure, Gate, ModelView, StateTag
from serving.pages.words import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from serving.desk import ModelFacts
    from serving.pages.wording import Voice

    Report = Mapping[str, Any]

router = APIRouter()
Z95 = 1.96
GATE_TAGS = {"passed": "lawful", "failed": "unlawful", "cannot_tell": "cannot_tell"}


@router.get("/analysis")
def get_analysis(asked: AskedNow) -> Response:
    """All versions, the champion first."""
    models = asked.service.require_desk().models()
    ordered = sorted(models, key=lambda model: not model.is_champion)
    shown = tuple(build_model(asked.voice, m, is_newest=m is models[0]) for m in ordered)
    view = AnalysisView(shown, any(m.is_champion for m in models))
    return render(asked, "analysis.html", view)


def build_model(t: Voice, model: ModelFacts, *, is_newest: bool = False) -> ModelView:
    """One version with the figures of its report."""
    report, code = model.report, _status(model, is_newest=is_newest)
    tournament = _part(report, "tournament")
    return ModelView(
        version=model.version,
        status=StateTag(code, t(f"analysis.{code}")),
        facts=_facts(t, model, tournament),
        figures=tuple(_figures(t, report)),
        rankers=tuple(_rankers(t, tournament)),
        chosen_because=str(tournament.get("reason") or ""),
        gates=tuple(_gate(t, gate) for gate in report.get("gates") or ()),  # type: ignore[attr-defined]
    )


def _status(model: ModelFacts, *, is_newest: bool) -> str:
    if model.is_champion:
        return "champion"
    return "candidate" if is_newest else "retired"


def _part(report: Report, name: str) -> Report:
    found = report.get(name)
    return found if isinstance(found, dict) else {}


def _facts(t: Voice, model: ModelFacts, tournament: Report) -> tuple[Fact, ...]:
    facts = []
    if model.trained_at:
        facts.append(Fact(t("analysis.trained_on"), t.day(day_of(model.trained_at[:10]))))
    if tournament.get("chosen"):
        facts.append(Fact(t("analysis.ranker"), t.code("ranker", tournament["chosen"])))
    for made in model.promotions[:1]:
        if made.proposed_by:
            facts.append(_step(t, "proposed_by", None, made.proposed_by, made.proposed_because))
        facts.append(_step(t, "confirmed_by", made.on, made.by, made.reason))
    if waits := model.proposal:
        facts.append(_step(t, "waits", waits.on, waits.by, waits.reason))
    return tuple(facts)


def _step(t: Voice, name: str, on: str | None, by: str | None, reason: str | None) -> Fact:
    """Who did it, when and why, in that person's words; only analysts see this page."""
    day = t.day(day_of(on)) if on else ""
    told = ": ".join(part for part in (by, reason) if part)
    return Fact(t(f"analysis.{name}"), ", ".join(part for part in (day, told) if part) or "–")


def _figures(t: Voice, report: Report) -> Iterator[Figure]:
    """The figures that the report has; nothing is shown for those that it lacks."""
    examples, values = _part(report, "examples"), _part(report, "values")
    for name in ("n", "n_debtors"):
        if name in examples:
            yield Figure(t(f"figure.{name}"), t.count(examples[name]))
    if officers := _part(values, "officers"):
        yield _money(t, t("figure.officers"), officers)
    for name, value in _part(values, "chosen").items():
        yield _money(t, t("figure.chosen", estimator=name.upper()), value)
    if gain := _part(values, "gain_over_officers"):
        yield _money(t, t("figure.gain"), _from_se(gain, "value"))
    if slope := _part(_part(report, "calibration"), "pooled"):
        span = _from_se(slope, "slope")
        interval = f"{span['low']:.2f} … {span['high']:.2f}"
        yield Figure(t("figure.slope"), f"{span['value']:.2f}", interval)
    if dr := _part(_part(values, "chosen"), "dr"):
        yield Figure(t("figure.effective_n"), t.count(dr["effective_n"]))
    if overlap := _part(report, "overlap"):
        yield Figure(t("figure.trimmed"), f"{overlap['trimmed_share'] * 100:.1f}\u00a0%")


def _rankers(t: Voice, tournament: Report) -> Iterator[Figure]:
    for entry in tournament.get("entries") or ():
        yield _money(t, t.code("ranker", entry["kind"]), entry["value"])


def _from_se(part: Report, name: str) -> dict[str, float]:
    value, se = float(part[name]), float(part["se"])
    return {"value": value, "low": value - Z95 * se, "high": value + Z95 * se}


def _money(t: Voice, label: str, value: Report) -> Figure:
    return Figure(
        label, t.amount(value["value"]), f"{t.amount(value['low'])} … {t.amount(value['high'])}"
    )


def _gate(t: Voice, gate: Report) -> Gate:
    verdict = verdict_of(gate)
    tag = StateTag(GATE_TAGS[verdict], t(f"analysis.gate_{verdict}"))
    return Gate(t.code("gate", gate["name"]), tag, str(gate.get("sentence") or ""))
