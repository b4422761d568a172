"""Registers in PostgreSQL: reading a schema as an extract, loading an extract into a schema."""

from registers.sources.postgres.address import Address
from registers.sources.postgres.extract import PostgresExtract
from registers.sources.postgres.loading import LoadReport, load_extract
from registers.sources.postgres.reader import make_reader

__all__ = ["Address", "LoadReport", "PostgresExtract", "load_extract", "make_reader"]
