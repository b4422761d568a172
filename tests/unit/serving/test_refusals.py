"""Grounds, reasons, origins and sign-in pauses: what is refused before anything is touched."""

from datetime import UTC, datetime, timedelta

import pytest

from registers.texts import LANGUAGES
from serving import errors
from serving.accounts import AccountRefusedError, NewAccount, check_account
from serving.errors import (
    CrossSiteRequestError,
    GroundRequiredError,
    OverrideReasonRequiredError,
    ReasonRequiredError,
    ServiceError,
    TooManyAttemptsError,
)
from serving.grounds import (
    DECISION_GROUNDS,
    STAY_GROUNDS,
    check_ground,
    check_override_reason,
    clean_reason,
)
from serving.security.origin import check_own_site
from serving.security.sign_in import SignInLimiter
from serving.states import Role

OWN = "https://chora.example"
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("ground", [*DECISION_GROUNDS, "Art. 64", "Art. 42¹", "Art. 47(11)"])
def test_a_coded_ground_or_a_citation_is_a_stated_ground(ground: str) -> None:
    assert check_ground(f" {ground} ") == ground


@pytest.mark.parametrize(
    "ground", [None, "", "  ", "because", "Art.", "Art. 64; drop", "suspended"]
)
def test_anything_else_is_no_ground(ground: str | None) -> None:
    with pytest.raises(GroundRequiredError):
        check_ground(ground)


def test_a_stay_has_grounds_of_its_own() -> None:
    assert check_ground("suspended", STAY_GROUNDS) == "suspended"
    with pytest.raises(GroundRequiredError):
        check_ground("lawful_and_proportionate", STAY_GROUNDS)


@pytest.mark.parametrize("reason", [None, "", "short", "123456789012", ". . . . . . . . . ."])
def test_a_reason_needs_ten_letters(reason: str | None) -> None:
    with pytest.raises(ReasonRequiredError):
        clean_reason(reason)


def test_a_reason_loses_outer_and_double_spaces() -> None:
    assert clean_reason("  Qarzdor  oʻzi toʻlayapti ") == "Qarzdor oʻzi toʻlayapti"


def test_an_override_names_a_listed_reason() -> None:
    assert check_override_reason("already_tried") == "already_tried"
    with pytest.raises(OverrideReasonRequiredError):
        check_override_reason(None)
    with pytest.raises(OverrideReasonRequiredError):
        check_override_reason("i_feel_like_it")


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "cross-site", "origin": OWN}, False),
        ({"origin": OWN}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False),
        ({}, False),
        ({"x-csrf-token": "wrong"}, False),
        ({"x-csrf-token": "right"}, True),
        ({"x-csrf-token": "right", "sec-fetch-site": "cross-site"}, False),
    ],
)
def test_a_change_is_accepted_only_from_our_own_pages_or_with_the_token(
    headers: dict[str, str], is_ours: bool
) -> None:
    if is_ours:
        check_own_site("POST", headers, OWN, "right")
    else:
        with pytest.raises(CrossSiteRequestError):
            check_own_site("POST", headers, OWN, "right")


def test_reading_is_free_from_anywhere() -> None:
    check_own_site("GET", {"sec-fetch-site": "cross-site"}, OWN, "right")


def test_five_failures_pause_one_name_at_one_address() -> None:
    limiter = SignInLimiter(5, timedelta(minutes=15))
    for _ in range(5):
        limiter.check("olim", "10.0.0.1", NOW)
        limiter.note_failure("olim", "10.0.0.1", NOW)
    with pytest.raises(TooManyAttemptsError):
        limiter.check("olim", "10.0.0.1", NOW + timedelta(minutes=14, seconds=59))
    limiter.check("olim", "10.0.0.1", NOW + timedelta(minutes=15))
    limiter.check("rano", "10.0.0.1", NOW)
    limiter.check("olim", "10.0.0.2", NOW)


def test_fifty_failures_for_many_names_pause_the_address() -> None:
    limiter = SignInLimiter(5, timedelta(minutes=15))
    for number in range(50):
        limiter.note_failure(f"name{number}", "10.0.0.1", NOW)
    with pytest.raises(TooManyAttemptsError):
        limiter.check("rano", "10.0.0.1", NOW)
    limiter.check("rano", "10.0.0.2", NOW)


@pytest.mark.parametrize(
    "account",
    [
        NewAccount("", "long enough 1", Role.OFFICER, "A"),
        NewAccount("Olim", "long enough 1", Role.OFFICER, "A"),
        NewAccount("olim", "short", Role.OFFICER, "A"),
        NewAccount("olim", "long enough 1", Role.OFFICER, "A", offices=()),
        NewAccount("olim", "long enough 1", Role.OFFICER, "A", language="fr"),
    ],
)
def test_an_unusable_account_is_refused(account: NewAccount) -> None:
    with pytest.raises(AccountRefusedError):
        check_account(account)


ALL_REFUSALS = [
    found
    for found in vars(errors).values()
    if isinstance(found, type) and issubclass(found, ServiceError) and found is not ServiceError
]


@pytest.mark.parametrize("refusal", ALL_REFUSALS)
def test_every_refusal_speaks_four_languages_with_the_same_values(
    refusal: type[ServiceError],
) -> None:
    names = {
        language: {part.split("}")[0] for part in text.split("{")[1:]}
        for language, text in refusal.sentence.as_dict().items()
    }
    assert set(names) == set(LANGUAGES)
    assert all(refusal.sentence.in_language(language).strip() for language in LANGUAGES)
    assert len(set(map(frozenset, names.values()))) == 1


def test_codes_of_refusals_are_promises_and_each_its_own() -> None:
    codes = [refusal.code for refusal in ALL_REFUSALS]
    assert len(codes) == len(set(codes))
