"""Every series says what it counts, in both languages, or it cannot be loaded (MSR-01, BIL-01)."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib.resources import files
from typing import Any

import pytest

from craffu.published.definitions import SeriesFault, Unit, Words, all_series, breaks, load, series_of
from craffu.published.periods import PeriodKind

KINDS = {
    "recorded-crime", "recorded-crime-rolling", "stalking-outcomes", "spo-statistics", "prosecutions", "street-crime",
    "population",
}  # fmt: skip


def text_of(key: str) -> str:
    return files("craffu.published").joinpath(f"series/{key}.toml").read_text(encoding="utf-8")


def words_in(value: Any) -> Iterator[Words]:
    if isinstance(value, Words):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from words_in(getattr(value, one.name))
    elif isinstance(value, list | tuple | frozenset):
        for one in value:
            yield from words_in(one)
    elif hasattr(value, "values"):
        yield from words_in(list(value.values()))


def test_every_kind_of_published_figures_has_its_series() -> None:
    assert set(all_series()) == KINDS


@pytest.mark.rule("MSR-01")
@pytest.mark.parametrize("key", sorted(KINDS))
def test_a_series_says_everything_in_english_and_welsh(key: str) -> None:
    series = series_of(key)
    said = list(words_in(series))
    assert len(said) >= 6
    assert all(words.en.strip() and words.cy.strip() for words in said)
    # A definition or caveat left in English would be the same in both.
    assert [words.en for words in said if len(words.en) > 40 and words.en == words.cy] == []
    assert series.licence
    assert series.attribution
    assert series.caveats
    assert series.unit in Unit
    assert series.period_kind in PeriodKind
    assert [measure.key for measure in series.measures.values() if measure.key not in text_of(key)] == []


@pytest.mark.rule("MSR-05")
def test_rolling_years_are_never_added() -> None:
    assert "periods" in series_of("recorded-crime-rolling").never_sum


@pytest.mark.rule("MSR-07")
def test_stalking_outcomes_have_their_gap_and_their_break() -> None:
    series = series_of("stalking-outcomes")
    assert [gap.period.text for gap in series.gaps] == ["2017/18"]
    assert [one.at.isoformat() for one in series.breaks] == ["2020-04-01", "2023-04-01"]
    assert list(breaks().values()) == sorted(breaks().values(), key=lambda one: one.at)


def test_the_order_table_forbids_a_grant_rate_and_a_change_and_says_why() -> None:
    series = series_of("spo-statistics")
    assert series.never == {"grant_rate", "change"}
    assert series.warning
    units = {measure.key: measure.unit for measure in series.measures.values()}
    assert units == {"applied": Unit.APPLICATION, "granted": Unit.ORDER, "not_yet_heard": Unit.APPLICATION}


def test_a_measure_that_a_closed_series_does_not_list_is_unknown() -> None:
    with pytest.raises(KeyError):
        series_of("prosecutions").measure("acquitted")
    assert series_of("recorded-crime-rolling").measure("Robbery").label.en == "Robbery"


@pytest.mark.rule("MSR-01")
@pytest.mark.parametrize(
    ("key", "old", "new", "says"),
    [
        ("stalking-outcomes", 'title_cy = "', 'title_xx = "', "title_cy"),
        ("stalking-outcomes", 'unit = "outcome"\nperiod_kind', 'unit = "thing"\nperiod_kind', "thing"),
        ("stalking-outcomes", 'period = "2017/18"', 'period = "2018"', "kind of period"),
        ("stalking-outcomes", 'breaks = ["counting_rules_april_2020"', 'breaks = ["someday"', "someday"),
        ("stalking-outcomes", 'whole = "stalking_outcomes_total"', 'whole = "everything"', "everything"),
        ("recorded-crime-rolling", 'never_sum = ["periods"]', "never_sum = []", "overlap"),
        ("recorded-crime-rolling", 'never_sum = ["periods"]', 'never_sum = ["people"]', "people"),
        ("recorded-crime-rolling", "open_measures = true", "open_measures = false", "no measures"),
        ("spo-statistics", "warning_en", "remark_en", "warning_en"),
        ("spo-statistics", 'never_sum = ["periods"]', 'never_sum = []\nnever_add = ["periods"]', "never_add"),
        ("prosecutions", 'licence = "Open', 'licence = ""\nold = "Open', "licence"),
        ("prosecutions", "key = ", "key : ", "prosecutions"),
    ],
)
def test_a_file_that_leaves_something_out_is_refused_by_name(key: str, old: str, new: str, says: str) -> None:
    text = text_of(key)
    assert old in text
    with pytest.raises(SeriesFault, match=says):
        load(text.replace(old, new, 1), f"{key}.toml")


def test_a_reading_is_not_forbidden_without_a_warning() -> None:
    text = text_of("spo-statistics")
    without = "\n".join(line for line in text.splitlines() if not line.startswith("warning_"))
    with pytest.raises(SeriesFault, match="warning"):
        load(without, "spo-statistics.toml")
