"""What the families read: the rows known at each point, on any dataframe engine.

Every frame carries `point_id`, `as_of_day` and `as_of_year`. Dates arrive as whole days since
1970-01-01 (`paid_on` as `paid_day`, `voluntary_until` as `voluntary_until_day`), months and
quarters also as `month_index` = 12 * year + month: engines disagree on date arithmetic, never on
integers. Rows of what a debtor has or owes say what of them counts (`registers.holdings`), incomes
also whether their kind can be levied. Case-keyed tables carry `is_this_case` beside the debtor's
other cases. Actions, payments, appeals and case events hold only what happened strictly before the
point's day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw


@dataclass(frozen=True)
class Known:
    """The rows known at each point, before any feature is computed.

    Attributes:
        points: One row per point: point_id, as_of_day, as_of_year, outstanding_som,
            leviable_balance_som (what the law lets be taken from accounts; null where unknown) and
            the flags of `features.unknown`: true where a register is not all known of the point.
        tables: Register rows by table; a table without rows is an empty frame.
        absent: Tables that the extract does not have: their features are null, never zero.
    """

    points: nw.LazyFrame[Any]
    tables: Mapping[str, nw.LazyFrame[Any]]
    absent: frozenset[str]

    def rows(self, table: str) -> nw.LazyFrame[Any]:
        """The known rows of one table."""
        return self.tables[table]
