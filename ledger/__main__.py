"""`python -m ledger verify PATH` and `python -m ledger prove PATH --entry N`, for the auditor."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ledger.errors import LedgerError
from ledger.layout import load_key_file
from ledger.proving import prove
from ledger.verification import verify


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code: 0 unchanged, 30 broken, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "prove":
            print(json.dumps(prove(options.path, options.entry), ensure_ascii=False, indent=1))
            return 0
        return _verify(options)
    except LedgerError as error:
        print(error, file=sys.stderr)
        return error.exit_code


def _verify(options: argparse.Namespace) -> int:
    key = load_key_file(options.key) if options.key else None
    earlier = options.since.read_bytes() if options.since else None
    found = verify(options.path, key, earlier)
    if options.steps:
        for step in found.steps:
            mark = "ok" if step.ok else (step.problem or "not reached")
            print(f"{step.number}. {step.name}: {mark}")
    print(found.sentence, file=sys.stdout if found.ok else sys.stderr)
    if found.note:
        print(found.note)
    return found.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ledger", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("verify", help="is this ledger unchanged? exit 0, or 30 if broken")
    check.add_argument("path", type=Path)
    check.add_argument("--key", type=_file, help="the public key as you know it from elsewhere")
    check.add_argument(
        "--since", type=_file, help="a checkpoint that you kept: it must be continued"
    )
    check.add_argument("--steps", action="store_true", help="print each step")
    proof = commands.add_parser("prove", help="print the proof that an entry is in the ledger")
    proof.add_argument("path", type=Path)
    proof.add_argument("--entry", type=int, required=True)
    return parser


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return path


if __name__ == "__main__":
    sys.exit(main())
