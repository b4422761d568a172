"""Registers from a real randomised trial on tax debtors (Philadelphia 2015).

Source: replication file of Chirico, Inman, Loeffler, MacDonald, Sieg (2019), "Deterring Property
Tax Delinquency in Philadelphia", National Tax Journal 72(3):479-506; one row per owner. The city
mailed one of seven letters, or none, in June 2015. Amounts are US cents in the `_som` columns.

What comes from the file, per owner
- case and debtor: owner_id; claim: total_due; district: azavea_section, coded below;
- real estate: assessed_mv, N objects (the value split evenly), acquired tenure years before the
  mailing;
- the action: treat8 with its propensity; the payment: total_paid_sep, checked against
  ever_paid_sep. The analysis sample of the trial is unq_own == 1.

What the adapter fills in, because the contract needs it and the file has nothing: tax claim of
the state by administrative decision, ordinary procedure, individual and active debtor, all dates
of document and case on FILE_ON, houses of share 1 and area 0 that nobody is said to live in, no
encumbrance, result pending, officer hours 0. All of these are the same for every owner, so that
no model can learn from them. What the contract has no column for is left behind: coordinates
(x_lon, y_lat), the density kde, the block rand_id, and the later outcomes.

Dates. The decision is dated on the mailing day and may be known that day. The file tells what was
paid within three months, not when, so the one payment is dated on the last day of the window and
reported the day after. A letter cost one dollar; no letter cost nothing.

Propensity. Owners were sorted by debt into blocks in which each letter went to the same number of
owners, so a letter has probability (1 - p) / 7. p, the probability of no letter, was 0.110 by
design among single-property owners; it is taken as its share in the imported sample. Owners of
several properties could be drawn more than once, so theirs is left empty.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import polars as pl

from registers.adapters.contract_form import filled, to_contract
from registers.errors import SourceFileError
from registers.extract import write_extract, write_json
from registers.legal_orders import LEGAL_ORDERS
from registers.texts import group_digits

ORDER = LEGAL_ORDERS["philadelphia"]

MAILED_ON = date(2015, 6, 15)
FILE_ON = date(2015, 6, 1)
PAID_ON = MAILED_ON + timedelta(days=ORDER.outcome_window_days - 1)
PAYMENTS_REPORTED_ON = PAID_ON + timedelta(days=1)

LETTER_COST_CENTS = 100

MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "Holdout": "no_letter",
        **{name: name.lower() for name in ("Reminder", "Lien", "Sheriff", "Neighborhood")},
        **{name: name.lower() for name in ("Community", "Peer", "Duty")},
    }
)

# Region and district in the form of SOATO: 42101 is the county's FIPS code, two digits the section.
REGION = "4210"
DISTRICTS: Mapping[str, str] = MappingProxyType(
    {
        "Center City": "4210101",
        "North Philadelphia": "4210102",
        "Northeast Philadelphia": "4210103",
        "Northwest Philadelphia": "4210104",
        "South Philadelphia": "4210105",
        "West Philadelphia": "4210106",
    }
)
UNKNOWN_DISTRICT = "4210100"

TEXT_COLUMNS = ("owner_id", "treat8", "azavea_section")
NUMBER_COLUMNS = (
    "total_due",
    "assessed_mv",
    "tenure",
    "N",
    "unq_own",
    "ever_paid_sep",
    "total_paid_sep",
)

LEFT_OUT_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "owner_id_missing": "owner_id is missing",
        "owner_id_repeated": "an earlier row has the same owner_id",
        "treatment_unknown": "treat8 is none of the trial's eight arms",
        "total_due_missing": "total_due is missing or below zero, so there is no claim",
        "outcome_missing": "total_paid_sep is missing, so the outcome is not known",
        "not_in_analysis_sample": "unq_own is not 1: outside of the trial's analysis sample",
    }
)


@dataclass(frozen=True)
class ImportResult:
    """What became of the owners of the file; `n_read == n_imported + sum of left_out`."""

    folder: Path
    n_read: int
    n_imported: int
    left_out: Mapping[str, int]
    propensities: Mapping[str, float]
    n_negative_payments: int
    n_paid_without_amount: int
    n_amount_without_paid: int
    n_without_real_estate: int
    n_section_unknown: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """The import for the console."""
        told = [
            f"{group_digits(self.n_imported)} of {group_digits(self.n_read)} owners imported; "
            f"decisions dated {MAILED_ON}, outcome windows closed by {PAYMENTS_REPORTED_ON}."
        ]
        told += [
            f"{group_digits(n)} owners left out: {LEFT_OUT_REASONS[code]}. See left_out.parquet."
            for code, n in self.left_out.items()
            if n
        ]
        told += [f"{group_digits(n)} owners {what}." for n, what in self._oddities() if n]
        return tuple(told)

    def _oddities(self) -> tuple[tuple[int, str], ...]:
        return (
            (self.n_negative_payments, "paid less than nothing (a refund): taken as no payment"),
            (self.n_paid_without_amount, "are said to have paid, with an amount of 0"),
            (self.n_amount_without_paid, "have an amount paid, but are said not to have paid"),
            (self.n_without_real_estate, "come without value or tenure: no real estate imported"),
            (self.n_section_unknown, f"come without a known section: coded {UNKNOWN_DISTRICT}"),
        )


def import_philadelphia(
    file: Path,
    out: Path,
    all_owners: bool = False,
    progress: Callable[[str], None] | None = None,
) -> ImportResult:
    """Writes the trial as an extract into `out` and tells what became of every owner.

    `out` then holds registers/ (with the legal order philadelphia), questions.parquet (each
    imported case on the mailing day), left_out.parquet and import.json.

    Args:
        file: owners.csv or owners.csv.gz of the replication repository.
        out: the folder to write.
        all_owners: take owners of several properties too (without propensity).
        progress: is told what was imported and what was not.

    Raises:
        SourceFileError: the file is missing, cannot be read, lacks a column or has no usable row.
    """
    read = _read(file)
    judged = read.with_columns(_left_out_code(all_owners).alias("reason_code"))
    owners = _typed(judged.filter(pl.col("reason_code").is_null()).drop("reason_code"))
    if owners.is_empty():
        raise SourceFileError(file, "no owner in it can be used; name the replication file")
    tables = _tables(owners)
    write_extract(out, tables, ORDER)
    questions = tables["cases"].select("case_id", pl.lit(MAILED_ON).alias("as_of_date"))
    questions.sort("case_id").write_parquet(out / "questions.parquet")
    result = _result(out, judged, owners)
    _write_notes(out, judged, result)
    if progress is not None:
        for sentence in result.sentences:
            progress(sentence)
    return result


def _read(file: Path) -> pl.DataFrame:
    """The columns that are used, numbers as Float64 (null where there is none)."""
    if not file.is_file():
        raise SourceFileError(file, "there is no such file")
    try:
        raw = pl.read_csv(file, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise SourceFileError(file, "it is no complete CSV file in UTF-8") from error
    missing = [name for name in (*TEXT_COLUMNS, *NUMBER_COLUMNS) if name not in raw.columns]
    if missing:
        raise SourceFileError(file, f"it lacks {', '.join(missing)}; name the replication file")
    numbers = [pl.col(name).cast(pl.Float64, strict=False) for name in NUMBER_COLUMNS]
    return raw.select(
        *TEXT_COLUMNS, *(pl.when(n.is_finite()).then(n) for n in numbers)
    ).with_row_index("row_number")


def _left_out_code(all_owners: bool) -> pl.Expr:
    """Why an owner is left out, or null; the first reason that holds."""
    tests = {
        "owner_id_missing": pl.col("owner_id").is_null(),
        "owner_id_repeated": ~pl.col("owner_id").is_first_distinct(),
        "treatment_unknown": ~pl.col("treat8").is_in(list(MEASURES)).fill_null(False),
        "total_due_missing": ~(pl.col("total_due") >= 0).fill_null(False),
        "outcome_missing": pl.col("total_paid_sep").is_null(),
    }
    if not all_owners:
        tests["not_in_analysis_sample"] = pl.col("unq_own").ne_missing(1)
    return pl.coalesce(*(pl.when(test).then(pl.lit(code)) for code, test in tests.items()))


def _cents(dollars: str) -> pl.Expr:
    return (pl.col(dollars) * 100).round().cast(pl.Int64)


def _typed(owners: pl.DataFrame) -> pl.DataFrame:
    """Owners in file order, in the words of the contract."""
    return owners.select(
        "owner_id",
        pl.col("treat8").replace_strict(dict(MEASURES)).alias("measure"),
        pl.col("azavea_section")
        .replace_strict(dict(DISTRICTS), default=UNKNOWN_DISTRICT)
        .alias("district"),
        _cents("total_due").alias("claim_som"),
        _cents("assessed_mv").alias("value_som"),
        _cents("total_paid_sep").alias("paid_som"),
        (pl.col("tenure") * 12).round().cast(pl.Int64).alias("tenure_months"),
        pl.col("N").fill_null(1).clip(1).cast(pl.Int64).alias("n_objects"),
        (pl.col("unq_own") == 1).fill_null(False).alias("is_single"),
        pl.col("ever_paid_sep").alias("ever_paid"),
    )


def _propensities(owners: pl.DataFrame) -> dict[str, float]:
    """Probability of each measure for owners of a single property, from the sample's share."""
    single = owners.filter("is_single")
    if single.is_empty():
        return {}
    p_none = single.filter(pl.col("measure") == "no_letter").height / single.height
    letters = [measure for measure in ORDER.measures if measure != "no_letter"]
    return {"no_letter": p_none, **{m: (1 - p_none) / len(letters) for m in letters}}


