"""The page of results on a real randomised trial: every figure computed, none typed."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from law.catalogue import catalogue
from models.ranking import MOST_LOST_IN_A_TIE
from models.settings import TrainingSettings
from pipelines.trials.intervals import STATED
from pipelines.trials.run import (
    BY_VALUE,
    CHOSEN,
    ELSEWHERE,
    SPLITS,
    USED,
    Judged,
    TrialRun,
    run_trial,
)
from pipelines.trials.tables import (
    arms_table,
    mean_of,
    outcome_table,
    shown,
    signed,
    splits_table,
    table,
    tournament_table,
)
from pipelines.trials.trial import Progress, Trial
from pipelines.trials.values import FEW


def write_results(
    trial: Trial,
    file: Path,
    work: Path,
    page: Path,
    *,
    splits: int = SPLITS,
    settings: TrainingSettings | None = None,
    progress: Progress = lambda _: None,
) -> TrialRun:
    """Run the trial in `work` and write its page.

    Raises:
        SplitsError: fewer than two divisions into folds.
        SourceFileError: the file is not the trial's.
        TooFewExamplesError: it holds too few decisions.
    """
    run = run_trial(trial, file, work, splits=splits, settings=settings, progress=progress)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(build_page(run), encoding="utf-8")
    return run


def build_page(run: TrialRun) -> str:
    """The page in Markdown."""
    parts = [_head(run), _criterion(run), _chosen(run)]
    parts += [_outcome(run, judged) for judged in run.divisions[0].judged]
    parts += [_spread(run), _levels(run), _meaning(run), _made(run)]
    return "\n".join(parts)


def _head(run: TrialRun) -> str:
    trial, names = run.trial, catalogue(run.trial.id)
    arms = "; ".join(f"{names[m].names.en} (`{m}`)" for m in run.measures)
    sentences = "\n".join(f"- {s}" for s in run.imported)
    beside = f"\n- Read beside the registers: {', '.join(run.beside)}." if run.beside else ""
    return f"""# {trial.title}

Written by `chora results {trial.id}`; no figure on this page is typed by hand.

{trial.source}

{trial.is_not}

{sentences}
- {run.n:,} {trial.unit} are analysed, drawn by {trial.together} ({run.n_clusters:,}).
- Arms: {arms}.{beside}
- Rankers see only what was known before the draw. Values are doubly robust with the probability of
  the draw; errors are clustered by {trial.together}.
"""


def _criterion(run: TrialRun) -> str:
    outcome, first = run.divisions[0].judged[0].outcome, run.divisions[0]
    right = [d.held.is_right for d in run.divisions]
    rows = []
    for what, gaps in (
        ("as shown to people", [d.gap for d in run.divisions]),
        ("by expected value alone", [d.gap_by_value for d in run.divisions]),
    ):
        mean, held = mean_of(gaps), [g.is_held for g in gaps]
        rows.append(
            (
                f"Chosen ranking {what}: out of fold not below the best constant policy by more "
                f"than one standard error, in what is maximised ({outcome.name})",
                f"{signed(outcome, gaps[0])} in the first division, {signed(outcome, mean)} as the "
                f"mean of {len(gaps)}; held in {sum(held)} of {len(held)}; "
                f"differs from it in {gaps[0].n_differ:,} of {run.n:,}",
                _verdict(gaps[0].is_held and mean.is_held),
            )
        )
    rows.append(
        (
            "Stated 90 % intervals hold",
            f"{first.held.near:.1%} of {len(first.held.cells)} cells in the first division "
            f"(chance alone may bring {STATED - first.held.chance:.1%}); right in {sum(right)} of "
            f"{len(right)} divisions",
            _verdict(right[0] and 2 * sum(right) > len(right)),
        )
    )
    return f"""## Pass or fall short

{table(("what is asked", "found (standard error)", ""), rows)}

The best constant policy is picked on the same {run.trial.unit} that it is valued on, which flatters
it; the chosen ranking is judged on those it has not seen. As shown to people, the lightest of the
arms that cannot be told apart stands first (it may give up at most {MOST_LOST_IN_A_TIE:.0%} of what
is owed). Policies that differ in fewer than {FEW} {run.trial.unit} count as the same: from so few
no standard error can be had. The error by which arms are told apart is that of all folds together.
"""


def _verdict(passed: bool) -> str:
    return "**pass**" if passed else "**falls short**"


def _chosen(run: TrialRun) -> str:
    first = run.divisions[0]
    counts = ", ".join(f"{m} {n:,}" for m, n in first.sends.items())
    orders = (
        "gives every case the same order of the arms by what is expected of them"
        if first.n_orders == 1
        else f"gives {first.n_orders:,} different orders of the arms"
    )
    return f"""## Which ranker was chosen, and why

