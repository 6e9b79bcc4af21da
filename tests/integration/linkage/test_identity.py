"""Which records are one person: linked by the model, decided by people, held apart, taken back, all of it undone exactly."""

import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.intake.linking.due import AGREE
from craffu.linkage.actions import agree_pair, decide_pair, keep_model, keep_scores, part_records
from craffu.linkage.facts import NewModel, NewWord, RolesOf, Scored
from craffu.linkage.forming import Scope, Word
from craffu.linkage.models import Pair, PairDecided, PairScored
from craffu.linkage.queries import (
    agreement,
    pair_of,
    pairs_to_decide,
    pairs_waiting_of,
    story_of_pair,
    version_of_records,
)
from craffu.linkage.rules import Role
from craffu.outbox.models import News
from craffu.people.models import Membership, Person
from craffu.people.queries import members
from craffu.work.models import WorkItem
from tests.factories.identities import NOBODYS, WHY, persons, played, record_of, records, score, state, trained

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("link_clerk")


@pytest.fixture
def another(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("link_clerk")


def say(
    by: Acting,
    left: int,
    right: int,
    word: Word = Word.SAME,
    scope: Scope = Scope.RECORDS,
    roles_of: RolesOf = NOBODYS,
    needs_another: bool = False,
    reason: str = WHY,
    seen: str | None = None,
    now: datetime | None = None,
) -> PairDecided:
    return decide_pair(
        by=by, left=left, right=right, given=NewWord(word, reason, scope), needs_another=needs_another,
        roles_of=roles_of, seen=seen, now=now,
    )  # fmt: skip


def pair(by: Acting, left: int, right: int) -> Pair:
    found = pair_of(by, (min(left, right), max(left, right)))
    assert found is not None
    return found


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("probability", "stands", "why", "joined"),
    [
        (0.99, "link", "auto", True),
        (0.9899, "clerical", "between_thresholds", False),
        (0.5, "clerical", "between_thresholds", False),
        (0.4999, "no_link", "below_clerical", False),
    ],
)
def test_a_pair_links_by_itself_waits_for_a_person_or_is_left_apart(
    probability: float, stands: str, why: str, joined: bool, system: Acting
) -> None:
    a, b = records(system, 2)
    score(system, a, b, probability)
    found = pair(system, a, b)
    assert (found.stands, found.why, found.probability) == (stands, why, probability)
    assert persons(system) == ([[a, b]] if joined else [[a], [b]])
    (kept,) = PairScored.objects.for_system("a test")
    assert (kept.auto, kept.clerical, kept.model.number) == (0.99, 0.5, 1)
    assert [one.pk for one in pairs_to_decide(system)] == ([found.pk] if stands == "clerical" else [])


@pytest.mark.rule("IDN-06")
def test_what_is_said_again_changes_nothing_and_a_new_record_links_on_arrival(system: Acting) -> None:
    a, b = records(system, 2)
    score(system, a, b)
    before = (
        state(system),
        PairScored.objects.for_system("a test").count(),
        Event.objects.count(),
        News.objects.count(),
    )
    score(system, b, a)
    assert (
        state(system), PairScored.objects.for_system("a test").count(), Event.objects.count(), News.objects.count()
    ) == before  # fmt: skip
    late = record_of(system, "late").pk
    score(system, late, b)
    assert persons(system) == [[a, b, late]]


@pytest.mark.rule("IDN-02")
def test_records_whose_hard_identifiers_conflict_wait_for_a_person_however_alike(system: Acting, clerk: Acting) -> None:
    a, b = (record_of(system, key, pnc).pk for key, pnc in (("a", "2003/0000001A"), ("b", "2004/0000002B")))
    score(system, a, b, 0.99999)
    assert (pair(system, a, b).stands, pair(system, a, b).why) == ("clerical", "identifiers_conflict")
    assert persons(system) == [[a], [b]]
    say(clerk, a, b)
    assert persons(system) == [[a, b]]


