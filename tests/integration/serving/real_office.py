"""Register tables of 400 invented debtors and a model of theirs, for tests of the real recipe."""

from datetime import date
from pathlib import Path

from starlette.testclient import TestClient

from law.engine import law_version
from models.bundle import save_bundle
from models.examples import build_examples
from models.report import build_report
from models.settings import Boosting, TrainingSettings
from models.training import train
from nation.invent import invent, write_nation
from registers.extract import load_tables
from registers.lineage import load_lineage
from registers.validation.run import validate_extract
from tests.integration.serving.calls import API, send_decision, send_proposal
from tests.integration.serving.calls import recommend as ask

AS_OF = date(2026, 4, 1)
FEW = Boosting(rounds=10, num_leaves=5, min_data_in_leaf=20)
QUICK = TrainingSettings(
    n_folds=2,
    threads=1,
    min_per_measure=30,
    outcome=FEW,
    effect=FEW,
    propensity=FEW,
    share=FEW,
    share_of_one=FEW,
    ranking=FEW,
    kinds=("dr_learner",),
)


def build_office(folder: Path) -> Path:
    """`folder` with nation/, tables/ with their lineage, and store/ with the model uz-1."""
    write_nation(invent(400, 12, AS_OF, n_draws=2), folder / "nation")
    validate_extract(folder / "nation", folder / "tables")
    lineage = load_lineage(folder / "tables")
    registers = load_tables(folder / "tables")
    trained = train(build_examples(registers, AS_OF, min_per_measure=30), QUICK)
    save_bundle(
        trained,
        folder / "store" / "models" / "uz-1",
        version="uz-1",
        legal_order="uz",
        as_of=AS_OF,
        law_version=law_version("uz"),
        data_hash=registers.source_hash,
        report=build_report(trained),
        lineage=lineage,
    )
    return folder


def approve_one(officer: TestClient, reviewer: TestClient) -> str:
    """The id of a decision on the first case whose best measure can be approved."""
    for line in officer.get(f"{API}/cases").json()["cases"]:
        recommendation = ask(officer, line["case_id"])
        ranked = officer.get(f"{API}/recommendations/{recommendation}").json()["document"]
        if ranked["recommendations"]:
            best = ranked["recommendations"][0]["measure"]
            proposal = send_proposal(officer, recommendation, measure=best).json()["id"]
            return str(send_decision(reviewer, proposal).json()["id"])
    raise AssertionError("No case has a lawful measure.")
