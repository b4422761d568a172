"""The register contract as code: tables, reading, validation, snapshots, adapters."""
