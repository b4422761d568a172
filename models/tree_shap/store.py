"""Tables of ensembles, made once in a process and found again by the hash of the ensemble."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

from models.tree_shap.jit import IS_COMPILED
from models.tree_shap.kinds import check_kind, said
from models.tree_shap.tables import Precision, Tables, tables_of
from models.tree_text import splits_of

HELD_BYTES: Final = 2**30
"""Of all ensembles together; those asked longest ago make room."""
VERSIONS: Final = ("v3", "v4")
log = logging.getLogger("chora.models")


@dataclass(frozen=True)
class Refused:
    """Why an ensemble has no tables: LightGBM itself explains it."""

    why: str


@dataclass(frozen=True)
class Wanted:
    """Which tables: see `models.tree_shap.tables.tables_of`."""

    dtype: Precision = "float64"
    n_shared: int = 0
    fixed: tuple[int, ...] = ()


_held: OrderedDict[tuple[str, Wanted], Tables | Refused] = OrderedDict()
_lock = Lock()


def hash_of(text: str) -> str:
    """The identity of an ensemble."""
    return hashlib.sha256(text.encode()).hexdigest()


def tables_by_hash(model_hash: str, text: str, wanted: Wanted) -> Tables | Refused:
    """The tables of the ensemble with that hash and text, or why there are none.

    Raises:
        DataError: It cannot be explained by anybody (`models.tree_shap.kinds`).
    """
    key = (model_hash, wanted)
    with _lock:
        if key not in _held:
            check_kind(text)
            made = _make(text, wanted)
            if isinstance(made, Refused):
                log.warning("explained by pred_contrib: %s, model %s", made.why, model_hash[:12])
            _held[key] = made
            _make_room()
        _held.move_to_end(key)
        return _held[key]


def _make_room() -> None:
    sizes = {k: t.n_bytes for k, t in _held.items() if isinstance(t, Tables)}
    while len(sizes) > 1 and sum(sizes.values()) > HELD_BYTES:
        oldest = next(iter(sizes))
        del sizes[oldest], _held[oldest]


def _make(text: str, wanted: Wanted) -> Tables | Refused:
    if not IS_COMPILED:
        return Refused("numba is not installed")
    if said(text, "version") not in VERSIONS:
        return Refused("its text is of another version")
    try:
        trees = splits_of(text)
    except (KeyError, ValueError, IndexError):
        return Refused("its text cannot be read")
    if trees is None:
        return Refused("its score is a mean of trees")
    made = tables_of(trees, wanted.dtype, wanted.n_shared, wanted.fixed)
    return made or Refused("a column has two kinds or a leaf no rows")