def _tables(owners: pl.DataFrame) -> dict[str, pl.DataFrame]:
    frames = {
        "debtors": _debtors(owners),
        "cases": _cases(owners),
        "actions": _actions(owners, _propensities(owners)),
        "payments": _payments(owners),
        "real_estate": _real_estate(owners),
    }
    return {name: to_contract(name, frame) for name, frame in frames.items()}


def _debtors(owners: pl.DataFrame) -> pl.DataFrame:
    return owners.select(
        pl.col("owner_id").alias("debtor_id"),
        "district",
        *filled(
            kind="individual",
            region=REGION,
            registered_on=FILE_ON,
            status="active",
            reported_on=FILE_ON,
        ),
    )


def _cases(owners: pl.DataFrame) -> pl.DataFrame:
    return owners.select(
        pl.col("owner_id").alias("case_id"),
        pl.col("owner_id").alias("debtor_id"),
        pl.format("bill-{}", "owner_id").alias("document_id"),
        "claim_som",
        *filled(
            document_kind="administrative_decision",
            document_on=FILE_ON,
            presented_on=FILE_ON,
            opened_on=FILE_ON,
            procedure="ordinary",
            claim_kind="tax",
            claimant_id="city-of-philadelphia",
            claimant_kind="state",
            fee_som=0,
            periodic=False,
            secured=False,
            levies_dwelling=False,
            office="department-of-revenue",
            officer_id="department-of-revenue",
            reported_on=FILE_ON,
        ),
    )


