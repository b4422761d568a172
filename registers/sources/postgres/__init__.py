"""Registers in PostgreSQL: reading a schema as an extract, loading an extract into a schema."""

from registers.sources.postgres.address import Address
from registers.sources.postgres.extract import PostgresExtract
from registers.sources.postgres.loading import LoadReport, load_extract

__all__ = ["Address", "LoadReport", "PostgresExtract", "load_extract"]
