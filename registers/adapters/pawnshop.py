"""Registers from a real randomised trial on pawnshop loans (Mexico City 2012).

Source: replication data of McIntosh, Meza, Sadka, Seira, DiTraglia, "The controlled choice design
and private paternalism in pawnshop borrowing" (AEARCTR-0006284); one row per loan. On each day each
of six branches gave all of its loans on one of five terms, drawn for that branch and day. Amounts
are Mexican centavos in the `_som` columns.

What comes from the file, per loan
- debtor: NombrePignorante, the borrower's number; case: prenda, the pledge's number; the branch as
  office; claim: the exponential of log_prestamo, in pesos;
- the action: derived_arm on the day within derived_branch_day, with its propensity; the payment:
  the whole claim where des_c says that the loan was repaid, which def_c must contradict.
- beside the registers, in facts.parquet: branch, day of the draw and the borrower's answers
  (FACTS), for which the contract has no column. What was not answered stays null.

What the adapter fills in, because the contract needs it and the file has nothing: a contract claim
of a company by notary's writ, ordinary procedure, individual and active debtor, one region, no
fee, result pending, officer hours and costs 0, and that the claim is secured. All of these are the
same for every loan, so that no model can learn from them.

What is left behind. Outcomes and what was chosen or predicted after the draw are never facts
(OUTCOMES). Age and sex (edad, genero) are protected attributes, which no model reads. num_arms_d*
count the terms that a borrower met in the whole trial, later visits included: nobody knew them on
the day. visit_number_d* count only the visits up to the day and are read as one number.

Dates. The decision is dated on the day of the loan and known from the next one on, so that the
loans of one borrower on one day do not tell on each other. The file tells whether a loan was repaid
while it was watched, not when; its latest first payment came 213 days after the loan, so the one
payment is dated on the last day of a window of 214 and reported the day after.

Propensity. Terms were drawn by branch and day, so what is conditioned on is the branch: the
propensity is the share of the branch's loans that were given on these terms. Loans of a branch-day
were drawn together: errors are to be clustered by derived_branch_day.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Final

import polars as pl

from registers.adapters.contract_form import filled, to_contract
from registers.errors import OutcomeAsFactError, SourceFileError, UnknownFactError
from registers.extract import write_extract, write_json
from registers.legal_orders import LEGAL_ORDERS
from registers.texts import group_digits

ORDER = LEGAL_ORDERS["pawnshop"]
FIRST_DAY, LAST_DAY = date(2012, 9, 1), date(2012, 12, 31)
REGION, DISTRICT = "0909", "0909000"
CENTAVOS: Final = 100

ARMS: Mapping[str, str] = MappingProxyType(
    {
        "1 Control": "single_payment",
        "2 NoChoice/Fee": "forced_fee",
        "3 NoChoice/Promise": "forced_promise",
        "4 Choice/Fee": "offered_fee",
        "5 Choice/Promise": "offered_promise",
    }
)

FACTS: Mapping[str, str] = MappingProxyType(
    {
        "pr_recup": "how sure the borrower was to get the pledge back, per cent",
        "masqueprepa": "more than high school",
        "pres_antes": "pawned before",
        "plan_gasto_bin": "makes an expense plan for the month",
        "faltas": "the survey's index of missed payments",
        "pb": "present bias in the survey's choices",
        "val_pren_std": "what the pledge is worth to the borrower, standardised",
        "visit_number": "number of the visit up to that day",
    }
)
"""Facts before the draw that models may read, beside the branch; column of the file and meaning."""

OUTCOMES: Final = frozenset(
    {
        "des_c",
        "def_c",
        "eff_cost_loan",
        "fc_admin",
        "fc_admin_disc",
        "fc_survey",
        "fc_survey_disc",
        "dias_primer_pago",
        "fee",
        "derived_arm",
        *(f"pro_{i}" for i in range(2, 10)),
        *(f"num_arms_d{i}" for i in range(3, 7)),
    }
)
"""Columns that say what came of the draw, or that nobody could know on its day."""

VISITS: Final = {f"visit_number_d{i}": i for i in range(2, 8)}
TEXT_COLUMNS = ("NombrePignorante", "prenda", "derived_arm", "derived_branch", "derived_branch_day")
OUTCOME_COLUMNS = ("des_c", "def_c")

LEFT_OUT_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "loan_number_missing": "prenda or NombrePignorante is missing",
        "loan_number_repeated": "an earlier row has the same prenda",
        "arm_unknown": "derived_arm is none of the trial's five arms",
        "day_unreadable": "derived_branch_day is no day of 2012 of the branch, such as 1_9/10/2012",
        "loan_missing": "log_prestamo is missing or no amount of a loan",
        "outcome_missing": "des_c and def_c do not say whether the loan was repaid",
    }
)


@dataclass(frozen=True)
class ImportResult:
    """What became of the loans of the file; `n_read == n_imported + sum of left_out`.

    `propensities` are those of each branch, `answered` how many loans have each of the facts.
    """

    folder: Path
    n_read: int
    n_imported: int
    n_borrowers: int
    n_branch_days: int
    left_out: Mapping[str, int]
    propensities: Mapping[str, Mapping[str, float]]
    answered: Mapping[str, int]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The import for the console."""
        told = [
            f"{group_digits(self.n_imported)} of {group_digits(self.n_read)} loans imported, of "
            f"{group_digits(self.n_borrowers)} borrowers, drawn on "
            f"{group_digits(self.n_branch_days)} days of branches."
        ]
        told += [
            f"{group_digits(n)} loans left out: {LEFT_OUT_REASONS[code]}. See left_out.parquet."
            for code, n in self.left_out.items()
            if n
        ]
        if self.answered:
            known = ", ".join(f"{name} {group_digits(n)}" for name, n in self.answered.items())
            told.append(f"Loans of which a fact beside the registers is known: {known}.")
        return tuple(told)


