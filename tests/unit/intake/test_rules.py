"""What becomes of each row and each file, and that every row received is in exactly one count."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.intake import plain, rules
from craffu.intake.rules import Exit, FileProblem, HeldVersion, Outcome, OutcomeKind, Reason, Row, Shown, SourceState

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


def ask(content: str, held: HeldVersion | None, **facts: Any) -> Outcome:
    return rules.row_outcome(**{"key": "a", "content": content, "held": held, **facts})


# INT-01: the same again, and an older version


@pytest.mark.rule("INT-01")
def test_a_row_first_seen_is_created() -> None:
    outcome = ask("one", None, source_time=MONDAY, place=(TUESDAY, 2))
    assert outcome == Outcome(OutcomeKind.CREATED, Reason.FIRST_TIME, HeldVersion("one", MONDAY, (TUESDAY, 2)))


@pytest.mark.rule("INT-01")
def test_a_changed_row_updates_and_the_old_version_is_kept() -> None:
    held = HeldVersion("one", MONDAY, earlier=frozenset({"nought"}))
    outcome = ask("two", held, source_time=TUESDAY)
    assert outcome == Outcome(
        OutcomeKind.UPDATED, Reason.CHANGED, HeldVersion("two", TUESDAY, earlier=frozenset({"nought", "one"}))
    )


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize(
    ("held_time", "row_time", "known_until"),
    [
        (None, None, None),
        (MONDAY, None, MONDAY),
        (None, MONDAY, MONDAY),
        (MONDAY, TUESDAY, TUESDAY),
        (TUESDAY, MONDAY, TUESDAY),
    ],
)
def test_the_same_content_is_unchanged_and_confirms_what_is_held(
    held_time: datetime | None, row_time: datetime | None, known_until: datetime | None
) -> None:
    earlier = frozenset({"nought"})
    outcome = ask("one", HeldVersion("one", held_time, (MONDAY, 5), earlier), source_time=row_time, place=(TUESDAY, 2))
    confirmed = HeldVersion("one", known_until, (TUESDAY, 2), earlier)
    assert outcome == Outcome(OutcomeKind.UNCHANGED, Reason.SAME_CONTENT, confirmed)


@pytest.mark.rule("INT-01")
def test_an_older_version_arriving_late_is_kept_and_overwrites_nothing() -> None:
    held = HeldVersion("two", TUESDAY)
    outcome = ask("one", held, source_time=MONDAY, place=(WEDNESDAY, 2))
    assert outcome == Outcome(
        OutcomeKind.UNCHANGED, Reason.OLDER_VERSION, HeldVersion("two", TUESDAY, earlier=frozenset({"one"}))
    )


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize(
    ("held_time", "row_time", "held_place", "row_place", "kind"),
    [
        # the source's own times decide, whatever came when
        (MONDAY, TUESDAY, (WEDNESDAY, 2), (MONDAY, 2), OutcomeKind.UPDATED),
        (TUESDAY, MONDAY, (MONDAY, 2), (WEDNESDAY, 2), OutcomeKind.UNCHANGED),
        # no times, or the same time: what was received first is older
        (None, None, (TUESDAY, 2), (MONDAY, 9), OutcomeKind.UNCHANGED),
        (None, None, (MONDAY, 9), (MONDAY, 2), OutcomeKind.UNCHANGED),
        (None, None, (MONDAY, 2), (MONDAY, 9), OutcomeKind.UPDATED),
        (MONDAY, MONDAY, (TUESDAY, 2), (MONDAY, 9), OutcomeKind.UNCHANGED),
        (MONDAY, MONDAY, (MONDAY, 9), (TUESDAY, 2), OutcomeKind.UPDATED),
        (MONDAY, None, (TUESDAY, 2), (MONDAY, 9), OutcomeKind.UNCHANGED),
        # nothing to compare: what comes last is taken
        (None, MONDAY, None, None, OutcomeKind.UPDATED),
        (MONDAY, None, None, None, OutcomeKind.UPDATED),
        (None, None, None, (MONDAY, 2), OutcomeKind.UPDATED),
        (None, None, (MONDAY, 2), None, OutcomeKind.UPDATED),
    ],
)
def test_which_of_two_versions_is_newer(
    *,
    held_time: datetime | None,
    row_time: datetime | None,
    held_place: rules.Place | None,
    row_place: rules.Place | None,
    kind: OutcomeKind,
) -> None:
    outcome = ask("two", HeldVersion("one", held_time, held_place), source_time=row_time, place=row_place)
    assert outcome.kind == kind


@pytest.mark.rule("INT-01")
@pytest.mark.rule("INT-04")
def test_going_back_to_an_earlier_version_is_news_only_by_the_sources_time() -> None:
    held = HeldVersion("two", TUESDAY, earlier=frozenset({"one"}))
    assert ask("one", held, source_time=WEDNESDAY).kind == OutcomeKind.UPDATED
    parked = ask("one", held)
    assert parked == Outcome(OutcomeKind.PARKED, Reason.RETURNS_TO_EARLIER_VERSION, held)


VERSIONS = st.lists(
    st.tuples(st.sampled_from(["one", "two", "three"]), st.integers(1, 50)), min_size=1, unique_by=lambda pair: pair[1]
)


def version(content: str, minute: int, line: int = 2) -> Row:
    return Row(line=line, key="a", content=content, source_time=MONDAY + timedelta(minutes=minute))


@pytest.mark.rule("INT-01")
@given(VERSIONS.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs), st.permutations(pairs))))
def test_whatever_the_order_the_newest_version_is_held_and_again_changes_nothing(
    orders: tuple[list[tuple[str, int]], ...],
) -> None:
    pairs, order, again = orders
    newest = max(pairs, key=lambda pair: pair[1])
    held: dict[str, HeldVersion] = {}
    for _, outcome in rules.decide_rows([version(*pair) for pair in order], held):
        assert outcome.hold is not None
        held["a"] = outcome.hold
    assert (held["a"].content, held["a"].source_time) == (newest[0], MONDAY + timedelta(minutes=newest[1]))
    assert held["a"].earlier | {held["a"].content} == {content for content, _ in pairs}
    tally = rules.run_rows([version(*pair) for pair in again], held)
    assert tally.outcomes == {OutcomeKind.UNCHANGED: len(pairs)}


@pytest.mark.rule("INT-01")
def test_a_file_sent_again_after_a_newer_one_changes_nothing() -> None:
    first = [Row(2, "a", "one", place=(MONDAY, 2)), Row(3, "b", "one", place=(MONDAY, 3))]
    second = [Row(2, "a", "two", place=(TUESDAY, 2))]
    kinds = [outcome.kind for _, outcome in rules.decide_rows(first + second + first, {})]
    assert kinds == ["created", "created", "updated", "unchanged", "unchanged"]


# INT-03 and INT-04: rejected and parked


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize("held", [None, HeldVersion("one")])
@pytest.mark.parametrize("undecided", [None, "person_undecided"])
@pytest.mark.parametrize(
    ("key", "problem", "reason"),
    [
        ("", None, Reason.MISSING_ID),
        (None, None, Reason.MISSING_ID),
        ("", "bad_date", Reason.MISSING_ID),
        ("a", "bad_date", "bad_date"),
    ],
)
def test_a_bad_row_is_rejected_with_its_reason_and_changes_nothing(
    *, held: HeldVersion | None, undecided: str | None, key: str | None, problem: str | None, reason: str
) -> None:
    outcome = ask("one", held, key=key, problem=problem, undecided=undecided)
    assert outcome == Outcome(OutcomeKind.REJECTED, reason, held)


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize("held", [None, HeldVersion("nought"), HeldVersion("nought", earlier=frozenset({"one"}))])
def test_what_cannot_be_decided_is_parked_and_changes_nothing(held: HeldVersion | None) -> None:
    assert ask("one", held, undecided="person_undecided") == Outcome(OutcomeKind.PARKED, "person_undecided", held)


@pytest.mark.rule("INT-01")
@pytest.mark.rule("INT-04")
@pytest.mark.parametrize("content", ["one", "nought"])
def test_what_a_person_has_decided_once_is_not_asked_again(content: str) -> None:
    outcome = ask(content, HeldVersion("one", TUESDAY), source_time=MONDAY, undecided="person_undecided")
    assert outcome.kind == OutcomeKind.UNCHANGED


@pytest.mark.rule("INT-04")
def test_a_parked_row_keeps_its_place_when_it_is_released() -> None:
    parked = Row(4, "a", "one", place=(MONDAY, 4), undecided="person_undecided")
    since = Row(2, "a", "two", place=(TUESDAY, 2))
    released = Row(4, "a", "one", place=(MONDAY, 4))
    outcomes = [(outcome.kind, outcome.reason) for _, outcome in rules.decide_rows([parked, since, released], {})]
    assert outcomes == [("parked", "person_undecided"), ("created", "first_time"), ("unchanged", "older_version")]


# INT-05: every row in exactly one count

PLAIN = st.fixed_dictionaries(
    {"id": st.sampled_from(["", "a", "b", "c"]), "on": st.sampled_from(["2026-11-20", "2026-11-21", "2026-02-30", ""])},
    optional={
        "person": st.sampled_from(["p", "q", "?"]),
        "source_time": st.sampled_from(["2026-11-19T10:00", "2026-10-25T01:30", "2027-03-28T01:30", "yesterday", ""]),
    },
)


@pytest.mark.rule("INT-05")
@given(st.lists(PLAIN))
def test_every_row_is_in_exactly_one_count(records: list[dict[str, str]]) -> None:
    tally = rules.run_rows(plain.plain_rows(records), {})
    answer = tally.as_dict()
    assert answer["received"] == len(records) == sum(answer[kind] for kind in OutcomeKind)
    assert answer["reconciled"] is True
    assert answer["rejected"] == len(answer["reject_file"])
    assert answer["exit"] == (1 if answer["rejected"] or answer["parked"] else 0)
    lines = [reject["line"] for reject in answer["reject_file"]]
    bad = [
        line
        for line, record in enumerate(records, start=2)
        if not record["id"]
        or record["on"] in {"2026-02-30", ""}
        or record.get("source_time") in {"2027-03-28T01:30", "yesterday"}
    ]
    assert lines == bad


@pytest.mark.rule("INT-05")
def test_a_row_lost_between_reading_and_counting_shows() -> None:
    tally = rules.Tally()
    assert list(tally.receiving(["row of line 2", "row of line 3"])) == ["row of line 2", "row of line 3"]
    tally.count(OutcomeKind.CREATED, line=2, reason=Reason.FIRST_TIME)
    assert not tally.reconciled
    assert rules.run_exit(tally) == Exit.SOMETHING_LEFT_OVER
    tally.count(OutcomeKind.REJECTED, line=3, reason="bad_date", warnings=["ambiguous_time"])
    assert tally.reconciled
    assert tally.as_dict() == {
        "received": 2,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "parked": 0,
        "rejected": 1,
        "reconciled": True,
        "reject_file": [{"line": 3, "reason": "bad_date"}],
        "warnings": {"ambiguous_time": 1},
        "exit": 1,
    }


@pytest.mark.rule("INT-05")
def test_rows_are_decided_one_by_one_as_they_are_read() -> None:
    tally = rules.Tally()
    decided = rules.decide_rows(tally.receiving([Row(2, "a", "one"), Row(3, "a", "two")]), {})
    assert next(decided)[1].kind == OutcomeKind.CREATED
    assert tally.received == 1


@pytest.mark.rule("INT-05")
@pytest.mark.parametrize(
    ("expected", "received", "missing", "unexpected"),
    [
        ([], [], (), ()),
        (["m1", "m2", "m3"], ["m3", "m1"], ("m2",), ()),
        (["m1"], ["m1", "m9", "m8"], (), ("m9", "m8")),
        (["m1", "m2"], ["m2", "m2", "m2"], ("m1",), ()),
        (range(1, 6), [1, 2, 5], (3, 4), ()),
        (["m3", "m2", "m1"], [], ("m3", "m2", "m1"), ()),
    ],
)
def test_what_was_announced_is_compared_with_what_came(
    expected: list[Any], received: list[Any], missing: tuple[Any, ...], unexpected: tuple[Any, ...]
) -> None:
    answer = rules.reconcile(expected, received)
    assert answer == rules.Reconciliation(missing, unexpected, reconciled=not missing and not unexpected)


@pytest.mark.rule("INT-05")
@pytest.mark.parametrize(("expected", "received", "difference"), [(3, 3, 0), (3, 2, -1), (2, 3, 1), (0, 0, 0)])
def test_a_control_total_is_compared_with_the_count(expected: int, received: int, difference: int) -> None:
    answer = rules.check_total(expected, received)
    assert answer == rules.TotalCheck(expected, received, difference, reconciled=difference == 0)


@pytest.mark.rule("INT-05")
@pytest.mark.parametrize(
    ("kind", "announced", "ends"),
    [
        (OutcomeKind.CREATED, ["a"], Exit.DONE),
        (OutcomeKind.UPDATED, ["a"], Exit.DONE),
        (OutcomeKind.UNCHANGED, ["a"], Exit.DONE),
        (OutcomeKind.PARKED, ["a"], Exit.SOMETHING_LEFT_OVER),
        (OutcomeKind.REJECTED, ["a"], Exit.SOMETHING_LEFT_OVER),
        (OutcomeKind.CREATED, ["a", "b"], Exit.SOMETHING_LEFT_OVER),
        (OutcomeKind.CREATED, [], Exit.SOMETHING_LEFT_OVER),
    ],
)
def test_a_run_is_done_only_when_nothing_is_left_over_and_all_that_was_sent_came(
    kind: OutcomeKind, announced: list[str], ends: Exit
) -> None:
    tally = rules.Tally(received=1)
    tally.count(kind, line=2, reason="any")
    assert rules.run_exit(tally, rules.reconcile(announced, ["a"])) == ends
    assert rules.run_exit(tally, rules.check_total(len(announced), 1)) == ends


# INT-02: provenance

COMPLETE = {
    "source": "rms",
    "file_sha256": "ab12",
    "line": 14,
    "received_at": "2026-11-24T09:00:00Z",
    "mapping_version": "3",
}


@pytest.mark.rule("INT-02")
@pytest.mark.parametrize("blank", ["", "  ", None])
@pytest.mark.parametrize("lacking", [(), *permutations(COMPLETE, 1), *permutations(COMPLETE, 2), tuple(COMPLETE)])
def test_what_does_not_say_where_it_came_from_is_not_stored(lacking: tuple[str, ...], blank: str | None) -> None:
    left_out = {name: value for name, value in COMPLETE.items() if name not in lacking}
    for record in (left_out, COMPLETE | dict.fromkeys(lacking, blank)):
        assert rules.provenance_missing(record) == tuple(name for name in COMPLETE if name in lacking)
        assert rules.check_provenance(record) == rules.Provenance(not lacking, rules.provenance_missing(record))


# INT-03: whole files


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(("problem", "good_rows"), [*product(FileProblem, [0, 999])])
def test_a_file_is_refused_whole_for_what_is_wrong_with_the_file(problem: FileProblem, good_rows: int) -> None:
    assert rules.file_refusal(problem.value) is problem
    assert rules.file_outcome(problem.value, good_rows) == rules.FileOutcome(True, problem, Exit.REFUSED, 0)


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize("good_rows", [0, 1, 999])
@pytest.mark.parametrize(
    ("problem", "ends"),
    [(None, Exit.DONE), ("one_bad_row", Exit.SOMETHING_LEFT_OVER), ("bad_date", Exit.SOMETHING_LEFT_OVER)],
)
def test_bad_rows_never_refuse_a_file(problem: str | None, ends: Exit, good_rows: int) -> None:
    assert rules.file_refusal(problem) is None
    assert rules.file_outcome(problem, good_rows) == rules.FileOutcome(False, None, ends, good_rows)


# INT-06: a source that did not answer


@pytest.mark.rule("INT-06")
@pytest.mark.parametrize("state", [*(state for state in SourceState if state != SourceState.OK), "anything else"])
@pytest.mark.parametrize("last_good", [None, date(2026, 11, 22)])
@pytest.mark.parametrize("count", [None, 0, 7])
def test_a_source_that_did_not_answer_is_not_available_and_never_empty(
    state: str, last_good: date | None, count: int | None
) -> None:
    assert rules.source_shown(state, last_good, count) == rules.SourceShown(Shown.NOT_AVAILABLE, last_good, None)


@pytest.mark.rule("INT-06")
@pytest.mark.parametrize(
    ("count", "shown"), [(0, Shown.NO_RECORDS), (1, Shown.RECORDS), (7, Shown.RECORDS), (None, Shown.NOT_AVAILABLE)]
)
def test_a_source_that_answered_shows_its_count(count: int | None, shown: Shown) -> None:
    today = date(2026, 11, 24)
    assert rules.source_shown("ok", today, count) == rules.SourceShown(shown, today, count)


# the plainest source


def row(**record: Any) -> Row:
    return plain.plain_row(2, {"id": "a", "on": "2026-11-20", **record})


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({}, None),
        ({"on": "2028-02-29"}, None),
        ({"on": "2026-02-29"}, "bad_date"),
        ({"on": "31/02/2026"}, "bad_date"),
        ({"on": "20/11/2026"}, "bad_date"),
        ({"on": ""}, "missing_date"),
        ({"on": None}, "missing_date"),
        ({"source_time": "2026-11-19T10:00"}, None),
        ({"source_time": "2027-03-28T01:30"}, "time_does_not_exist"),
        ({"source_time": "soon"}, "bad_time"),
        ({"on": "soon", "source_time": "soon"}, "bad_date"),
    ],
)
def test_a_plain_row_says_what_is_wrong_with_it(record: dict[str, Any], problem: str | None) -> None:
    assert row(**record).problem == problem


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize(
    ("record", "undecided"), [({}, None), ({"person": "p"}, None), ({"person": "?"}, "person_undecided")]
)
def test_only_a_person_in_doubt_is_undecided(record: dict[str, Any], undecided: str | None) -> None:
    assert row(**record).undecided == undecided


@pytest.mark.rule("INT-01")
def test_a_plain_row_is_known_by_its_id_and_its_content_without_its_time() -> None:
    assert row(id=7).key == "7"
    assert [row(id=blank).key for blank in ("", " ", None)] == [None, None, None]
    assert row(source_time="2026-11-19T10:00").content == row(source_time="2026-11-20T10:00").content == row().content
    assert row(person="p").content != row(person="q").content
    assert row(source_time="2026-07-19T10:00").source_time == datetime(2026, 7, 19, 9, tzinfo=UTC)


@pytest.mark.rule("CLK-01")
def test_a_time_that_comes_twice_is_read_as_the_first_and_warned_of() -> None:
    twice = row(source_time="2026-10-25T01:30")
    assert (twice.source_time, twice.warnings) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ("ambiguous_time",))
    assert rules.run_rows([twice], {}).warnings == {"ambiguous_time": 1}


@pytest.mark.rule("INT-01")
def test_what_is_held_of_the_plainest_source_may_be_nothing() -> None:
    assert plain.plain_held(None) == plain.plain_held({}) == {}
    assert plain.plain_held({"a": {"id": "a", "on": "2026-11-20"}}) == {"a": HeldVersion(row().content)}
