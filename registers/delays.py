"""How late payments are reported, as far as the reports known on a day can tell.

Of a recent day only the quick reports are known, so a plain count of delays makes reporting look
faster than it is (right truncation). With T the delay of a known payment from its day to its first
report, and C the days from the payment to the last day of knowledge, only payments with T <= C are
seen. The distribution is the reverse-time product-limit estimate (Lagakos, Barraj and De Gruttola
1988, Biometrika 75:515-523; Kalbfleisch and Lawless 1989, JASA 84:360-372):

    F(t) = product over s > t of (1 - #{T = s} / #{T <= s <= C})

It is relative to the longest delay that enough payments could have shown (`MIN_AT_RISK`): what
comes later than anything that was ever seen, nobody can tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from registers.extract import Registers
from registers.snapshot import Snapshot

MIN_AT_RISK: Final = 50
# Sources with fewer payments are taken to be as late as all payments together.
MIN_PAYMENTS: Final = 200
# A known payment never stands for more than five.
SMALLEST_SHARE: Final = 0.2
EVERY_SOURCE: Final = "every source"


@dataclass(frozen=True)
class Delays:
    """What share of the payments of each source is reported within t days.

    Attributes:
        until: The last day of knowledge: the day asked, or the extract's last report before it.
        shares: F(0), F(1), … by source; beyond the last entry everything is reported.
    """

    until: date
    shares: Mapping[str, tuple[float, ...]]

    def within(self, share: float) -> int:
        """Days within which this share of all payments is reported."""
        known = np.asarray(self.shares[EVERY_SOURCE])
        return int(np.argmax(known >= share)) if (known >= share).any() else len(known)

    def share_reported(self, days: int, source: str = EVERY_SOURCE) -> float:
        """F(days) of a source; 0 before the day of the payment."""
        known = self.shares.get(source, self.shares[EVERY_SOURCE])
        if days < 0:
            return 0.0
        return known[days] if days < len(known) else 1.0

    def frame(self) -> pl.DataFrame:
        """source, days, share_reported: one row per source and day up to its longest delay."""
        rows = [
            (source, days, share)
            for source, shares in sorted(self.shares.items())
            for days, share in enumerate(shares)
        ]
        schema = {"source": pl.String, "days": pl.Int64, "share_reported": pl.Float64}
        return pl.DataFrame(rows, schema=schema, orient="row")


def reporting_delays(registers: Registers, known_by: date) -> Delays:
    """The delays of payments, estimated from the reports known on `known_by`.

    Where no payment is known every share is one: there is nothing to make up for.
    """
    until = known_by if registers.as_of is None else min(known_by, registers.as_of)
    known = Snapshot(registers, until).table("payments").select("payment_id", "paid_on", "source")
    first = (
        registers.table("payments")
        .filter(pl.col("reported_on") <= until)
        .group_by("payment_id")
        .agg(pl.col("reported_on").min().alias("first_reported_on"))
    )
    dated = known.join(first, on="payment_id").select(
        "source",
        (pl.col("first_reported_on") - pl.col("paid_on")).dt.total_days().alias("delay"),
        (pl.lit(until) - pl.col("paid_on")).dt.total_days().alias("limit"),
    )
    shares = {EVERY_SOURCE: _distribution(dated)}
    for source in sorted(dated["source"].unique().to_list()):
        own = dated.filter(pl.col("source") == source)
        shares[source] = _distribution(own) if own.height >= MIN_PAYMENTS else shares[EVERY_SOURCE]
    return Delays(until, MappingProxyType(shares))


def _distribution(dated: pl.DataFrame) -> tuple[float, ...]:
    """F(0), F(1), … up to the longest delay that enough payments could have shown."""
    delay = np.clip(dated["delay"].to_numpy().astype(np.int64), 0, None)
    limit = dated["limit"].to_numpy().astype(np.int64)
    if not len(delay):
        return ()
    longest = int(delay.max())
    seen = np.bincount(delay, minlength=longest + 1)
    at_risk = _at_risk(delay, limit, longest)
    enough = np.flatnonzero(at_risk >= MIN_AT_RISK)
    horizon = int(enough.max()) if len(enough) else 0
    hazard = np.where(at_risk > 0, seen / np.maximum(at_risk, 1), 0.0)[: horizon + 1]
    # F(t) multiplies what is left after t; the longest delay closes the distribution at one.
    later = np.append(np.cumprod((1.0 - hazard)[::-1])[::-1][1:], 1.0)
    return tuple(float(share) for share in later)


def _at_risk(delay: NDArray[np.int64], limit: NDArray[np.int64], longest: int) -> NDArray[np.int64]:
    """#{T <= s <= C} for s = 0 .. longest."""
    enters = np.bincount(delay, minlength=longest + 2)[: longest + 2]
    leaves = np.bincount(np.minimum(limit, longest) + 1, minlength=longest + 2)[: longest + 2]
    return np.cumsum(enters - leaves)[: longest + 1].astype(np.int64)
