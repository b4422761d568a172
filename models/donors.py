"""What an unknown register may say: what it says of past cases that are otherwise like this one.

Of each register N_DONORS past decisions of different debtors are kept of which it was known: only
what this one register tells (to two digits), the leaves in which the case ends without it
(`models.grove`, under one measure, the most common), and which of the measures that it decides were
lawful. No two registers' donors are in the same order, so no person's facts can be put together.

A case takes from a donor what the register tells; quotients are worked out again with its own debt.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.catalogue import feature
from features.dependent import QUOTIENTS
from models.boosting import Matrix, Vector
from models.examples import Examples
from models.grove import Codes
from models.inputs import Design, Inputs, register_of
from models.masking import REGISTERS, lost_with, unknown_registers
from models.neighbours import Neighbours, nearness, packed, unpacked

VERSION: Final = 1
N_DONORS: Final = 150
N_NEAREST: Final = 10
BEYOND: Final = 1e14
"""Numbers beyond it stand for "none of it" or "never" (`models.design`)."""


@dataclass(frozen=True)
class Reads:
    """What of the inputs one register tells: places of facts of the case, (measure, place) of facts
    of a measure, and the measures whose asset it lists."""

    cases: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    measures: tuple[int, ...]


def reads_of(design: Design, register: str) -> Reads:
    """What `register` alone tells of a case."""
    lost = lost_with(register)
    of = [
        (a, j)
        for a, measure in enumerate(design.measures)
        for j, column in enumerate(design.pair_columns)
        if register_of(column, measure, design.legal_order) == register
    ]
    reach = design.pair_columns.index("reach_share")
    return Reads(
        tuple(i for i, name in enumerate(design.encoder.columns) if name in lost),
        tuple(of),
        tuple(a for a, j in of if j == reach),
    )


@dataclass(frozen=True)
class Told:
    """What a register tells of k donors: `codes` (k, T), and in the order of `Reads` `cases`,
    `pairs` and `lawful`."""

    codes: Codes
    cases: Matrix
    pairs: Matrix
    lawful: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True)
class Donors:
    """The donors of each register, compared by the trees of the measure at place `arm`."""

    arm: int
    of: Mapping[str, Told]

    def nearest(self, register: str, neighbours: Neighbours, inputs: Inputs) -> NDArray[np.int64]:
        """(n, N_NEAREST): the donors that each case is most like, the nearest first; of donors that
        are as near the first kept."""
        rows = inputs.under(np.full(len(inputs), self.arm))
        codes = neighbours.groves[self.arm].codes(rows.with_arm())
        near = nearness(codes, self.of[register].codes, neighbours.taken[self.arm].weight)
        return np.argsort(-near.astype(np.int64), axis=1, kind="stable")[:, :N_NEAREST]

    def as_text(self) -> str:
        """The file of the bundle."""
        of = {
            name: {
                "codes": packed(told.codes),
                "cases": packed(told.cases),
                "pairs": packed(told.pairs),
                "lawful": packed(told.lawful),
                "n": len(told),
            }
            for name, told in self.of.items()
        }
        return json.dumps({"version": VERSION, "arm": self.arm, "of": of}, sort_keys=True)


def read_donors(text: str) -> Donors | None:
    """What `Donors.as_text` wrote; None where another version did."""
    body = json.loads(text)
    if body["version"] != VERSION:
        return None
    return Donors(body["arm"], {name: _told(one) for name, one in body["of"].items()})


def _told(one: Mapping[str, str | int]) -> Told:
    n = int(one["n"])
    return Told(
        unpacked(one["codes"]).reshape(n, -1),
        unpacked(one["cases"]).view(np.float64).reshape(n, -1),
        unpacked(one["pairs"]).view(np.float64).reshape(n, -1),
        unpacked(one["lawful"]).view(np.bool_).reshape(n, -1),
    )


def learn_donors(
    examples: Examples, inputs: Inputs, design: Design, neighbours: Neighbours
) -> Donors:
    """Donors of every register that was known of enough debtors to be compared with."""
    arm = int(np.argmax([one.n_taken for one in neighbours.taken]))
    known = ~unknown_registers(examples.features)
    found = {}
    for r, register in enumerate(REGISTERS):
        rows = _drawn(examples, np.flatnonzero(known[:, r]), register)
        if len(rows) >= N_NEAREST:
            found[register] = _learn(examples, inputs.take(rows), rows, design, neighbours, r, arm)
    return Donors(arm, found)


def _drawn(examples: Examples, rows: NDArray[np.int64], register: str) -> NDArray[np.int64]:
    """One decision of each of N_DONORS debtors, by the lowest hashes."""
    keys = examples.features.select("case_id", "as_of_date", "debtor_id")[rows]
    hashes = [
        hashlib.blake2b(f"{register}|{case}|{day}".encode(), digest_size=8).hexdigest()
        for case, day, _ in keys.iter_rows()
    ]
    drawn = keys.with_columns(
        pl.Series("hash", hashes, dtype=pl.String), pl.Series("row", rows, dtype=pl.Int64)
    ).sort("hash")
    return drawn.unique("debtor_id", keep="first", maintain_order=True)["row"][:N_DONORS].to_numpy()


def _learn(
    examples: Examples,
    inputs: Inputs,
    rows: NDArray[np.int64],
    design: Design,
    neighbours: Neighbours,
    r: int,
    arm: int,
) -> Told:
    lost = np.zeros((len(rows), len(REGISTERS)), dtype=np.bool_)
    lost[:, r] = True
    without = design.without(inputs, lost).under(np.full(len(rows), arm))
    reads = reads_of(design, REGISTERS[r])
    pairs = [inputs.pairs[:, a, j] for a, j in reads.pairs]
    return Told(
        neighbours.groves[arm].codes(without.with_arm()),
        _rounded(inputs.cases[:, list(reads.cases)], _is_som(design, reads.cases)),
        _rounded(
            np.column_stack(pairs) if pairs else np.zeros((len(rows), 0)),
            [design.pair_columns[j].endswith("_som") for _, j in reads.pairs],
        ),
        examples.lawful[rows][:, list(reads.measures)],
    )


def _is_som(design: Design, places: Sequence[int]) -> list[bool]:
    return [feature(design.encoder.columns[i]).unit == "som" for i in places]


def _rounded(values: Matrix, is_som: Sequence[bool]) -> Matrix:
    """Sums of money to two digits; nothing else, and not what stands for none of it."""
    held = np.where(np.isfinite(values) & (np.abs(values) < BEYOND) & (values != 0), values, 1.0)
    unit = 10.0 ** (np.floor(np.log10(np.abs(held))) - 1)
    money = np.asarray(is_som, dtype=np.bool_) & (held == values)
    return np.ascontiguousarray(np.where(money, np.round(held / unit) * unit, values))


def with_donor(
    design: Design,
    inputs: Inputs,
    owed: Vector,
    told: Told,
    donor: NDArray[np.int64],
    register: str,
    unknown: NDArray[np.bool_],
) -> Inputs:
    """The cases with what `register` tells of `donor` (n,); `unknown` (n, r) are all registers
    that are not known of them. What needs another of these as well stays unknown."""
    reads, names = reads_of(design, register), design.encoder.columns
    cases, pairs = inputs.cases.copy(), inputs.pairs.copy()
    others = unknown.copy()
    others[:, REGISTERS.index(register)] = False
    for at, i in enumerate(reads.cases):
        lacks = (others & [names[i] in lost_with(name) for name in REGISTERS]).any(axis=1)
        cases[:, i] = np.where(lacks, cases[:, i], told.cases[donor, at])
    place = {name: i for i, name in enumerate(names)}
    for i in (i for i in reads.cases if names[i] in QUOTIENTS):
        parts, below = QUOTIENTS[names[i]]
        cases[:, i] = _quotient(cases, [place[p] for p in parts], place[below], cases[:, i])
    for at, (a, j) in enumerate(reads.pairs):
        pairs[:, a, j] = told.pairs[donor, at]
    reach, share = (design.pair_columns.index(c) for c in ("reach_som", "reach_share"))
    for a in reads.measures:
        pairs[:, a, share] = np.where(owed > 0, pairs[:, a, reach] / np.maximum(owed, 1.0), np.nan)
    return Inputs(cases, pairs)


def _quotient(cases: Matrix, parts: Sequence[int], below: int, otherwise: Vector) -> Vector:
    """The quotient where all that it is made of is a number, above nought below; else as it was."""
    total, divisor = cases[:, list(parts)].sum(axis=1), cases[:, below]
    numbers = np.abs(cases[:, [*parts, below]]) < BEYOND
    known = numbers.all(axis=1) & (divisor > 0)
    return np.where(known, total / np.where(known, divisor, 1.0), otherwise)
