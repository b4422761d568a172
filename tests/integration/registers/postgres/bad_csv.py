"""The registers of a nation as CSV, with rows that are broken, wrong, or wrong and repairable."""

from pathlib import Path

import polars as pl

from registers.tables import TABLES


def write_csv_with_faults(parquet: Path, folder: Path) -> Path:
    """Writes registers/<table>.csv below `folder`; every table gets rows of each kind of fault."""
    registers = folder / "registers"
    registers.mkdir(parents=True)
    for name in TABLES:
        file = parquet / "registers" / f"{name}.parquet"
        if file.is_file():
            text = pl.read_parquet(file).write_csv()
            lines = text.splitlines()
            faulty = [lines[0], *_repairable(lines[1]), *lines[2:], *_faults(lines)]
            content = "\n".join(faulty) + "\n"
            (registers / f"{name}.csv").write_text(content, encoding="utf-8")
    questions = folder / "questions.parquet"
    questions.write_bytes((parquet / "questions.parquet").read_bytes())
    return folder


def _repairable(line: str) -> list[str]:
    """The first row with spaces around each value: a repair that needs no proof."""
    return [",".join(f"  {value} " for value in line.split(","))]


def _faults(lines: list[str]) -> list[str]:
    """Rows made of the first rows of the table: broken, wrong, repairable."""
    rows = [line.split(",") for line in lines[1:7]]
    wrong_day = ["2026-02-30" if "-" in v and v[:4].isdigit() else v for v in rows[0]]
    spaces = [f"  {value} " for value in rows[1]]
    day_first = [".".join(reversed(v.split("-"))) if v[:2] == "20" else v for v in rows[2]]
    look_alike = [value.replace("a", "а").replace("o", "о") for value in rows[3]]  # Cyrillic
    unreadable = [f"?{value}" for value in rows[4]]
    made = (wrong_day, spaces, day_first, look_alike, unreadable, rows[5][:-2], [*rows[5], "", "x"])
    return ["", *(",".join(row) for row in made), '"' + '","'.join(rows[5]) + '"']
