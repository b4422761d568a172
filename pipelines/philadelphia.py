"""The page of results on a real randomised trial: every figure computed, none typed.

The trial mailed tax debtors in Philadelphia one of seven letters or none (Chirico and others 2019).
Its propensities are known, so the value of any policy can be estimated without a model of what
officers would have done; the pipeline runs on it unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from law.catalogue import catalogue
from models.boosting import Vector
from models.examples import Examples, build_examples
from models.policy_value import LoggedRewards, clustered_se, dr_terms
from models.rankers.base import all_rates
from models.registry import Store
from models.settings import TrainingSettings
from models.tournament import Entry, best_lawful, clusters_of, net_amounts
from models.training import Trained, train
from pipelines.train import register_candidate
from registers.adapters.philadelphia import ImportResult, import_philadelphia
from registers.errors import UserError
from registers.extract import Registers, load_tables
from registers.lineage import lineage_of
from registers.validation import validate_extract

WINDOWS_CLOSED_ON = date(2015, 10, 15)
WINSORISED_AT = 0.99
CENTS = 100.0
USED = "the chosen policy as it will be used (fitted to all owners)"
Z95 = 1.959963984540054
Policy = NDArray[np.int64]


class UnknownResultsError(UserError):
    """A page of results that the program does not make."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no page of results '{name}'. There are: philadelphia, ranking.")


class MissingDataError(UserError):
    """The page needs the trial's file."""

    def __init__(self) -> None:
        super().__init__("Give the trial's file: chora results philadelphia --data owners.csv.gz")


@dataclass(frozen=True)
class Estimate:
    """A doubly robust value of a policy with its standard error, clustered by owner."""

    value: float
    se: float

    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        return self.value - Z95 * self.se, self.value + Z95 * self.se


@dataclass(frozen=True)
class Outcome:
    """One outcome of the trial: its name, unit and its value for every owner, (n,)."""

    name: str
    reward: Vector
    scale: float
    digits: int


def write_results(
    file: Path, work: Path, page: Path, progress: Callable[[str], None] = lambda _: None
) -> None:
    """Import, validate, train and evaluate the trial in `work`, and write the page.

    Raises:
        SourceFileError: the file is not the trial's.
        TooFewExamplesError: it holds too few owners.
    """
    imported = import_philadelphia(file, work / "extract", progress=progress)
    progress("validating")
    validate_extract(work / "extract", work / "tables", progress)
    registers = load_tables(work / "tables")
    settings = TrainingSettings()
    examples = build_examples(
        registers,
        WINDOWS_CLOSED_ON,
        min_per_measure=settings.min_per_measure,
        progress=progress,
    )
    trained = train(examples, settings, progress)
    lineage = lineage_of(work / "tables", registers.source_hash)
    store = Store(work / "store")
    result = register_candidate(trained, registers, WINDOWS_CLOSED_ON, store, lineage)
    progress(f"evaluating {result.version}")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(build_page(trained, imported, registers))


def outcomes_of(examples: Examples) -> tuple[Outcome, Outcome]:
    """Ever paid, and what was paid held at the 99th percentile, both within the window."""
    cap = float(np.quantile(examples.recovered, WINSORISED_AT))
    paid = (examples.recovered > 0).astype(float)
    amount = np.minimum(examples.recovered, cap) / CENTS
    return Outcome("Ever paid, %", paid, 100.0, 1), Outcome(
        f"Paid, US$ (held at {cap / CENTS:,.0f})", amount, 1.0, 1
    )


def reward_log(examples: Examples, trained: Trained, reward: Vector) -> LoggedRewards:
    """The log of one outcome, with out-of-fold means of each arm as the direct part.

    With known propensities any direct part gives an unbiased value; means are enough.
    """
    n, m = examples.lawful.shape
    modelled = np.zeros((n, m))
    for k in np.unique(trained.folds):
        inside, outside = trained.folds == k, trained.folds != k
        for a in range(m):
            modelled[inside, a] = reward[outside & (examples.arm == a)].mean()
    return LoggedRewards(
        reward, examples.arm, trained.scores.taken, modelled, clusters_of(examples)
    )


def value_of(log: LoggedRewards, policy: Policy) -> Estimate:
    """The doubly robust value of a policy."""
    terms = dr_terms(log, policy)
    return Estimate(float(terms.mean()), clustered_se(terms, log.clusters))


