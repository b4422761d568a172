"""The page that says how far estimates from logs can be trusted: every figure computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scipy.stats import binom

from models.overlap import MIN_EFFECTIVE_N
from models.policy_value import PolicyValue
from pipelines.evaluation_page import CANNOT_TELL, MEANINGS, NAMES
from pipelines.logs_bandit import CrossCheck
from pipelines.logs_nuisances import TRIM
from pipelines.logs_simulated import SETTINGS, UNITS, Sampled, Simulation
from pipelines.logs_trial import TrialCheck
from pipelines.tables_of_pages import markdown_table

LARGEST_ERROR: Final = 0.05
COVERAGE: Final = (0.93, 0.97)
SAMPLED: Final = ("ips", "snips", "dr", "switch_dr")
_UNIT: Final = {"shares": "share of the debt", "som": "som"}
_SETTING: Final = {
    "recorded": "chances recorded, as of a lottery",
    "learned": "chances learned from the log",
}


def build_page(
    simulation: Simulation, bandit: Sequence[CrossCheck], trial: Sequence[TrialCheck]
) -> str:
    """The page in Markdown."""
    return "\n".join(
        [
            _head(),
            _simulated(simulation),
            _bandit(bandit),
            _trial(trial),
            _meaning(simulation, bandit),
        ]
    )


def _head() -> str:
    meanings = "\n".join(f"- **{NAMES[name]}**: {MEANINGS[name]}" for name in MEANINGS)
    return f"""# Judging from logs: do the estimators find a value that is known?

Written by `chora results judging --data FOLDER`; no figure on this page is typed by hand. FOLDER
holds `open_bandit_small` and `hillstrom_email_rct`.

What a ranking would have brought is estimated from decisions that officers took their own way
(`chora evaluate`). Here the same estimators are asked about policies whose value is known. **None
of this is about Uzbek cases: it says whether the arithmetic can be trusted.**

{meanings}

Where the decisions that fit a policy weigh less than {MIN_EFFECTIVE_N:.0f} equal ones, no value is
shown: {CANNOT_TELL}. All intervals are 95 %.
"""


def _simulated(found: Simulation) -> str:
    by = {(s.setting, s.unit, s.estimator): s for s in found.sampled}
    n = found.sampled[0].n_samples
    parts = []
    for unit in UNITS:
        rows = [
            [
                f"{NAMES[name]}, {_SETTING[setting]}",
                *_errors(by[setting, unit, name]),
            ]
            for setting in SETTINGS
            for name in SAMPLED
        ]
        head = [
            "estimator", "mean error", "largest error", "mean of errors with their sign",
            "intervals that hold the truth", "half width",
        ]  # fmt: skip
        naive = found.naive_error[unit]
        parts.append(
            f"By {_UNIT[unit]} (the truth: {_value(found.truth[unit], unit)} per case; the plain "
            f"mean of the decisions that fit the policy is off by {naive:+.1%}):\n\n"
            + markdown_table(head, rows)
        )
    verdicts = "\n".join(
        f"- {_UNIT[unit]}, {_SETTING[setting]}: {_verdict(by[setting, unit, 'dr'])}"
        for unit in UNITS
        for setting in SETTINGS
    )
    low, high = (binom.ppf(q, n, 0.95) / n for q in (0.025, 0.975))
    inside = binom.cdf(COVERAGE[1] * n + 1e-9, n, 0.95) - binom.cdf(
        COVERAGE[0] * n - 1 + 1e-9, n, 0.95
    )
    return f"""## Simulated logs (bar A6: error at most 5 %, coverage 93 to 97 %)

{n} logs of {found.n_cases:,} cases (seed {found.seed}), drawn from a world in which officers take
heavier measures for harder debtors and cases of one debtor share their luck. The policy judged is
a personal one; officers did what it would do in {found.agree:.0%} of the cases, which weigh as much
as {found.effective_n:,.0f} equal ones. Errors are shares of the truth.

{parts[0]}
{parts[1]}
The bar, by the doubly robust estimate:

{verdicts}

With {n} logs, intervals that are exactly right hold the truth in {low:.1%} to {high:.1%} of them in
19 of 20 such runs, and in 93 to 97 % in {inside:.0%} of such runs: a figure just outside may be
chance. Chances were learned by a model of the right form and expectations by one of a wrong form,
so that the correction has work to do; a wrong model of both would find no truth.
"""


def _value(value: float, unit: str) -> str:
    return f"{value:.3f}" if unit == "shares" else f"{value:,.0f} som"


def _errors(s: Sampled) -> list[str]:
    return [
        f"{s.error:.2%}",
        f"{s.worst:.2%}",
        f"{s.bias:+.2%}",
        f"{s.coverage:.1%}",
        f"{s.half_width:.2%}",
    ]


def _verdict(s: Sampled) -> str:
    """Pass, or the figure that falls short."""
    error, coverage = f"error {s.error:.2%}", f"coverage {s.coverage:.1%}"
    if s.error > LARGEST_ERROR:
        error = f"**{error}**"
    if not COVERAGE[0] <= s.coverage <= COVERAGE[1]:
        coverage = f"**{coverage}**"
    return ("pass" if "**" not in error + coverage else "falls short") + f" ({error}, {coverage})"


def _bandit(checks: Sequence[CrossCheck]) -> str:
    rows = []
    for c in checks:
        tells = c.judged.overlap.tells
        values = c.judged.estimates | {"switch_dr": c.judged.switched.value}
        rows.append(
            [
                f"{c.group}: {c.target} policy from the {c.logger} log",
                _permille(c.own),
                *(_permille(values[k]) if tells else CANNOT_TELL for k in SAMPLED),
                _permille(values["model"], interval=False),
                f"{c.judged.overlap.effective_n:,.0f}",
                f"{c.judged.overlap.max_weight:,.1f}",
                _agrees(c) if tells else CANNOT_TELL,
            ]
        )
    head = [
        "judged", "its own clicks", *(NAMES[k] for k in SAMPLED), NAMES["model"],
        "effective views", "largest weight", "verdict",
    ]  # fmt: skip
    sentences = "\n".join(
        f"- {c.group}, {c.target} from {c.logger}: {c.judged.overlap.sentence}" for c in checks
    )
    return f"""## One policy's log against the other's own clicks (Open Bandit, small)

