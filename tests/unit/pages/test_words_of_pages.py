"""What the pages say: complete in four languages, and true to the registers' rows."""

import re
from datetime import date
from pathlib import Path

import pytest

import serving.pages
from features.freshness import Stamp
from registers.texts import LANGUAGES
from serving.assets import integrity_of, load_manifest, without_foreign_font
from serving.pages.profile_view import n_recent_months, say_stamp
from serving.pages.recommendation_view import Scale, tell_reason
from serving.pages.wording import Voice, catalogue, choose_language
from serving.states import Action, State

PAGES = Path(serving.pages.__file__).parent
KEY = re.compile(r"""\bt\(\s*["']([a-z_]+\.[a-z_0-9]+)["']""")
PLACE = re.compile(r"\{([a-z_]+)\}")


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_a_sentence_fills_in_the_same_values_in_every_language(key: str) -> None:
    texts = catalogue()[key].as_dict()
    places = {language: sorted(PLACE.findall(text)) for language, text in texts.items()}
    assert len({tuple(names) for names in places.values()}) == 1
    assert all(text.strip() for text in texts.values())


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_uzbek_has_its_own_letters(key: str) -> None:
    texts = catalogue()[key]
    assert not re.search("['‘`]", texts.uz_Latn)
    cyrillic = re.sub(r"\{[a-z_]+\}", "", texts.uz_Cyrl)
    assert not re.search("[ʻʼ]", cyrillic)


def test_templates_and_modules_say_only_what_the_catalogue_has() -> None:
    sources = [*PAGES.glob("*.py"), *(PAGES.parent / "templates").glob("*.html")]
    asked = {key for path in sources for key in KEY.findall(path.read_text(encoding="utf-8"))}
    assert asked - set(catalogue()) == set()
    assert len(asked) > 100


def test_every_state_has_its_next_step_and_every_action_its_words() -> None:
    keys = set(catalogue())
    assert {f"next.{state.value}" for state in State} <= keys
    assert {f"step.{action.value}" for action in Action} <= keys


@pytest.mark.parametrize(
    ("asked", "cookie", "accepted", "language"),
    [
        ("uz-Cyrl", "en", "ru", "uz_Cyrl"),
        (None, "ru", "en", "ru"),
        ("klingon", None, "en-GB,en;q=0.8", "en"),
        (None, None, "uz-UZ", "uz_Latn"),
        (None, None, "uz-Cyrl-UZ", "uz_Cyrl"),
        (None, None, "de", "uz_Latn"),
        (None, None, None, "uz_Latn"),
    ],
)
def test_language_is_the_one_asked_for_then_kept_then_the_browsers(
    asked: str | None, cookie: str | None, accepted: str | None, language: str
) -> None:
    assert choose_language(asked, cookie, accepted) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_sum_is_said_to_be_unknown_and_not_zero(language: str) -> None:
    voice = Voice(language)
    assert voice.amount(None) == voice("shell.unknown")
    assert voice.amount(0) != voice.amount(None)


def test_only_the_twelve_months_before_the_day_count() -> None:
    months = ["2025-03-01", "2025-04-01", "2026-03-01", "2026-03-01", "2026-04-01"]
    assert n_recent_months(months, date(2026, 4, 1)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stamp_says_two_days_only_where_there_are_two(language: str) -> None:
    voice = Voice(language)
    of, known = date(2026, 3, 31), date(2026, 4, 9)
    both = say_stamp(voice, Stamp(of, known))
    assert voice.day(of) in both
    assert voice.day(known) in both
    one = say_stamp(voice, Stamp(known, known))
    assert one.count(voice.day(known)) == 1
    assert voice.day(of) not in one


def test_all_bars_share_one_scale_that_holds_zero() -> None:
    rows = [{"low_som": 50.0, "high_som": 200.0}, {"low_som": -100.0, "high_som": 100.0}]
    scale = Scale.over(rows)
    assert (scale.place(-100.0), scale.place(50.0), scale.place(200.0)) == (0.0, 50.0, 100.0)


def test_the_licensed_typeface_is_cut_out_of_the_vendor_style() -> None:
    face = "@font-face{font-family:GDS Transport;src:url(/a)}"
    css = face + "p{font-family:GDS Transport,arial,sans-serif}"
    assert without_foreign_font(css) == "p{font-family:var(--chora-font)}"


def test_a_vendor_file_that_is_missing_is_not_linked(tmp_path: Path) -> None:
    assert load_manifest(tmp_path) == {}
    (tmp_path / "manifest.json").write_text('{"a.css": "sha384-x", "b.css": "sha384-y"}')
    (tmp_path / "a.css").write_text("p{}")
    assert load_manifest(tmp_path) == {"a.css": "sha384-x"}
    assert integrity_of(b"p{}").startswith("sha384-")


def test_an_order_that_noise_made_speaks_neither_for_nor_against() -> None:
    voice = Voice("en")
    facts = {"contribution_som": -5.0, "en": "The data cannot tell them apart."}
    assert tell_reason(voice, {**facts, "reason_code": "less_intrusive"}).sign == ""
    assert tell_reason(voice, {**facts, "reason_code": "lowers.n_payments"}).sign == "-"
