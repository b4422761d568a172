"""What an extract delivers, table by table, and the fingerprint by which it is known again."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from registers.errors import TableRefusedError
from registers.sources.defaults import LOAD_BATCH_ROWS
from registers.sources.postgres.columns import ODD, ROW, dump_schema, names_in_table, split_odd
from registers.sources.postgres.extract import WITHDRAWN_SUFFIX
from registers.sources.postgres.forms import Form, form_of_delivered
from registers.sources.protocol import ExtractSource, TableSource
from registers.tables import TABLES


@dataclass(frozen=True)
class Delivery:
    """One table as it was delivered, or the sentence why it cannot be read."""

    name: str
    source: TableSource | None = None
    refusal: TableRefusedError | None = None


def deliveries(source: ExtractSource) -> Iterator[Delivery]:
    """Every table and withdrawal of an extract; of one that cannot be read, the sentence."""
    for suffix, give in (("", source.table), (WITHDRAWN_SUFFIX, source.withdrawals)):
        for name in TABLES:
            try:
                table = give(name)
                if table is not None:
                    _ = table.schema  # a file that cannot be opened tells it here
                    yield Delivery(f"{name}{suffix}", table)
            except TableRefusedError as refusal:
                yield Delivery(f"{name}{suffix}", refusal=refusal)


def fingerprint_of(source: ExtractSource, deliveries: tuple[Delivery, ...]) -> str:
    """SHA-256 over everything by which one extract differs from another."""
    told = {
        "description": dict(source.description),
        "manifest": source.manifest_sha256,
        "follows": [source.is_increment, source.follows],
        "extracted_on": source.extracted_on,
        "ignored": source.ignored,
        "tables": {d.name: _told_of(d) for d in deliveries},
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _told_of(delivery: Delivery) -> list[str]:
    if delivery.source is None:
        return ["refused", str(delivery.refusal)]
    table = delivery.source
    return [table.label, dump_schema(table.schema), table.sha256 or _content_hash(table)]


def _content_hash(table: TableSource) -> str:
    """SHA-256 of the rows of a table that has no file, as far as they can be read."""
    digest = hashlib.sha256()
    names, forms = names_in_table(table.schema.names()), forms_of(table.schema)
    try:
        for frame in table.batches(LOAD_BATCH_ROWS):
            digest.update(as_csv(frame, names, forms).encode())
    except TableRefusedError as refusal:
        digest.update(str(refusal).encode())
    return f"rows {digest.hexdigest()}"


def forms_of(schema: pl.Schema) -> dict[str, Form]:
    """How every column of a delivered table travels."""
    return {name: form_of_delivered(dtype) for name, dtype in schema.items()}


def as_csv(
    frame: pl.DataFrame, names: Mapping[str, str], forms: Mapping[str, Form], first_row: int = 0
) -> str:
    """Rows as COPY reads them: texts quoted, missing values bare, the row number last."""
    usual = split_odd(frame.rename(dict(names)))
    written = usual.select(
        *(form.write(pl.col(names[name])).alias(names[name]) for name, form in forms.items()),
        pl.col(ODD),
        pl.int_range(first_row, first_row + pl.len(), dtype=pl.Int64).alias(ROW),
    )
    return written.write_csv(include_header=False, quote_style="non_numeric")
