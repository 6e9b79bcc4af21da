"""How the gap between safe and felt safe is counted and printed (Q1, C1, VIC-08, MET29, MET30, MSR-02 to MSR-04)."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from craffu.published.disclosure import To
from craffu.victims.gap.facts import Asked, Counted, Finalised, Gap, Key, NotAskedOnce, Rows, Survey, WorkDone
from craffu.victims.gap.kinds import Figure, Split, Went, Work
from craffu.victims.gap.rules import age_band, gap, is_valid, valid_of_delivered, values_of, went, work_of
from craffu.victims.gap.shown import TOO_FEW, Response, lines, surveys_of, systems_of
from craffu.victims.gap.spans import days_of, offered

DAY = date(2026, 6, 1)
EVER = (date(2026, 1, 1), date(2026, 12, 31))
PAPER, ONLINE, OURS = Survey("surveys", "2", "paper"), Survey("surveys", "2", "online"), Survey("page", "1", "online")
BY = {Split.STAGE: "closed", Split.AREA: "Llanelli"}
ALL = {
    Figure.FELT_SAFE: "safer",
    Figure.KEPT_INFORMED: "yes",
    Figure.TAKEN_SERIOUSLY: "no",
    Figure.FELT_SUPPORTED: "no",
}
SENT = Asked(ONLINE, DAY, BY, True, ALL, True, is_done=True, is_told=True)


def counted(rows: Rows, figure: Figure, survey: str = ONLINE.key, by: Split = Split.WHOLE, value: str = "") -> Any:
    one = gap(rows, *EVER).get(Key(figure, survey, by, value))
    return None if one is None else (one.numerator, one.denominator)


def asked(*several: Asked) -> Rows:
    return Rows(asked=several)


@pytest.mark.parametrize(("answer", "valid"), [("yes", True), ("", False), ("prefer_not_to_say", False), ("no", True)])
def test_an_answer_that_would_rather_not_say_is_none(answer: str, valid: bool) -> None:
    assert is_valid(answer) is valid


@pytest.mark.parametrize(
    ("change", "how"),
    [
        ({}, Went.ANSWERED),
        ({"answers": {Figure.FELT_SAFE: "prefer_not_to_say"}}, Went.NO_VALID_ANSWER),
        ({"answers": {}}, Went.NO_VALID_ANSWER),
        ({"answers": None}, Went.SILENT),
        ({"answers": None, "was_delivered": False}, Went.NOT_DELIVERED),
        ({"answers": None, "was_delivered": None}, Went.DELIVERY_NOT_SAID),
        ({"was_delivered": False}, Went.ANSWERED),
    ],
)
def test_what_became_of_an_invitation(change: dict[str, Any], how: Went) -> None:
    assert went(replace(SENT, **change)) is how


def test_the_response_is_what_is_valid_of_what_was_delivered() -> None:
    silent = replace(SENT, answers=None)
    rows = asked(SENT, silent, silent, replace(silent, was_delivered=False), replace(silent, was_delivered=None))
    assert counted(rows, Figure.RESPONSE) == (1, 3)
    assert counted(rows, Figure.FELT_SAFE) == (1, 1)
    found = gap(rows, *EVER)
    assert valid_of_delivered(found, Key(Figure.FELT_SAFE, ONLINE.key, Split.WHOLE, "")) == (1, 3)
    statuses = found[Key(Figure.RESPONSE, ONLINE.key, Split.WHOLE, "")].by_status
    assert statuses == {"answered": 1, "silent": 2, "not_delivered": 1, "delivery_not_said": 1}


def test_two_surveys_two_modes_and_two_systems_are_never_added_up() -> None:
    rows = asked(SENT, replace(SENT, survey=PAPER), replace(SENT, survey=OURS), replace(SENT, survey=Survey("surveys")))
    found = gap(rows, *EVER)
    assert surveys_of(found) == ["page/1/online", "surveys//", "surveys/2/online", "surveys/2/paper"]
    assert systems_of(found) == ["page", "surveys"]
    assert all(one.denominator <= 1 for key, one in found.items() if key.figure is not Figure.NOT_ASKED)


@pytest.mark.rule("VIC-08")
@pytest.mark.parametrize(
    ("is_done", "is_told", "work"),
    [(False, False, Work.NOT_DONE), (True, False, Work.DONE_NOT_TOLD), (True, True, Work.TOLD)],
)
def test_work_counts_for_her_only_where_she_was_told(is_done: bool, is_told: bool, work: Work) -> None:
    one = replace(SENT, is_done=is_done, is_told=is_told)
    assert work_of(one) is work
    assert counted(asked(one), Figure.FELT_SUPPORTED, by=Split.WORK, value=work) == (0, 1)


@pytest.mark.rule("VIC-08")
def test_the_record_says_yes_and_she_says_no_and_the_reverse() -> None:
    partly, yes = ({**ALL, Figure.FELT_SUPPORTED: said} for said in ("partly", "yes"))
    untouched = replace(SENT, is_done=False, is_told=False)
    rows = asked(
        SENT, replace(SENT, answers=partly), replace(SENT, answers=yes), replace(untouched, answers=yes), untouched
    )
    assert counted(rows, Figure.DONE_UNSUPPORTED) == (1, 3)
    assert counted(rows, Figure.NOT_DONE_SUPPORTED) == (1, 2)
    assert counted(rows, Figure.FELT_SUPPORTED) == (2, 5)


def test_what_may_not_be_linked_is_in_no_figure_beside_a_case() -> None:
    rows = asked(replace(SENT, may_be_linked=False))
    keys = {key for key in gap(rows, *EVER) if key.figure not in (Figure.RESPONSE, Figure.NOT_ASKED)}
    assert {key.by for key in keys} == {Split.WHOLE, Split.STAGE}
    assert not {key.figure for key in keys} & {Figure.DONE_UNSUPPORTED, Figure.NOT_DONE_SUPPORTED}
    assert counted(rows, Figure.RESPONSE, by=Split.AREA, value="Llanelli") == (1, 1)


def test_less_safe_is_of_those_who_said_how_safe_they_feel() -> None:
    said = ["safer", "same", "less_safe", "prefer_not_to_say", ""]
    rows = asked(*(replace(SENT, answers={Figure.FELT_SAFE: one}) for one in said))
    assert counted(rows, Figure.LESS_SAFE) == (1, 3)
    assert counted(rows, Figure.FELT_SAFE) == (1, 3)


def test_who_was_not_asked_because_it_was_unsafe_is_counted_among_all() -> None:
    rows = Rows((SENT, SENT), tuple(NotAskedOnce("surveys", DAY, BY, one) for one in ("unsafe", "unsafe", "other")))
    assert counted(rows, Figure.NOT_ASKED, "surveys") == (2, 5)
    assert counted(rows, Figure.NOT_ASKED, "surveys", Split.STAGE, "closed") == (2, 5)
    found = gap(rows, *EVER)
    [line] = lines(found, Figure.NOT_ASKED, "surveys", Split.WHOLE, To.ROWS)
    assert line.parts == (("invited", 2), ("other", 1)), "who is the figure itself is not said again"
    [split] = lines(found, Figure.NOT_ASKED, "surveys", Split.STAGE, To.ROWS)
    assert split.parts == ()


def test_outcomes_14_and_16_are_two_figures_and_each_has_its_reasons() -> None:
    rows = Rows(
        finalised=(
            Finalised(DAY, {}, "16", "fear"), Finalised(DAY, {}, "16"), Finalised(DAY, {}, "14", "delay"),
            Finalised(DAY, {}, "15"), Finalised(DAY, {}, "1"), Finalised(date(2025, 6, 1), {}, "16"),
        )
    )  # fmt: skip
    assert counted(rows, Figure.WITHDREW_14, "") == (1, 5)
    assert counted(rows, Figure.WITHDREW_16, "") == (2, 5)
    assert counted(rows, Figure.WHY_16, "") == (1, 2)
    [line] = lines(gap(rows, *EVER), Figure.WHY_16, "", Split.WHOLE, To.ROWS)
    assert (line.parts, line.response) == ((("fear", 1),), None)
    [line] = lines(gap(rows, *EVER), Figure.WHY_14, "", Split.WHOLE, To.ROWS)
    assert (line.numerator, line.parts) == (1, (("delay", 1),))


@pytest.mark.rule("VIC-08")
def test_told_beside_done() -> None:
    work = (WorkDone(DAY, BY, True), WorkDone(DAY, BY, False), WorkDone(date(2027, 1, 1), BY, True))
    assert counted(Rows(done=work), Figure.TOLD_OF_DONE, "") == (1, 2)
    assert counted(Rows(done=work), Figure.TOLD_OF_DONE, "", Split.AREA, "Llanelli") == (1, 2)


@pytest.mark.parametrize(
    ("born", "on", "band"),
    [
        ("2008-06-01", DAY, "18_to_24"),
        ("2008-06-02", DAY, "under_18"),
        ("2001-06-02", DAY, "18_to_24"),
        ("2001-06-01", DAY, "25_to_34"),
        ("1991-06-02", DAY, "25_to_34"),
        ("1991-06-01", DAY, "35_to_44"),
        ("1981-06-02", DAY, "35_to_44"),
        ("1981-06-01", DAY, "45_to_54"),
        ("1971-06-02", DAY, "45_to_54"),
        ("1971-06-01", DAY, "55_to_64"),
        ("1961-06-02", DAY, "55_to_64"),
        ("1961-06-01", DAY, "65_and_over"),
        ("1961", DAY, ""),
        ("1961-02-31", DAY, ""),
        ("", DAY, ""),
        ("2026-06-02", DAY, ""),
    ],
)
def test_an_age_is_known_where_the_day_of_birth_is(born: str, on: date, band: str) -> None:
    assert age_band(born, on) == band


def test_values_stand_in_their_order_and_what_is_not_known_last() -> None:
    bands = ["65_and_over", "", "under_18", "25_to_34"]
    rows = asked(*(replace(SENT, by={Split.AGE: one}) for one in bands))
    order = values_of(gap(rows, *EVER), Figure.RESPONSE, ONLINE.key, Split.AGE)
    assert order == ["under_18", "25_to_34", "65_and_over", ""]


def areas(**counts: tuple[int, int]) -> Gap:
    def key(by: Split, value: str) -> Key:
        return Key(Figure.TOLD_OF_DONE, "", by, value)

    whole = Counted(sum(x for x, _ in counts.values()), sum(n for _, n in counts.values()))
    return {key(Split.WHOLE, ""): whole, **{key(Split.AREA, name): Counted(*one) for name, one in counts.items()}}


def printed(found: Gap, by: Split, to: To) -> dict[str, tuple[int | None, int | None, str]]:
    shown = lines(found, Figure.TOLD_OF_DONE, "", by, to)
    return {one.key.value: (one.numerator, one.denominator, one.why) for one in shown}


@pytest.mark.rule("MSR-02")
def test_nothing_to_divide_prints_no_cases() -> None:
    [line] = lines({}, Figure.TOLD_OF_DONE, "", Split.WHOLE, To.INTERNAL)
    assert (line.share, line.interval, line.why) == (None, None, "no_cases")
    assert lines({}, Figure.TOLD_OF_DONE, "", Split.AREA, To.INTERNAL) == []
    [line] = lines({}, Figure.TOLD_OF_DONE, "", Split.WHOLE, To.PUBLIC)
    assert line.why == TOO_FEW, "in public that there is nobody is not told"


@pytest.mark.rule("MSR-04")
def test_a_share_has_its_wilson_interval_and_few_are_read_with_care() -> None:
    [line] = lines(areas(a=(6, 20)), Figure.TOLD_OF_DONE, "", Split.WHOLE, To.ROWS)
    assert (line.share, line.with_care) == (0.3, True)
    assert line.interval == pytest.approx((0.14548, 0.51898), abs=1e-5)
    [line] = lines(areas(a=(6, 30)), Figure.TOLD_OF_DONE, "", Split.WHOLE, To.ROWS)
    assert not line.with_care


@pytest.mark.rule("MSR-03")
def test_inside_the_force_one_to_four_are_hidden_and_cannot_be_worked_back() -> None:
    found = areas(big=(40, 90), mid=(20, 50), few=(3, 30), tiny=(1, 2))
    assert printed(found, Split.AREA, To.ROWS)["few"] == (3, 30, "")
    shown = printed(found, Split.AREA, To.INTERNAL)
    assert shown["tiny"] == (None, None, TOO_FEW)
    assert shown["few"] == (None, None, TOO_FEW), "the other total hides the one that is too small"
    assert shown["big"] == (40, 90, "")
    assert printed(found, Split.WHOLE, To.INTERNAL)[""] == (64, 172, "")


@pytest.mark.rule("MSR-03")
def test_in_public_all_below_ten_are_hidden_and_the_rest_rounded() -> None:
    found = areas(big=(43, 92), mid=(21, 53), few=(9, 40))
    shown = printed(found, Split.AREA, To.PUBLIC)
    assert shown == {"big": (45, 90, ""), "few": (None, 40, TOO_FEW), "mid": (None, 55, TOO_FEW)}
    [line] = lines(found, Figure.TOLD_OF_DONE, "", Split.WHOLE, To.PUBLIC)
    assert (line.numerator, line.denominator, line.share) == (75, 185, 75 / 185)


@pytest.mark.rule("MSR-03")
def test_a_whole_does_not_tell_what_is_hidden_of_its_parts() -> None:
    no = replace(SENT, answers={Figure.FELT_SUPPORTED: "no"})
    yes = replace(SENT, answers={Figure.FELT_SUPPORTED: "yes"})
    untold: dict[str, Any] = {"is_told": False}
    untouched: dict[str, Any] = {"is_done": False, "is_told": False}
    rows = asked(
        *[no] * 20, *[yes] * 20, *[replace(no, **untold)] * 2, *[replace(yes, **untold)] * 1,
        *[replace(no, **untouched)] * 6, *[replace(yes, **untouched)] * 7,
    )  # fmt: skip
    found = gap(rows, *EVER)
    work = {one.key.value: one for one in lines(found, Figure.FELT_SUPPORTED, ONLINE.key, Split.WORK, To.INTERNAL)}
    assert {value for value, one in work.items() if one.why} == {Work.DONE_NOT_TOLD, Work.NOT_DONE}
    [whole] = lines(found, Figure.DONE_UNSUPPORTED, ONLINE.key, Split.WHOLE, To.INTERNAL)
    assert whole.why == TOO_FEW
    [whole] = lines(found, Figure.DONE_UNSUPPORTED, ONLINE.key, Split.WHOLE, To.ROWS)
    assert (whole.numerator, whole.denominator) == (22, 43)


@pytest.mark.rule("MSR-03")
def test_the_response_stands_beside_a_figure_unless_it_tells_how_few_were_silent() -> None:
    silent = replace(SENT, answers=None)
    [line] = lines(
        gap(asked(*[SENT] * 12, *[silent] * 30), *EVER), Figure.FELT_SAFE, ONLINE.key, Split.WHOLE, To.INTERNAL
    )
    assert line.response == Response(12, 42)
    [line] = lines(
        gap(asked(*[SENT] * 12, *[silent] * 3), *EVER), Figure.FELT_SAFE, ONLINE.key, Split.WHOLE, To.INTERNAL
    )
    assert line.response is None


def counts(figure: Figure, survey: str, whole: tuple[int, int], **by_area: tuple[int, int]) -> Gap:
    found = {Key(figure, survey, Split.WHOLE, ""): Counted(*whole)}
    return found | {Key(figure, survey, Split.AREA, name): Counted(*one) for name, one in by_area.items()}


def inside(found: Gap, figure: Figure, survey: str = "") -> dict[str, tuple[int | None, int | None]]:
    shown = lines(found, figure, survey, Split.AREA, To.INTERNAL)
    return {one.key.value: (one.numerator, one.denominator) for one in shown}


@pytest.mark.rule("MSR-03")
def test_few_who_are_not_counted_are_hidden_as_few_who_are() -> None:
    found = counts(Figure.TOLD_OF_DONE, "", (66, 100), big=(46, 50), mid=(20, 50))
    assert inside(found, Figure.TOLD_OF_DONE) == {"big": (None, 50), "mid": (None, 50)}


@pytest.mark.rule("MSR-03")
def test_what_is_hidden_as_a_whole_is_hidden_in_every_line() -> None:
    found = counts(Figure.TOLD_OF_DONE, "", (37, 40), a=(20, 20), b=(17, 20))
    assert inside(found, Figure.TOLD_OF_DONE) == {"a": (None, None), "b": (None, None)}


@pytest.mark.rule("MSR-03")
def test_answers_that_may_not_be_linked_are_a_line_of_their_own_and_may_be_known() -> None:
    few = counts(Figure.KEPT_INFORMED, ONLINE.key, (20, 60), a=(10, 30), b=(9, 28))
    assert inside(few, Figure.KEPT_INFORMED, ONLINE.key) == {"a": (None, None), "b": (None, None)}
    # Another split may tell that ten of sixteen of them do: then one line alone would be the whole less the others.
    many = counts(Figure.KEPT_INFORMED, ONLINE.key, (51, 102), a=(20, 30), b=(18, 26), c=(3, 30))
    assert inside(many, Figure.KEPT_INFORMED, ONLINE.key) == {"a": (20, 30), "b": (None, 26), "c": (None, 30)}


@pytest.mark.rule("MSR-03")
def test_how_many_withdrew_is_hidden_where_it_is_asked_why_and_nobody_is_left_out_of_the_lines() -> None:
    withdrew = counts(Figure.WITHDREW_16, "", (50, 150), a=(3, 50), b=(47, 50), c=(0, 50))
    why = counts(Figure.WHY_16, "", (30, 50), a=(0, 3), b=(30, 47))
    assert inside(withdrew | why, Figure.WITHDREW_16) == {"a": (None, 50), "b": (None, 50), "c": (0, 50)}
    # Nobody withdrew there, which is printed already; a line that was left out would tell it where it is not.
    assert inside(withdrew | why, Figure.WHY_16) == {"a": (None, None), "b": (None, None), "c": (0, 0)}
    assert inside(withdrew, Figure.WHY_16)["c"] == (0, 0)


@pytest.mark.rule("MSR-03")
def test_what_is_hidden_of_one_figure_of_support_is_hidden_of_all() -> None:
    rest = {"b": (20, 40), "c": (25, 50)}
    found = (
        counts(Figure.FELT_SUPPORTED, ONLINE.key, (80, 150), a=(30, 60), **dict.fromkeys(rest, (25, 45)))
        | counts(Figure.DONE_UNSUPPORTED, ONLINE.key, (47, 120), a=(2, 30), **rest)
        | counts(Figure.NOT_DONE_SUPPORTED, ONLINE.key, (60, 120), a=(15, 30), **rest)
    )
    for figure in (Figure.FELT_SUPPORTED, Figure.DONE_UNSUPPORTED, Figure.NOT_DONE_SUPPORTED):
        shown = inside(found, figure, ONLINE.key)
        assert shown["a"] == (None, None), figure
        assert sum(one == (None, None) for one in shown.values()) == 2, figure


def test_where_nobody_was_told_the_whole_tells_nothing_that_is_hidden() -> None:
    no = replace(SENT, answers={Figure.FELT_SUPPORTED: "no"}, is_told=False)
    yes = replace(no, answers={Figure.FELT_SUPPORTED: "yes"})
    untouched: dict[str, Any] = {"is_done": False}
    found = gap(
        asked(*[no] * 30, *[yes] * 30, *[replace(no, **untouched)] * 40, *[replace(yes, **untouched)] * 40), *EVER
    )
    for figure, shown in ((Figure.DONE_UNSUPPORTED, (30, 60)), (Figure.NOT_DONE_SUPPORTED, (40, 80))):
        [whole] = lines(found, figure, ONLINE.key, Split.WHOLE, To.INTERNAL)
        assert (whole.numerator, whole.denominator) == shown


@pytest.mark.rule("MSR-03")
@pytest.mark.parametrize("to", [To.INTERNAL, To.PUBLIC])
def test_spans_of_whoever_does_not_read_every_row_neither_overlap_nor_change_within_a_month(to: To) -> None:
    told = defaultdict(set)
    for number in range(800):
        today = date(2027, 2, 26) + timedelta(days=number)
        spans = sorted(days_of(span, today) for span in offered(to))
        assert [one.day for span in spans for one in (span[0], span[1] + timedelta(days=1))] == [1] * 6
        assert all(last + timedelta(days=1) == after for (_, last), (after, _) in pairwise(spans))
        assert spans[-1][1] == today.replace(day=1) - timedelta(days=1)
        told[today.year, today.month].add(tuple(spans))
    assert {len(several) for several in told.values()} == {1}


@pytest.mark.rule("MSR-03")
def test_whoever_reads_every_row_reads_up_to_today_as_well() -> None:
    assert days_of(offered(To.ROWS)[0], date(2026, 12, 2)) == (date(2025, 12, 3), date(2026, 12, 2))
    assert set(offered(To.PUBLIC)) < set(offered(To.ROWS))
