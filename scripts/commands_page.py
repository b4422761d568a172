"""The page of commands: what `--help` says, with an example and the exit codes of each command.

The help is read off the command line itself. The codes and examples below are written by hand;
tests/health reads the page and tries each example against the command line.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from typer.main import get_command

from chora.main import app

WIDTH = 96


@dataclass(frozen=True)
class Usage:
    """The exit codes of a command and a call of it as a person would type it."""

    codes: str
    example: str


USAGES = {
    "chora nation": Usage(
        "0, 2", "chora nation --debtors 3000 --seed 7 --as-of 2026-04-01 --out demo/nation"
    ),
    "chora load": Usage(
        "0, 1, 2, 12",
        'chora load demo/nation --into "postgresql:///bureau?service=bureau" --reader chora_reader',
    ),
    "chora validate": Usage("0, 2, 11, 12", "chora validate demo/nation --out demo/tables"),
    "chora manifest": Usage("0, 2, 12", "chora manifest demo/nation --extracted-on 2026-04-01"),
    "chora profile": Usage(
        "0, 2, 12", "chora profile demo/tables --as-of 2026-04-01 --out demo/profile.parquet"
    ),
    "chora train": Usage(
        "0, 2, 12, 13", "chora train demo/tables --as-of 2026-04-01 --store demo/store"
    ),
    "chora evaluate": Usage(
        "0, 2, 12", "chora evaluate demo/tables --store demo/store --truth demo/nation/truth"
    ),
    "chora promote": Usage(
        "0, 2, 13, 30",
        'chora promote uz-1 --store demo/store --by "D. Karimova" --reason "Read its report."',
    ),
    "chora confirm": Usage(
        "0, 2, 13, 30",
        'chora confirm uz-1 --store demo/store --by "B. Yusupov" --reason "Read it too; agreed."',
    ),
    "chora recommend": Usage(
        "0, 2, 11, 12",
        "chora recommend demo/tables --questions demo/nation/questions.parquet "
        "--store demo/store --out demo/out",
    ),
    "chora plan": Usage(
        "0, 2, 12",
        "chora plan demo/tables --recommendations demo/out/recommendations.parquet "
        "--hours 36 --out demo/week",
    ),
    "chora results": Usage(
        "0, 2, 12",
        "chora results philadelphia --data owners.csv.gz --out docs/results/philadelphia.md",
    ),
    "chora lawful": Usage(
        "0, 2, 12, 20, 21",
        "chora lawful demo/tables --case CASE --measure travel_ban --as-of 2026-04-01",
    ),
    "chora grounds": Usage(
        "0, 2, 12",
        "chora grounds demo/tables --case CASE --measure travel_ban --as-of 2026-04-01 "
        "--language ru",
    ),
    "chora distribute": Usage(
        "0, 2, 12",
        "chora distribute demo/tables --debtor DEBTOR --amount 1850000 --as-of 2026-04-01",
    ),
    "chora serve": Usage("0, 2, 12", "chora serve --store demo/store --tables demo/tables --demo"),
    "chora replay": Usage("0, 2, 12, 31", "chora replay DECISION_ID --store demo/store"),
    "chora trace": Usage("0, 2, 12, 31", "chora trace --decision DECISION_ID --store demo/store"),
    "chora import philadelphia": Usage(
        "0, 2, 12", "chora import philadelphia owners.csv.gz --out build/philadelphia"
    ),
    "chora import pawnshop": Usage(
        "0, 2, 12", "chora import pawnshop pawn_loans.csv.gz --out build/pawnshop"
    ),
    "chora account add": Usage(
        "0, 2, 12", 'chora account add dkarimova --role officer --name "D. Karimova" --office 1726'
    ),
    "chora account switch-off": Usage("0, 2, 12", "chora account switch-off dkarimova"),
    "chora ledger verify": Usage("0, 2, 30", "chora ledger verify demo/store --since checkpoint"),
    "chora ledger prove": Usage("0, 2, 30", "chora ledger prove demo/store --entry 0"),
}

CODES = """\
| exit code | means | what to do |
|---|---|---|
| 0 | done; lawful; unchanged | |
| 1 | an error without a code of its own; the sentence says what | read the sentence |
| 2 | the call was not meant so: a wrong path, date or option, or a raw extract where validated \
tables are asked for | correct the call |
| 11 | done, with rows or questions set aside | read `quarantine/` or `set_aside.parquet` |
| 12 | data that cannot be used: a table is missing, unreadable or changed, or the past decisions \
are too few | ask the agency for a new extract |
| 13 | a gate of the model failed | read the report; the candidate cannot be promoted |
| 20 | unlawful or unfounded | choose another measure |
| 21 | cannot tell | find the missing fact; a person decides |
| 30 | the ledger is broken | [what to do](../how-to/broken-ledger.md) |
| 31 | the replay differs, or the tables are not those that were recorded | keep both outputs; \
compare model, law and data versions; name the tables of that day |
"""

BESIDE = """\
`python -m ledger verify PATH [--key FILE] [--since FILE] [--steps]` and
`python -m ledger prove PATH --entry N` do the same as the ledger commands, with nothing of ours but
the folder `ledger/`.

`make` lists its targets. `make demo` takes `DEBTORS`, `SEED`, `AS_OF`, `SERVE=0` (stop before
serving) and `FRESH=1` (begin anew); `make test` takes `JOBS`; `make philadelphia` and
`make pawnshop` take `DATA`.
"""


def _helps() -> Iterator[tuple[str, str, str]]:
    """Name, first sentence and help of every command, in the order of `chora --help`."""
    yield from _walk(get_command(app), "chora")


def _walk(command: object, name: str) -> Iterator[tuple[str, str, str]]:
    inner: dict[str, object] = getattr(command, "commands", {})
    for part, sub in inner.items():
        yield from _walk(sub, f"{name} {part}")
    if not inner:
        context = command.make_context(  # type: ignore[attr-defined]
            name, [], resilient_parsing=True, terminal_width=WIDTH, max_content_width=WIDTH
        )
        text: str = command.get_help(context)  # type: ignore[attr-defined]
        said: str = command.help or ""  # type: ignore[attr-defined]
        yield name, " ".join(said.split("\n\n")[0].split()), text


def commands_page(mark: str) -> Iterator[str]:
    """Give the page of commands: an overview, the exit codes, and each command's own help."""
    helps = list(_helps())
    yield "# Commands and exit codes\n"
    yield mark
    yield "\nAfter `make setup` the command is `.venv/bin/chora`. Errors are one sentence. Progress"
    yield "goes to the error stream, results to standard output. The examples follow `make demo`,"
    yield "which writes below `demo/`.\n"
    yield "| command | does | exit codes |"
    yield "|---|---|---|"
    yield from (f"| `{name}` | {does} | {USAGES[name].codes} |" for name, does, _ in helps)
    yield "\n## Exit codes\n"
    yield CODES
    yield "## Beside these commands\n"
    yield BESIDE
    for name, _, text in helps:
        yield f"## {name}\n"
        yield f"    {USAGES[name].example}\n"
        yield f"```text\n{text.strip()}\n```\n"
