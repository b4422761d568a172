"""Money on accounts and current income, as far as the registers reach.

The depositor database and the tax committee cover everybody: a debtor without a row has no account
(no income) that the Bureau knows of. An account whose last month is older than FRESH_MONTHS says
nothing about today: where some are so old the sum of the others is the least there is, and where
all are so old the balance is unknown.
"""

import polars as pl

from law.case_facts.case_file import CaseFile

# Our reading, not the Law's.
FRESH_MONTHS = 6
# A payer that has been silent for longer than this, while others report, is taken to pay no more.
LATE_MONTHS = 2

# Art. 46(3): wages, stipend, pension and other income. Art. 69: sums paid as alimony can never be
# levied. Art. 68: benefits only by court decision, for alimony and health damage.
LEVIABLE_INCOMES: tuple[str, ...] = (
    "wage",
    "pension",
    "stipend",
    "contract",
    "rent",
    "dividend",
    "self_employed",
)


def _is_fresh() -> pl.Expr:
    first_month = pl.col("as_of_date").dt.month_start().dt.offset_by(f"-{FRESH_MONTHS}mo")
    return pl.col("month") >= first_month


def account_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: accounts known, their free money in the last fresh month, its month."""
    last = (
        file.known("accounts", "debtor")
        .sort("point_id", "account_id", "month")
        .unique(["point_id", "account_id"], keep="last", maintain_order=True)
    )
    free = (pl.col("balance_som") - pl.col("blocked_som")).clip(lower_bound=0)
    answer = last.group_by("point_id").agg(
        pl.len().cast(pl.Int64).alias("n_accounts"),
        free.filter(_is_fresh()).sum().alias("account_free_som"),
        (~_is_fresh()).sum().cast(pl.Int64).alias("n_stale_accounts"),
        pl.col("month").max().alias("accounts_month"),
        pl.col("reported_on").max().alias("accounts_reported_on"),
    )
    facts = file.where_delivered(
        "accounts", answer, {"n_accounts": 0, "account_free_som": 0, "n_stale_accounts": 0}
    )
    is_stale = (pl.col("n_accounts") > 0) & (pl.col("n_stale_accounts") == pl.col("n_accounts"))
    return facts.with_columns(
        pl.when(~is_stale).then(pl.col("account_free_som")).alias("account_free_som")
    )


def income_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: levy-able income after tax, benefits, last wage.

    Of each payer and kind the last month counts: one that files late hides no other.
    """
    known = file.known("incomes", "debtor")
    is_wage = (pl.col("kind") == "wage") & (pl.col("gross_som") > 0)
    wages = known.group_by("point_id").agg(
        pl.col("month").filter(is_wage).max().alias("last_wage_on")
    )
    fresh = known.filter(_is_fresh())
    leviable = pl.col("kind").is_in(LEVIABLE_INCOMES) & (pl.col("gross_som") > pl.col("tax_som"))
    last_month = pl.col("month").filter(leviable).max()
    marked = fresh.with_columns(
        last_month.over("point_id").alias("income_month"),
        last_month.over("point_id", "payer_id", "kind").alias("last_of_payer"),
        leviable.alias("leviable"),
    )
    still_pays = pl.col("month") >= pl.col("income_month").dt.offset_by(f"-{LATE_MONTHS}mo")
    in_last = pl.col("leviable") & (pl.col("month") == pl.col("last_of_payer")) & still_pays
    net = (pl.col("gross_som") - pl.col("tax_som")).filter(in_last)
    answer = marked.group_by("point_id").agg(
        net.sum().alias("leviable_income_som"),
        (pl.col("kind") == "benefit").sum().cast(pl.Int64).alias("n_benefit_months"),
        pl.col("income_month").max(),
        pl.col("reported_on").max().alias("incomes_reported_on"),
    )
    return file.where_delivered(
        "incomes",
        wages.join(answer, on="point_id", how="left"),
        {"leviable_income_som": 0, "n_benefit_months": 0},
    )
