"""The page that explains how a ranking is made gives the figures of the code."""

import re
from pathlib import Path

from models.examples import MAX_REPORTING_LAG_DAYS, REPORTED_SHARE
from models.intervals import ALIKE, OWN_OF_CASE, PRIOR_SHARE
from models.overlap import MIN_EFFECTIVE_N
from models.rankers import KINDS
from models.ranking import MOST_LOST_IN_A_TIE
from models.report import MAX_TRIMMED_SHARE
from models.settings import MIN_EXAMPLES, TrainingSettings
from models.unknown import NOT_NARROWER
from pipelines.recommend import DEFAULT_TOP
from registers.legal_orders import LEGAL_ORDERS

DOCS = Path(__file__).resolve().parents[2] / "docs"
SETTINGS = TrainingSettings()


def _page(name: str) -> str:
    return " ".join((DOCS / name).read_text(encoding="utf-8").split())


def test_the_figures_of_the_page_are_those_of_the_code() -> None:
    page = _page("explanation/how-a-ranking-is-made.md")
    assert f"{LEGAL_ORDERS['uz'].outcome_window_days} days in Uzbekistan" in page
    assert f"at most {MAX_REPORTING_LAG_DAYS} days" in page
    assert SETTINGS.min_per_measure == 1
    assert "Every measure that was ever taken is ranked" in page
    assert f"{REPORTED_SHARE:.0%}".replace("%", " %") in page
    assert f"needs {MIN_EXAMPLES} examples" in page
    assert f"below {SETTINGS.trim} are raised" in page
    assert f"more than {MAX_TRIMMED_SHARE:.0%}".replace("%", " %") in page
    assert f"capped at their {SETTINGS.winsorise_at:.0%}".replace("%", " %") in page
    assert SETTINGS.n_folds == 5
    assert "into five folds" in page
    assert f"to the power {SETTINGS.size_weight}" in page
    assert f"(`masked_share`, {SETTINGS.masked_share})" in page
    assert f"at least {NOT_NARROWER * 100:.0f} in 100 cases" in page
    assert f"at least {SETTINGS.t_least} times" in page
    assert f"of the {SETTINGS.share.rounds} asked for" in page
    assert SETTINGS.abstain_share == 0.24
    assert "a quarter of the open cases at most abstains (`abstain_share`, 0.24)" in page
    assert MOST_LOST_IN_A_TIE == 0.01
    assert "at most a hundredth of the debt" in page
    assert (PRIOR_SHARE, OWN_OF_CASE, ALIKE) == (0.25, 0.25, 0.5)


def test_every_ranker_is_on_the_page_and_no_other() -> None:
    text = (DOCS / "explanation" / "how-a-ranking-is-made.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(KINDS)


def test_the_gates_of_the_how_to_are_those_of_the_code() -> None:
    page = _page("how-to/promote-a-model.md")
    assert f"at least {MIN_EXAMPLES} past decisions" in page
    assert f"effective sample of at least {MIN_EFFECTIVE_N:.0f}" in page
    assert f"at most {MAX_TRIMMED_SHARE:.0%}".replace("%", " %") + " of propensities" in page


def test_measures_listed_by_default_are_those_of_the_help() -> None:
    assert f"Measures listed per case. [default: {DEFAULT_TOP}" in _page("reference/commands.md")
