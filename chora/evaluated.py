"""What an evaluation found, on the console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chora.console import say, show_table
from models.off_policy import ESTIMATORS
from pipelines.evaluation_page import (
    NAMES,
    POLICIES,
    estimate_text,
    gain_text,
    gamma_text,
    value_text,
)
from pipelines.two_steps_page import counted_text, difference_text
from registers.legal_orders import LEGAL_ORDERS


def show_evaluation(report: Mapping[str, Any]) -> None:
    """Values by every estimator, hidden reasons, calibration, and the truth where it is known."""
    order = LEGAL_ORDERS[report["legal_order"]]
    units = {
        "shares": ("% of the debt", lambda v: f"{100 * v:.1f}"),
        "values": (order.currency, lambda v: f"{v / order.minor_units:,.0f}"),
    }
    for key, (unit, show) in units.items():
        values = report[key]
        rows = [("officers", *[value_text(values["officers"], show)] * len(POLICIES))]
        for name in ESTIMATORS:
            cells = [estimate_text(values[p], name, show) for p in POLICIES]
            rows.append((NAMES[name], *cells))
        title = f"Net recovery per decision ({unit}), {report['n_decisions']} past decisions"
        show_table(title, ["estimator", *POLICIES.values()], rows)
    for p, name in POLICIES.items():
        overlap = report["shares"][p]["overlap"]
        say(f"{name}: {overlap['sentence']}")
        if overlap["tells"]:
            for key, (unit, show) in units.items():
                say(f"{name}: {gain_text(report[key][p], unit, show)}")
            say(f"{name}: {gamma_text(report['values'][p]['sensitivity'])}")
    _show_two_steps(report["two_steps"])
    _show_calibration(report["calibration"])
    if "truth" in report:
        _show_truth(report["truth"])


def _show_two_steps(found: Mapping[str, Any]) -> None:
    say(f"Two steps ahead: {found['sentence']}")
    if found["comparison"] is not None:
        say(f"Two steps ahead: {difference_text(found['comparison'])}")
    say(f"Two steps ahead: {counted_text(found)}")


def _show_calibration(calibration: Mapping[str, Any]) -> None:
    rows = [
        (
            m,
            f"{c['slope']:.2f} ± {c['se']:.2f}",
            f"{c['mean_expected_rate']:.3f}",
            f"{c['mean_doubly_robust_rate']:.3f}",
        )
        for m, c in calibration.items()
    ]
    columns = ["measure", "slope", "expected share", "doubly robust share"]
    show_table("Calibration of expected shares", columns, rows)


def _show_truth(truth: Mapping[str, Any]) -> None:
    optimum = truth["optimum"]
    names = ("officers", "money_first", "chosen_as_shown", "chosen_best_expected", "optimum")
    rows = [
        (name, f"{truth[name]:,.0f}", f"{truth[name] / optimum:.1%}")
        for name in names
        if truth[name] is not None
    ]
    title = f"True net recovery per open claim ({truth['n_cases']} claims)"
    show_table(title, ["policy", "value", "of the optimum"], rows)
    say(f"90 % intervals hold the truth in {truth['interval_coverage']:.1%} of measures.")
    slopes = ", ".join(f"{m} {v:.2f}" for m, v in truth["calibration"].items())
    say(f"Slope of truth on expectation: {slopes}.")
    say(f"Ranked measures that the truth calls unlawful: {truth['refused_by_truth']}.")