def difference(log: LoggedRewards, policy: Policy, other: Policy) -> Estimate:
    """How much more `policy` is worth than `other`, paired."""
    terms = dr_terms(log, policy) - dr_terms(log, other)
    return Estimate(float(terms.mean()), clustered_se(terms, log.clusters))


def policies_of(trained: Trained) -> dict[str, Policy]:
    """Each arm for everybody, each ranker out of fold, and the best arm out of fold."""
    examples, n = trained.examples, len(trained.examples)
    policies = {f"{m} for everybody": np.full(n, a) for a, m in enumerate(examples.measures)}
    for kind, rates in trained.oof_rates.items():
        net = net_amounts(rates, examples.outstanding, trained.costs)
        policies[f"ranker {kind}"] = best_lawful(net, examples.lawful)
    return policies


def used_policy(trained: Trained) -> Policy:
    """What the chosen ranker, fitted to all owners as it will be used, would send to each."""
    inputs = trained.design.inputs(trained.examples.features, trained.examples.pairs)
    rates = all_rates(trained.ranker, inputs)
    net = net_amounts(rates, trained.examples.outstanding, trained.costs)
    return best_lawful(net, trained.examples.lawful)


def best_constant(log: LoggedRewards, measures: tuple[str, ...]) -> tuple[str, Policy, Estimate]:
    """The arm with the highest estimate for everybody: chosen on the same data, so flattered."""
    n = len(log.reward)
    found = [(value_of(log, np.full(n, a)), a) for a in range(len(measures))]
    estimate, arm = max(found, key=lambda pair: pair[0].value)
    return measures[arm], np.full(n, arm), estimate


def build_page(trained: Trained, imported: ImportResult, registers: Registers) -> str:
    """The page in Markdown."""
    examples = trained.examples
    chosen = f"ranker {trained.tournament.chosen}"
    policies = policies_of(trained) | {USED: used_policy(trained)}
    parts = [_head(imported, examples, registers)]
    for outcome in outcomes_of(examples):
        log = reward_log(examples, trained, outcome.reward)
        parts.append(_outcome_table(outcome, log, policies, chosen, examples.measures))
    parts.append(_tournament(trained))
    parts.append(_choices(policies[USED], examples.measures))
    parts.append(_meaning(trained, policies[USED]))
    return "\n".join(parts)


def _head(imported: ImportResult, examples: Examples, registers: Registers) -> str:
    names = catalogue(registers.legal_order.id)
    arms = ", ".join(f"{names[m].names.en} ({m})" for m in examples.measures)
    sentences = "\n".join(f"- {s}" for s in imported.sentences)
    return f"""# A real randomised trial: tax letters in Philadelphia, 2015

Written by `make philadelphia DATA=owners.csv.gz`; no figure on this page is typed by hand.

Source: replication file of Chirico, Inman, Loeffler, MacDonald and Sieg (2019), National Tax
Journal 72(3):479-506. Owners with tax debt were drawn to get one of seven letters or none; the
probability of each arm is known and recorded in the register as `propensity`, so nothing about
past choices has to be estimated. **These are not Uzbek cases, and letters are not measures.**

{sentences}
- {len(examples):,} owners of a single property are analysed; arms: {arms}.
- Outcomes: whether and how much was paid within three months of the mailing, the trial's
  undisturbed period. All values are doubly robust, intervals are 95 %, clustered by owner.
- Rankers see only what was known before the mailing and are judged out of fold.
"""


