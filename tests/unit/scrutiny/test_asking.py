"""The dip-sample form: whole as it ships, refused where it is not, asked as it says, and counted as the requirements have it."""

from collections import Counter
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest

from craffu.scrutiny.asking import reading
from craffu.scrutiny.asking.form import ANSWERS, Form, Missing
from craffu.scrutiny.asking.kinds import SECTIONS, By, Judged, Level, Scale
from craffu.scrutiny.asking.reading import FormFault, form_on, gathered, read, shipped
from craffu.scrutiny.asking.rules import (
    WHOLE,
    Counted,
    Given,
    asked,
    counted,
    first_day,
    is_asked,
    left_to_answer,
    missing,
    settled,
    worst,
    wrong,
)

TODAY = date(2026, 11, 29)
FORM = shipped()[1]
ASSESSABLE = {("DS-03", WHOLE): Given(code="yes")}


def file_text() -> str:
    return files("craffu.scrutiny.asking").joinpath(reading.FOLDER, "dip_sample_1.toml").read_text(encoding="utf-8")


def spoilt(old: str, new: str) -> str:
    text = file_text()
    assert old in text, old
    return text.replace(old, new, 1)


def test_the_form_that_ships_asks_what_the_requirements_list() -> None:
    numbers = Counter(one.section for one in FORM.questions)
    assert tuple(numbers.items()) == tuple(zip(SECTIONS, (4, 7, 8, 13, 8, 13, 7, 10, 7, 5, 4), strict=True))
    levels = Counter(one.level for one in FORM.questions)
    assert levels == {
        Level.CASE: 54, Level.STAGE: 1, Level.OPTION: 4, Level.ORDER: 15, Level.TRIGGER: 1, Level.EVENT: 1, Level.BREACH: 10,
    }  # fmt: skip
    scales = Counter(one.scales for one in FORM.questions if one.by is By.REVIEWER)
    judged, recorded, at, count, code = Scale.JUDGED, Scale.RECORDED, Scale.AT, Scale.COUNT, Scale.CODE
    assert scales == {
        (judged,): 12, (judged, recorded): 45, (judged, recorded, at): 1, (judged, recorded, count): 1,
        (judged, recorded, code): 1, (judged, code): 1, (at,): 4, (count,): 2, (code,): 9, (code, Scale.TEXT): 1,
        (Scale.TEXT,): 4, (Scale.FELT,): 1, (Scale.OVERALL,): 1,
    }  # fmt: skip
    assert [one.id for one in FORM.questions if one.by is not By.REVIEWER] == ["DS-01", "DS-02", "DS-94"]


