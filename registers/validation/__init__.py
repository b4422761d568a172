"""Validation of an extract: what is accepted, what is repaired, what is set aside and why.

Rows go through in batches: `cells` reads each value leniently, `evidence` and `repairs` mend what
a whole column proves, `checks` turns the contract into questions to each row, `judging` answers
them with Polars, `expectations` lets Great Expectations record the verdict on the same checks, and
`table_pass` takes one table through. `portrait` and `plausibility` judge the table as a whole,
`reporting` and `page` tell the result, and `run` does all of it for an extract.
"""

from registers.validation.reporting import TableReport, ValidationReport
from registers.validation.run import Settings, validate_extract

__all__ = ["Settings", "TableReport", "ValidationReport", "validate_extract"]