def _actions(owners: pl.DataFrame, propensities: Mapping[str, float]) -> pl.DataFrame:
    drawn = pl.col("measure").replace_strict(
        dict(propensities), default=None, return_dtype=pl.Float64
    )
    is_letter = pl.col("measure") != "no_letter"
    return owners.select(
        pl.format("mailing-{}", "owner_id").alias("action_id"),
        pl.col("owner_id").alias("case_id"),
        "measure",
        (is_letter.cast(pl.Int64) * LETTER_COST_CENTS).alias("cost_som"),
        pl.when("is_single").then(drawn).alias("propensity"),
        *filled(
            decided_on=MAILED_ON,
            executed_on=MAILED_ON,
            officer_id="department-of-revenue",
            officer_hours=0.0,
            result="pending",
            reported_on=MAILED_ON,
        ),
    )


def _payments(owners: pl.DataFrame) -> pl.DataFrame:
    return owners.filter(pl.col("paid_som") > 0).select(
        pl.format("payment-{}", "owner_id").alias("payment_id"),
        pl.col("owner_id").alias("case_id"),
        pl.col("paid_som").alias("amount_som"),
        *filled(paid_on=PAID_ON, source="voluntary", reported_on=PAYMENTS_REPORTED_ON),
    )


def _real_estate(owners: pl.DataFrame) -> pl.DataFrame:
    """N objects per owner; the cents that do not divide evenly go to the first ones."""
    objects = (
        owners.filter(_has_real_estate())
        .with_columns(pl.int_ranges(pl.col("n_objects")).alias("number"))
        .explode("number")
    )
    extra = pl.col("number") < pl.col("value_som") % pl.col("n_objects")
    months = pl.format("-{}mo", "tenure_months")
    return objects.select(
        pl.format("property-{}-{}", "owner_id", "number").alias("object_id"),
        pl.col("owner_id").alias("debtor_id"),
        "district",
        (pl.col("value_som") // pl.col("n_objects") + extra.cast(pl.Int64)).alias("cadastral_som"),
        pl.lit(MAILED_ON).dt.offset_by(months).alias("acquired_on"),
        *filled(
            share=1.0,
            kind="house",
            area_m2=0.0,
            residence=False,
            encumbrance="none",
            reported_on=FILE_ON,
        ),
    )


def _has_real_estate() -> pl.Expr:
    """Value and tenure are known; a tenure below a month would be acquired after FILE_ON."""
    return (pl.col("value_som") >= 0).fill_null(False) & (pl.col("tenure_months") >= 1).fill_null(
        False
    )


def _result(out: Path, judged: pl.DataFrame, owners: pl.DataFrame) -> ImportResult:
    counts = dict(judged["reason_code"].drop_nulls().value_counts().iter_rows())
    said_paid = (pl.col("ever_paid") == 1).fill_null(False)
    tests = {
        "n_negative_payments": pl.col("paid_som") < 0,
        "n_paid_without_amount": said_paid & (pl.col("paid_som") == 0),
        "n_amount_without_paid": ~said_paid & (pl.col("paid_som") > 0),
        "n_without_real_estate": ~_has_real_estate(),
        "n_section_unknown": pl.col("district") == UNKNOWN_DISTRICT,
    }
    odd = owners.select(test.sum().alias(name) for name, test in tests.items()).row(0, named=True)
    return ImportResult(
        folder=out,
        n_read=judged.height,
        n_imported=owners.height,
        left_out={code: counts[code] for code in LEFT_OUT_REASONS if code in counts},
        propensities=_propensities(owners),
        **{name: int(n) for name, n in odd.items()},
    )


def _write_notes(out: Path, judged: pl.DataFrame, result: ImportResult) -> None:
    code = pl.col("reason_code")
    judged.filter(code.is_not_null()).select(
        "row_number",
        "owner_id",
        code,
        code.replace_strict(dict(LEFT_OUT_REASONS)).alias("reason"),
    ).write_parquet(out / "left_out.parquet")
    write_json(
        out / "import.json",
        {
            "source": "philadelphia",
            "n_read": result.n_read,
            "n_imported": result.n_imported,
            "left_out": dict(result.left_out),
            "propensities": dict(result.propensities),
            "told": list(result.sentences),
        },
    )
