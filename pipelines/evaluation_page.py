"""An evaluation as a page that an analyst reads: every figure with what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from law.catalogue import catalogue
from models.off_policy import ESTIMATORS
from models.overlap import MIN_EFFECTIVE_N
from pipelines.from_logs import SMALLEST_GROUP
from pipelines.tables_of_pages import markdown_table
from pipelines.two_steps_page import two_steps_page
from registers.legal_orders import LEGAL_ORDERS

Report = Mapping[str, Any]
Show = Callable[[float], str]

POLICIES: Final[Mapping[str, str]] = {
    "as_shown": "ranking as shown",
    "best_expected": "highest expected",
}
CANNOT_TELL: Final = "these logs cannot tell"
MEANINGS: Final[Mapping[str, str]] = {
    "ips": "decisions in which the officer did what the ranking would do, each counted 1 / (how "
    "often officers do that in such a case) times. Right on average, restless.",
    "snips": "the same, divided by what the weights add up to. Steadier, a little off "
    "in small logs.",
    "dr": "what the model expects, corrected by those decisions. Right where either the model or "
    "the chances of the choices are right. **The one to read first.**",
    "switch_dr": "the same, but a decision whose weight is too large no longer corrects the model. "
    "Its interval makes room for the most that this may be off.",
    "model": "what the model expects, uncorrected. Its interval knows nothing of the model's own "
    "error: it is here to be compared, not to be believed.",
}
NAMES: Final[Mapping[str, str]] = {
    "ips": "IPS",
    "snips": "SNIPS",
    "dr": "DR",
    "switch_dr": "Switch-DR",
    "model": "the model alone",
}


def evaluation_page(report: Report) -> str:
    """The page in Markdown of what `pipelines.evaluate.evaluate_logged` found."""
    order = LEGAL_ORDERS[report["legal_order"]]

    def money(amount: float) -> str:
        return f"{amount / order.minor_units:,.0f}"

    def percent(share: float) -> str:
        return f"{100 * share:.1f}"

    names = {m: texts.names.en for m, texts in catalogue(order.id).items()}
    return "\n".join(
        [
            _head(report),
            "## Is the ranking worth more than what officers did?\n",
            _answer(report["shares"], "points of the debt", percent),
            _answer(report["values"], order.currency, money),
            _meaning_of_gamma(),
            "\n## Each estimator beside the others\n",
            "Recovered net of costs per decision, per cent of the debt:\n",
            _estimators(report["shares"], percent),
            f"\nThe same in {order.currency}:\n",
            _estimators(report["values"], money),
            _meanings(),
            "\n## What was tried: overlap by measure and by region\n",
            _measures(report["overlap"]["measures"], names),
            _regions(report["overlap"]["regions"]),
            "\n## What a budget of intrusiveness brings\n",
            _qini(report["qini"]["shares"], "per cent of the debt", percent),
            _qini(report["qini"]["values"], order.currency, money),
            _meaning_of_budgets(),
            two_steps_page(report["two_steps"]),
        ]
    )


def _head(report: Report) -> str:
    return f"""# What the ranking of model {report["model_version"]} is worth on past decisions

Written by `chora evaluate`; no figure on this page is typed by hand.

{report["n_decisions"]:,} past decisions on {report["n_debtors"]:,} debtors whose outcome windows
have closed; each is judged by models that have not seen its debtor. Nobody followed the ranking
when they were taken: what it would have brought is estimated. Intervals are 95 %, decisions of one
debtor counted together.
"""


def value_text(value: Report, show: Show) -> str:
    """An estimate with its interval."""
    return f"{show(value['value'])} ({show(value['low'])} to {show(value['high'])})"


def estimate_text(values: Report, name: str, show: Show) -> str:
    """An estimate with its interval; where the log cannot tell, that, and of the model's word the
    bare figure: its narrow interval would feign a knowledge that nobody has."""
    if values["overlap"]["tells"]:
        return value_text(values[name], show)
    return f"{show(values[name]['value'])}, unproven" if name == "model" else CANNOT_TELL


def gain_text(values: Report, unit: str, show: Show) -> str:
    """What a policy is worth against the officers, or that the log cannot tell."""
    if not values["overlap"]["tells"]:
        return str(values["overlap"]["sentence"])
    gain = values["gain_over_officers"]
    verdict = (
        "more than the officers' choices"
        if gain["low"] > 0
        else "less than the officers' choices"
        if gain["high"] < 0
        else "cannot be told from the officers' choices"
    )
    return f"{value_text(gain, show)} {unit} per decision against the officers: {verdict}."


def gamma_text(gamma: Mapping[str, float | None]) -> str:
    """How strong the reasons that no register holds may be before the gain is gone."""
    if gamma["point"] is None:
        return "no gain over the officers, whatever no register holds."
    sure = "not sure even without" if gamma["sure"] is None else f"sure up to {gamma['sure']:.2f}"
    return (
        "better than the officers while reasons that no register holds change the odds of a "
        f"choice by a factor of at most {gamma['point']:.2f} ({sure})."
    )


def _answer(values: Report, unit: str, show: Show) -> str:
    lines = []
    for key, name in POLICIES.items():
        lines.append(f"- {name}, in {unit}: {gain_text(values[key], unit, show)}")
        if values[key]["overlap"]["tells"]:
            lines.append(f"  Hidden reasons: {gamma_text(values[key]['sensitivity'])}")
    return "\n".join(lines)


def _meaning_of_gamma() -> str:
    return """
