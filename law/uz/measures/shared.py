"""Conditions that several measures on property share."""

import polars as pl

from law.condition import Condition
from law.words import words


def is_own_pledge(pledged_here: str) -> pl.Expr:
    """A secured claim and one pledged thing, of this kind: taken to be the pledge of the claim.

    The registers do not link a pledge to a claim (inferred). Art. 51: for its claim it goes first.
    """
    n_pledged = pl.col("n_pledged_vehicles") + pl.col("n_pledged_objects")
    return pl.col("secured") & (n_pledged == 1) & (pl.col(pledged_here) == 1)


# Art. 47: money comes first; Art. 47(11): no more is levied than needed. Art. 51: its own pledge
# comes before money.
def money_comes_first(pledged_here: str) -> Condition:
    """Other property is levied only where the money that may be levied is not enough."""
    return Condition(
        id="money_comes_first",
        article="47",
        reason_code="money_suffices",
        title=words(
            uz="Hisobvaraqdagi pul ({leviable_balance_som}) qarzga yetmaydi",
            ru="Денег на счетах ({leviable_balance_som}) не хватает на долг",
            en="The money on accounts ({leviable_balance_som}) does not cover the debt",
        ),
        broken=words(
            uz="Bu chorani qoʻllab boʻlmaydi: undirish mumkin boʻlgan pul "
            "({leviable_balance_som}) qarzni "
            "({outstanding_som}) qoplaydi, undiruv esa avvalo pulga qaratiladi (47-modda). Bank "
            "hisobvaragʻidan undirishni tanlang.",
            ru="Эту меру применить нельзя: деньги, доступные для взыскания "
            "({leviable_balance_som}), "
            "покрывают долг ({outstanding_som}), а взыскание сначала обращается на деньги (ст. "
            "47). "
            "Выберите взыскание со счетов.",
            en="This measure is not open: the money that may be levied ({leviable_balance_som}) "
            "covers "
            "the debt ({outstanding_som}), and money comes first (Art. 47). Choose the levy on "
            "bank "
            "money.",
        ),
        holds=is_own_pledge(pledged_here)
        | (pl.col("leviable_balance_som") < pl.col("outstanding_som")),
        facts=(
            "leviable_balance_som",
            "n_pledged_objects",
            "n_pledged_vehicles",
            "outstanding_som",
            "secured",
        ),
        parameters=("minimum_wage", "protected_account_share"),
    )


def not_yet_in_force(measure: str, article: str, *, uz: str, ru: str, en: str) -> Condition:
    """A restriction that is in force already gains nothing by a second decision."""
    since = f"{measure}_since"
    return Condition(
        id=f"no_{measure}_in_force",
        article=article,
        reason_code="already_in_force",
        title=words(
            uz="Bunday cheklov hali kuchda emas",
            ru="Такое ограничение ещё не действует",
            en="No such restriction is in force yet",
        ),
        broken=words(uz=uz, ru=ru, en=en),
        holds=~pl.col(f"has_{measure}"),
        facts=(f"has_{measure}", since),
        refusal="unfounded",
        confidence="inferred",
    )
