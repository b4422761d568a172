"""What a training found, as figures: values with intervals, calibration, overlap, gates.

The report holds no row of any person and nothing that can be traced to one.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from models.calibration import calibration_slope
from models.gates.gate import Z80, Z95, Gate, Verdict
from models.overlap import MIN_EFFECTIVE_N
from models.policy_value import clustered_se, dr_terms, evaluate_policy, logged_value
from models.rankers.calibrated import Calibrated
from models.settings import MIN_EXAMPLES
from models.tournament import best_lawful, clusters_of, money_log, net_amounts, restrict
from models.training import Trained

MAX_TRIMMED_SHARE = 0.05


def build_report(trained: Trained) -> dict[str, Any]:
    """The report of a training, plain values only."""
    body: dict[str, Any] = {
        "examples": _examples(trained),
        "tournament": _tournament(trained),
        "values": policy_values(trained),
        "calibration": calibration(trained),
        "overlap": _overlap(trained),
        "interval_scale": trained.interval_scale,
        "hidden": trained.hidden.as_dict(),
        "limits": trained.limits.as_dict(),
        "levels": level_table(trained),
    }
    body["gates"] = [g.as_dict() for g in gates(body)]
    return body


def _examples(trained: Trained) -> dict[str, Any]:
    examples = trained.examples
    counts = examples.n_taken
    return {
        "n": len(examples),
        "n_debtors": len(set(examples.debtors)),
        "n_recorded_propensities": int((~np.isnan(examples.recorded_propensity)).sum()),
        "n_taken": counts,
        "by_measure": counts | {"other": int((examples.arm == len(examples.measures)).sum())},
        "left_out": dict(sorted(examples.left_out.items())),
    }


def _tournament(trained: Trained) -> dict[str, Any]:
    t = trained.tournament
    entries = [asdict(e) | {"value": e.value.as_dict()} for e in t.entries]
    return {
        "chosen": t.chosen,
        "reason": t.reason,
        "winsorised_at": t.cap,
        "power": t.power,
        "entries": entries,
    }


def level_table(trained: Trained) -> dict[str, Any]:
    """The maps to the level of today's cases, and how many past decisions speak of such cases."""
    ranker = trained.ranker
    maps: dict[str, Any] = {}
    if isinstance(ranker, Calibrated):
        for a, measure in enumerate(trained.examples.measures):
            maps[measure] = {"alpha": ranker.levels.alpha[a], "beta": ranker.levels.beta[a]}
    likeness = trained.likeness
    effective = float(likeness.sum() ** 2 / np.square(likeness).sum())
    return {"maps": maps, "effective_examples": effective}


def policy_values(trained: Trained) -> dict[str, Any]:
    """Net money per decision of the officers and of the chosen ranker, out of fold.

    Over the decisions at which at least one ranked measure was lawful; nothing winsorised.
    """
    examples = trained.examples
    some = np.asarray(examples.lawful.any(axis=1))
    log = restrict(money_log(examples, trained.scores, trained.costs), some)
    rates = trained.oof_level
    net = net_amounts(rates, examples.outstanding, trained.costs)
    policy = best_lawful(net, examples.lawful)[some]
    seed = trained.settings.seed
    gain = dr_terms(log, policy) - log.reward
    chosen = evaluate_policy(log, policy, seed=seed)
    return {
        "n_decisions": int(some.sum()),
        "officers": logged_value(log, seed=seed).as_dict(),
        "chosen": {name: v.as_dict() for name, v in chosen.items()},
        "gain_over_officers": {
            "value": float(gain.mean()),
            "se": clustered_se(gain, log.clusters),
        },
    }


def calibration(trained: Trained) -> dict[str, Any]:
    """Slope of doubly robust scores on expected shares, out of fold: 1 is right.

    Pooled over measures and for each measure; with its cluster-robust standard error.
    """
    examples, scores = trained.examples, trained.scores
    rates = trained.oof_level
    clusters = clusters_of(examples)
    found, x, y, c = {}, [], [], []
    for a, measure in enumerate(examples.measures):
        rows = examples.speaks_of(a)
        slope, se = calibration_slope(rates[rows, a], scores.gamma[rows, a], clusters[rows])
        found[measure] = {"slope": slope, "se": se, "n": int(rows.sum())}
        x.append(rates[rows, a])
        y.append(scores.gamma[rows, a])
        c.append(clusters[rows])
    slope, se = calibration_slope(np.concatenate(x), np.concatenate(y), np.concatenate(c))
    return {"pooled": {"slope": slope, "se": se}, "by_measure": found}


def _overlap(trained: Trained) -> dict[str, Any]:
    taken = trained.scores.taken
    return {
        "n_trimmed": trained.scores.n_trimmed,
        "trimmed_share": trained.scores.n_trimmed / max(len(taken), 1),
        "trim": trained.settings.trim,
        "smallest": float(taken.min()),
    }


def gates(report: dict[str, Any]) -> list[Gate]:
    """The conditions of promotion, each with the sentence that tells what was found."""
    gain = report["values"]["gain_over_officers"]
    pooled = report["calibration"]["pooled"]
    n = report["examples"]["n"]
    effective = report["values"]["chosen"]["dr"]["effective_n"]
    trimmed = report["overlap"]["trimmed_share"]
    off = abs(pooled["slope"] - 1.0)
    return [
        _said(
            "enough_examples",
            n >= MIN_EXAMPLES,
            f"{n} past decisions with a closed window ({MIN_EXAMPLES} needed)",
            value=float(n),
            bound=f"at least {MIN_EXAMPLES}",
        ),
        _said(
            "not_below_officers",
            gain["value"] >= -gain["se"],
            f"gain over the officers {gain['value']:.0f} per decision "
            f"(standard error {gain['se']:.0f}); must not be below minus one standard error",
            value=gain["value"],
            bound="at least minus one standard error",
            se=gain["se"],
            z=1.0,
        ),
        _said(
            "calibrated",
            bool(off <= max(0.2, Z95 * pooled["se"])),
            f"calibration slope {pooled['slope']:.2f} (standard error {pooled['se']:.2f}); "
            "must lie within 0.2 of 1 or its 95 % interval hold 1",
            value=pooled["slope"],
            bound="0.8 to 1.2",
            se=pooled["se"],
        ),
        _said(
            "overlap",
            effective >= MIN_EFFECTIVE_N and trimmed <= MAX_TRIMMED_SHARE,
            f"effective sample {effective:.0f} ({MIN_EFFECTIVE_N:.0f} needed), "
            f"{trimmed:.1%} of propensities trimmed (at most {MAX_TRIMMED_SHARE:.0%})",
            value=effective,
            bound=f"at least {MIN_EFFECTIVE_N:.0f}",
        ),
    ]


def _said(
    name: str,
    holds: bool,
    sentence: str,
    *,
    value: float,
    bound: str,
    se: float | None = None,
    z: float = Z95,
) -> Gate:
    """A gate with its 95 % interval, and the breach that four of five such samples would show."""
    verdict: Verdict = "passed" if holds else "failed"
    if se is None:
        return Gate(name, verdict, sentence, value, bound)
    power = (z + Z80) * se
    return Gate(
        name,
        verdict,
        f"{sentence}. A breach of {power:.3g} would have shown in four of five such samples",
        value,
        bound,
        value - Z95 * se,
        value + Z95 * se,
        power,
    )
