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
    """The exit codes of a command, a call of it as a person would type it, and files to explain."""

    codes: str
    example: str
    files: str = ""


BESIDE_A_RANKING = """\
Beside the ranking stand three files. A model that was trained before they were told leaves them
without rows.

`similar.parquet`, a row per listed measure: comparable past cases that took it in the last three
years.

| column | means |
|---|---|
| `case_id`, `as_of_date`, `rank`, `measure` | the row of `recommendations.parquet` |
| `n_comparable` | comparable cases; null where fewer than ten, as are the five below |
| `n_nothing`, `n_some`, `n_more_than_half`, `n_all` | of these, in how many nothing, up to half, \
more than half or all of the debt came back within the outcome window |
| `median_share` | the share of the debt that came back in the middle one, 0 to 1 |
| `n_looked_at`, `n_taken` | past cases that were compared, and all that took the measure |
| `sentence` | the same in four languages |

`what_if.parquet`, a row per case with a first measure: the smallest change of a changeable fact
that would put another measure first. Its sentence is also `counterfactual` in
`explanations.parquet`, beside the first measure.

| column | means |
|---|---|
| `case_id`, `as_of_date`, `measure` | the case and its first measure |
| `change` | payment, balance, job, agreement, vehicles_released or vehicles_pledged; null where \
none would do |
| `change_som` | the sum that the sentence names |
| `cost` | its size over the distance of the quartiles in training; an event costs one |
| `then_measure`, `is_lawful_then` | what would come first, and whether the law would still allow \
the present one |
| `n_asked` | how many changes were tried |
| `sentence` | the change, or that none would do, in four languages |

`asking.parquet`, a row per case and unknown register:

| column | means |
|---|---|
| `case_id`, `as_of_date`, `place`, `register` | the register to ask first has place 1 |
| `n_comparable`, `n_other` | past cases of which it is known, and in how many of them another \
measure would come first |
| `sentence` | the same in four languages |
"""

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
        BESIDE_A_RANKING,
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
        if USAGES[name].files:
            yield USAGES[name].files
