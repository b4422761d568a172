"""The service: cases, proposals, decisions, accounts and pages."""
