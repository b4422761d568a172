"""Pages on randomised trials: on invented ones of the same shape, and on the real ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from models.registry import Store
from models.settings import Boosting, TrainingSettings
from pipelines.evaluate import evaluate_logged
from pipelines.trials.catalogue import TRIALS
from pipelines.trials.errors import SplitsError
from pipelines.trials.page import write_results
from pipelines.trials.run import BY_VALUE, CHOSEN, ELSEWHERE, USED, TrialRun
from registers.adapters.pawnshop import ARMS, FACTS, VISITS
from registers.extract import load_tables

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"
FILES = {
    "philadelphia": "philadelphia_tax_letters/owners.csv.gz",
    "pawnshop": "mexico_pawn_repayment/pawn_loans.csv.gz",
}
FEW = Boosting(rounds=60, learning_rate=0.1, min_data_in_leaf=20, num_leaves=7)
SMALL = replace(
    TrainingSettings(),
    n_folds=3,
    threads=1,
    min_copies=100,
    outcome=FEW,
    share=FEW,
    share_of_one=FEW,
)


def shared(name: str) -> Path:
    path = DATA / FILES[name]
    if not path.exists():
        pytest.skip(f"the trial's file {FILES[name]} is not beside the project")
    return path


def invented_loans(folder: Path, *, personal: bool, n_days: int = 100) -> Path:
    """Loans of two branches, a term per branch and day; a fee helps all, or those alone who plan.

    Where it is `personal`, a fee helps who plans and hurts who does not, a choice the other way
    round.
    """
    rng = np.random.default_rng(17)
    rows: list[dict[str, str]] = []
    for branch in ("1", "2"):
        arms = rng.permutation(np.arange(n_days) % len(ARMS))
        for day, arm in enumerate(arms):
            for _ in range(15):
                plans = int(rng.integers(0, 2))
                gain = 0.25 if arm == 1 else 0.0
                if personal:
                    side = 1 if plans else -1
                    gain = {1: 0.3 * side, 3: -0.3 * side}.get(int(arm), 0.0)
                repaid = int(rng.random() < 0.45 + gain)
                rows.append(
                    {
                        "NombrePignorante": str(len(rows)),
                        "prenda": str(len(rows)),
                        "derived_arm": list(ARMS)[arm],
                        "derived_branch": branch,
                        "derived_branch_day": f"{branch}_{9 + day // 28}/{1 + day % 28}/2012",
                        "log_prestamo": str(round(float(rng.normal(7, 0.5)), 4)),
                        "des_c": str(repaid),
                        "def_c": str(1 - repaid),
                        **dict.fromkeys([f for f in FACTS if f != "visit_number"], ""),
                        "plan_gasto_bin": "" if rng.random() < 0.1 else str(plans),
                        **dict.fromkeys(VISITS, "0"),
                    }
                )
    file = folder / "pawn_loans.csv"
    pl.DataFrame(rows).write_csv(file)
    return file


def invented_letters(folder: Path) -> Path:
    """Owners of whom a lien helps everybody alike."""
    rng = np.random.default_rng(18)
    letters = [
        "Holdout",
        "Reminder",
        "Lien",
        "Sheriff",
        "Neighborhood",
        "Community",
        "Peer",
        "Duty",
    ]
    drawn = rng.integers(0, len(letters), 1600)
    paid = rng.random(1600) < np.where(drawn == 2, 0.75, 0.45)
    due = np.round(rng.uniform(200, 2000, 1600), 2)
    pl.DataFrame(
        {
            "owner_id": [str(i) for i in range(1600)],
            "treat8": [letters[a] for a in drawn],
            "azavea_section": ["Center City"] * 1600,
            "total_due": due,
            "assessed_mv": np.round(rng.uniform(20_000, 200_000, 1600)),
            "tenure": np.round(rng.uniform(1, 30, 1600), 1),
            "N": [1] * 1600,
            "unq_own": [1] * 1600,
            "ever_paid_sep": paid.astype(int),
            "total_paid_sep": np.where(paid, due, 0.0),
        }
    ).write_csv(folder / "owners.csv")
    return folder / "owners.csv"


@pytest.fixture(scope="module")
def run_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[TrialRun, Path]]:
    """The run and the folder of an invented trial, each made once."""
    made: dict[str, tuple[TrialRun, Path]] = {}

    def run(name: str) -> tuple[TrialRun, Path]:
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            trial = TRIALS["philadelphia" if name == "letters" else "pawnshop"]
            file = (
                invented_letters(folder)
                if name == "letters"
                else invented_loans(folder, personal=name == "personal")
            )
            page = folder / "page.md"
            made[name] = (
                write_results(trial, file, folder / "work", page, splits=2, settings=SMALL),
                folder,
            )
        return made[name]

    return run


RunOf = Callable[[str], tuple[TrialRun, Path]]


@pytest.mark.parametrize("name", ["letters", "loans"])
def test_where_personalising_does_not_pay_one_order_stands_for_all(
    run_of: RunOf, name: str
) -> None:
    run, _ = run_of(name)
    for division in run.divisions:
        assert division.chosen == "constant"
        assert division.n_orders == 1
        assert division.judged[0].best == ("lien" if name == "letters" else "forced_fee")
        assert division.gap.is_held
        low, _ = division.judged[0].over_nothing.interval()
        assert low > 0


def test_where_it_pays_the_page_says_what_it_adds(run_of: RunOf) -> None:
    run, folder = run_of("personal")
    for division in run.divisions:
        assert division.chosen != "constant"
        assert division.n_orders > 1
        gap = division.gap
        assert gap.value > 2 * gap.se
    assert "It personalises." in (folder / "page.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["letters", "loans"])
def test_a_page_tells_every_policy_and_how_it_was_made(run_of: RunOf, name: str) -> None:
    run, folder = run_of(name)
    page = (folder / "page.md").read_text(encoding="utf-8")
    for measure in run.measures:
        assert f"| {measure} for everybody |" in page
    for said in (CHOSEN, BY_VALUE, USED, ELSEWHERE, "not Uzbek cases", "minutes", "GB at most"):
        assert said in page
    assert all(f"ranker {e.kind} |" in page for e in run.divisions[0].tournament.entries)
    assert f"chora results {run.trial.id} --data {run.trial.file_name} --splits 2" in page
    assert page.count("**pass**") + page.count("**falls short**") == 3
    assert "nan" not in page


def test_loans_of_a_branch_and_day_stay_together_and_answers_are_read(run_of: RunOf) -> None:
    run, folder = run_of("loans")
    assert run.n_clusters == 200
    assert run.n == 3000
    assert {"plan_gasto_bin", "is_branch-1", "is_branch-2"} <= set(run.beside)
    assert "Read beside the registers: " in (folder / "page.md").read_text(encoding="utf-8")


def test_divisions_are_not_the_same_folds(run_of: RunOf) -> None:
    first, second = run_of("letters")[0].divisions
    assert first.tournament.entries[1].loss != second.tournament.entries[1].loss


def test_the_model_of_the_letters_is_registered_and_evaluates_as_any_other(run_of: RunOf) -> None:
    run, folder = run_of("letters")
    work = folder / "work"
    bundle = Store(work / "store").load("philadelphia-1")
    report = evaluate_logged(load_tables(work / "tables"), bundle)
    assert report["n_decisions"] == run.n


def test_one_division_shows_no_spread_and_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SplitsError, match="show no spread"):
        write_results(TRIALS["pawnshop"], tmp_path, tmp_path, tmp_path / "page.md", splits=1)


@pytest.mark.long
@pytest.mark.parametrize("name", list(FILES))
def test_on_the_real_trial_one_order_stands_and_holds_its_own(tmp_path: Path, name: str) -> None:
    """As shown to people, and as the mean of the divisions; the page has each of them."""
    file = shared(name)
    run = write_results(TRIALS[name], file, tmp_path / "work", tmp_path / "page.md", splits=2)
    assert all(d.chosen == "constant" and d.n_orders == 1 for d in run.divisions)
    assert all(d.held.is_right for d in run.divisions)
    for division in run.divisions:
        used = division.judged[0].behind[USED]
        assert used.value >= -used.se - 1e-12
