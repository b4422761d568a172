"""Frames of any size made into batches of one size, so that equal rows give equal files."""

from collections.abc import Iterable, Iterator

import polars as pl


def rebatched(frames: Iterable[pl.DataFrame], n_rows: int) -> Iterator[pl.DataFrame]:
    """The rows of `frames` in batches of exactly `n_rows`; the last may be shorter.

    >>> frames = [pl.DataFrame({"a": [1, 2, 3]}), pl.DataFrame({"a": [4]})]
    >>> [batch["a"].to_list() for batch in rebatched(frames, 2)]
    [[1, 2], [3, 4]]
    """
    held: list[pl.DataFrame] = []
    n_held = 0
    for frame in frames:
        rest = frame
        while n_held + rest.height >= n_rows:
            n_wanted = n_rows - n_held
            yield _joined([*held, rest.head(n_wanted)])
            held, n_held, rest = [], 0, rest.slice(n_wanted)
        if rest.height:
            held.append(rest)
            n_held += rest.height
    if held:
        yield _joined(held)


def _joined(frames: list[pl.DataFrame]) -> pl.DataFrame:
    return frames[0] if len(frames) == 1 else pl.concat(frames)
