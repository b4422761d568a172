"""What each family of facts reads from: the registers as known at each point.

Two days matter. The judged day (`as_of_date`) is the day of the measure; the known day
(`known_on`) is the last day whose reports may be used. They differ only for past actions, which
are judged with what was known the day before, so that an action cannot speak for itself.
"""

from dataclasses import dataclass, field

import polars as pl

from registers.extract import Registers
from registers.holdings import known_rows, marked
from registers.snapshot import By
from registers.tables import table_named
from registers.unknown import unknown_points
from registers.unknown_rows import owner_column


@dataclass(frozen=True)
class CaseFile:
    """Registers and points: point_id, case_id, debtor_id, as_of_date, known_on.

    `case_file` gives the points of questions their known_on.
    """

    registers: Registers
    points: pl.DataFrame
    # What was read once, so that several families of facts can share it.
    _read: dict[tuple[str, By], pl.DataFrame] = field(
        default_factory=dict, compare=False, repr=False
    )
    _marked: dict[str, pl.DataFrame] = field(default_factory=dict, compare=False, repr=False)
    _unknown: dict[tuple[str, By], pl.DataFrame] = field(
        default_factory=dict, compare=False, repr=False
    )

    def known(self, table: str, by: By) -> pl.DataFrame:
        """Rows of a table known on `known_on`, with the judged day as `as_of_date`."""
        if (table, by) not in self._read:
            self._read[table, by] = known_rows(self.registers, self.points, table, by)
        return self._read[table, by]

    @property
    def _asked(self) -> pl.DataFrame:
        """The points on the day whose knowledge counts."""
        return self.points.select(
            "point_id", "case_id", "debtor_id", pl.col("known_on").alias("as_of_date")
        )

    def holdings(self, table: str) -> pl.DataFrame:
        """All known rows of the debtor with what of them counts (`registers.holdings.marked`)."""
        if table not in self._marked:
            self._marked[table] = marked(table, self.known(table, "debtor"))
        return self._marked[table]

    def is_delivered(self, table: str) -> bool:
        """Whether the extract holds the table at all; of an absent table nothing is known."""
        return table not in self.registers.absent

    def unknown(self, table: str, by: By) -> pl.DataFrame:
        """point_id and why, of the points of which not all rows of a table are known."""
        if (table, by) not in self._unknown:
            self._unknown[table, by] = unknown_points(self.registers, self._asked, table, by)
        return self._unknown[table, by]

    def where_delivered(
        self, table: str, answer: pl.DataFrame, none: dict[str, int], by: By | None = None
    ) -> pl.DataFrame:
        """One row per point: the answer, `none` where the register knows nothing of the debtor.

        Of a register that was not delivered nothing is known, nor of a debtor or case of which a
        row was set aside: there all facts are null. `by` says whose rows the answer read: those of
        the case where the table names a case, else those of the debtor.
        """
        whole = self.points.select("point_id").join(
            answer, on="point_id", how="left", maintain_order="left"
        )
        filled = whole.with_columns(
            pl.col(name).fill_null(pl.lit(value, dtype=whole.schema[name]))
            for name, value in none.items()
        )
        return self.where_known(table, filled, by)

    def where_known(self, table: str, facts: pl.DataFrame, by: By | None = None) -> pl.DataFrame:
        """The facts of each point, null where not all rows of the table are known of it."""
        if by is None:
            by = "case" if owner_column(table_named(table)) == "case_id" else "debtor"
        is_known = ~pl.col("point_id").is_in(self.unknown(table, by)["point_id"].implode())
        return facts.with_columns(
            pl.when(is_known).then(pl.col(name)).alias(name)
            for name in facts.columns
            if name != "point_id"
        )


def case_file(registers: Registers, points: pl.DataFrame) -> CaseFile:
    """The case file of points; where they lack known_on, all is known that was reported by then."""
    if "known_on" not in points.columns:
        points = points.with_columns(pl.col("as_of_date").alias("known_on"))
    return CaseFile(registers, points)
