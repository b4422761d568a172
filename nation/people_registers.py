"""The registers of people and things: debtors, households, real estate, vehicles."""

from __future__ import annotations

import numpy as np
import polars as pl

from nation.arrays import NEVER, Bools, Floats, Ints
from nation.country import INDIVIDUAL, KINDS, LEGAL_ENTITY, REGIONS, Calendar
from nation.gaps import Gaps
from nation.money_registers import Months
from nation.names import Names
from nation.people import People
from nation.reporting import correct_some, dates, district_codes, finish, ids, lag, whole, words

_STATUS = ("active", "deceased", "missing", "insolvency_opened", "liquidated")
_BEFORE = -130
"""Day on which everything that stood before the history entered the registers."""


def debtors(
    rng: np.random.Generator, people: People, names: Names, calendar: Calendar
) -> pl.DataFrame:
    """One row per debtor, and another where the status changed."""
    n = len(people.kind)
    natural = people.kind != LEGAL_ENTITY
    base = pl.DataFrame(
        {
            "debtor_id": names.debtors,
            "kind": words(KINDS, people.kind),
            "birth_year": pl.Series(calendar.start.year - people.age),
            "sex": words(("m", "f"), people.is_female.astype(np.int64)),
            "region": words(tuple(r.code for r in REGIONS), people.region),
            "district": district_codes(people.region, people.district),
            "activity_code": ids("", 10 + rng.integers(0, 85, n)).str.slice(5),
            "registered_on": dates(-rng.integers(300, 5000, n), calendar),
            "status": pl.Series(["active"] * n),
            "status_on": dates(np.full(n, NEVER), calendar),
            "reported_on": dates(np.full(n, _BEFORE), calendar),
        }
    ).with_columns(
        pl.when(pl.Series(natural)).then("birth_year").cast(pl.Int64),
        pl.when(pl.Series(natural)).then("sex"),
        pl.when(pl.Series(people.kind != INDIVIDUAL)).then("activity_code"),
    )
    changed = base.with_columns(
        words(_STATUS, people.status).alias("status"),
        dates(people.status_day, calendar).alias("status_on"),
        dates(people.status_day + lag(rng, n, 2, 7, 0.0), calendar).alias("reported_on"),
    ).filter(pl.Series(people.status > 0))
    return finish(pl.concat([base, changed]), ["debtor_id"], calendar)