def test_each_word_is_there_in_both_languages_and_a_word_that_changes_makes_another_form() -> None:
    assert read(spoilt("Were needs assessed?", "Were wishes assessed?"), "x").sha256 != FORM.sha256
    assert read(file_text(), "x").sha256 == FORM.sha256
    for one in FORM.questions:
        assert one.words.en != one.words.cy, one.id
        for named in (*one.codes, *one.times, *one.counts):
            assert named.words.en != named.words.cy, (one.id, named.key)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("version = 1\n", "version = 0\n", "version must be 1 or more"),
        ("version = 1\n", "version = true\n", "version of the file must be a whole number, and is True"),
        ("version = 1\n", "", "version of the file is missing: write it"),
        ("since = 2026-11-29\n", "since = 2026-11-29T00:00:00\n", "since of the file must be a day such as 2026-11-29"),
        ("[answers.felt]", "[answers.felling]", "answers.felt must give the words of safer, same"),
        ('same = { en = "The same",', 'equal = { en = "The same",', "answers.felt must give the words of"),
        ('same = { en = "The same",', 'same = { em = "The same",', "nobody reads em of answers.felt.same"),
        ('key = "A"\n', 'key = "K"\n', "sections must be before, A, B"),
        ('section = "A"\n', 'section = "K"\n', "in section K an id begins with DS-K"),
        ('id = "DS-A2"', 'id = "DS-A1"', "DS-A1: it stands there twice"),
        ('id = "DS-A2"', 'id = "DS-A22"', "section A must be numbered from 1 on"),
        ('id = "DS-A2"', 'id = "A2"', "A2: in section A an id begins with DS-A"),
        ('level = "stage"', 'level = "page"', "level of DS-C7 must be one of case, stage"),
        ('scales = ["judged"]', "scales = []", "DS-A1: scales must be one or more, each once"),
        ('scales = ["judged"]', 'scales = ["judged", "judged"]', "DS-A1: scales must be one or more, each once"),
        ('scales = ["judged"]', 'scales = ["recorded"]', "DS-A1: recorded stands only beside judged"),
        ('scales = ["judged"]', 'scales = ["code"]', "DS-A1: codes must be there where"),
        ('scales = ["judged"]', 'scales = ["at"]', "DS-A1: times must be there where"),
        ('scales = ["judged"]', 'scales = ["count"]', "DS-A1: counts must be there where"),
        ('scales = ["judged"]', 'scales = ["as_question"]', "DS-A1: as_question is how an adjudicator answers"),
        ('scales = ["judged"]', "scales = [1]", "scales of DS-A1 must be text, and is 1"),
        ('serves = ["Q3", "R2b"]', "serves = []", "DS-A1: serves must name what it is asked for"),
        ('serves = ["Q3", "R2b"]', 'serves = [" "]', "serves of DS-A1 is empty: write it"),
        ('key = "harassment"', 'key = "stalking"', "DS-A2: codes, times and counts must each have a key of their own"),
        ('key = "harassment"', 'key = "not_recorded"', "DS-A2: not_recorded is among the answers to every code"),
        ('key = "kept", en = "Kept", cy = "Cadwyd" },', 'key = "kept", en = "Kept", cy = "Cadwyd" },'
         ' { key = "a", en = "A", cy = "B" },', "DS-C8: counts must be one, or a part"),
        ('question = "DS-A1", answers', 'question = "DS-B3", answers', "DS-A2: only_if must name a question that stands before"),
        ('question = "DS-A1", answers', 'question = "DS-A2", answers', "DS-A2: only_if must name a question that stands before"),
        ('{ question = "DS-A1", answers = ["partly", "no"] }', '{ question = "DS-A1", answers = ["safer"] }',
         "DS-A2: only_if names safer, which DS-A1 cannot be answered with"),
        ('{ question = "DS-A1", answers = ["partly", "no"] }', '{ question = "DS-A1", answers = [] }',
         "DS-A2: only_if must name answers of DS-A1"),
        ('{ question = "DS-A1", answers = ["partly", "no"] }', '"DS-A1"', "DS-A2.only_if must be a table of names and values"),
        ('level = "option"\nscales = ["at"]', 'level = "order"\nscales = ["at"]',
         "DS-E2: only_if names DS-E1, which is asked of each option: it must be asked of the case or of each order"),
        ('always_known = true', 'always_known = "yes"', "always_known of DS-01 must be true or false"),
        ('by = "craffu"', 'by = "nobody"', "by of DS-01 must be one of reviewer, craffu, adjudicator"),
        ('id = "DS-A1"', 'id = "DS-A1"\nmood = 1', "nobody reads mood of questions"),
        ("[answers.judged]", "[answers", "dip_sample_1.toml: "),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_is_refused_with_what_to_mend(old: str, new: str, says: str) -> None:
    with pytest.raises(FormFault) as fault:
        read(spoilt(old, new), "dip_sample_1.toml")
    assert str(fault.value).startswith(f"{reading.FOLDER}/dip_sample_1.toml: ")
    assert says in str(fault.value)


def test_no_version_is_dropped_and_each_begins_after_the_last() -> None:
    second = replace(FORM, version=2, since=date(2027, 1, 1))
    both = gathered([("dip_sample_2.toml", second), ("dip_sample_1.toml", FORM)])
    assert list(both) == [1, 2]
    for held, says in (
        ([("form.toml", FORM)], "name it dip_sample_1.toml"),
        ([("dip_sample_2.toml", second)], "version 1 is missing"),
        (
            [("dip_sample_1.toml", FORM), ("dip_sample_2.toml", replace(second, since=FORM.since))],
            "since must be after",
        ),
    ):
        with pytest.raises(FormFault, match=says):
            gathered(held)
    assert form_on(FORM.since) is FORM
    with pytest.raises(KeyError, match="begins on 2026-11-29"):
        form_on(date(2026, 11, 28))
    with pytest.raises(KeyError, match="DS-Z1"):
        FORM.question("DS-Z1")