def import_pawnshop(
    file: Path,
    out: Path,
    facts: Sequence[str] = tuple(FACTS),
    progress: Callable[[str], None] | None = None,
) -> ImportResult:
    """Writes the trial as an extract into `out` and tells what became of every loan.

    `out` then holds registers/ (with the legal order pawnshop), questions.parquet (each imported
    loan on its day), facts.parquet (case_id, branch, branch_day and `facts`), left_out.parquet and
    import.json.

    Args:
        file: pawn_loans.csv or pawn_loans.csv.gz.
        out: the folder to write.
        facts: those of FACTS that models may read.
        progress: is told what was imported and what was not.

    Raises:
        OutcomeAsFactError: a fact is an outcome, or was not known on the day.
        UnknownFactError: a fact is none of FACTS.
        SourceFileError: the file is missing, cannot be read, lacks a column or has no usable row.
    """
    check_facts(facts)
    read = _read(file, facts)
    judged = read.with_columns(_left_out_code().alias("reason_code"))
    loans = _typed(judged.filter(pl.col("reason_code").is_null()).drop("reason_code"), facts)
    if loans.is_empty():
        raise SourceFileError(file, "no loan in it can be used; name the trial's file")
    tables = _tables(loans)
    write_extract(out, tables, ORDER)
    questions = loans.select("case_id", pl.col("day").alias("as_of_date"))
    questions.sort("case_id").write_parquet(out / "questions.parquet")
    loans.select("case_id", "branch", "branch_day", *facts).sort("case_id").write_parquet(
        out / "facts.parquet"
    )
    result = _result(out, judged, loans, facts)
    _write_notes(out, judged, result)
    if progress is not None:
        for sentence in result.sentences:
            progress(sentence)
    return result


def check_facts(facts: Sequence[str]) -> None:
    """Refuses what no model may read; raises OutcomeAsFactError or UnknownFactError."""
    outcomes = [name for name in facts if name in OUTCOMES]
    if outcomes:
        raise OutcomeAsFactError(outcomes)
    unknown = [name for name in facts if name not in FACTS]
    if unknown:
        raise UnknownFactError(unknown, tuple(FACTS))


