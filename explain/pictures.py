"""Global pictures of a model for analysts: which facts matter, and in which direction.

The `shap` package draws; matplotlib writes PNG without a screen. Both are imported when a picture
is asked for: the service and the batch never need them. Pictures show values of facts as dots
without any id; they are for analysts and stay in the store.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from explain.errors import PicturesUnavailableError
from models.design import NEVER, NONE_OF_IT

if TYPE_CHECKING:
    import lightgbm as lgb

MAX_SHOWN = 15
DPI = 150


def draw_global_pictures(
    booster: lgb.Booster,
    x: NDArray[np.float64],
    labels: Sequence[str],
    folder: Path,
    name: str,
    unit: str = "share of the amount due",
) -> tuple[Path, Path]:
    """Writes `<name>_bar.png` (mean size) and `<name>_beeswarm.png` (direction) into `folder`.

    Args:
        booster: A LightGBM regression model.
        x: (n, d) matrix as the model reads it (`models.design`).
        labels: d names of the columns, as a person reads them.
        folder: Where the pictures go; made if missing.
        name: Begins the file names.
        unit: What the model predicts, for the axis.

    Raises:
        PicturesUnavailableError: matplotlib is not installed.
    """
    explanation = explain_globally(booster, x, labels)
    folder.mkdir(parents=True, exist_ok=True)
    bar, beeswarm = folder / f"{name}_bar.png", folder / f"{name}_beeswarm.png"
    with _canvas() as (plt, shap):
        _save(plt, bar, f"mean size of the contribution, {unit}", lambda: _bar(shap, explanation))
        _save(
            plt,
            beeswarm,
            f"contribution of each case, {unit}",
            lambda: shap.plots.beeswarm(explanation, max_display=MAX_SHOWN, show=False),
        )
    return bar, beeswarm


def explain_globally(
    booster: lgb.Booster, x: NDArray[np.float64], labels: Sequence[str]
) -> Any:  # a shap.Explanation: the package ships no types
    """The contributions of every row as `shap` understands them, computed by LightGBM itself."""
    with _canvas() as (_, shap):
        both = np.asarray(booster.predict(x, pred_contrib=True), dtype=float)
        return shap.Explanation(
            values=both[:, :-1],
            base_values=both[:, -1],
            # What there is none of has no place on the scale of colours.
            data=np.where(np.isin(x, (NONE_OF_IT, NEVER)), np.nan, x),
            feature_names=[label[:1].upper() + label[1:] for label in labels],
        )


def _bar(shap: Any, explanation: Any) -> None:
    shap.plots.bar(explanation, max_display=MAX_SHOWN, show=False, show_data=False)


def _save(plt: Any, path: Path, axis: str, draw: Callable[[], object]) -> None:
    plt.figure()
    draw()
    plt.gca().set_xlabel(axis)
    plt.gcf().savefig(path, dpi=DPI, bbox_inches="tight", metadata={"Software": None})
    plt.close("all")


@contextmanager
def _canvas() -> Iterator[tuple[Any, Any]]:
    """pyplot on a canvas without a screen, and shap; their own deprecations are not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import matplotlib

            matplotlib.use("Agg")
            import matplotlib.pyplot as plt
            import shap
        except ImportError as missing:
            raise PicturesUnavailableError(str(missing.name)) from missing
        yield plt, shap
