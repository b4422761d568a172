"""Validation of an extract: what is accepted, what is set aside and why.

`reading` reads a file as it is, `cells` reads each value leniently, `checks` turns the contract
into questions to each row, `judging` answers them with Polars, `expectations` lets Great
Expectations record the verdict on the same checks, `tables` goes through one table, `reporting`
tells the result, and `run` does all of it for a folder.
"""

from registers.validation.reporting import TableReport, ValidationReport
from registers.validation.run import validate_extract

__all__ = ["TableReport", "ValidationReport", "validate_extract"]