def sure(judged: str, **more: object) -> Given:
    return Given(judged=judged, confidence="high", evidence="log 4", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("id", "given", "lacks"),
    [
        ("DS-A1", Given(), [Missing.ANSWER]),
        ("DS-A1", Given(judged="maybe"), [Missing.ANSWER]),
        ("DS-A1", Given(judged="yes"), [Missing.EVIDENCE, Missing.CONFIDENCE]),
        ("DS-A1", Given(judged="partly", evidence="log 4"), [Missing.CONFIDENCE]),
        ("DS-A1", Given(judged="no", confidence="high"), [Missing.EVIDENCE]),
        ("DS-A1", Given(judged="not_recorded", confidence="low"), []),
        ("DS-A1", Given(judged="not_recorded"), [Missing.CONFIDENCE]),
        ("DS-A1", Given(judged="not_applicable"), []),
        ("DS-A1", sure("yes"), []),
        ("DS-A1", replace(sure("yes"), confidence="total"), [Missing.CONFIDENCE]),
        ("DS-A4", sure("yes"), [Missing.PLACE]),
        ("DS-A4", sure("yes", recorded="not_recorded"), []),
        ("DS-A4", sure("no", recorded="drawer"), [Missing.PLACE]),
        ("DS-A2", Given(code="harassment"), []),
        ("DS-A2", Given(code="not_recorded"), []),
        ("DS-A2", Given(code="rudeness"), [Missing.ANSWER]),
        ("DS-03", Given(code="not_recorded"), [Missing.ANSWER]),
        ("DS-C11", sure("yes"), [Missing.ANSWER]),
        ("DS-C11", sure("yes", code="fear"), []),
        ("DS-C11", sure("no"), []),
        ("DS-C11", sure("no", code="whim"), [Missing.ANSWER]),
        ("DS-A7", Given(times={"reported": "2025-11-03T21:40"}), [Missing.TIME]),
        ("DS-A7", Given(times={"reported": "2025-11", "recorded": "not_recorded"}), []),
        ("DS-A7", Given(times={"reported": "3 Nov", "recorded": "2025-02-30"}), [Missing.NOT_A_TIME]),
        ("DS-B1", Given(times={"screened": "2026-11-29"}), []),
        ("DS-B1", Given(times={"screened": "2026-11-30"}), [Missing.TIME_TO_COME]),
        ("DS-B1", Given(times={"screened": "not_done"}), []),
        ("DS-E11", sure("yes", recorded="elsewhere"), [Missing.TIME]),
        ("DS-E11", sure("no", recorded="elsewhere"), []),
        ("DS-E11", sure("no", recorded="elsewhere", times={"served": "soon"}), [Missing.NOT_A_TIME]),
        ("DS-C8", Given(counts={"kept": "3"}), [Missing.COUNT]),
        ("DS-C8", Given(counts={"kept": "3", "due": "5"}), []),
        ("DS-C8", Given(counts={"kept": "5", "due": "5"}), []),
        ("DS-C8", Given(counts={"kept": "6", "due": "5"}), [Missing.MORE_THAN_WHOLE]),
        ("DS-C8", Given(counts={"kept": "not_recorded", "due": "5"}), []),
        ("DS-C8", Given(counts={"kept": "-1", "due": "1.5"}), [Missing.NOT_A_COUNT]),
        ("DS-04", Given(counts={"minutes": "not_recorded"}), [Missing.NOT_A_COUNT]),
        ("DS-04", Given(counts={"minutes": "45"}), []),
        ("DS-F2", sure("no", recorded="right_place"), []),
        ("DS-F2", sure("partly", recorded="right_place"), [Missing.COUNT]),
        ("DS-C13", Given(felt="safer"), []),
        ("DS-C13", Given(felt="happy"), [Missing.ANSWER]),
        ("DS-91", Given(overall="panel_cannot_agree"), [Missing.PANEL_ALONE]),
        ("DS-91", Given(overall="refer_now"), []),
        ("DS-91", Given(), [Missing.ANSWER]),
        ("DS-92", Given(), [Missing.TEXT]),
        ("DS-92", Given(text="Nobody rang back"), []),
        ("DS-B2", Given(code="own"), []),
    ],
)  # fmt: skip
def test_what_an_answer_of_each_scale_must_have(id: str, given: Given, lacks: list[Missing]) -> None:
    assert missing(FORM.question(id), given, TODAY) == lacks


