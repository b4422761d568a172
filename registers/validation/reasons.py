"""Why rows of a table were set aside: one fault of some columns, and how often."""

from dataclasses import dataclass

from registers.texts import Texts

N_ROWS_SHOWN = 3


@dataclass(frozen=True)
class Reason:
    """How many rows of a table were set aside for one fault of some columns, and the first.

    `texts` tells the fault and its remedy in four languages, without table and row.
    """

    code: str
    columns: str
    n_rows: int
    first_rows: tuple[int, ...]
    texts: Texts | None = None

    @property
    def sentence(self) -> str:
        """The reason as a part of a sentence: orphan in case_id (rows 14, 981, 7732)."""
        rows = ", ".join(str(row) for row in self.first_rows)
        more = ", …" if self.n_rows > len(self.first_rows) else ""
        where = f" in {self.columns}" if self.columns else ""
        return f"{self.code}{where} ({'row' if self.n_rows == 1 else 'rows'} {rows}{more})"
