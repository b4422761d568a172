"""What holds unless a person says otherwise, for the sources of registers."""

from typing import Final

SCHEMA: Final = "registers"
STATEMENT_TIMEOUT_SECONDS: Final = 1800.0  # one statement streams a whole table of a nation
LOAD_BATCH_ROWS: Final = 100_000
