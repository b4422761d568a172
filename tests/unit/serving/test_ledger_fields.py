"""Only listed fields and values enter a ledger entry."""

from typing import Any

import pytest

from serving.errors import LedgerFieldRefusedError
from serving.ledger_fields import ENTRY, check_entry

CANARY = "Aliyev Vali 31234567890123"
RULE = {"rule": "voluntary_term", "article": "42¹", "reason_code": "over", "verdict": "lawful"}


def entry(action: str = "propose", **changes: Any) -> dict[str, Any]:
    law = {"verdict": "lawful", "law_version": "9f2c41d07a88b3e1", "rules": [RULE]}
    facts: dict[str, Any] = {"measure": "travel_ban", "law": law}
    if action == "propose":
        facts |= {"kind": "ranked", "rank": 1}
    return {
        "schema": "chora-transition/1",
        "at": "2026-04-01T09:02:00.001000+00:00",
        "action": action,
        "from_state": "recommended",
        "to_state": "proposed",
        "version": 2,
        "recommendation_id": "rec_" + "0" * 24,
        "proposal_id": "pro_" + "0" * 24,
        "decision_id": None,
        "as_of_date": "2026-04-01",
        "output_hash": "0" * 64,
        "input_hash": "1" * 64,
        "model_version": "uz-3",
        "law_version": "9f2c41d07a88b3e1",
        "source_hash": "5" * 64,
        "role": "officer",
        "person_hash": "6" * 64,
        "ground": None if action == "propose" else "Art. 64",
        "reason_hash": None,
        "facts": facts,
        **changes,
    }


def test_an_entry_of_today_is_taken() -> None:
    check_entry(entry(), "uz")
    check_entry(entry("approve"), "uz")
    check_entry(entry(ground="other"), "uz")


@pytest.mark.parametrize("field", [*sorted(ENTRY), "ground", "facts"])
@pytest.mark.parametrize("value", [CANARY, "", 7.5, [CANARY], {"name": CANARY}, "Art. 64\n"])
def test_no_field_takes_what_is_not_on_its_list(field: str, value: Any) -> None:
    with pytest.raises(LedgerFieldRefusedError) as refused:
        check_entry({**entry(), field: value}, "uz")
    assert "Aliyev" not in str(refused.value)


def test_a_field_that_nobody_listed_is_refused() -> None:
    with pytest.raises(LedgerFieldRefusedError):
        check_entry(entry(note=CANARY), "uz")
    body = entry()
    body["facts"] = {**body["facts"], CANARY: "x"}
    with pytest.raises(LedgerFieldRefusedError) as refused:
        check_entry(body, "uz")
    assert "Aliyev" not in str(refused.value)


@pytest.mark.parametrize("field", ["measure", "kind", "rank", "law"])
def test_no_fact_takes_free_text(field: str) -> None:
    body = entry()
    body["facts"] = {**body["facts"], field: CANARY}
    with pytest.raises(LedgerFieldRefusedError):
        check_entry(body, "uz")


@pytest.mark.parametrize("field", sorted(RULE))
@pytest.mark.parametrize("value", [CANARY, "vali_31234567890123", "64 Aliyev"])
def test_no_rule_takes_free_text(field: str, value: str) -> None:
    body = entry()
    body["facts"]["law"] = {**body["facts"]["law"], "rules": [{**RULE, field: value}]}
    with pytest.raises(LedgerFieldRefusedError):
        check_entry(body, "uz")


@pytest.mark.parametrize("ground", ["Art. ٦٤", "Art. 64 Aliyev", "Art. 1234", "suspended"])
def test_a_decision_cites_an_article_or_a_code_of_its_own_list(ground: str) -> None:
    with pytest.raises(LedgerFieldRefusedError):
        check_entry(entry("approve", ground=ground), "uz")


def test_every_article_of_the_laws_rules_is_taken() -> None:
    from law.catalogue import LEGAL_ORDER_IDS
    from law.rules import rules_of

    cited = 0
    for legal_order in LEGAL_ORDER_IDS:
        for rules in rules_of(legal_order).values():
            for condition in rules.conditions:
                measure = next(iter(rules_of(legal_order)))
                body = entry()
                law = body["facts"]["law"]
                rule = {**RULE, "rule": condition.id, "article": condition.article}
                rule["reason_code"] = condition.reason_code
                body["facts"] |= {"measure": measure, "law": {**law, "rules": [rule]}}
                check_entry(body, legal_order)
                cited += 1
    assert cited > 50