def _read(file: Path, facts: Sequence[str]) -> pl.DataFrame:
    """The columns that are used, numbers as Float64 (null where there is none)."""
    if not file.is_file():
        raise SourceFileError(file, "there is no such file")
    try:
        raw = pl.read_csv(file, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise SourceFileError(file, "it is no complete CSV file in UTF-8") from error
    told = [name for name in facts if name != "visit_number"]
    visits = list(VISITS) if "visit_number" in facts else []
    numbers = [*OUTCOME_COLUMNS, "log_prestamo", *told, *visits]
    missing = [name for name in (*TEXT_COLUMNS, *numbers) if name not in raw.columns]
    if missing:
        raise SourceFileError(file, f"it lacks {', '.join(missing)}; name the trial's file")
    cast = [pl.col(name).cast(pl.Float64, strict=False) for name in numbers]
    texts = [pl.col(name).str.strip_chars() for name in TEXT_COLUMNS]
    return raw.select(*texts, *(pl.when(n.is_finite()).then(n) for n in cast)).with_row_index(
        "row_number"
    )


def _day() -> pl.Expr:
    """The day of derived_branch_day; null where it is none, or of another branch."""
    text = pl.col("derived_branch_day").str.extract(r"^[^_]+_(\d{1,2}/\d{1,2}/\d{4})$")
    branch = pl.col("derived_branch_day").str.extract("^([^_]+)_")
    day = text.str.to_date("%m/%d/%Y", strict=False)
    return pl.when(branch == pl.col("derived_branch")).then(day)


def _left_out_code() -> pl.Expr:
    """Why a loan is left out, or null; the first reason that holds."""
    named = pl.col("prenda").is_not_null() & pl.col("NombrePignorante").is_not_null()
    size = pl.col("log_prestamo")
    repaid = pl.col("des_c")
    told = repaid.is_in([0.0, 1.0]) & (pl.col("def_c") == 1 - repaid)
    tests = {
        "loan_number_missing": ~named,
        "loan_number_repeated": ~pl.col("prenda").is_first_distinct(),
        "arm_unknown": ~pl.col("derived_arm").is_in(list(ARMS)).fill_null(False),
        "day_unreadable": ~_day().is_between(FIRST_DAY, LAST_DAY).fill_null(False),
        "loan_missing": ~((size > 0) & (size < 15)).fill_null(False),
        "outcome_missing": ~told.fill_null(False),
    }
    return pl.coalesce(*(pl.when(test).then(pl.lit(code)) for code, test in tests.items()))


def _typed(loans: pl.DataFrame, facts: Sequence[str]) -> pl.DataFrame:
    """Loans in file order, in the words of the contract."""
    branch = pl.col("derived_branch")
    claim = (pl.col("log_prestamo").exp() * CENTAVOS).round().cast(pl.Int64)
    answers = [name for name in facts if name != "visit_number"]
    visit = pl.lit(1.0)
    for name, number in VISITS.items():
        if name in loans.columns:
            visit = visit + (number - 1) * pl.col(name)
    return loans.select(
        pl.format("loan-{}", "prenda").alias("case_id"),
        pl.format("borrower-{}", "NombrePignorante").alias("debtor_id"),
        pl.col("derived_arm").replace_strict(dict(ARMS)).alias("measure"),
        pl.format("branch-{}", branch).alias("branch"),
        pl.col("derived_branch_day").alias("branch_day"),
        _day().alias("day"),
        claim.alias("claim_som"),
        (pl.col("des_c") == 1).alias("is_repaid"),
        *(pl.col(name) for name in answers),
        *([visit.alias("visit_number")] if "visit_number" in facts else []),
    ).with_columns((pl.len().over("branch", "measure") / pl.len().over("branch")).alias("drawn"))


def _tables(loans: pl.DataFrame) -> dict[str, pl.DataFrame]:
    frames = {
        "debtors": _debtors(loans),
        "cases": _cases(loans),
        "actions": _actions(loans),
        "payments": _payments(loans),
    }
    return {name: to_contract(name, frame) for name, frame in frames.items()}


def _debtors(loans: pl.DataFrame) -> pl.DataFrame:
    return loans.select(pl.col("debtor_id").unique(maintain_order=True)).with_columns(
        filled(
            kind="individual",
            region=REGION,
            district=DISTRICT,
            registered_on=FIRST_DAY,
            status="active",
            reported_on=FIRST_DAY,
        )
    )


def _cases(loans: pl.DataFrame) -> pl.DataFrame:
    days = ("document_on", "presented_on", "opened_on", "reported_on")
    return loans.select(
        "case_id",
        "debtor_id",
        "claim_som",
        pl.format("ticket-{}", "case_id").alias("document_id"),
        pl.col("branch").alias("office"),
        pl.col("branch").alias("officer_id"),
        *(pl.col("day").alias(name) for name in days),
        *filled(
            document_kind="notary_writ",
            procedure="ordinary",
            claim_kind="contract",
            claimant_id="pawnshop",
            claimant_kind="legal_entity",
            fee_som=0,
            periodic=False,
            secured=True,
            levies_dwelling=False,
        ),
    )


def _actions(loans: pl.DataFrame) -> pl.DataFrame:
    return loans.select(
        "case_id",
        "measure",
        pl.format("terms-{}", "case_id").alias("action_id"),
        pl.col("branch").alias("officer_id"),
        pl.col("drawn").alias("propensity"),
        pl.col("day").alias("decided_on"),
        pl.col("day").alias("executed_on"),
        (pl.col("day") + timedelta(days=1)).alias("reported_on"),
        *filled(cost_som=0, officer_hours=0.0, result="pending"),
    )


def _payments(loans: pl.DataFrame) -> pl.DataFrame:
    last = pl.col("day") + timedelta(days=ORDER.outcome_window_days - 1)
    return loans.filter("is_repaid").select(
        pl.format("payment-{}", "case_id").alias("payment_id"),
        "case_id",
        pl.col("claim_som").alias("amount_som"),
        last.alias("paid_on"),
        (last + timedelta(days=1)).alias("reported_on"),
        *filled(source="voluntary"),
    )


def _result(
    out: Path, judged: pl.DataFrame, loans: pl.DataFrame, facts: Sequence[str]
) -> ImportResult:
    counts = dict(judged["reason_code"].drop_nulls().value_counts().iter_rows())
    drawn = loans.select("branch", "measure", "drawn").unique().sort("branch", "measure")
    propensities: dict[str, dict[str, float]] = {}
    for branch, measure, share in drawn.iter_rows():
        propensities.setdefault(branch, {})[measure] = share
    return ImportResult(
        folder=out,
        n_read=judged.height,
        n_imported=loans.height,
        n_borrowers=loans["debtor_id"].n_unique(),
        n_branch_days=loans["branch_day"].n_unique(),
        left_out={code: counts[code] for code in LEFT_OUT_REASONS if code in counts},
        propensities=propensities,
        answered={name: loans[name].len() - loans[name].null_count() for name in facts},
    )


def _write_notes(out: Path, judged: pl.DataFrame, result: ImportResult) -> None:
    code = pl.col("reason_code")
    judged.filter(code.is_not_null()).select(
        "row_number",
        "prenda",
        code,
        code.replace_strict(dict(LEFT_OUT_REASONS)).alias("reason"),
    ).write_parquet(out / "left_out.parquet")
    write_json(
        out / "import.json",
        {
            "source": "pawnshop",
            "n_read": result.n_read,
            "n_imported": result.n_imported,
            "left_out": dict(result.left_out),
            "propensities": {b: dict(p) for b, p in result.propensities.items()},
            "answered": dict(result.answered),
            "told": list(result.sentences),
        },
    )
