"""Making a version the champion: one person proposes it, another confirms or refuses.

The way back to an earlier version is the same. Gates are asked at both steps; those that cannot
tell are kept with each, so that nobody can say they were not shown.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

from models.bundle import Bundle
from models.champions import Step, add_step, locked, open_proposal
from models.errors import (
    GateFailedError,
    NothingProposedError,
    OneWaitsError,
    OwnProposalError,
    PromotionUnsignedError,
    ProposedOtherwiseError,
)
from models.gates.gate import with_verdict
from models.persons import may_be_one_person
from models.registry import Store, tracking

TASHKENT: Final = timezone(timedelta(hours=5))


def propose(store: Store, version: str, *, by: str, reason: str, on: date | None = None) -> Step:
    """Propose `version` as champion of its legal order where no gate fails.

    `on`: the day; None means the present day in Tashkent.

    Raises:
        PromotionUnsignedError: nobody, or no reason, is named in words.
        UnknownModelError: no such version.
        GateFailedError: a gate failed; nothing is proposed.
        OneWaitsError: another proposal waits for an answer.
        HistoryBrokenError: the history of champions was changed; nothing is added to it.
    """
    signed = _signed(by, reason)
    bundle = store.load(version)
    record = _record("proposed", version, bundle, signed)
    with locked(store.models):
        waiting = open_proposal(store.history(), bundle.legal_order)
        if waiting is not None:
            raise OneWaitsError(waiting.version, waiting.by or "")
        return add_step(store.models, _day(on), bundle.legal_order, record)


def confirm(store: Store, version: str, *, by: str, reason: str, on: date | None = None) -> Step:
    """Make the proposed `version` the champion, by another person than the one who proposed it.

    Raises:
        PromotionUnsignedError, UnknownModelError, GateFailedError, HistoryBrokenError: as above.
        NothingProposedError: nobody proposed this version.
        OwnProposalError: whoever confirms may be the one who proposed.
        ProposedOtherwiseError: the model is not the one that was proposed.
    """
    person, why = signed = _signed(by, reason)
    bundle = store.load(version)
    with locked(store.models):
        waiting = _waiting(store, version)
        if may_be_one_person(person, waiting.by or ""):
            raise OwnProposalError(version, person, waiting.by or "")
        if waiting.bundle_hash != bundle.bundle_hash:
            raise ProposedOtherwiseError(version)
        record = _record("confirmed", version, bundle, signed) | {"of": waiting.n}
        both = f"proposed by {waiting.by}, confirmed by {person}"
        tracking(store).set_alias(version, both, f"{waiting.reason} / {why}")
        return add_step(store.models, _day(on), bundle.legal_order, record)


def refuse(store: Store, version: str, *, by: str, reason: str, on: date | None = None) -> Step:
    """Refuse the proposed `version`; whoever proposed it may take it back so. No gate is asked.

    Raises:
        PromotionUnsignedError, HistoryBrokenError: as above.
        NothingProposedError: nobody proposed this version.
    """
    person, why = _signed(by, reason)
    _waiting(store, version)  # before a lock makes a folder for a store that is not there
    with locked(store.models):
        waiting = _waiting(store, version)
        record = {
            "kind": "refused",
            "version": version,
            "by": person,
            "reason": why,
            "bundle_hash": waiting.bundle_hash,
            "of": waiting.n,
            "cannot_tell": waiting.cannot_tell,
        }
        return add_step(store.models, _day(on), waiting.legal_order, record)


def _signed(by: str, reason: str) -> tuple[str, str]:
    person, why = " ".join(by.split()), " ".join(reason.split())
    for said, option in ((person, "--by"), (why, "--reason")):
        if not any(letter.isalpha() for letter in said):
            raise PromotionUnsignedError(option)
    return person, why


def _record(kind: str, version: str, bundle: Bundle, signed: tuple[str, str]) -> dict[str, Any]:
    gates = bundle.report["gates"]
    failed = [str(g["sentence"]) for g in with_verdict(gates, "failed")]
    if failed:
        raise GateFailedError(version, failed)
    return {
        "kind": kind,
        "version": version,
        "by": signed[0],
        "reason": signed[1],
        "bundle_hash": bundle.bundle_hash,
        "cannot_tell": tuple(str(g["name"]) for g in with_verdict(gates, "cannot_tell")),
    }


def _waiting(store: Store, version: str) -> Step:
    waiting = open_proposal(store.history(), version.rpartition("-")[0])
    if waiting is None or waiting.version != version:
        raise NothingProposedError(version, None if waiting is None else waiting.version)
    return waiting


def _day(on: date | None) -> str:
    return (on or datetime.now(TASHKENT).date()).isoformat()