A shop showed items by a uniform draw and by Thompson sampling at the same time. Each policy is
judged from the other's log and set beside its own clicks, in clicks per thousand views. Of the
Thompson policy the week as a whole is judged: how often it showed each item at each place.

{markdown_table(head, rows)}
{sentences}

{min(c.judged.overlap.n for c in checks):,} views with a few dozen clicks are little: agreement says
that no error is to be seen at this size, not that there is none. Source: Saito, Aihara, Matsutani
and Narita 2020.
"""


def _permille(v: PolicyValue, *, interval: bool = True) -> str:
    text = f"{1000 * v.value:.1f}"
    return f"{text} ({1000 * v.low:.1f} to {1000 * v.high:.1f})" if interval else text


def _agrees(c: CrossCheck) -> str:
    word = "agrees" if abs(c.apart) < 1.96 else "**differs**"
    return f"{word}: DR lies {c.apart:+.1f} standard errors from it"


def _trial(checks: Sequence[TrialCheck]) -> str:
    first, parts = checks[0], []
    for strength in dict.fromkeys(c.strength for c in checks):
        mine = [c for c in checks if c.strength == strength]
        rows = [
            [
                f"{c.policy}, {c.outcome}",
                _scaled(c.own, c),
                _scaled(c.naive, c),
                *(
                    _scaled(v, c) if c.judged.overlap.tells else CANNOT_TELL
                    for v in (c.judged.estimates["dr"], c.judged.switched.value)
                ),
                f"{c.judged.overlap.effective_n:,.0f}",
                f"{c.judged.overlap.max_weight:.0f}",
                *(f"{c.bias[k]:+.1%} · {c.coverage[k]:.0%}" for k in SAMPLED),
            ]
            for c in mine
        ]
        head = [
            "policy, outcome", "the trial's own value", "plain mean in the log", "DR", "Switch-DR",
            "effective customers", "largest weight",
            *(f"{NAMES[k]}: bias · coverage" for k in SAMPLED),
        ]  # fmt: skip
        parts.append(
            f"{strength.capitalize()}ly confounded ({mine[0].n_kept:,} customers stay in the first "
            "log):\n\n" + markdown_table(head, rows)
        )
    return f"""## A trial confounded on purpose (Hillstrom 2008)

{first.n_trial:,} customers were drawn to get an e-mail on men's goods, on women's goods or none.
The trial's own value of a policy needs no model: the mean of those who happened to get what the
policy would send. Then customers were left out so that good customers got the men's e-mail more
often; chances and expectations were learned from what was left, as if nothing was known of how it
was made. Visits in per cent, spending in US$. DR and Switch-DR are those of the first log; bias and
coverage of the trial's value are over further logs, each of customers drawn anew with replacement.

{"".join(f"{p}{chr(10)}" for p in parts)}
Only {first.n_spent:,} of the trial's customers spent anything, so that an estimate of spending
rests on few people: read its coverage with that in mind. Chances below {TRIM} are raised to
it, which leaves some confounding in where it is strong.
"""


def _scaled(v: PolicyValue, c: TrialCheck) -> str:
    k, digits = (100.0, 1) if c.outcome == "visit" else (1.0, 2)
    low, high = (format(k * b, f".{digits}f") for b in (v.low, v.high))
    return f"{k * v.value:.{digits}f} ({low} to {high})"


def _meaning(simulation: Simulation, bandit: Sequence[CrossCheck]) -> str:
    blind = [c for c in bandit if not c.judged.overlap.tells]
    told = "".join(
        f"- The {c.logger} log of {c.group} cannot tell what the {c.target} policy brings: "
        f"{c.judged.overlap.effective_n:,.0f} effective views of {c.judged.overlap.n:,}. A "
        f"number would have had a standard error of {c.judged.estimates['dr'].se * 1000:.1f} "
        f"clicks per thousand views, and its own interval cannot be trusted either.\n"
        for c in blind
    )
    return f"""## What this says, and what it does not

- Where choices can be explained by what the registers hold and each measure is now and then taken,
  the doubly robust estimate finds the truth although plain means of the log do not.
{told}- Nothing here tests choices for reasons that no register holds. No estimator finds those; how
  strong they must be for a ranking to stop beating the officers is the Γ of `chora evaluate`.
- Error and coverage hold at {simulation.n_cases:,} cases of such a kind, not at any number.
"""
