"""Measures, dated parameters, rules and verdicts of each legal order."""
