"""Faults of whole files: their bytes, their encoding, their form, their manifest."""

from registers.sources.files import seal_extract
from tests.assets.fault import EXTRACTED_ON, Fault, Folder
from tests.assets.faultless import few

WHOLE = (8, 8, 0, 0)
NONE = (0, 0, 0, 0)


def _cyrillic_office(text: str) -> str:
    return text.replace("office-0", "Юнусобод")


def _wrong_encoding(folder: Folder) -> None:
    folder.edit("cases", _cyrillic_office, "cp1251")


def _utf_16(folder: Folder) -> None:
    folder.edit("payments", str, "utf-16")


def _nul(folder: Folder) -> None:
    folder.edit("payments", lambda text: text.replace("payment-4", "payment\0-4"))


def _byte_order_mark(folder: Folder) -> None:
    folder.edit("payments", lambda text: "\ufeff" + text)


def _windows_line_ends(folder: Folder) -> None:
    folder.edit("payments", lambda text: text.replace("\n", "\r\n"))


def _semicolons(folder: Folder) -> None:
    folder.edit("payments", lambda text: text.replace(",", ";"))


def _quoted_newline(folder: Folder) -> None:
    folder.edit("cases", lambda text: text.replace("office-0", '"office 0,\nfloor 2"', 1))


def _stray_quotation_mark(folder: Folder) -> None:
    folder.edit("payments", lambda text: text.replace("voluntary", '"voluntary', 1))


def _unquoted_comma(folder: Folder) -> None:
    folder.edit("cases", lambda text: text.replace("office-0", "office 0, floor 2", 1))


def _empty(folder: Folder) -> None:
    folder.write("payments", "")


def _header_only(folder: Folder) -> None:
    folder.edit("payments", lambda text: text.splitlines()[0] + "\n")


def _no_header(folder: Folder) -> None:
    folder.edit("payments", lambda text: text.partition("\n")[2])


def _cut_off_parquet(folder: Folder) -> None:
    folder.parquet("payments", few()["payments"])
    file = folder.file("payments", "parquet")
    file.write_bytes(file.read_bytes()[:-60])


def _damaged_page(folder: Folder) -> None:
    folder.parquet("payments", few()["payments"])
    file = folder.file("payments", "parquet")
    whole = bytearray(file.read_bytes())
    whole[4:64] = b"\xff" * 60
    file.write_bytes(bytes(whole))


def _encrypted_parquet(folder: Folder) -> None:
    folder.file("payments").unlink()
    sealed = b"PARE" + b"\x00" * 40 + (40).to_bytes(4, "little") + b"PARE"
    folder.file("payments", "parquet").write_bytes(sealed)


def _other_bytes(folder: Folder) -> None:
    folder.file("payments").unlink()
    folder.file("payments", "parquet").write_bytes(b"PK\x03\x04 a spreadsheet under another name")


def _two_files(folder: Folder) -> None:
    text = folder.text("payments")
    folder.parquet("payments", few()["payments"])
    folder.write("payments", text)


def _folder_for_a_file(folder: Folder) -> None:
    text = folder.text("payments")
    folder.file("payments").unlink()
    folder.file("payments", "parquet").mkdir()
    (folder.file("payments", "parquet") / "part-0.csv").write_text(text, encoding="utf-8")


def _misspelt_name(folder: Folder) -> None:
    folder.file("payments").rename(folder.path / "payment.csv")


def _missing_table(folder: Folder) -> None:
    folder.file("debtors").unlink()


def _sealed(folder: Folder) -> None:
    seal_extract(folder.path, EXTRACTED_ON)


def _altered(folder: Folder) -> None:
    _sealed(folder)
    folder.edit("payments", lambda text: text.replace("100000", "900000"))


