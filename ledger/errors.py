"""What can go wrong with a ledger: one class per situation, with its sentence."""

HELP = "Do not append; see docs/how-to/broken-ledger.md."


class LedgerError(Exception):
    """Root of the family; `exit_code` is what a command returns for it."""

    exit_code: int = 30


class NoLedgerError(LedgerError):
    """The path given is no folder with a ledger in it."""

    exit_code = 2

    def __init__(self, path: object) -> None:
        super().__init__(
            f"{path} is not a ledger's folder. Name the folder that holds `checkpoint`."
        )


class NoSuchEntryError(LedgerError):
    """An index at or beyond the size of the signed tree was asked for."""

    exit_code = 2

    def __init__(self, index: int, size: int) -> None:
        super().__init__(f"There is no entry {index}: the signed ledger holds {size} entries.")


class EntryNotJsonError(LedgerError):
    """The body of an entry has no canonical form (RFC 8785)."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"This entry cannot be written as canonical JSON: {cause}.")


class EntryTooLargeError(LedgerError):
    """An entry is longer than an entry bundle can hold (65 535 bytes)."""

    def __init__(self, n_bytes: int) -> None:
        super().__init__(
            f"An entry may have 65535 bytes; this one has {n_bytes}. Store a hash instead."
        )


class EntryRefusedError(LedgerError):
    """The bytes of an entry are not those of an entry in its place."""

    def __init__(self, index: int, cause: str) -> None:
        self.index = index
        self.cause = cause
        super().__init__(f"Entry {index} {cause}.")


class BadNoteError(LedgerError):
    """A checkpoint or key is not in the form that the C2SP specifications give it."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"This is not a signed checkpoint of this ledger: {cause}.")


class BadSignatureError(LedgerError):
    """A checkpoint does not carry a valid signature of the key."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The signature by {name} does not belong to this checkpoint.")


class ProofRefusedError(LedgerError):
    """A proof does not lead from the entry to the signed root."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"The proof does not hold: {cause}.")


class BrokenFileError(LedgerError):
    """A file of the ledger is missing or not in its form."""

    def __init__(self, path: str, cause: str) -> None:
        self.path = path
        super().__init__(f"The file {path} {cause}.")


class StoreBehindError(LedgerError):
    """The store holds fewer entries than were signed: entries were lost."""

    def __init__(self, n_stored: int, n_signed: int) -> None:
        super().__init__(
            f"The store holds {n_stored} entries but {n_signed} were signed: entries were lost. "
            f"{HELP}"
        )


class StoreContradictsError(LedgerError):
    """The store holds other entries than those that were signed."""

    def __init__(self, index: int) -> None:
        super().__init__(f"Entry {index} in the store is not the entry that was signed. {HELP}")


class OtherKeyError(LedgerError):
    """The ledger was begun with another signing key."""

    def __init__(self, published: str, given: str) -> None:
        super().__init__(
            f"This ledger is signed by {published}, not by {given}. Restore its key, "
            "or begin a new ledger and keep this one."
        )


class BadKeyFileError(LedgerError):
    """The file with the signing key cannot be used."""

    def __init__(self, path: object, cause: str) -> None:
        super().__init__(f"The signing key {path} cannot be used: {cause}.")