def test_a_panel_may_say_that_it_cannot_agree() -> None:
    assert missing(FORM.question("DS-91"), Given(overall="panel_cannot_agree"), TODAY, is_panel=True) == []


def test_what_follows_from_an_answer_is_not_asked() -> None:
    place = FORM.question("DS-E11")
    unknown = settled(place, Given(judged="not_recorded", confidence="low", times={"served": "2025-11"}))
    assert (unknown.recorded, unknown.times, unknown.confidence) == ("not_recorded", {}, "low")
    assert settled(FORM.question("DS-A1"), Given(judged="not_recorded")).recorded == ""
    out = settled(place, sure("not_applicable", recorded="elsewhere", times={"served": "2025-11"}, is_later=True))
    assert out == Given(judged="not_applicable")
    kept = settled(place, sure("yes", recorded="elsewhere", times={"served": " 2025-11 "}, text=" so "))
    assert (kept.recorded, kept.times, kept.text) == ("elsewhere", {"served": "2025-11"}, "so")
    assert settled(FORM.question("DS-C8"), Given(counts={"kept": " 3 "})).counts == {"kept": "3"}


def test_words_of_an_answer_show_in_no_log() -> None:
    assert "yellow house" not in repr(Given(text="the yellow house", evidence="the yellow house"))


def test_a_case_that_cannot_be_assessed_is_asked_no_more() -> None:
    whole = [one.id for one, _ in asked(FORM, {}, {})]
    assert whole == ["DS-03", "DS-04"]
    assert [one.id for one, _ in asked(FORM, {}, {("DS-03", WHOLE): Given(code="not_assessable")})] == whole
    then = [one.id for one, _ in asked(FORM, {}, ASSESSABLE)]
    assert (then[2], then[-1]) == ("DS-A1", "DS-93")
    assert {"DS-A2", "DS-B2", "DS-B4", "DS-C10", "DS-C12", "DS-E1", "DS-94", "DS-01"}.isdisjoint(then)


@pytest.mark.parametrize(
    ("id", "hangs_on", "given", "is_so"),
    [
        ("DS-A2", "DS-A1", Given(judged="partly"), True),
        ("DS-A2", "DS-A1", Given(judged="no"), True),
        ("DS-A2", "DS-A1", Given(judged="yes"), False),
        ("DS-B2", "DS-B1", Given(times={"screened": "2025-11"}), True),
        ("DS-B2", "DS-B1", Given(times={"screened": "not_recorded"}), True),
        ("DS-B2", "DS-B1", Given(times={"screened": "not_done"}), False),
        ("DS-B4", "DS-B3", Given(judged="no"), True),
        ("DS-B4", "DS-B3", Given(judged="not_recorded"), False),
        ("DS-C10", "DS-C9", Given(judged="yes"), True),
        ("DS-C10", "DS-C9", Given(judged="no"), False),
        ("DS-C12", "DS-C11", Given(judged="not_recorded"), True),
        ("DS-C12", "DS-C11", Given(judged="not_applicable"), False),
    ],
)
def test_a_question_is_asked_only_if_that_on_which_it_hangs_was_answered_so(
    id: str, hangs_on: str, given: Given, is_so: bool
) -> None:
    question = FORM.question(id)
    assert is_asked(FORM, question, WHOLE, {**ASSESSABLE, (hangs_on, WHOLE): given}) is is_so
    assert not is_asked(FORM, question, WHOLE, {(hangs_on, WHOLE): given}), (
        "what hangs on an answer hangs on its question"
    )


