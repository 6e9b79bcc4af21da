"""Which claims may be published and what is said beside them, the published review's own slip among it (SCR-06, SCR-09,
MSR-07)."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta

import pytest

from craffu.common.refusals import NotNow
from craffu.config.demo.reviewing.words import how_often
from craffu.measures.comparing import Dated, Side
from craffu.scrutiny.claiming.kinds import ClaimKind
from craffu.scrutiny.claiming.numerals import counts_told
from craffu.scrutiny.claiming.policies import check_quoted
from craffu.scrutiny.claiming.rules import (
    FEW,
    STALE_AFTER_DAYS,
    Backing,
    Claim,
    Doubt,
    Figure,
    Sample,
    Stands,
    Told,
    Unit,
    Why,
    doubts,
    quotes,
    reproduces,
    stands,
    tells_hidden,
    tells_hidden_share,
    why_not_published,
)

SOUND = Claim(742, Unit.COUNT, "q7", "s12", "2021/22", 1190, evidence_rows=742, recomputed=742)
YEAR = date(2021, 4, 1), date(2022, 3, 31)
TAKEN = date(2023, 7, 1)
BACKING = Backing([Side("stalking-and-harassment, subgroup", YEAR)], 10_199, TAKEN, TAKEN + timedelta(days=10))


@pytest.mark.rule("SCR-09")
def test_a_claim_is_published_with_all_it_rests_on() -> None:
    assert why_not_published(SOUND) == []
    assert why_not_published(replace(SOUND, evidence_rows=None, recomputed=None)) == []
    assert why_not_published(replace(SOUND, number=0)) == []
    lacking = replace(SOUND, query="", snapshot="", period="", number=None)
    assert why_not_published(lacking) == [(Why.MISSING, name) for name in ("query", "snapshot", "period", "n")]


@pytest.mark.rule("SCR-09")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"recomputed": 741}, Why.DOES_NOT_REPRODUCE),
        ({"recomputed": 742.4}, Why.DOES_NOT_REPRODUCE),
        ({"recomputed": 0}, Why.DOES_NOT_REPRODUCE),
        ({"evidence_rows": 0}, Why.NO_EVIDENCE_ROWS),
    ],
)
def test_one_that_does_not_reproduce_is_not(change: dict[str, float], why: Why) -> None:
    assert why_not_published(replace(SOUND, **change)) == [(why, "")]  # type: ignore[arg-type]


@pytest.mark.rule("SCR-06")
def test_a_sample_by_judgement_gives_counts_only() -> None:
    for unit in Unit:
        by_judgement = replace(SOUND, unit=unit, sample=Sample.JUDGEMENT)
        assert why_not_published(by_judgement) == ([] if unit is Unit.COUNT else [(Why.JUDGEMENT_SAMPLE, "")])
        for sample in (Sample.RANDOM, Sample.CENSUS):
            assert why_not_published(replace(by_judgement, sample=sample)) == []


@pytest.mark.rule("MSR-07")
@pytest.mark.rule("SCR-09")
def test_the_published_reviews_own_slip_is_caught() -> None:
    """A priority of April 2022 was given as a cause of the figures of April 2021 to March 2022."""
    priority = Dated("Force priority, April 2022", date(2022, 4, 1))
    assert doubts(replace(BACKING, causes=[priority])) == [(Doubt.CAUSE_AFTER, "Force priority, April 2022")]
    in_time = Dated("Training, March 2022", date(2022, 3, 31))
    assert doubts(replace(BACKING, causes=[in_time])) == []


@pytest.mark.rule("SCR-09")
def test_what_weakens_a_claim_is_said() -> None:
    assert doubts(BACKING) == []
    assert doubts(replace(BACKING, number=FEW)) == []
    assert doubts(replace(BACKING, number=FEW - 1)) == [(Doubt.FEW, "")]
    last = TAKEN + timedelta(days=STALE_AFTER_DAYS)
    assert doubts(replace(BACKING, published_on=last)) == []
    assert doubts(replace(BACKING, published_on=last + timedelta(days=1))) == [(Doubt.STALE, "")]


@pytest.mark.rule("SCR-09")
def test_two_years_by_two_definitions_or_across_a_change_of_counting() -> None:
    before = Side(BACKING.sides[0].definition, (date(2020, 4, 1), date(2021, 3, 31)))
    both = replace(BACKING, sides=[before, *BACKING.sides])
    assert doubts(both) == []
    assert doubts(replace(both, sides=[before, Side("two classes", YEAR)])) == [(Doubt.DIFFERENT_DEFINITIONS, "")]
    changed = Dated("Principal crime only", date(2021, 4, 1))
    assert doubts(replace(both, breaks=[changed])) == [(Doubt.SERIES_BREAK, "Principal crime only")]


@pytest.mark.rule("SCR-09")
def test_files_that_say_safeguarded_and_victims_who_say_unsupported_contradict() -> None:
    files, victims, staff = Told("files", True), Told("victims", False), Told("staff", False)
    assert doubts(replace(BACKING, methods=[files, victims, staff])) == [(Doubt.METHODS_CONTRADICT, "victims, staff")]
    for agreed in ([files], [victims, staff], []):
        assert doubts(replace(BACKING, methods=agreed)) == []


@pytest.mark.rule("MSR-04")
@pytest.mark.parametrize(
    ("sentence", "is_said"),
    [
        ("Orders were served in time in most cases.", True),
        ("Most victims were told.", True),
        ("Victims were mostly told.", True),
        ("More than half of them were told.", True),
        ("The majority were told.", True),
        ("Gwnaed hynny yn y rhan fwyaf o achosion.", True),
        ("Dywedwyd wrth y mwyafrif.", True),
        ("Digwyddodd mewn dros hanner ohonynt.", True),
        ("At most ten were told.", False),
        ("The most serious were told.", False),
        ("In about half of the cases, or more.", False),
        ("Mewn tua hanner yr achosion, neu fwy.", False),
        ("Almost all were told.", False),
    ],
)
def test_most_is_said_not_to_be_certain_where_the_interval_includes_half(sentence: str, is_said: bool) -> None:
    for low, high, includes in ((0.494, 0.724, True), (0.5, 0.7, True), (0.501, 0.724, False), (0.2, 0.49, False)):
        backing = replace(BACKING, sentences=["Nothing.", sentence], intervals=[(0.9, 0.95), (low, high)])
        found = doubts(backing)
        assert found == ([(Doubt.MOST_NOT_CERTAIN, "")] if is_said and includes else []), (low, high)


@pytest.mark.parametrize(
    ("share", "interval", "english"),
    [
        (0.615, (0.494, 0.724), "in about half of the cases, or more"),
        (0.615, (0.51, 0.724), "in most cases"),
        (0.615, None, "in most cases"),
        (0.5, (0.4, 0.6), "in about half of the cases"),
        (0.3, (0.1, 0.6), "in some cases"),
    ],
)
def test_the_demo_says_most_only_where_its_interval_leaves_out_half(
    share: float, interval: tuple[float, float] | None, english: str
) -> None:
    assert how_often(share, interval)[0] == english


@pytest.mark.rule("SCR-09")
@pytest.mark.parametrize(
    ("kind", "whys", "doubted", "is_checked", "expected"),
    [
        (ClaimKind.COUNT, [], [], True, Stands.HOLDS),
        (ClaimKind.COUNT, [], [], False, Stands.NOT_CHECKED),
        (ClaimKind.COUNT, [], [Doubt.FEW], True, Stands.HOLDS),
        (ClaimKind.RATE, [], [Doubt.MOST_NOT_CERTAIN], True, Stands.HOLDS),
        (ClaimKind.COUNT, [], [Doubt.STALE], False, Stands.STALE),
        (ClaimKind.COUNT, [], [Doubt.STALE, Doubt.CAUSE_AFTER], True, Stands.CONTRADICTED),
        (ClaimKind.RATE, [], [Doubt.METHODS_CONTRADICT], True, Stands.CONTRADICTED),
        (ClaimKind.JUDGEMENT, [], [Doubt.METHODS_CONTRADICT], True, Stands.HOLDS),
        (ClaimKind.JUDGEMENT, [], [Doubt.CAUSE_AFTER], True, Stands.CONTRADICTED),
        (ClaimKind.COUNT, [], [Doubt.DIFFERENT_DEFINITIONS, Doubt.CAUSE_AFTER], True, Stands.UNSUPPORTED),
        (ClaimKind.COUNT, [], [Doubt.SERIES_BREAK], True, Stands.UNSUPPORTED),
        (ClaimKind.COUNT, [Why.TELLS_HIDDEN], [], True, Stands.UNSUPPORTED),
        (ClaimKind.COUNT, [Why.MISSING, Why.DOES_NOT_REPRODUCE], [Doubt.SERIES_BREAK], True, Stands.NOT_REPRODUCED),
    ],
)
def test_a_claim_stands_as_the_worst_that_is_said_of_it(
    kind: ClaimKind, whys: list[Why], doubted: list[Doubt], is_checked: bool, expected: Stands
) -> None:
    said = stands(kind, [(why, "") for why in whys], [(doubt, "") for doubt in doubted], is_checked=is_checked)
    assert said is expected


@pytest.mark.rule("SCR-09")
def test_a_figure_is_the_same_by_its_counts_and_to_a_billionth() -> None:
    held = Figure(1, 2, 0.5)
    assert reproduces(held, Figure(1, 2, 0.5 + 9e-10))
    assert not reproduces(held, Figure(1, 2, 0.5 + 2e-9))
    assert not reproduces(held, Figure(2, 4, 0.5))
    assert not reproduces(held, Figure(1, 2, None))
    assert reproduces(Figure(None, None, None), Figure(None, None, None))
    assert not reproduces(Figure(1, 2, None), held)


@pytest.mark.rule("MSR-03")
@pytest.mark.parametrize(
    ("sentence", "counts", "told"),
    [
        ("In 4 of 40 it was late.", [4, 40, 36], [4]),
        ("In 64 of 105 it was late.", [64, 105], [64]),
        ("In the year 1,203 were late.", [1203], [1203]),
        ("In the year 1,205 were late.", [1205], []),
        ("In 2024 some were late.", [24, 202], []),
        ("It ended with 9.", [9], [9]),
        ("0 were late.", [0], [0]),
        ("None was late.", [0], [0]),
        ("It was late in no case.", [0, 40], [0]),
        ("It was late in few cases, or none.", [0, 40], []),
        ("No victim was told.", [0], [0]),
        ("It was done in every case.", [40, 0], [0]),
        ("It was done in nearly every case.", [40, 0], []),
        ("It was done in nearly every case, or every one.", [40, 0], []),
        ("It was late in three cases.", [3, 40, 37], [3]),
        ("It was late in seventeen.", [17], [17]),
        ("One hopes that it was late.", [1], []),
        ("It was late in one case, and only once.", [1], [1]),
        ("Yr oedd yn hwyr heb fod mewn un achos.", [0], [0]),
        ("Yr oedd yn hwyr ym mhob achos.", [0], [0]),
        ("Yr oedd yn hwyr ym mron pob achos.", [0], []),
        ("Yr oedd yn hwyr ym mron pob achos, neu bob un.", [0], []),
        ("Yr oedd yn hwyr mewn ychydig achosion, neu ddim un.", [0], []),
        ("Yr oedd yn hwyr mewn tri achos.", [3], [3]),
        ("Yr oedd yn hwyr mewn tair ar ddeg.", [13, 14], [13]),
        ("Yr un yw'r ateb.", [1], []),
    ],
)
def test_words_tell_no_count_that_the_public_is_not_told(sentence: str, counts: list[int], told: list[int]) -> None:
    assert tells_hidden(sentence, counts) == told


@pytest.mark.rule("MSR-03")
def test_numbers_in_words_are_read_in_both_languages_and_however_they_mutate() -> None:
    said = {
        2: "two both twice dau ddau dwy ddwy dwywaith", 3: "three tri dri thri tair dair thair teirgwaith",
        4: "four pedwar bedwar phedwar pedair bedair phedair", 5: "five pump bump phump pum bum", 6: "six chwech chwe",
        7: "seven saith", 8: "eight wyth", 9: "nine naw", 11: "eleven", 12: "twelve dozen deuddeg ddeuddeg dwsin",
        13: "thirteen", 14: "fourteen", 16: "sixteen", 17: "seventeen", 18: "eighteen deunaw ddeunaw", 19: "nineteen",
    }  # fmt: skip
    for count, words in said.items():
        assert {word: counts_told(f"Felly {word}, so.") for word in words.split()} == {
            word: {count} for word in words.split()
        }
    several = {11: "un ar ddeg", 13: "tri ar ddeg", 14: "pedair ar ddeg", 16: "un ar bymtheg", 17: "dwy ar bymtheg"}
    for count, words in several.items():
        assert count in counts_told(words)
    assert counts_told("Nineteen: pedwar ar bymtheg") == {4, 19}
    assert counts_told("Ten, some, a few and 1,203 of 20.5") == {1203}
    assert counts_told("twofold, ninety, driver") == set()


def test_what_is_stored_or_told_of_a_claim_keeps_its_key() -> None:
    assert [one.value for one in Sample] == ["random", "census", "judgement"]
    assert [one.value for one in Unit] == ["count", "percent", "rate", "days"]
    assert [one.value for one in Why] == [
        "missing", "no_evidence_rows", "does_not_reproduce", "judgement_sample_counts_only", "not_to_be_quoted", "tells_hidden",
    ]  # fmt: skip
    assert [one.value for one in Doubt] == [
        "few", "stale", "cause_after", "different_definitions", "series_break", "methods_contradict", "most_not_certain",
    ]  # fmt: skip
    assert [one.value for one in Stands] == [
        "holds", "not_checked", "stale", "contradicted", "unsupported", "not_reproduced",
    ]  # fmt: skip
    assert FEW == 30, "MSR-04"


@pytest.mark.rule("MSR-03")
@pytest.mark.parametrize(
    ("sentence", "count", "of", "told"),
    [
        ("In 25% of cases it was late.", 3, 12, True),
        ("In 25 per cent of cases it was late.", 3, 12, True),
        ("Mewn 25 y cant o achosion.", 3, 12, True),
        ("A quarter were not told.", 3, 12, True),
        ("Mewn chwarter ohonynt.", 3, 12, True),
        ("About a quarter were not told.", 3, 12, False),
        ("Three quarters were told.", 3, 12, False),
        ("Three quarters were told.", 9, 12, True),
        ("Mewn tri chwarter ohonynt.", 9, 12, True),
        ("In half of them.", 3, 12, False),
        ("In 30% of cases.", 3, 12, False),
        # Told from rounded counts: 40 of 120 for 41 of 119.
        ("In 34.5% of cases.", 41, 119, True),
        ("In 33.3% of cases.", 41, 119, False),
        ("In 33% of cases.", 40, 120, False),
        ("In 12% of cases.", 12, 0, False),
        ("In 12% of cases.", 12, 10, False),
    ],
)
def test_words_tell_no_share_that_the_public_is_not_told(sentence: str, count: int, of: int, told: bool) -> None:
    assert tells_hidden_share(sentence, count, of) is told


@pytest.mark.parametrize(
    ("sentence", "is_so"),
    [
        ("She said: “Nobody rang back for weeks.”", True),
        ("She said: ‘nobody rang back’, and no more.", True),
        ('She said: "I don\'t  know".', True),
        ("She said: “Nobody rang back … I don’t know”.", True),
        ("She said: “Nobody rang back [left out] know”.", True),
        ("She said that nobody rang back.", False),
        ("She said: “Somebody rang back”.", False),
        ("She said: “Nobody rang back” and “they came”.", False),
        ("She said: “…”.", False),
        ("She said: “I”.", False),
    ],
)
def test_what_is_quoted_stands_in_what_was_said(sentence: str, is_so: bool) -> None:
    passage = "Nobody rang back for weeks. I don’t know."
    assert quotes(sentence, passage) is is_so
    check_quoted([sentence], None)
    check_quoted([sentence, "Hi: “nobody rang back”"], passage)
    with pytest.raises(NotNow, match="quotation marks") if not is_so else nullcontext():
        check_quoted([sentence], passage)
