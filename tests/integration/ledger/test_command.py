"""`python -m ledger`: one sentence and an exit code, with nothing else of ours imported."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.__main__ import main


def test_an_unchanged_ledger_exits_0(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(small), "--steps"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:2] for line in lines[:5]] == ["1.", "2.", "3.", "4.", "5."]
    assert all(line.endswith(": ok") for line in lines[:5])
    assert lines[5].startswith("The ledger is unchanged: 5 entries")


def test_a_broken_ledger_exits_30(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small / "tile/0/000.p/5").write_bytes(b"")
    assert main(["verify", str(small)]) == 30
    assert capsys.readouterr().err.count("\n") == 1


def test_a_wrong_path_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path / "absent")]) == 2
    assert "is not a ledger's folder" in capsys.readouterr().err


def test_key_and_earlier_checkpoint_are_taken_from_files(
    small: Path, made: dict[int, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    key, since = str(made[5] / "key.pub"), str(made[1] / "checkpoint")
    assert main(["verify", str(small), "--key", key, "--since", since]) == 0
    assert main(["verify", str(small), "--since", str(made[300] / "checkpoint")]) == 30
    with pytest.raises(SystemExit) as stop:
        main(["verify", str(small), "--key", "absent.pub"])
    assert stop.value.code == 2


def test_a_proof_is_printed_as_json(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", str(small), "--entry", "2"]) == 0
    assert json.loads(capsys.readouterr().out)["index"] == 2
    assert main(["prove", str(small), "--entry", "5"]) == 2


def test_the_command_needs_nothing_else_of_ours(small: Path) -> None:
    program = (
        "import runpy, sys; sys.argv = ['ledger', 'verify', sys.argv[1]]\n"
        "try: runpy.run_module('ledger', run_name='__main__')\n"
        "except SystemExit as stop: assert not stop.code\n"
        "ours = {'registers', 'law', 'features', 'models', 'explain', 'pipelines', 'serving',"
        " 'nation', 'chora', 'polars', 'sqlalchemy'}\n"
        "print(sorted(ours & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(small)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
