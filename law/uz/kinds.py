"""What kind of document or claim a rule speaks of, where more than one column tells it."""

import polars as pl


def is_criminal_fine() -> pl.Expr:
    """A criminal fine by its document or by its claim: either register may be the one that says."""
    return (pl.col("document_kind") == "criminal_fine") | (pl.col("claim_kind") == "criminal_fine")