@pytest.mark.rule("IDN-05")
def test_a_victim_is_never_joined_to_a_suspect_but_by_a_person(system: Acting, clerk: Acting) -> None:
    a, b, c = records(system, 3)
    parts = played(**{f"r{a}": Role.VICTIM, f"r{c}": Role.SUSPECT})
    score(system, a, c, 0.99999, parts)
    assert (pair(system, a, c).stands, pair(system, a, c).why) == ("clerical", "victim_and_suspect_roles")
    # Nor by way of a third, whose part nobody knows.
    score(system, a, b, 0.9999, parts)
    score(system, b, c, 0.999, parts)
    assert persons(system) == [[a, b], [c]]
    assert (pair(system, b, c).stands, pair(system, b, c).held) == ("link", "victim_and_suspect_roles")
    assert {one.pk for one in pairs_to_decide(system)} == {pair(system, a, c).pk, pair(system, b, c).pk}
    # Who says so of two records alone says nothing of the victim whom the model links to one of them.
    say(clerk, b, c, roles_of=parts)
    assert persons(system) == [[a], [b, c]]
    assert pair(system, a, b).held == "victim_and_suspect_roles"
    say(clerk, b, c, Word.TAKEN_BACK, roles_of=parts)
    assert persons(system) == [[a, b], [c]]
    say(clerk, b, c, scope=Scope.PERSONS, roles_of=parts)
    assert persons(system) == [[a, b, c]]
    say(clerk, b, c, Word.TAKEN_BACK, roles_of=parts)
    assert persons(system) == [[a, b], [c]]


@pytest.mark.rule("IDN-05")
def test_who_becomes_a_suspect_later_is_parted_from_the_victim_they_were_linked_to(system: Acting) -> None:
    a, b = records(system, 2)
    score(system, a, b)
    assert persons(system) == [[a, b]]
    parts = played(**{f"r{a}": Role.VICTIM, f"r{b}": Role.SUSPECT})
    score(system, a, b, roles_of=parts)
    assert persons(system) == [[a], [b]]
    assert (pair(system, a, b).stands, pair(system, a, b).why) == ("clerical", "victim_and_suspect_roles")


@pytest.mark.rule("IDN-04")
def test_a_persons_word_outranks_the_model_and_survives_every_run(system: Acting, clerk: Acting) -> None:
    a, b, c = records(system, 3)
    score(system, a, b)
    score(system, b, c, 0.995)
    say(clerk, a, c, Word.NOT_SAME)
    assert persons(system) == [[a, b], [c]]
    assert pair(system, b, c).held == "human_decision"
    trained(system)
    for left, right in ((a, b), (b, c), (a, c)):
        score(system, left, right, 0.99999)
    assert persons(system) == [[a, b], [c]]
    say(clerk, a, b, Word.NOT_SAME)
    assert persons(system) == [[a], [b, c]]
    score(system, a, b, 0.2)
    say(clerk, a, b, Word.SAME)
    assert persons(system) == [[a, b], [c]]


@pytest.mark.rule("IDN-03")
def test_a_word_taken_back_lets_the_one_before_it_stand_again(system: Acting, clerk: Acting) -> None:
    a, b = records(system, 2)
    score(system, a, b)
    say(clerk, a, b, Word.NOT_SAME)
    say(clerk, a, b, Word.SAME)
    say(clerk, a, b, Word.TAKEN_BACK)
    assert persons(system) == [[a], [b]]
    say(clerk, a, b, Word.TAKEN_BACK)
    assert persons(system) == [[a, b]]
    with pytest.raises(NotNow) as refused:
        say(clerk, a, b, Word.TAKEN_BACK)
    assert refused.value.code == "nothing_to_take_back"
    assert [one.number for one in PairDecided.objects.for_system("a test")] == [1, 2, 3, 4]


@pytest.mark.rule("IDN-03")
def test_persons_joined_and_parted_keep_their_references_and_what_hangs_on_records(
    system: Acting, clerk: Acting
) -> None:
    a, b, c, d = records(system, 4)
    score(system, a, b)
    score(system, c, d)
    before = state(system)
    say(clerk, b, c, scope=Scope.PERSONS)
    (whole,) = set(members(system).values_list("person__reference", flat=True))
    assert whole == before["members"][0][1], "the one known longest"
    assert persons(system) == [[a, b, c, d]]
    say(clerk, b, c, Word.TAKEN_BACK)
    assert state(system) == before


@pytest.mark.rule("IDN-03")
def test_a_person_stays_whole_where_other_links_still_join_the_records(system: Acting, clerk: Acting) -> None:
    a, b, c = records(system, 3)
    for left, right in ((a, b), (b, c), (a, c)):
        score(system, left, right)
    say(clerk, a, b, Word.NOT_SAME)
    assert persons(system) == [[a, c], [b]]
    say(clerk, a, b, Word.TAKEN_BACK)
    assert persons(system) == [[a, b, c]]