*As shown* is the order that an officer sees, lighter measures first where the data cannot tell
them apart; *highest expected* ignores intrusiveness. The factor under *hidden reasons* is Γ:
officers see what no register holds. At Γ = 2 such a reason may double the odds of a choice; the
ranking stops beating the officers at the factor named."""


def _estimators(values: Report, show: Show) -> str:
    rows = [["officers, as it happened", *[value_text(values["officers"], show)] * len(POLICIES)]]
    for name in ESTIMATORS:
        cells = []
        for key in POLICIES:
            found = values[key]
            cells.append(estimate_text(found, name, show))
        rows.append([NAMES[name], *cells])
    told = [values[key] for key in POLICIES]
    for name, cells in (
        ("effective decisions", [f"{v['overlap']['effective_n']:,.0f}" for v in told]),
        ("largest weight", [f"{v['overlap']['max_weight']:.1f}" for v in told]),
        ("weights add up to", [f"{v['overlap']['covered']:.0%}" for v in told]),
        ("Switch-DR cuts off above", [f"{v['switch_dr']['threshold']:.1f}" for v in told]),
        ("and leaves to the model", [f"{v['switch_dr']['left_to_model']:.0%}" for v in told]),
    ):
        rows.append([name, *cells])
    return markdown_table(["", *POLICIES.values()], rows)


def _meanings() -> str:
    lines = [f"- **{NAMES[name]}**: {MEANINGS[name]}" for name in ESTIMATORS]
    return "\n" + "\n".join(
        [
            *lines,
            "- **effective decisions**: how many equal decisions the estimate rests on. Below "
            f"{MIN_EFFECTIVE_N:.0f} no value is shown: {CANNOT_TELL}.",
            "- **weights add up to**: 100 % where officers now and then do all that the ranking "
            "would do; less says that some of it was never tried.",
            "- Where estimators differ by more than their intervals, trust none of them before "
            "you know why.",
        ]
    )


def _measures(measures: list[Report], names: Mapping[str, str]) -> str:
    rows = []
    for m in measures:
        seldom = "recorded" if m["hardly_ever"] is None else f"{m['hardly_ever']:.0%}"
        blind, n = len(m["blind_regions"]), m["n_regions"]
        rows.append(
            [
                names[m["measure"]],
                f"{m['n']:,}",
                f"{m['n_taken']:,}",
                seldom,
                f"{m['effective_n']:,.0f}",
                f"{m['max_weight']:.1f}",
                "yes" if m["tells"] else "**no**",
                f"{n - blind} of {n}",
            ]
        )
    head = [
        "measure", "lawful in", "of these taken", "hardly ever taken", "effective decisions",
        "largest weight", "can logs tell what it brings to all?", "regions in which they can",
    ]  # fmt: skip
    return (
        "Of each measure, over the decisions in which it was lawful. *Hardly ever taken*: the "
        "share of these cases in which officers take it so seldom that nothing comparable is "
        "known; what is said of it there is the model's word.\n\n" + markdown_table(head, rows)
    )


def _regions(regions: list[Report]) -> str:
    rows = [
        [
            r["region"],
            f"{r['n']:,}",
            f"{r['n_used']:,}",
            f"{r['effective_n']:,.0f}",
            f"{r['max_weight']:.1f}",
            "yes" if r["tells"] else "**no**",
        ]
        for r in regions
    ]
    head = [
        "region", "decisions", "did what the ranking would do", "effective decisions",
        "largest weight", "can logs tell?",
    ]  # fmt: skip
    return (
        "\nOf the ranking as shown, by the debtor's region (SOATO code; regions with fewer than "
        f"{SMALLEST_GROUP} decisions stand together):\n\n" + markdown_table(head, rows)
    )


def _qini(curve: Report, unit: str, show: Show) -> str:
    rows = []
    for p in curve["points"]:
        figures = [
            f"{show(p['value'])} ± {show(p['se'])}",
            f"{show(p['gain'])} ± {show(p['gain_se'])}",
            f"{show(p['personal'])} ± {show(p['personal_se'])}",
        ]
        rows.append(
            [
                f"{p['used']:.2f}",
                *(figures if p["tells"] else [CANNOT_TELL, "–", "–"]),
                f"{p['effective_n']:,.0f}",
            ]
        )
    head = [
        "mean intrusiveness", f"brings, {unit} ± standard error", "less the officers",
        "less one order for all", "effective decisions",
    ]  # fmt: skip
    officers, par = curve["officers_intrusiveness"], curve["least_at_par"]
    told = (
        "No budget of which these logs can tell brings as much."
        if par is None
        else f"The ranking is not below that from a budget of {par:.2f} on "
        f"({1 - par / officers:.0%} lighter)."
        if par < officers
        else f"The ranking is not below that from a budget of {par:.2f} on, which is no lighter."
    )
    return (
        markdown_table(head, rows) + f"\nOfficers: mean intrusiveness {officers:.2f}, "
        f"{show(curve['officers_value'])} {unit}. {told}\n"
    )


def _meaning_of_budgets() -> str:
    return """Read the tables so: were officers to use measures of a mean intrusiveness of so much
(1 lightest, 10 heaviest) and spend it where the ranking expects most, a decision would have brought
so much (DR). *Less one order for all*: what looking at the debtor adds to an order that is the same
for everybody within the same budget. Each table is chosen by its own unit.
"""