def test_what_repeats_is_asked_of_each_and_hangs_on_the_same_one() -> None:
    repeats = {"option": ("SPO", "NMO"), "order": ("O-1",)}
    answers = {**ASSESSABLE, ("DS-E1", "SPO"): sure("yes", recorded="elsewhere"), ("DS-E1", "NMO"): sure("no")}
    of_options = [(one.id, repeat) for one, repeat in asked(FORM, repeats, answers) if one.level is Level.OPTION]
    assert of_options == [
        ("DS-E1", "SPO"), ("DS-E1", "NMO"), ("DS-E2", "SPO"), ("DS-E3", "SPO"), ("DS-E4", "SPO"),
    ]  # fmt: skip
    assert sum(one.level is Level.ORDER for one, _ in asked(FORM, repeats, answers)) == 15


def test_a_review_is_whole_once_everything_asked_is_answered() -> None:
    answers = {("DS-03", WHOLE): Given(code="duplicate")}
    assert [one.id for one, _ in left_to_answer(FORM, {}, answers, TODAY)] == ["DS-04"]
    answers["DS-04", WHOLE] = Given(counts={"minutes": "many"})
    assert [one.id for one, _ in left_to_answer(FORM, {}, answers, TODAY)] == ["DS-04"]
    answers["DS-04", WHOLE] = Given(counts={"minutes": "12"})
    assert left_to_answer(FORM, {}, answers, TODAY) == []
    left = [one.id for one, _ in left_to_answer(FORM, {}, answers | ASSESSABLE, TODAY)]
    assert "DS-A1" in left
    assert {"DS-I1", "DS-I2", "DS-I3"}.isdisjoint(left), "there may be nothing to say of learning"
    assert {"DS-92", "DS-93"} <= set(left)


@pytest.mark.parametrize(
    ("repeats", "case"),
    [
        (("yes", "no", "partly"), "no"),
        (("yes", "partly", "not_recorded"), "not_recorded"),
        (("yes", "partly", "not_applicable"), "partly"),
        (("yes", "not_applicable"), "yes"),
        (("not_applicable", "not_applicable"), "not_applicable"),
        ((), "not_applicable"),
    ],
)
def test_the_worst_repeat_is_the_answer_of_the_case(repeats: tuple[str, ...], case: str) -> None:
    assert worst(repeats) == case


def test_partly_and_not_recorded_count_below_the_line_and_what_does_not_apply_nowhere() -> None:
    found = counted(["yes"] * 3 + ["partly"] * 2 + ["no"] + ["not_recorded"] * 4 + ["not_applicable"] * 7)
    assert found == Counted(3, 2, 1, 4, 7)
    assert (found.of, found.share) == (10, 0.3)
    assert counted(["not_applicable"]).share is None
    with pytest.raises(ValueError, match="perhaps"):
        counted(["perhaps"])


def test_a_time_is_as_exact_as_it_is_written() -> None:
    assert first_day("2025-11") == date(2025, 11, 1)
    assert first_day("2025-11-03T21:40") == date(2025, 11, 3)
    assert [first_day(one) for one in ("2025-13", "2025-11-03T25:00", "2025", "2025-11-03 21:40", "")] == [None] * 5


def test_forms_name_every_answer_of_every_scale() -> None:
    assert set(ANSWERS) == set(FORM.answers)
    assert isinstance(FORM, Form)
    assert [one.key for one in FORM.answers[Scale.JUDGED]] == list(Judged)


@pytest.mark.parametrize(
    ("id", "given", "is_wrong"),
    [
        ("DS-A1", Given(), []),
        ("DS-A1", Given(judged="yes"), []),
        ("DS-A1", Given(judged="maybe"), [Missing.ANSWER]),
        ("DS-A1", Given(overall="appropriate"), [Missing.ANSWER]),
        ("DS-A7", Given(times={"reported": "3 Nov"}), [Missing.NOT_A_TIME]),
        ("DS-C8", Given(counts={"kept": "6", "due": "5"}), [Missing.MORE_THAN_WHOLE]),
        ("DS-91", Given(overall="panel_cannot_agree"), [Missing.PANEL_ALONE]),
    ],
)
def test_what_is_only_left_out_is_saved_and_what_is_wrong_is_not(
    id: str, given: Given, is_wrong: list[Missing]
) -> None:
    assert wrong(FORM.question(id), given, TODAY) == is_wrong
