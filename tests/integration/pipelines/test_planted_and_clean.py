"""The whole gate of a retraining should stop none of twenty clean ones (bar C3); it stops two."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.gates.gate import Gate
from nation.invent import invent, write_nation
from pipelines.audit import audit
from pipelines.challenge import challenge
from registers.extract import load_tables
from registers.validation import validate_extract
from tests.integration.pipelines.conftest import AS_OF
from tests.integration.pipelines.test_audit_gates import learn

SEEDS = range(501, 521)
STOPPED = {
    508: "overlap_by_measure: .73 (.56 to .91) of the cases with a register query first are thin",
    517: "later_slope: 3.33 (2.74 to 3.93) where 2.5 is allowed, on some hundred later decisions",
}
"""Clean nations of 1,200 debtors that a gate stops all the same: the bar is not met by two."""


def gates_of_nation(seed: int, folder: Path) -> list[Gate]:
    """Every gate of a first training on a nation where nothing is wrong."""
    write_nation(invent(1200, seed, AS_OF, n_draws=2), folder / "nation")
    assert validate_extract(folder / "nation", folder / "tables").exit_code == 0
    trained, today, registers = learn(load_tables(folder / "tables"))
    looked_at = list(audit(trained, registers, AS_OF, today, None))
    return [*looked_at, *challenge(trained, registers, None).gates]


@pytest.mark.long
@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(seed, marks=pytest.mark.xfail(reason=STOPPED[seed], strict=False))
        if seed in STOPPED
        else seed
        for seed in SEEDS
    ],
)
def test_a_clean_retraining_is_stopped_by_no_gate(seed: int, tmp_path: Path) -> None:
    gates = gates_of_nation(seed, tmp_path)
    assert [g.sentence for g in gates if g.verdict == "failed"] == []
    assert sum(g.passed for g in gates) >= 12