def _outcome_table(
    outcome: Outcome,
    log: LoggedRewards,
    policies: Mapping[str, Policy],
    chosen: str,
    measures: tuple[str, ...],
) -> str:
    best_name, best, _ = best_constant(log, measures)

    def shown(e: Estimate, *, signed: bool = False) -> str:
        form = f"{'+' if signed else ''},.{outcome.digits}f"
        low, high = (format(b * outcome.scale, form) for b in e.interval())
        return f"{format(e.value * outcome.scale, form)} ({low} to {high})"

    rows = []
    for name, policy in policies.items():
        label = f"**{name} (chosen)**" if name == chosen else name
        gap = difference(log, policy, best)
        against = "the best constant" if (policy == best).all() else shown(gap, signed=True)
        rows.append(f"| {label} | {shown(value_of(log, policy))} | {against} |")
    table = "\n".join(rows)
    verdicts = "\n".join(
        f"- {what}: {_verdict(difference(log, policies[name], best), outcome)}"
        for what, name in (("As it will be used", USED), ("Out of fold", chosen))
    )
    return f"""## {outcome.name}

| policy | value (95 % interval) | less the best constant policy |
|---|---|---|
{table}

The best constant policy is {best_name} for everybody; it was picked on these same owners, which
flatters it. Rankers stand out of fold: each owner gets what was learned from the other folds, which
for a constant order means that a fold whose own owners speak for one letter is sent another. The
last row is fitted to the owners that it is valued on: where the chosen ranker is a constant order
that flatters it as little as the best constant policy; where it personalises, read the row out of
fold. The chosen policy less the best constant one:

{verdicts}
"""


def _verdict(gap: Estimate, outcome: Outcome) -> str:
    """How far a policy is from the best constant one, and whether that is within one error."""
    digits = outcome.digits + 1
    value, se = gap.value * outcome.scale, gap.se * outcome.scale
    if gap.value >= -gap.se:
        return f"{value:+.{digits}f} (standard error {se:.{digits}f}), not below by more than that."
    return f"{value:+.{digits}f}, below by more than one standard error ({se:.{digits}f})."


def _tournament(trained: Trained) -> str:
    rows = "\n".join(
        f"| {e.kind} | {e.value.value / CENTS:,.1f} ({e.value.low / CENTS:,.1f} to "
        f"{e.value.high / CENTS:,.1f}) | {_slope(e)} | "
        f"{'yes' if e.personalises else 'no'} |"
        for e in trained.tournament.entries
    )
    return f"""## Which ranker was chosen, and why

Value per owner in US$, net of the dollar that a letter costs, with the debt held at its
{trained.settings.winsorise_at:.0%} quantile (US$ {trained.tournament.cap / CENTS:,.0f}).

| ranker | value (95 % interval) | slope of effects ± standard error | may personalise |
|---|---|---|---|
{rows}

{_reason(trained)}
"""


def _slope(entry: Entry) -> str:
    """A constant order has no effects that differ between cases, hence no slope."""
    return "–" if entry.kind == "constant" else f"{entry.slope:.2f} ± {entry.slope_se:.2f}"


def _reason(trained: Trained) -> str:
    return f"The rule's own words (amounts in cents): {trained.tournament.reason}"


def _choices(policy: Policy, measures: tuple[str, ...]) -> str:
    counts = ", ".join(
        f"{m} {int((policy == a).sum()):,}" for a, m in enumerate(measures) if (policy == a).any()
    )
    return f"What the chosen policy, as it will be used, would send: {counts}.\n"


def _meaning(trained: Trained, policy: Policy) -> str:
    examples = trained.examples
    paid, _ = outcomes_of(examples)
    log = reward_log(examples, trained, paid.reward)
    arms = list(examples.measures)
    nothing = np.full(len(examples), arms.index("no_letter"))
    gain = difference(log, policy, nothing)
    name, best, _ = best_constant(log, examples.measures)
    gap = difference(log, policy, best)
    low, high = (100 * b for b in gain.interval())
    personal = (
        "does not personalise: its order is the same for all, because the data do not support a "
        "difference by the owner's facts (what a letter costs decides only for the smallest debts)"
        if trained.tournament.chosen == "constant"
        else "personalises"
    )
    beyond = (
        "it is the same policy"
        if (policy == best).all()
        else "the trial does not show that personalising adds anything to that"
        if abs(gap.value) < Z95 * gap.se
        else f"it differs from that by {100 * gap.value:+.1f} points"
    )
    return f"""## What the trial says, and what it does not

- Sending a letter works: the chosen policy is worth {100 * gain.value:+.1f} points of owners who
  ever paid ({low:+.1f} to {high:+.1f}) against no letter.
- The chosen policy {personal}. Beside {name} for everybody, {beyond}. A null gain from
  personalising is a result, and it is why the constant order stands in every tournament.
- The trial says nothing of levies, seizures, sales or bans: it mailed letters that spoke of some.
- It says nothing of Uzbek debtors, nor of any debtor after three months.
- Amounts are heavy-tailed; before they were held at a quantile, a few owners would decide.
"""
