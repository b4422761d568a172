"""Folds that keep a debtor whole, today and in every later extract."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


def debtor_fold(debtor_id: str, n_folds: int) -> int:
    """The fold of a debtor: a hash of the pseudonym, so that it never changes.

    A model of fold k has seen no decision on a debtor of fold k, in whichever extract that
    debtor turns up: its predictions for them are honest at any later evaluation.
    """
    digest = hashlib.sha256(debtor_id.encode()).digest()
    return int.from_bytes(digest[:8], "big") % n_folds


def assign_folds(debtors: Iterable[str], n_folds: int) -> NDArray[np.int64]:
    """The fold of each debtor, (n,)."""
    return np.asarray([debtor_fold(d, n_folds) for d in debtors], dtype=np.int64)