@pytest.mark.rule("IDN-03")
def test_some_records_of_a_person_are_somebody_elses_and_that_is_taken_back_as_one(
    system: Acting, clerk: Acting
) -> None:
    a, b, c, d = records(system, 4)
    for left, right in ((a, b), (b, c), (c, d)):
        score(system, left, right)
    before = state(system)
    word = part_records(by=clerk, records=[b, d], reason=WHY, roles_of=NOBODYS)
    assert persons(system) == [[a, c], [b, d]] or persons(system) == [[a], [b], [c], [d]]
    assert all({b, d} >= set(one) or not {b, d} & set(one) for one in persons(system))
    say(clerk, word.pair.left_id, word.pair.right_id, Word.TAKEN_BACK)
    assert state(system) == before
    for wrong in ([a, b, c, d], [a, record_of(system, "other").pk]):
        with pytest.raises(NotNow) as refused:
            part_records(by=clerk, records=wrong, reason=WHY, roles_of=NOBODYS)
        assert refused.value.code == "not_of_one_person"


@pytest.mark.rule("IDN-03")
def test_a_record_that_came_in_as_somebodys_is_parted_from_them_and_given_back(system: Acting, clerk: Acting) -> None:
    first = record_of(system, "first")
    person = Person.objects.for_system("a test").get()
    typed = record_of(system, "typed", person=person, source="documents")
    assert persons(system) == [[first.pk, typed.pk]]
    before = state(system)
    say(clerk, first.pk, typed.pk, Word.NOT_SAME)
    assert persons(system) == [[first.pk], [typed.pk]]
    made = Person.objects.for_system("a test").order_by("id").last()
    say(clerk, first.pk, typed.pk, Word.TAKEN_BACK)
    assert state(system) == before
    say(clerk, first.pk, typed.pk, Word.NOT_SAME)
    assert members(system).get(record=typed.pk).person_id == made.pk, "the person made for it is not made twice"


@pytest.mark.rule("IDN-04")
def test_a_word_that_needs_a_second_opinion_counts_once_another_agrees(
    system: Acting, clerk: Acting, another: Acting
) -> None:
    a, b = records(system, 2)
    say(clerk, a, b, needs_another=True)
    assert persons(system) == [[a], [b]]
    found = pair(system, a, b)
    with pytest.raises(NotNow) as waits:
        say(another, a, b, Word.NOT_SAME)
    assert waits.value.code == "waits_for_another"
    with pytest.raises(NotPermitted) as own:
        agree_pair(by=clerk, pair=found.reference, agrees=True, words="", roles_of=NOBODYS)
    assert own.value.code == "another_person"
    with pytest.raises(NotNow):
        agree_pair(by=another, pair=found.reference, agrees=False, words=" ", roles_of=NOBODYS)
    agree_pair(by=another, pair=found.reference, agrees=False, words="Two dates of birth", roles_of=NOBODYS)
    assert persons(system) == [[a], [b]]
    say(clerk, a, b, needs_another=True)
    agree_pair(by=another, pair=found.reference, agrees=True, words="", roles_of=NOBODYS)
    assert persons(system) == [[a, b]]
    assert (agreement(system).agreed, agreement(system).of) == (1, 2)
    with pytest.raises(NotNow) as none_waits:
        agree_pair(by=another, pair=found.reference, agrees=True, words="", roles_of=NOBODYS)
    assert none_waits.value.code == "no_opinion_waited_for"


@pytest.mark.rule("IDN-06")
def test_as_known_earlier_a_pair_waits_whenever_it_did_then_for_a_word_or_a_second_opinion(
    system: Acting, clerk: Acting, another: Acting
) -> None:
    a, b = records(system, 2)
    model, start = trained(system), clock.now()
    agreeing = partial(agree_pair, by=another, agrees=True, words="", roles_of=NOBODYS)
    acts: list[Callable[[datetime], object]] = [
        lambda at: keep_scores(by=system, model=model, scored=[Scored(a, b, 0.6, 1.0, ())], roles_of=NOBODYS, now=at),
        lambda at: say(clerk, a, b, Word.NOT_SAME, now=at),
        lambda at: say(clerk, a, b, Word.TAKEN_BACK, now=at),
        lambda at: say(clerk, a, b, needs_another=True, now=at),
        lambda at: agreeing(pair=pair(system, a, b).reference, now=at),
        lambda at: say(clerk, a, b, Word.TAKEN_BACK, now=at),
        lambda at: say(clerk, a, b, Word.NOT_SAME, now=at),
        lambda at: say(clerk, a, b, needs_another=True, now=at),
        lambda at: agreeing(pair=pair(system, a, b).reference, now=at),
    ]
    moments = [start + timedelta(hours=number) for number in range(len(acts))]
    stood = []
    for act, at in zip(acts, moments, strict=True):
        act(at)
        stood.append(bool(pairs_waiting_of(system, [a])))
    assert stood == [True, False, True, True, False, True, False, True, False]
    known = [bool(pairs_waiting_of(system, [b], at + timedelta(minutes=1))) for at in moments]
    assert known == stood, "as known at any time it is as it stood then, however often it waited since"
    assert not pairs_waiting_of(system, [a], start - timedelta(minutes=1))


