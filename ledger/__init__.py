"""The tamper-evident record of decisions, verifiable with its files alone.

An auditor needs this folder, `rfc8785`, `cryptography` and nothing else of ours:
`python -m ledger verify PATH` answers with one sentence and the exit code 0 or 30.

Reading: `ledger.verification`, `ledger.comparing`, `ledger.proving`.
Writing (for the one module that records decisions): `ledger.appending`, `ledger.publishing`,
`ledger.signing`, `ledger.file_store`.
"""