{tournament_table(run)}

Figures of the first division. The loss is that of the share that comes in and of the differences
between the arms of a case. A ranker may personalise where the slope of its effects is above zero at
95 %, or where it clearly loses less on differences than a constant order; of those that may be
chosen the one that loses least is taken.

The rule's own words: {first.tournament.reason}

The chosen ranking, fitted to all, {orders}. It would put first: {counts}.
"""


def _outcome(run: TrialRun, judged: Judged) -> str:
    note = " (what the ranking maximises)" if judged is run.divisions[0].judged[0] else ""
    gap = judged.behind[CHOSEN]
    verdict = "not below by more than one standard error"
    if not gap.is_held:
        verdict = "**below by more than one standard error**"
    return f"""## {judged.outcome.name}{note}

{outcome_table(judged)}

The chosen ranking, out of fold, less the best constant policy: {signed(judged.outcome, gap)}, \
{verdict}.
"""


def _spread(run: TrialRun) -> str:
    values = np.asarray([d.gap.value for d in run.divisions])
    outcome, chosen = run.divisions[0].judged[0].outcome, [d.chosen for d in run.divisions]
    counts = ", ".join(f"{k} {chosen.count(k)}" for k in dict.fromkeys(chosen))
    write = shown(outcome)
    return f"""## Not one seed's result

The same {run.trial.unit} were divided into folds anew, with another seed for all that is drawn,
{len(chosen)} times. Chosen: {counts}. In {outcome.name}:

{splits_table(run)}

The chosen ranking less the best constant policy lies between {write(float(values.min()))} and
{write(float(values.max()))}, standard deviation {write(float(values.std(ddof=1)))}. "{ELSEWHERE}"
is the fair rival: it too is picked without the fold that it is judged on, while the best constant
policy has seen all.
"""


def _levels(run: TrialRun) -> str:
    first = run.divisions[0]
    return f"""## Levels and intervals

Slope of doubly robust scores on stated shares, out of fold, over all arms: {first.level[0]:.2f} \
(standard error {first.level[1]:.2f}); 1 is right.

{arms_table(run)}

Those who were drawn an arm were parted into tenths by their stated share, {len(first.held.cells)}
cells. In {first.held.near:.1%} of them the mean outcome lies as near the mean of the stated shares
as the 90 % interval of sampling allows (noise of the cell and stated error of the mean), in
{first.held.within:.1%} between the means of the stated ends. The stated intervals are on average
{first.held.width:.2f} wide, as a share, because they are of one case as it is: they leave room for
what no register shows of it. A trial shows one outcome of each case, never its expectation: that
the centre and the error of sampling are right is seen here, how wide that room must be is not.
"""


def _meaning(run: TrialRun) -> str:
    first = run.divisions[0]
    judged = first.judged[0]
    low, high = judged.over_nothing.interval()
    outcome, gap = judged.outcome, judged.over_elsewhere
    clearly = _told_apart(low, high)
    personal = (
        "It does not personalise: the data do not support a difference by what is known of a "
        "case, and the rule keeps a constant order"
        if first.n_orders == 1
        else "It personalises"
    )
    low_gap, high_gap = gap.interval()
    beyond = _told_apart(low_gap, high_gap)
    remarks = "\n".join(f"- {remark}" for remark in run.trial.remarks)
    return f"""## What the trial says, and what it does not

- The chosen ranking, out of fold, is {clearly} {run.trial.nothing} for everybody: \
{signed(outcome, judged.over_nothing)} in {outcome.name}.
- {personal}. It is {beyond} a constant policy that was picked without the fold it is judged on: \
{signed(outcome, gap)}.
{remarks}
"""


def _told_apart(low: float, high: float) -> str:
    """What a 95 % interval of a difference says in words."""
    return "better than" if low > 0 else "worse than" if high < 0 else "not told apart from"


def _made(run: TrialRun) -> str:
    s = run.settings
    kinds = ", ".join(e.kind for e in run.divisions[0].tournament.entries)
    return f"""## How this was made

    chora results {run.trial.id} --data {run.trial.file_name} --splits {len(run.divisions)} \
--out docs/results/{run.trial.id}.md

{run.seconds / 60:.1f} minutes and {run.peak_mb / 1024:.1f} GB at most, with {s.threads} threads, \
for {len(run.divisions)} divisions of {s.n_folds} folds; seed {s.seed}. Rankers: {kinds}. The
settings are the program's own: nothing was chosen on this trial. "{CHOSEN}" and "{BY_VALUE}" stand
at the level that is shown to people, "ranker …" as the tournament judged it; "{USED}" is valued on
what it has seen. {run.divisions[0].trimmed:,} propensities lay below {s.trim} and were raised.
"""
