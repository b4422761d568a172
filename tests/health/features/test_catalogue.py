"""The catalogue, the frame, the contract and the page agree, and every word is in place."""

import re
from collections import Counter
from pathlib import Path
from typing import get_args

import polars as pl
import pytest

from features.catalogue import AUDIT_FEATURES, FAMILIES, FEATURES, THEMES, UNITS, Feature, feature
from features.catalogue.pairs import PAIR_FEATURES
from features.document import check_page, main
from features.errors import StaleReferenceError
from features.frame import build_features
from features.roles import roles
from law.catalogue import Touches
from registers.examples import registers_of
from registers.snapshot import locate
from registers.tables import TABLES
from registers.texts import LANGUAGES, Texts

EVERY = (*FEATURES, *AUDIT_FEATURES)
TOLD: tuple[Feature, ...] = (*EVERY, *PAIR_FEATURES)
ROOT = Path(__file__).parents[3]
KEYS = ("point_id", "case_id", "debtor_id", "as_of_date")


def frame_of_one_case() -> pl.DataFrame:
    registers = registers_of({})
    points, _ = locate(
        registers, registers.table("cases").select("case_id", as_of_date=pl.date(2026, 3, 1))
    )
    return build_features(registers, points)


def all_texts() -> list[Texts]:
    words = [word for f in TOLD for word in f.values.values()]
    return [*(f.label for f in TOLD), *words, *UNITS.values(), *THEMES.values()]


def test_there_are_at_least_forty_features_in_the_families() -> None:
    counts = Counter(f.family for f in FEATURES)
    assert set(counts) == set(FAMILIES)
    assert len(FEATURES) >= 40
    assert min(counts.values()) >= 5


def test_names_are_unique() -> None:
    assert max(Counter(f.name for f in TOLD).values()) == 1


def test_the_frame_has_the_catalogue_and_nothing_else() -> None:
    parts = roles()
    expected = [*KEYS, *parts.covariates, *parts.freshness, *parts.unknown, *parts.excluded]
    assert frame_of_one_case().columns == expected


def test_columns_have_the_type_of_their_kind() -> None:
    schema = frame_of_one_case().schema
    for f in EVERY:
        assert schema[f.name] == (pl.String if f.kind == "category" else pl.Float64), f.name


@pytest.mark.parametrize("f", TOLD, ids=lambda f: f.name)
def test_every_source_is_a_column_of_the_contract(f: Feature) -> None:
    for source in f.sources:
        table, column = source.split(".")
        assert column in TABLES[table].column_names, source


def test_every_label_is_said_in_every_language() -> None:
    for text in all_texts():
        for language in LANGUAGES:
            said = text.in_language(language)
            assert said == said.strip()
            assert said
    assert not any(f.label.en.endswith(".") or f.label.ru.endswith(".") for f in TOLD)


def test_uzbek_latin_uses_its_own_apostrophes() -> None:
    for text in all_texts():
        assert not re.search(r"['’‘`´]", text.uz_Latn), text.uz_Latn
        assert not re.search("[oOgG]\u02bc", text.uz_Latn), text.uz_Latn
        assert not re.search("(?<![oOgG])\u02bb", text.uz_Latn), text.uz_Latn


def test_each_script_keeps_to_itself() -> None:
    for text in all_texts():
        assert not re.search("[А-Яа-яЁёЎўҚқҒғҲҳ]", text.uz_Latn + text.en), text
        assert not re.search("[A-Za-z\u02bb\u02bc]", text.uz_Cyrl + text.ru), text


def test_labels_of_different_features_differ_in_every_language() -> None:
    for language in LANGUAGES:
        labels = Counter(f.label.in_language(language) for f in TOLD)
        assert [label for label, n in labels.items() if n > 1] == []


def test_categories_have_words_for_every_value_of_the_contract() -> None:
    for name in ("claim_kind", "document_kind", "claimant_kind", "debtor_kind", "debtor_status"):
        table, column = feature(name).sources[0].split(".")
        allowed = TABLES[table].column(column).values
        assert set(feature(name).values) == set(allowed or ()), name


def test_results_have_words_for_every_value_of_the_contract() -> None:
    allowed = TABLES["actions"].column("result").values or ()
    assert set(feature("bank_levy_result").values) == {*allowed, "never_tried"}


def test_what_a_measure_touches_has_words_for_every_kind() -> None:
    told = next(f for f in PAIR_FEATURES if f.name == "measure_touches")
    assert set(told.values) == set(get_args(Touches))


def test_units_and_themes_have_words() -> None:
    assert {f.unit for f in TOLD} <= set(UNITS)
    assert {f.theme for f in TOLD} <= set(THEMES)


def test_endings_tell_the_unit() -> None:
    endings = {"_som": "som", "_days": "days", "_share": "share", "_years": "years"}
    for f in TOLD:
        for ending, unit in endings.items():
            if f.name.endswith(ending):
                assert f.unit == unit, f.name
        if f.name.startswith("n_"):
            assert f.unit == "count", f.name
        if f.name.startswith(("is_", "has_", "receives_")):
            assert f.kind == "flag", f.name


def test_protected_attributes_and_region_are_no_model_input() -> None:
    protected = {"sex", "birth_year", "region", "district", "members", "minors", "disabled"}
    sources = {source.split(".")[1] for f in FEATURES for source in f.sources}
    assert not protected & sources
    assert not any(f.tables[0] == "households" for f in FEATURES)
    assert not set(roles().excluded) & set(roles().covariates)
    assert {"sex", "birth_year", "region", "n_minors"} <= set(roles().excluded)


def test_the_reference_page_is_current() -> None:
    check_page(ROOT / "docs" / "reference" / "features.md")


def test_a_stale_page_is_told_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--check"]) == 1
    assert "python -m features.document" in capsys.readouterr().err
    assert main([]) == 0
    assert main(["--check"]) == 0
    assert main(["--wrong"]) == 2
    with pytest.raises(StaleReferenceError):
        check_page(tmp_path / "missing.md")
