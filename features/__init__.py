"""Point-in-time features of debtors and cases, with their catalogue."""
