"""Money on accounts and current income, as far as the registers reach.

The depositor database and the tax committee cover everybody: a debtor without a row has no account
(no income) that the Bureau knows of. Which accounts and payers count on a day is told by
`registers.holdings`: where some accounts of a debtor are stale the sum of the others is the least
there is, and where all are stale the balance is unknown.
"""

import polars as pl

from law.case_facts.case_file import CaseFile

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


def account_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: accounts known, their free money in the last fresh month, its month."""
    is_current, is_stale = pl.col("is_current"), pl.col("is_stale")
    answer = (
        file.holdings("accounts")
        .group_by("point_id")
        .agg(
            pl.col("is_newest").sum().cast(pl.Int64).alias("n_accounts"),
            pl.col("free_som").filter(is_current).sum().alias("account_free_som"),
            is_stale.sum().cast(pl.Int64).alias("n_stale_accounts"),
            pl.col("month").filter("is_newest").max().alias("accounts_month"),
            pl.col("reported_on").filter("is_newest").max().alias("accounts_reported_on"),
        )
    )
    facts = file.where_delivered(
        "accounts", answer, {"n_accounts": 0, "account_free_som": 0, "n_stale_accounts": 0}
    )
    all_stale = (pl.col("n_accounts") > 0) & (pl.col("n_stale_accounts") == pl.col("n_accounts"))
    return facts.with_columns(
        pl.when(~all_stale).then(pl.col("account_free_som")).alias("account_free_som")
    )


def income_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: levy-able income after tax, benefits, last wage.

    Of each payer and kind the last month counts: one that files late hides no other.
    """
    is_wage = (pl.col("kind") == "wage") & (pl.col("gross_som") > 0)
    counts = pl.col("is_current") & pl.col("kind").is_in(LEVIABLE_INCOMES)
    is_fresh, is_benefit = pl.col("is_fresh"), pl.col("kind") == "benefit"
    answer = (
        file.holdings("incomes")
        .group_by("point_id")
        .agg(
            pl.col("month").filter(is_wage).max().alias("last_wage_on"),
            pl.col("net_som").filter(counts).sum().alias("leviable_income_som"),
            (is_fresh & is_benefit).sum().cast(pl.Int64).alias("n_benefit_months"),
            pl.col("month").filter(counts & (pl.col("net_som") > 0)).max().alias("income_month"),
            pl.col("reported_on").filter(is_fresh).max().alias("incomes_reported_on"),
        )
    )
    return file.where_delivered(
        "incomes", answer, {"leviable_income_som": 0, "n_benefit_months": 0}
    )
