"""What becomes of the rows of a batch is what the rule of intake says, and their order changes nothing kept."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.common.versions import CREATED, OLDER, UNCHANGED, UPDATED, Newest, as_said, decide, newest_of
from craffu.intake.rules import HeldVersion, OutcomeKind, Reason, Row, decide_rows

START = datetime(2024, 1, 1, tzinfo=UTC)
# What is said is said at a time: the same words at another time are another version.
VERSIONS = st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.integers(0, 4))
BATCHES = st.lists(st.lists(VERSIONS, max_size=8), max_size=5)

KINDS = {
    CREATED: (OutcomeKind.CREATED, Reason.FIRST_TIME),
    UPDATED: (OutcomeKind.UPDATED, Reason.CHANGED),
    OLDER: (OutcomeKind.UNCHANGED, Reason.OLDER_VERSION),
}


def said_at(hours: int) -> datetime:
    return START + timedelta(hours=hours)


class Register:
    """Every version kept, as a database would."""

    def __init__(self) -> None:
        self.kept: dict[str, list[tuple[str, Newest]]] = {}

    def take(self, batch: list[tuple[str, str, int]], received_at: datetime) -> list[str]:
        rows = [(key, f"{words}@{hours}", as_said(said_at(hours))) for key, words, hours in batch]
        known = {key: {content for content, _ in self.kept[key]} for key, _, _ in rows if key in self.kept}
        decided = decide(rows, known, lambda keys: {key: self.newest(key) for key in keys}, received_at)
        for (key, content, said), one in zip(rows, decided, strict=True):
            if one.number:
                self.kept.setdefault(key, []).append((content, Newest(one.number, said, received_at)))
        return [one.outcome for one in decided]

    def newest(self, key: str) -> Newest:
        return newest_of((key, version) for _, version in self.kept[key])[key]

    def contents(self) -> dict[str, set[str]]:
        return {key: {content for content, _ in versions} for key, versions in self.kept.items()}


@pytest.mark.rule("INT-01")
@given(BATCHES)
def test_a_batch_is_decided_as_the_rule_of_intake_decides_each_row(batches: list[list[tuple[str, str, int]]]) -> None:
    register = Register()
    held: dict[str, HeldVersion] = {}
    places: dict[tuple[str, str], tuple[datetime, int]] = {}
    for number, batch in enumerate(batches):
        received_at = START + timedelta(days=number)
        outcomes = register.take(batch, received_at)
        for line, ((key, words, hours), outcome) in enumerate(zip(batch, outcomes, strict=True)):
            content = f"{words}@{hours}"
            place = places.setdefault((key, content), (received_at, line))
            row = Row(line, key, content, source_time=said_at(hours), place=place)
            ((_, ruled),) = decide_rows([row], held)
            assert ruled.hold is not None
            held[key] = ruled.hold
            assert ruled.kind in ({OutcomeKind.UNCHANGED} if outcome in (UNCHANGED, OLDER) else {KINDS[outcome][0]})
            if outcome != UNCHANGED:
                assert (ruled.kind, ruled.reason) == KINDS[outcome]


@pytest.mark.rule("INT-01")
@given(BATCHES, st.randoms())
def test_the_same_batches_in_any_order_any_number_of_times_keep_the_same_versions(batches, chance) -> None:  # type: ignore[no-untyped-def]
    once, shuffled = Register(), Register()
    for number, batch in enumerate(batches):
        once.take(batch, START + timedelta(days=number))
    again = [*batches, *batches]
    chance.shuffle(again)
    for number, batch in enumerate(again):
        shuffled.take(batch, START + timedelta(days=number))
    assert once.contents() == shuffled.contents()
    newest = {key: once.newest(key).said_at for key in once.kept}
    assert newest == {key: shuffled.newest(key).said_at for key in shuffled.kept}


@pytest.mark.rule("INT-01")
def test_what_is_held_already_is_asked_about_only_where_something_new_is_said() -> None:
    asked: list[set[str]] = []

    def newest(keys):  # type: ignore[no-untyped-def]
        asked.append(set(keys))
        return {key: Newest(3, "2024-01-02 00:00:00", START) for key in keys}

    rows = [
        ("a", "1", "2024-01-01 00:00:00"),
        ("b", "2", "2024-01-01 00:00:00"),
        ("b", "3", "2024-01-03 00:00:00"),
        ("c", "4", "2024-01-01 00:00:00"),
    ]
    decided = decide(rows, {"a": {"1"}, "b": {"9"}}, newest, START)
    assert [(one.outcome, one.number) for one in decided] == [(UNCHANGED, 0), (OLDER, 4), (UPDATED, 5), (CREATED, 1)]
    assert asked == [{"b"}]
