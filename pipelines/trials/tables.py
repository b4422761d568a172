"""The tables of a trial's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite

import numpy as np

from models.tournament import Entry
from pipelines.trials.run import CHOSEN, Judged, TrialRun
from pipelines.trials.trial import Outcome
from pipelines.trials.values import Estimate


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [" | ".join(head), "|".join("---" for _ in head), *(" | ".join(r) for r in rows)]
    return "\n".join(f"|{line}|" if line.startswith("---") else f"| {line} |" for line in lines)


def shown(outcome: Outcome) -> Callable[[float], str]:
    """How a figure of an outcome is written."""
    return lambda value: f"{value * outcome.scale:,.{outcome.digits}f}"


def signed(outcome: Outcome, estimate: Estimate) -> str:
    """A difference with its sign and its standard error in brackets."""
    value, se = estimate.value * outcome.scale, estimate.se * outcome.scale
    return f"{value:+,.{outcome.digits + 1}f} ({se:,.{outcome.digits + 1}f})"


def outcome_table(judged: Judged) -> str:
    """Every policy: value with its 95 % interval, and less the best constant policy."""
    write, rows = shown(judged.outcome), []
    for name, value in judged.values.items():
        low, high = value.interval()
        gap = judged.behind[name]
        same = name == f"{judged.best} for everybody"
        rows.append(
            (
                f"**{name}**" if name == CHOSEN else name,
                f"{write(value.value)} ({write(low)} to {write(high)})",
                "the best constant policy" if same else signed(judged.outcome, gap),
            )
        )
    head = ("policy", "value (95 % interval)", "less the best constant policy (standard error)")
    return table(head, rows)


def tournament_table(run: TrialRun) -> str:
    """The rankers of the first division: losses, value, slope of effects."""
    first = run.divisions[0].tournament
    rows = [
        (
            e.kind,
            f"{e.loss:.5f}",
            "–" if e.behind == 0 else f"{e.behind:+.5f} ({e.behind_se:.5f})",
            f"{e.value.value / run.trial.minor_units:,.1f}",
            _slope(e),
            "–" if e.kind == "constant" else "yes" if e.personalises else "no",
            "yes" if e.vetoed else "no",
        )
        for e in first.entries
    ]
    head = (
        "ranker",
        "loss",
        "above the best of those that may be chosen (standard error)",
        f"value, {run.trial.money}",
        "slope of effects (standard error)",
        "may personalise",
        "vetoed",
    )
    return table(head, rows)


def _slope(entry: Entry) -> str:
    """A constant order has no effects that differ between cases, hence no slope."""
    if entry.kind == "constant" or not isfinite(entry.slope):
        return "none: its effects are the same for all"
    return f"{entry.slope:.2f} ({entry.slope_se:.2f})"


def splits_table(run: TrialRun) -> str:
    """Each division into folds: what was chosen and what it is worth."""
    rows = []
    for number, d in enumerate(run.divisions, 1):
        judged = d.judged[0]
        rows.append(
            (
                str(number),
                d.chosen,
                judged.best,
                signed(judged.outcome, d.gap),
                signed(judged.outcome, d.gap_by_value),
                signed(judged.outcome, judged.over_elsewhere),
                signed(judged.outcome, judged.over_nothing),
                f"{d.level[0]:.2f} ({d.level[1]:.2f})",
                f"{d.held.near:.0%} · {d.held.within:.0%}",
                "yes" if d.gap.is_held else "no",
            )
        )
    head = (
        "division",
        "chosen",
        "best constant",
        "as shown, less the best constant",
        "by expected value alone, less it",
        "as shown, less the best constant of the other folds",
        f"as shown, less {run.trial.nothing}",
        "slope of stated shares",
        "intervals hold: near · whole",
        "not below by more than one standard error",
    )
    return table(head, rows)


def arms_table(run: TrialRun) -> str:
    """Of each arm the mean stated share of those who were drawn it, and what came of it."""
    rows = []
    for measure, (stated, found) in zip(run.measures, run.divisions[0].held.arms, strict=True):
        low, high = found.interval()
        rows.append(
            (
                measure,
                f"{stated:.3f}",
                f"{found.value:.3f} ({low:.3f} to {high:.3f})",
                "yes" if low <= stated <= high else "no",
            )
        )
    head = ("arm", "stated share", "share that came (95 % interval)", "holds it")
    return table(head, rows)


def mean_of(gaps: Sequence[Estimate]) -> Estimate:
    """The mean of a difference over divisions.

    Divisions are of the same decisions: its error is the mean of theirs, and no smaller.
    """
    value, se = float(np.mean([g.value for g in gaps])), float(np.mean([g.se for g in gaps]))
    return Estimate(value, se, max(g.n_differ or 0 for g in gaps))