@pytest.mark.rule("IDN-02")
def test_the_automatic_threshold_rises_by_itself_where_people_find_links_wrong(system: Acting, clerk: Acting) -> None:
    made = records(system, 12)
    couples = [(made[place], made[place + 1]) for place in range(0, 12, 2)]
    for left, right in couples:
        score(system, left, right, 0.991 if left == made[0] else 0.999)
    assert len(persons(system)) == 6
    say(clerk, *couples[0], Word.NOT_SAME)
    say(clerk, *couples[1], Word.SAME)
    model = trained(system)
    assert 0.991 < model.auto <= 0.999
    a, b = records_more(system)
    score(system, a, b, 0.991)
    assert pair(system, a, b).stands == "clerical"
    (kept,) = PairScored.objects.for_system("a test").filter(pair=pair(system, a, b))
    assert kept.auto == model.auto


def records_more(by: Acting) -> tuple[int, int]:
    return record_of(by, "more1").pk, record_of(by, "more2").pk


@pytest.mark.rule("IDN-03")
@pytest.mark.rule("SEC-04")
def test_every_joining_and_parting_is_logged_as_a_combination(system: Acting, clerk: Acting) -> None:
    a, b = records(system, 2)
    score(system, a, b)
    say(clerk, a, b, Word.NOT_SAME)
    rows = Event.objects.filter(verb="combination").order_by("id")
    assert list(rows.values_list("kind", flat=True)) == [
        "persons_changed", "pairs_scored", "pair_decided", "persons_changed"
    ]  # fmt: skip
    names = {f"person/{one}" for one in Person.objects.for_system("a test").values_list("reference", flat=True)}
    for row in rows.filter(kind="persons_changed"):
        assert names <= set(json.loads(row.payload)["refs"])
    assert WHY not in "".join(row.payload for row in Event.objects.all())
    assert News.objects.filter(topic="people").count() == 2


@pytest.mark.rule("IDN-06")
def test_who_somebody_was_is_read_as_it_was_known_then(system: Acting, clerk: Acting) -> None:
    a, b = records(system, 2)
    score(system, a, b)
    then = clock.now()
    decide_pair(
        by=clerk, left=a, right=b, given=NewWord(Word.NOT_SAME, WHY), needs_another=False, roles_of=NOBODYS,
        now=then + timedelta(hours=1),
    )  # fmt: skip
    assert len(set(members(system, then).values_list("person_id", flat=True))) == 1
    assert len(set(members(system).values_list("person_id", flat=True))) == 2


def test_who_may_not_decides_nothing(system: Acting, clerk: Acting, acting_as: Callable[..., Acting]) -> None:
    a, b = records(system, 2)
    for by in (acting_as("investigator"), acting_as("administrator"), system):
        with pytest.raises(NotPermitted):
            say(by, a, b)
        with pytest.raises(NotPermitted):
            part_records(by=by, records=[a], reason=WHY, roles_of=NOBODYS)
        with pytest.raises(NotPermitted):
            agree_pair(by=by, pair="L-10001", agrees=True, words="", roles_of=NOBODYS)
    new = NewModel("duckdb", 1, "0" * 64, 1, {}, {})
    with pytest.raises(NotPermitted):
        keep_model(by=clerk, trained=new)
    with pytest.raises(NotPermitted):
        keep_scores(by=clerk, model=trained(system), scored=[Scored(a, b, 1.0, 1.0)], roles_of=NOBODYS)
    for refused, code in ((dict(right=a), "not_a_pair"), (dict(reason=" "), "reason_missing")):
        with pytest.raises(NotNow) as why:
            say(clerk, **{"left": a, "right": b, **refused})
        assert why.value.code == code
    with pytest.raises(NotPermitted):
        say(clerk, a, b + 1000)
    assert persons(system) == [[a], [b]]


