"""The rules of each legal order, and the version of a whole law."""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import polars as pl

from law.catalogue import LEGAL_ORDER_IDS
from law.condition import MeasureRules
from law.errors import UnknownRulesError
from law.figures import Figures
from registers import holdings

_HERE = Path(__file__).parent


@cache
def rules_of(legal_order_id: str) -> Mapping[str, MeasureRules]:
    """The rules by measure, for every measure of the catalogue."""
    rules: Mapping[str, MeasureRules] = _module(legal_order_id).RULES
    return rules


def deriver_of(legal_order_id: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """What adds the amounts and terms of this law to the facts."""
    derive: Callable[[pl.DataFrame], pl.DataFrame] = _module(legal_order_id).derive_facts
    return derive


def account_amounts_of(legal_order_id: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """What adds to the facts of accounts what this law protects and leaves open to a levy."""
    add: Callable[[pl.DataFrame], pl.DataFrame] = _module(legal_order_id).with_account_amounts
    return add


def figures_of(legal_order_id: str) -> Figures:
    """The amounts and deadlines that this law shows beside a verdict."""
    figures: Figures = _module(legal_order_id).FIGURES
    return figures


def _module(legal_order_id: str) -> ModuleType:
    if legal_order_id not in LEGAL_ORDER_IDS:
        raise UnknownRulesError(legal_order_id, LEGAL_ORDER_IDS)
    return import_module(f"law.{legal_order_id}.rules")


@cache
def law_version(legal_order_id: str) -> str:
    """16 hex digits over the parameters and rules of a legal order and the code that applies them.

    What counts on a day (`registers.holdings`) is such code: the law reads it.

    It changes whenever a value, a rule, a sentence or the way of judging changes.
    """
    if legal_order_id not in LEGAL_ORDER_IDS:
        raise UnknownRulesError(legal_order_id, LEGAL_ORDER_IDS)
    folders = (_HERE / legal_order_id, _HERE / "case_facts")
    files = [f for folder in folders for f in folder.rglob("*") if f.suffix in (".py", ".yaml")]
    files += [f for f in _HERE.iterdir() if f.suffix in (".py", ".yaml")]
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda f: f.relative_to(_HERE).as_posix()):
        digest.update(file.relative_to(_HERE).as_posix().encode() + b"\0")
        digest.update(file.read_bytes() + b"\0")
    digest.update(Path(holdings.__file__).read_bytes() + b"\0")
    return digest.hexdigest()[:16]
