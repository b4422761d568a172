"""The tamper-evident record of decisions, verifiable with its files alone."""
