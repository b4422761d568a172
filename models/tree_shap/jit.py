"""Functions compiled by numba, kept on disk where a folder for that can be written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

try:
    import numba
except ImportError:  # explanations are LightGBM's own then (`models.tree_shap.values`)
    numba = None

IS_COMPILED: Final = numba is not None
"""Whether functions are compiled at all."""

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """The function, compiled when it is first called; it gives the interpreter free meanwhile.

    What was compiled is kept beside the source or, where that folder cannot be written, where
    numba is told to; where neither can, it is compiled anew by each process. A compiled function
    calls no other one: numba would not notice that the other has changed.
    """
    if numba is None:
        return function
    try:
        found: F = numba.njit(function, nogil=True, cache=True)
    except RuntimeError:  # no folder to keep it in
        found = numba.njit(function, nogil=True)
    return found
