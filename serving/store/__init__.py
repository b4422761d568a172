"""The store: one database file with accounts, recommendations, decisions and ledger entries."""