def test_T30_who_looked_at_an_older_pair_is_told(system: Acting, clerk: Acting, another: Acting) -> None:
    a, b = records(system, 2)
    score(system, a, b, 0.8)
    seen = story_of_pair(clerk, pair(clerk, a, b)).version
    say(clerk, a, b, seen=seen)
    with pytest.raises(Conflict):
        say(another, a, b, Word.NOT_SAME, seen=seen)
    with pytest.raises(Conflict):
        agree_pair(by=another, pair=pair(clerk, a, b).reference, agrees=True, words="", roles_of=NOBODYS, seen=seen)
    assert persons(system) == [[a, b]]


@pytest.mark.rule("IDN-03")
def test_T30_who_looked_at_persons_that_are_others_since_is_told(
    system: Acting, clerk: Acting, another: Acting
) -> None:
    a, b, c, d = records(system, 4)
    say(clerk, a, b, scope=Scope.PERSONS, needs_another=True)
    found = pair(system, a, b)
    seen = story_of_pair(system, found).version
    whole = version_of_records([b])
    score(system, b, c)
    assert persons(system) == [[a], [b, c], [d]]
    with pytest.raises(Conflict):
        agree_pair(by=another, pair=found.reference, agrees=True, words="", roles_of=NOBODYS, seen=seen)
    assert pair_of(system, (a, c)) is None
    with pytest.raises(Conflict):
        part_records(by=clerk, records=[b], reason=WHY, roles_of=NOBODYS, seen=whole)
    assert persons(system) == [[a], [b, c], [d]]
    part_records(by=clerk, records=[b], reason=WHY, roles_of=NOBODYS, seen=version_of_records([c, b]))
    assert persons(system) == [[a], [b], [c], [d]]


@pytest.mark.rule("IDN-03")
@pytest.mark.rule("IDN-04")
def test_a_word_that_waits_waits_no_more_once_something_later_is_said_of_its_pair_with_others(
    system: Acting, force: Force, clerk: Acting, another: Acting
) -> None:
    a, b, c = records(system, 3)
    score(system, b, c)
    said_at = clock.now()
    say(clerk, a, b, needs_another=True, now=said_at)
    found = pair(system, a, b)
    tick(force=force, at=said_at + timedelta(minutes=1))
    assert list(WorkItem.objects.for_system("a test").filter(kind=AGREE).values_list("state", flat=True)) == ["open"]
    # Since then the order has ended, and nobody else need agree.
    later = said_at + timedelta(minutes=2)
    say(clerk, a, c, Word.NOT_SAME, Scope.PERSONS, now=later)
    assert story_of_pair(system, found).waiting is None
    assert found.pk not in [one.pk for one in pairs_to_decide(system)]
    assert found.pk not in pairs_waiting_of(system, [a])
    assert found.pk in pairs_waiting_of(system, [a], said_at + timedelta(minutes=1))
    with pytest.raises(NotNow):
        agree_pair(by=another, pair=found.reference, agrees=False, words=WHY, roles_of=NOBODYS)
    tick(force=force, at=later + timedelta(minutes=1))
    assert list(WorkItem.objects.for_system("a test").filter(kind=AGREE).values_list("state", flat=True)) == [
        "withdrawn"
    ]


@pytest.mark.postgres_in_deep
@pytest.mark.slow
@pytest.mark.rule("IDN-03")
@pytest.mark.parametrize(("acts", "groups"), [(60, 2), pytest.param(1000, 50, marks=pytest.mark.deep)])
def test_T42_however_many_are_joined_and_parted_all_undone_gives_back_what_there_was(
    acts: int, groups: int, system: Acting, clerk: Acting
) -> None:
    dice = random.Random(8)  # noqa: S311  # chance that need not be secure
    made = records(system, 6 * groups)
    for left, right in zip(made[::3], made[1::3], strict=False):
        score(system, left, right)
    before, undo = state(system), []
    for _ in range(acts):
        first = 6 * dice.randrange(groups)
        left, right = dice.sample(made[first : first + 6], 2)
        word, scope = dice.choice([Word.SAME, Word.SAME, Word.NOT_SAME]), dice.choice(list(Scope))
        undo.append(say(clerk, left, right, word, scope))
    assert state(system) != before
    for row in reversed(undo):
        say(clerk, row.pair.left_id, row.pair.right_id, Word.TAKEN_BACK)
    assert state(system) == before
    rows = Membership.objects.for_system("a test").order_by("id")
    assert list(rows.values_list("record_id", flat=True)[: len(made)]) == made, "history is appended"
