"""Which pledged thing secures this very claim: Art. 51 puts that one before everything else.

No register links a pledge to a claim. One pledged thing of the debtor is taken to be the pledge of
a secured claim (inferred), but never the dwelling of the family: its protection ends only where
somebody who read the contract of pledge states it. Of several things only a statement can tell.
"""

from typing import Literal

import polars as pl

Thing = Literal["vehicle", "real_estate"]

# What every condition that asks for the pledge of this claim reads; the statement comes last.
PLEDGE_FACTS: tuple[str, ...] = (
    "n_pledged_homes",
    "n_pledged_objects",
    "n_pledged_vehicles",
    "secured",
    "pledge_of_this_claim",
)

_stated = pl.col("pledge_of_this_claim")
_objects = pl.col("n_pledged_objects") + pl.col("n_pledged_homes")
_PLEDGED: dict[Thing, pl.Expr] = {
    "vehicle": pl.col("n_pledged_vehicles"),
    "real_estate": _objects,
}
_is_the_only_one = (pl.col("n_pledged_homes") == 0) & (
    (pl.col("n_pledged_vehicles") + pl.col("n_pledged_objects")) == 1
)


def is_own_pledge(thing: Thing) -> pl.Expr:
    """Whether a pledged thing of this kind secures this very claim; null where nobody can tell."""
    link = (
        pl.when(_stated.is_not_null())
        .then(_stated == thing)
        .when(_is_the_only_one)
        .then(_PLEDGED[thing] == 1)
    )
    return pl.col("secured") & (_PLEDGED[thing] > 0) & link


def secures_this_claim() -> pl.Expr:
    """The same for a pledged thing of any kind, a movable in no register included."""
    return pl.col("secured") & (is_stated_to_secure() | _is_inferred())


def is_stated_to_secure() -> pl.Expr:
    """Whether somebody stated which thing secures this claim; false where it is said none does."""
    return (
        pl.when(_stated == "none")
        .then(False)
        .when(_stated == "other_thing")
        .then(True)
        .when((_stated == "vehicle") & (_PLEDGED["vehicle"] > 0))
        .then(True)
        .when((_stated == "real_estate") & (_objects > 0))
        .then(True)
    )


def _is_inferred() -> pl.Expr:
    return (
        pl.when(_stated.is_null() & _is_the_only_one).then(True).when(_stated == "none").then(False)
    )


def no_other_pledge_before(thing: Thing) -> pl.Expr:
    """Art. 51: whether this thing may be sold for a secured claim before anything else is levied.

    False while a thing of another kind is known to secure the claim, null while nobody knows.
    """
    may_go_first = (
        pl.when(_stated == "none")
        .then(True)
        .when(_stated.is_not_null() & (_stated != thing))
        .then(False)
        .when(_stated.is_not_null() & (_PLEDGED[thing] > 0))
        .then(True)
        .when(_stated.is_null() & _is_the_only_one)
        .then(_PLEDGED[thing] == 1)
    )
    return ~pl.col("secured") | may_go_first


def own_pledge() -> pl.Expr:
    """What the pledge of this claim is worth, whole som: 0 where there is none, null if unknown."""
    vehicle = pl.when(pl.col("n_pledged_vehicles") == 1).then(pl.col("pledged_vehicles_som"))
    real_estate = pl.when(_objects == 1).then(
        pl.col("pledged_real_estate_som") + pl.col("pledged_home_som")
    )
    return (
        pl.when(~pl.col("secured") | (_stated == "none"))
        .then(0)
        .when(is_own_pledge("vehicle"))
        .then(vehicle)
        .when(is_own_pledge("real_estate"))
        .then(real_estate)
    )


def pledged_reach() -> pl.Expr:
    """What levy on pledged things reaches at most: the claim's own pledge, or those of others."""
    others = pl.col("pledged_vehicles_som") + pl.col("pledged_real_estate_som")
    own = pl.when(secures_this_claim()).then(pl.col("own_pledge_som"))
    return pl.when(~pl.col("secured")).then(others).when(pl.col("secured")).then(own)


def sale_reach(thing: Thing, n_free: str, free: str, pledged: str) -> pl.Expr:
    """What a sale reaches at most: what is free, the claim's own pledge, or pledges of others.

    Things that are pledged to others are sold only where nothing of this kind is free (Art. 51).
    """
    own = is_own_pledge(thing)
    own_som = pl.when(own).then(pl.col("own_pledge_som")).when(~own).then(0)
    others_som = pl.when(pl.col(n_free) > 0).then(0).when(pl.col(n_free) == 0).then(pl.col(pledged))
    more = pl.when(pl.col("secured")).then(own_som).when(~pl.col("secured")).then(others_som)
    return pl.col(free) + more
