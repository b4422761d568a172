"""Rankers as plain values of a bundle, and back; trees are named, their text stands beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from models.boosting import Trees
from models.calibration import Isotonic
from models.levels import Levels
from models.rankers.base import Ranker
from models.rankers.blend import Blend
from models.rankers.calibrated import Calibrated
from models.rankers.card import Leaf, Question, RuleCard
from models.rankers.constant import ConstantRanker
from models.rankers.effects import EffectLearner
from models.rankers.outcome import SLearner, TLearner

Put = Callable[[str, Trees], str]
Get = Callable[[str], Trees]


def ranker_text(ranker: Ranker, name: str, put: Put) -> dict[str, Any]:
    """The plain values of a ranker; `put` writes an ensemble once and gives its file."""
    match ranker:
        case ConstantRanker():
            usual = put(f"{name}_usual", ranker.usual)
            return {"is": "constant", "usual": usual, "delta": list(ranker.delta)}
        case RuleCard():
            usual = put(f"{name}_usual", ranker.usual)
            return {"is": "card", "usual": usual, "root": _node_text(ranker.root)}
        case SLearner():
            outcome = put(f"{name}_outcome", ranker.outcome)
            return {"is": "s", "outcome": outcome, "own": list(ranker.own)}
        case TLearner():
            own = {str(a): put(f"{name}_outcome{a}", t) for a, t in ranker.outcomes.items()}
            return {"is": "t", "outcomes": own, "other": ranker_text(ranker.other, name, put)}
        case EffectLearner():
            effects = [put(f"{name}_{ranker.kind}{a}", t) for a, t in enumerate(ranker.effects)]
            return {
                "is": "effects",
                "kind": ranker.kind,
                "usual": put(f"{name}_usual", ranker.usual),
                "effects": effects,
                "calibrations": [{"x": list(c.x), "y": list(c.y)} for c in ranker.calibrations],
                "own": list(ranker.own),
            }
        case Blend():
            members = [ranker_text(r, f"{name}_{j}", put) for j, r in enumerate(ranker.members)]
            weights = list(ranker.weights)
            return {"is": "blend", "kind": ranker.kind, "weights": weights, "members": members}
        case Calibrated():
            levels = {"alpha": list(ranker.levels.alpha), "beta": list(ranker.levels.beta)}
            inner = ranker_text(ranker.inner, name, put)
            return {"is": "calibrated", "levels": levels, "inner": inner}
        case _:
            raise TypeError(type(ranker).__name__)


def ranker_from(spec: Mapping[str, Any], get: Get) -> Ranker:
    """The ranker that `ranker_text` wrote."""
    match spec["is"]:
        case "constant":
            return ConstantRanker(get(spec["usual"]), tuple(spec["delta"]))
        case "card":
            return RuleCard(get(spec["usual"]), _node(spec["root"]))
        case "s":
            return _s_learner(spec, get)
        case "t":
            outcomes = {int(a): get(file) for a, file in spec["outcomes"].items()}
            return TLearner(outcomes, _s_learner(spec["other"], get))
        case "effects":
            maps = tuple(Isotonic(tuple(c["x"]), tuple(c["y"])) for c in spec["calibrations"])
            effects = tuple(get(file) for file in spec["effects"])
            usual = get(spec["usual"])
            return EffectLearner(usual, effects, maps, tuple(spec["own"]), spec["kind"])
        case "blend":
            members = tuple(ranker_from(inner, get) for inner in spec["members"])
            return Blend(members, tuple(spec["weights"]), spec["kind"])
        case _:
            levels = Levels(tuple(spec["levels"]["alpha"]), tuple(spec["levels"]["beta"]))
            return Calibrated(ranker_from(spec["inner"], get), levels)


def _s_learner(spec: Mapping[str, Any], get: Get) -> SLearner:
    return SLearner(get(spec["outcome"]), tuple(spec["own"]))


def _node_text(node: Question | Leaf) -> dict[str, Any]:
    if isinstance(node, Leaf):
        return {"delta": list(node.delta)}
    return {
        "feature": node.feature,
        "cut": node.cut,
        "delta": list(node.delta),
        "yes": _node_text(node.yes),
        "no": _node_text(node.no),
    }


def _node(spec: Mapping[str, Any]) -> Question | Leaf:
    delta = tuple(spec["delta"])
    if "feature" not in spec:
        return Leaf(delta)
    return Question(spec["feature"], spec["cut"], delta, _node(spec["yes"]), _node(spec["no"]))