def _cut_off_in_transfer(folder: Folder) -> None:
    _sealed(folder)
    folder.edit("payments", lambda text: text[: len(text) // 2])


def _not_in_manifest(folder: Folder) -> None:
    text = folder.text("payments")
    folder.file("payments").unlink()
    _sealed(folder)
    folder.write("payments", text)


def _named_and_missing(folder: Folder) -> None:
    _sealed(folder)
    folder.file("payments").unlink()


FAULTS: tuple[Fault, ...] = (
    Fault(
        "01-wrong-encoding",
        "the file is in Windows-1251",
        "cases",
        "refused",
        "wrong_encoding",
        NONE,
        "Export it again as UTF-8",
        _wrong_encoding,
    ),
    Fault(
        "02-utf-16",
        "the file is in UTF-16",
        "payments",
        "refused",
        "wrong_encoding",
        NONE,
        "it seems to be UTF-16. Export it again as UTF-8",
        _utf_16,
    ),
    Fault(
        "03-nul-characters",
        "a text holds a NUL character",
        "payments",
        "set aside",
        "damaged_text",
        (8, 7, 0, 1),
        "Export the table again as UTF-8",
        _nul,
    ),
    Fault(
        "04-byte-order-mark",
        "the file begins with a byte order mark",
        "payments",
        "accepted",
        "",
        WHOLE,
        "all accepted",
        _byte_order_mark,
    ),
    Fault(
        "05-windows-line-ends",
        "lines end as on Windows",
        "payments",
        "accepted",
        "",
        WHOLE,
        "all accepted",
        _windows_line_ends,
    ),
    Fault(
        "06-semicolons",
        "semicolons part the fields",
        "payments",
        "refused",
        "wrong_delimiter",
        NONE,
        "Export it again with commas",
        _semicolons,
    ),
    Fault(
        "07-quoted-newline",
        "a quoted code holds a comma and a line break",
        "cases",
        "set aside",
        "control_character",
        (3, 2, 0, 1),
        "Correct the value",
        _quoted_newline,
    ),
    Fault(
        "08-unquoted-comma",
        "a text holds a comma and is not quoted",
        "cases",
        "set aside",
        "broken_row",
        (3, 2, 0, 1),
        "Quote texts that hold commas",
        _unquoted_comma,
    ),
    Fault(
        "09-stray-quotation-mark",
        "a quotation mark is opened and never closed",
        "payments",
        "refused",
        "unreadable_file",
        NONE,
        "Export it again as CSV with quoted texts",
        _stray_quotation_mark,
    ),
    Fault(
        "10-empty-file",
        "the file has no byte",
        "payments",
        "refused",
        "empty_file",
        NONE,
        "Export the table again",
        _empty,
    ),
    Fault(
        "11-header-only",
        "the file has a header and no row",
        "payments",
        "accepted",
        "",
        NONE,
        "all accepted",
        _header_only,
    ),
    Fault(
        "12-no-header",
        "the file has rows and no header",
        "payments",
        "refused",
        "no_header",
        NONE,
        "Export it again with the names in its first line",
        _no_header,
    ),
    Fault(
        "13-cut-off-parquet",
        "a Parquet file was cut off",
        "payments",
        "refused",
        "unreadable_file",
        NONE,
        "copy or export it again",
        _cut_off_parquet,
    ),
    Fault(
        "14-damaged-parquet",
        "bytes in the middle of a Parquet file are damaged",
        "payments",
        "refused",
        "unreadable_file",
        NONE,
        "copy or export it again",
        _damaged_page,
    ),
    Fault(
        "15-encrypted-parquet",
        "a Parquet file is encrypted",
        "payments",
        "refused",
        "encrypted_file",
        NONE,
        "Deliver it without encryption",
        _encrypted_parquet,
    ),
    Fault(
        "16-other-bytes",
        "a spreadsheet bears the name of a Parquet file",
        "payments",
        "refused",
        "unreadable_file",
        NONE,
        "copy or export it again",
        _other_bytes,
    ),
    Fault(
        "17-two-files",
        "a table came as CSV and as Parquet",
        "payments",
        "refused",
        "delivered_twice",
        NONE,
        "Remove the one that does not count",
        _two_files,
    ),
    Fault(
        "18-folder-for-a-file",
        "a folder stands where a file should be",
        "payments",
        "refused",
        "not_a_file",
        NONE,
        "Deliver the table as one file",
        _folder_for_a_file,
    ),
    Fault(
        "19-misspelt-name",
        "a file is named payment.csv",
        "payments",
        "accepted",
        "ignored",
        NONE,
        "no table of the contract; not read",
        _misspelt_name,
    ),
    Fault(
        "20-missing-table",
        "the debtors were not delivered",
        "debtors",
        "refused",
        "missing_table",
        NONE,
        "Add debtors.parquet or debtors.csv",
        _missing_table,
    ),
    Fault(
        "21-altered-file",
        "an amount was changed after the manifest was written",
        "payments",
        "refused",
        "altered_file",
        NONE,
        "ask the agency who changed it",
        _altered,
    ),
    Fault(
        "22-cut-off-in-transfer",
        "half of a file is missing against its manifest",
        "payments",
        "refused",
        "truncated_file",
        NONE,
        "Transfer it again",
        _cut_off_in_transfer,
    ),
    Fault(
        "23-not-in-manifest",
        "a file came that the manifest does not name",
        "payments",
        "refused",
        "not_in_manifest",
        NONE,
        "for a manifest that names it",
        _not_in_manifest,
    ),
    Fault(
        "24-named-and-missing",
        "the manifest names a file that has not come",
        "payments",
        "refused",
        "missing_file",
        NONE,
        "Transfer it again",
        _named_and_missing,
    ),
)
