"""A Bureau's past actions by office, kind of measure and finding: how many, and how often."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from law.actions.errors import ReportSuffixError
from law.actions.finding_names import FOUND_NAMES
from law.actions.findings import FOUND
from law.actions.report_words import HEADINGS, LEVEL_NAMES, NO_OFFICE
from law.catalogue import catalogue
from registers.texts import Texts, format_date, group_digits

LEVELS: Mapping[str, tuple[str, ...]] = {
    "bureau": (),
    "office": ("office",),
    "measure": ("measure",),
    "office_and_measure": ("office", "measure"),
}
SUFFIXES: tuple[str, ...] = (".parquet", ".csv", ".md")


def action_report(judged: pl.DataFrame, legal_order_id: str, language: str) -> pl.DataFrame:
    """Counts and rates of findings at four levels.

    Args:
        judged: what `judge_actions` returns.
        legal_order_id: whose measures these are.
        language: of the names.

    Returns:
        level (bureau, office, measure, office_and_measure), office, measure, measure_name,
        finding, finding_name, actions (how many), of (all actions of that office and measure),
        share (actions / of); sorted by level, office, measure and the order of the findings. No
        officer, debtor or case is named.
    """
    order = {found: place for place, found in enumerate(FOUND)}
    measures = {m: place for place, m in enumerate(catalogue(legal_order_id))}
    names = {m: x.names.in_language(language) for m, x in catalogue(legal_order_id).items()}
    found_names = {found: name.in_language(language) for found, name in FOUND_NAMES.items()}
    place = pl.col("finding").replace_strict(order, return_dtype=pl.Int8)
    of_measure = pl.col("measure").replace_strict(measures, default=len(measures))
    levels = [_count(judged, level, keys) for level, keys in LEVELS.items()]
    return (
        pl.concat(levels)
        .with_columns(
            pl.col("measure").replace(names).alias("measure_name"),
            pl.col("finding").replace_strict(found_names).alias("finding_name"),
            (pl.col("actions") / pl.col("of")).alias("share"),
            pl.col("level").replace_strict({v: i for i, v in enumerate(LEVELS)}).alias("_level"),
        )
        .sort("_level", "office", of_measure, "measure", place, nulls_last=True)
        .select(
            "level", "office", "measure", "measure_name", "finding", "finding_name", "actions",
            "of", "share",
        )
    )  # fmt: skip


def _count(judged: pl.DataFrame, level: str, keys: tuple[str, ...]) -> pl.DataFrame:
    counts = judged.group_by(*keys, "finding").agg(pl.len().cast(pl.Int64).alias("actions"))
    total = pl.col("actions").sum()
    return counts.with_columns(
        (total.over(keys) if keys else total).alias("of"),
        pl.lit(level).alias("level"),
        *(pl.lit(None, dtype=pl.String).alias(k) for k in ("office", "measure") if k not in keys),
    ).select("level", "office", "measure", "finding", "actions", "of")


def rules_report(judged: pl.DataFrame) -> pl.DataFrame:
    """finding, finding_rule, finding_article, actions, share of all; most grave and frequent first.

    What is in order is one row without an article, so that the shares sum to one.
    """
    order = {found: place for place, found in enumerate(FOUND)}
    keys = ["finding", "finding_rule", "finding_article"]
    is_order = pl.col("finding") == "in_order"
    article = pl.when(~is_order).then("finding_article").otherwise(pl.lit(""))
    rows = judged.with_columns(article.alias("finding_article"))
    counts = rows.group_by(keys).agg(pl.len().cast(pl.Int64).alias("actions"))
    place = pl.col("finding").replace_strict(order, return_dtype=pl.Int8)
    return counts.with_columns((pl.col("actions") / pl.col("actions").sum()).alias("share")).sort(
        place, "actions", "finding_rule", "finding_article", descending=[False, True, False, False]
    )


def cases_opened_late(judged: pl.DataFrame) -> pl.DataFrame:
    """office, cases (with an action), opened_late, share: cases opened after their day."""
    cases = judged.group_by("office", "case_id").agg(pl.col("opened_days_late").max() > 0)
    return (
        cases.group_by("office")
        .agg(
            pl.len().cast(pl.Int64).alias("cases"),
            pl.col("opened_days_late").fill_null(False).sum().cast(pl.Int64).alias("opened_late"),
        )
        .with_columns((pl.col("opened_late") / pl.col("cases")).alias("share"))
        .sort("office", nulls_last=True)
    )


def check_suffix(path: Path) -> None:
    """Raises ReportSuffixError where a report cannot be written under this name."""
    if path.suffix not in SUFFIXES:
        raise ReportSuffixError(path, SUFFIXES)


def write_report(judged: pl.DataFrame, path: Path, legal_order_id: str, language: str) -> None:
    """Writes the report as Parquet, CSV or Markdown, by suffix; raises ReportSuffixError."""
    check_suffix(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    report = action_report(judged, legal_order_id, language)
    if path.suffix == ".parquet":
        report.write_parquet(path)
    elif path.suffix == ".csv":
        report.write_csv(path)
    else:
        path.write_text(_markdown(judged, report, language), encoding="utf-8")


def _markdown(judged: pl.DataFrame, report: pl.DataFrame, language: str) -> str:
    def say(text: Texts, **values: object) -> str:
        return text.format(**values).in_language(language)

    days = judged["as_of_date"]
    first, last = (_day(day, language) for day in (days.min(), days.max()))
    span = {"n": group_digits(judged.height), "first": first, "last": last}
    lines = [
        f"# {say(HEADINGS['title'])}",
        "",
        say(HEADINGS["span"], **span).replace("г..", "г."),
        "",
    ]
    for level, title in LEVEL_NAMES.items():
        lines += [f"## {say(title)}", "", *_matrix(report, level, language), ""]
    lines += [f"## {say(HEADINGS['rules'])}", "", *_rules(judged, language), ""]
    lines += [f"## {say(HEADINGS['opened_late'])}", "", *_opened_late(judged, language), ""]
    return "\n".join([*lines, say(HEADINGS["reading"]), ""])


def _matrix(report: pl.DataFrame, level: str, language: str) -> list[str]:
    """One line per office and measure, one column per finding: number and share."""
    rows = report.filter(pl.col("level") == level)
    heads = [HEADINGS[key].in_language(language) for key in LEVELS[level]]
    found = [FOUND_NAMES[f].in_language(language) for f in FOUND]
    lines = _head([*heads, HEADINGS["actions"].in_language(language), *found], len(heads))
    for key, group in rows.group_by("office", "measure_name", maintain_order=True):
        named = dict(zip(("office", "measure"), key, strict=True))
        shown = [str(named[k] or NO_OFFICE.in_language(language)) for k in LEVELS[level]]
        by_finding = {r["finding"]: r for r in group.iter_rows(named=True)}
        cells = [_cell(by_finding.get(f), language) for f in FOUND]
        lines.append(_line([*shown, group_digits(int(group["of"][0])), *cells]))
    return lines


def _cell(row: Mapping[str, object] | None, language: str) -> str:
    if row is None:
        return "0"
    share = _percent(float(str(row["share"])), language)
    return f"{group_digits(int(str(row['actions'])))} ({share})"


def _day(day: object, language: str) -> str:
    """A day as a person reads it; a dash where no action has one."""
    return format_date(day, language) if isinstance(day, date) else "–"


def _percent(share: float, language: str) -> str:
    said = f"{100 * share:.1f} %"
    return said if language == "en" else said.replace(".", ",")


def _rules(judged: pl.DataFrame, language: str) -> list[str]:
    heads = [HEADINGS[h].in_language(language) for h in ("finding", "rule", "article", "actions")]
    lines = _head([*heads, HEADINGS["share"].in_language(language)], 3)
    for found, rule, article, actions, share in rules_report(judged).rows():
        name = FOUND_NAMES[found].in_language(language)
        lines.append(
            _line([name, f"`{rule}`", article, group_digits(actions), _percent(share, language)])
        )
    return lines


def _opened_late(judged: pl.DataFrame, language: str) -> list[str]:
    heads = [HEADINGS[h].in_language(language) for h in ("office", "cases", "late", "share")]
    lines = _head(heads, 1)
    for office, cases, late, share in cases_opened_late(judged).rows():
        shown = office or NO_OFFICE.in_language(language)
        lines.append(
            _line([shown, group_digits(cases), group_digits(late), _percent(share, language)])
        )
    return lines


def _head(names: list[str], n_left: int) -> list[str]:
    rule = ["---" if i < n_left else "---:" for i in range(len(names))]
    return [_line(names), _line(rule)]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
