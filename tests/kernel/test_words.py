"""Languages of data, and what templates print."""

import datetime as dt

import pytest
from django.utils import translation

from accounts.models import Organisation
from kernel.choices import label, label_of_field
from kernel.languages import localized
from kernel.templatetags import kernel as tags
from kernel.violations import Violation, sentence
from program.enums import CallState, MilestoneKind
from proposals.models import EligibilityVerdict
from review.models import AgencyAnswer


@pytest.mark.parametrize(
    ("language", "names", "expected"),
    [
        ("ja", ("東京大学", "The University of Tokyo"), "東京大学"),
        ("en", ("東京大学", "The University of Tokyo"), "The University of Tokyo"),
        ("en", ("東京大学", ""), "東京大学"),
        ("ja", ("", ""), ""),
    ],
)
def test_a_text_comes_in_the_readers_language_or_in_the_one_there_is(language, names, expected):
    organisation = Organisation(name_ja=names[0], name_en=names[1])
    with translation.override(language):
        assert localized(organisation, "name") == expected


@pytest.mark.parametrize(("language", "words"), [("ja", "府省"), ("en", "ministry")])
def test_a_value_has_words(language, words):
    with translation.override(language):
        assert label_of_field(Organisation(kind="ministry"), "kind") == words


def test_enumerations_of_the_same_values_keep_their_own_words():
    with translation.override("ja"):
        assert label_of_field(AgencyAnswer(vote="yes"), "vote") == "同意する"
        assert label_of_field(EligibilityVerdict(verdict="yes"), "verdict") == "可"


def test_a_sentence_speaks_the_readers_language():
    violation = Violation("amount_too_large", "amount", {"unit": "千円"})
    with translation.override("ja"):
        assert sentence(violation) == "金額が大きすぎます。単位を確認してください（この欄の単位は千円です）。"


@pytest.mark.parametrize(
    ("language", "day", "text"),
    [
        ("ja", dt.date(2026, 11, 25), "2026年11月25日（令和8年）"),
        ("en", dt.date(2026, 11, 25), "25 November 2026 (Reiwa 8)"),
        ("ja", dt.date(2019, 5, 1), "2019年5月1日（令和元年）"),
        ("ja", dt.date(1905, 6, 9), "1905年6月9日"),
        ("en", dt.date(1, 1, 1), "1 January 1"),
        ("ja", None, "–"),
    ],
)
def test_a_day_has_its_era_beside_it(language, day, text):
    with translation.override(language):
        assert tags.day(day) == text


@pytest.mark.parametrize(("language", "text"), [("ja", "2026年度（令和8年度）"), ("en", "FY2026 (Reiwa 8)")])
def test_a_fiscal_year_has_its_era_beside_it(language, text):
    with translation.override(language):
        assert tags.fiscal_year(2026) == text


@pytest.mark.parametrize(
    ("language", "amount", "text"),
    [("ja", 1_234_000, "1,234,000円"), ("en", 1_234_000, "¥1,234,000"), ("ja", None, "–"), ("en", 0, "¥0")],
)
def test_yen_have_their_unit(language, amount, text):
    with translation.override(language):
        assert tags.yen(amount) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [("ja", "2027年3月15日（令和9年） 17:00 JST"), ("en", "15 March 2027 (Reiwa 9), 17:00 JST")],
)
def test_an_instant_has_its_zone(language, text):
    with translation.override(language):
        shown = tags.instant(dt.datetime(2027, 3, 15, 8, tzinfo=dt.UTC))
    assert shown == f'<time datetime="2027-03-15T08:00:00+00:00" data-instant>{text}</time>'


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (CallState.OPEN, "受付中"),
        (MilestoneKind.DECISION, "採否の決定"),
    ],
)
def test_one_english_word_of_two_meanings_has_the_japanese_of_its_own(value, words):
    with translation.override("ja"):
        assert label(value) == words