def households(
    rng: np.random.Generator, people: People, names: Names, months: Months, gaps: Gaps,
    calendar: Calendar,
) -> pl.DataFrame:  # fmt: skip
    """Household facts three times over the history, where social protection knows them."""
    known = np.flatnonzero(people.household_known & (people.kind != LEGAL_ENTITY))
    when = np.array([0, len(months.first) // 3, 2 * len(months.first) // 3])
    who, month = np.repeat(known, 3), np.tile(when, len(known))
    sent = gaps.delivered("households", people.region[who], month)
    who, month = who[sent], month[sent]
    n = len(who)
    rows = pl.DataFrame(
        {
            "debtor_id": names.debtors.gather(pl.Series(who)),
            "month": dates(months.first[month], calendar),
            "members": pl.Series(people.members[who]),
            "minors": pl.Series(people.minors[who]),
            "disabled": pl.Series(people.disabled[who]),
            "social_register": pl.Series(people.social_register[who]),
            "reported_on": dates(months.end[month] + lag(rng, n, 5, 60, 0.1), calendar),
        }
    )
    return finish(rows, ["debtor_id", "month"], calendar)


def _held(
    rng: np.random.Generator, rows: pl.DataFrame, value: str, start: Ints, until: Ints,
    calendar: Calendar,
) -> pl.DataFrame:  # fmt: skip
    """Adds acquisition, its report, and a further row where the thing was disposed of.

    A few values are corrected, only where no disposal follows: a correction must not undo it.
    """
    n = rows.height
    known = np.where(start < 0, _BEFORE, start + lag(rng, n, 2, 12))
    known = np.maximum(known, np.maximum(start, _BEFORE))
    owned = rows.with_columns(
        dates(start, calendar).alias("acquired_on"),
        dates(np.full(n, NEVER), calendar).alias("disposed_on"),
        dates(known, calendar).alias("reported_on"),
    )
    gone = owned.with_columns(
        dates(until, calendar).alias("disposed_on"),
        dates(np.where(until < NEVER, until + lag(rng, n, 2, 12), NEVER), calendar).alias(
            "reported_on"
        ),
    ).filter(pl.Series(until < calendar.n_days))
    stays = pl.Series(until >= calendar.n_days)
    corrected = correct_some(rng, owned.filter(stays), value, 0.01)
    return pl.concat([corrected, owned.filter(~stays), gone])


def vehicles(
    rng: np.random.Generator, people: People, names: Names, calendar: Calendar
) -> pl.DataFrame:
    """The vehicle of each owner, at an assessed value near the true one."""
    who = np.flatnonzero(people.vehicle > 0)
    n = len(who)
    start, until = people.vehicle_from[who], people.vehicle_until[who]
    bought = calendar.start.year + np.floor_divide(start, 365)
    rows = pl.DataFrame(
        {
            "vehicle_id": names.numbers.shuffled("V", rng, n),
            "debtor_id": names.debtors.gather(pl.Series(who)),
            "kind": words(
                ("car", "truck", "bus"),
                np.where(people.kind[who] == INDIVIDUAL, 0, rng.integers(0, 3, n)),
            ),
            "model_year": pl.Series(bought - rng.integers(1, 15, n)).cast(pl.Int64),
            "engine_cc": pl.Series(100 * rng.integers(8, 30, n)),
            "assessed_som": whole(people.vehicle[who] * np.exp(0.12 * rng.standard_normal(n))),
            "pledged": pl.Series(people.vehicle_pledged[who]),
        }
    )
    shown = _held(rng, rows, "assessed_som", start, until, calendar)
    return finish(shown, ["vehicle_id", "debtor_id"], calendar)


def _objects(
    rng: np.random.Generator, people: People, names: Names, who: Ints, value: Floats,
    is_home: bool, pledged: Bools,
) -> pl.DataFrame:  # fmt: skip
    n = len(who)
    share = np.where(rng.random(n) < 0.25, rng.choice([0.5, 0.33, 0.25], n), 1.0)
    kinds = (
        np.where(rng.random(n) < 0.42, 0, 1)
        if is_home
        else np.where(people.kind[who] == INDIVIDUAL, rng.choice([0, 1, 2, 3], n), 3)
    )
    if not is_home:  # a dwelling besides the home is whole; who has no home owns none
        kinds = np.where((kinds < 2) & (people.home[who] == 0), 2, kinds)
        share = np.where(kinds < 2, 1.0, share)
    return pl.DataFrame(
        {
            "object_id": names.numbers.shuffled("R", rng, n),
            "debtor_id": names.debtors.gather(pl.Series(who)),
            "share": pl.Series(share),
            "kind": words(("apartment", "house", "land", "commercial", "unfinished"), kinds),
            "area_m2": pl.Series(np.round(np.exp(4.2 + 0.4 * rng.standard_normal(n)), 1)),
            "built_year": pl.Series(1955 + rng.integers(0, 64, n)),
            "district": district_codes(people.region[who], people.district[who]),
            "cadastral_som": whole(0.8 * value / share * np.exp(0.15 * rng.standard_normal(n))),
            "residence": pl.Series([is_home] * n, dtype=pl.Boolean),
            "encumbrance": words(("none", "pledge"), pledged.astype(np.int64)),
        }
    )


def real_estate(
    rng: np.random.Generator, people: People, names: Names, calendar: Calendar
) -> pl.DataFrame:
    """Homes (lived in) and other objects, at cadastral values below the market's."""
    home = np.flatnonzero(people.home > 0)
    other = np.flatnonzero(people.other_estate > 0)
    pledged, free = people.home_pledged[home], np.zeros(len(other), dtype=bool)
    homes = _objects(rng, people, names, home, people.home[home], True, pledged)
    others = _objects(rng, people, names, other, people.other_estate[other], False, free)
    never, value = np.full(len(home), NEVER), "cadastral_som"
    start, until = people.estate_from[other], people.estate_until[other]
    shown = pl.concat(
        [
            _held(rng, homes, value, -rng.integers(200, 6000, len(home)), never, calendar),
            _held(rng, others, value, start, until, calendar),
        ]
    )
    return finish(shown, ["object_id", "debtor_id"], calendar)
