"""The models of the store and what their reports say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.responses import Response

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
    return tuple(facts)


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
    return Gate(t.code("gate", gate["name"]), bool(gate["passed"]), str(gate.get("sentence") or ""))
