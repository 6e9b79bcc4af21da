"""`craffu link explain`: why two records are or are not one person, each reason where it can be looked up (IDN-02 to 05)."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.cases.models import CaseRole
from craffu.cases.queries import parts_played
from craffu.config import cli
from craffu.intake.linking.explaining import Apart, Explained, explain, explain_pair
from craffu.intake.running import take_in
from craffu.linkage.actions import decide_pair
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.linkage.rules import Why
from craffu.people.queries import find_person, people_of_records, record_names
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write
from tests.factories.identities import NOBODYS, WHY, record_of, records, score
from tests.factories.orders import parties

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("link_clerk", username="reviewer")


def ask(by: Acting, left: int, right: int) -> Explained:
    names = record_names(by, (left, right))
    return explain(by, names[left], names[right])


def say(by: Acting, left: int, right: int, word: Word) -> None:
    decide_pair(by=by, left=left, right=right, given=NewWord(word, WHY), needs_another=False, roles_of=NOBODYS)


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("probability", "is_one", "because", "stands"),
    [
        (0.999, True, "auto", "link"),
        (0.9, False, "between_thresholds", "clerical"),
        (0.2, False, "below_clerical", "no_link"),
    ],
)
def test_what_the_model_said_of_two_is_shown_with_its_thresholds(
    probability: float, is_one: bool, because: str, stands: str, system: Acting, clerk: Acting
) -> None:
    a, b = records(system, 2)
    score(system, a, b, probability)
    found = ask(clerk, b, a)
    assert (found.is_one, found.because, found.stands, found.pair) == (is_one, because, stands, "L-10001")
    assert found.weighing is not None
    assert (found.weighing.probability, found.weighing.weight, found.weighing.model) == (probability, 9.0, 1)
    assert sum(weight for _what, _level, weight in found.weighing.levels) == 9.0
    assert (found.thresholds.auto, found.thresholds.clerical) == (0.99, 0.5)
    assert explain_pair(clerk, "L-10001").because == because
    assert "pair/L-10001" in found.refs


@pytest.mark.rule("IDN-04")
def test_a_persons_word_is_said_with_who_said_it_and_why(system: Acting, clerk: Acting) -> None:
    a, b = records(system, 2)
    score(system, a, b, 0.9999)
    say(clerk, a, b, Word.NOT_SAME)
    found = ask(clerk, a, b)
    assert (found.is_one, found.because) == (False, "human_decision")
    assert found.decided is not None
    assert (found.decided.word, found.decided.by.username, found.decided.reason) == ("not_same", "reviewer", WHY)


@pytest.mark.rule("IDN-04")
def test_those_whom_others_join_are_explained_by_the_way_between_them(system: Acting, clerk: Acting) -> None:
    a, b, c, d = records(system, 4)
    score(system, a, b)
    score(system, b, c)
    found = ask(clerk, a, c)
    assert (found.is_one, found.because, found.pair) == (True, "by_way_of_others", None)
    assert [(one.pair, one.why) for one in found.way] == [("L-10001", "auto"), ("L-10002", "auto")]
    person = people_of_records(system, [a])[a]
    later = record_of(system, "later", person=person)
    came = ask(clerk, a, later.pk)
    assert (came.is_one, came.because, [one.pair for one in came.way]) == (True, "came_as_one", [None])
    # Two persons who are one now are the records that came in as each; somebody else is every record of theirs.
    assert explain(clerk, "P-10001", "P-10002").because == "auto"
    score(system, c, d, 0.9)
    assert explain(clerk, "P-10004", "P-10001").pair == "L-10003"
    assert find_person(system, "P-10002") is not None


@pytest.mark.rule("IDN-04")
def test_a_link_that_is_held_names_the_two_who_may_not_meet(system: Acting, clerk: Acting) -> None:
    a, b, c = records(system, 3)
    score(system, a, b)
    score(system, b, c, 0.995)
    say(clerk, a, c, Word.NOT_SAME)
    found = ask(clerk, b, c)
    assert (found.is_one, found.because) == (False, "held")
    names = record_names(system, (a, c))
    assert found.held is not None
    assert (found.held.why, found.held.records) == ("human_decision", (names[a], names[c]))


@pytest.mark.rule("IDN-02")
def test_numbers_of_their_own_that_differ_are_named_by_their_kind(system: Acting, clerk: Acting) -> None:
    a, b = record_of(system, "a", "2020/0000001A").pk, record_of(system, "b", "2020/0000002B").pk
    assert ask(clerk, a, b).numbers_differ == ("pnc",)
    score(system, a, b)
    found = ask(clerk, a, b)
    assert (found.is_one, found.because, found.numbers_differ) == (False, "identifiers_conflict", ("pnc",))


@pytest.mark.rule("IDN-05")
def test_a_victim_and_a_suspect_are_said_to_be_so(system: Acting, clerk: Acting, tmp_path: object) -> None:
    _case, suspect, victim = parties(system, tmp_path)  # type: ignore[arg-type]
    assert ask(clerk, suspect.pk, victim.pk).roles_meet
    score(system, suspect.pk, victim.pk, 0.9999, parts_played)
    found = ask(clerk, suspect.pk, victim.pk)
    assert (found.is_one, found.because, found.roles_meet) == (False, "victim_and_suspect_roles", True)


def test_those_who_were_never_compared_are_told_by_what_a_run_would_find_them(system: Acting, clerk: Acting) -> None:
    a, b = records(system, 2)
    found = ask(clerk, a, b)
    assert (found.because, found.pair, found.weighing) == ("never_compared", None, None)
    assert "born" in found.found_by
    assert "given + born_month" in found.found_by
    assert "identifier" not in found.found_by
    assert ask(clerk, a, record_of(system, "x", "2020/0000001A").pk).found_by == found.found_by


def two_suspects(by: Acting, folder: Path) -> tuple[int, int]:
    """The records of two whom the police name in one crime, each under a key of its own."""
    write(folder, "crimes.csv", [row("rms", "crimes", 7, **UNGRADED)])
    write(folder, "persons.csv", [row("rms", "persons", one) for one in (70, 71)])
    parts = [
        row("rms", "involvements", one, crime_ref="CRIME7", person_ref=f"PERSON{one}", role="suspect")
        for one in (70, 71)
    ]
    write(folder, "involvements.csv", parts)
    assert take_in(by=by, kind="rms", paths=[folder]).run.rejected == 0
    one, other = CaseRole.objects.for_system("a test").order_by("record_id").values_list("record_id", flat=True)
    return one, other


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("IDN-04")
def test_what_would_hold_a_link_is_said_of_those_whom_no_run_compared(
    system: Acting, clerk: Acting, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = two_suspects(system, tmp_path / "inbox")
    names = record_names(system, (a, b))
    found = ask(clerk, a, b)
    assert (found.because, found.pair, found.held) == ("never_compared", None, None)
    assert found.would_hold == Apart(Why.NAMED_APART, (names[a], names[b]))
    assert typed(names[a], names[b], "--as", "reviewer") == 0
    assert (
        "would be held: It would join records that one source names in one case as two people"
        in capsys.readouterr().out
    )
    # Whoever is one with the other by way of a link is kept apart with them.
    c = record_of(system, "c").pk
    score(system, a, c, roles_of=parts_played)
    assert ask(clerk, b, c).would_hold == Apart(Why.NAMED_APART, (names[a], names[b]))
    d = record_of(system, "d").pk
    say(clerk, a, d, Word.NOT_SAME)
    assert typed(record_names(system, (c,))[c], record_names(system, (d,))[d], "--as", "reviewer", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["would_be_held"] == {"why": "human_decision", "apart": [names[a], record_names(system, (d,))[d]]}
    assert (answer["because"], answer["held"]) == ("never_compared", None)
    # Nothing would hold a link of theirs, and where there is one nothing has to be supposed.
    assert ask(clerk, d, record_of(system, "e").pk).would_hold is None
    assert ask(clerk, a, c).would_hold is None
    score(system, a, b, roles_of=parts_played)
    found = ask(clerk, a, b)
    assert (found.because, found.stands) == ("named_apart", "clerical")


def typed(*words: str) -> int:
    return cli.main(["link", "explain", *words])


@pytest.mark.rule("SEC-04")
def test_the_command_answers_and_the_log_names_whom_it_was_asked_of(
    system: Acting, clerk: Acting, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = records(system, 2)
    score(system, a, b, 0.9)
    before = Event.objects.count()
    assert typed("P-10001", "P-10002", "--as", "reviewer", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["probability"], answer["weight"], answer["one_person"]) == (0.9, 9.0, False)
    assert [one["comparison"] for one in answer["comparisons"]] == ["prior", "born", "given", "address"]
    assert answer["comparisons"][1] == {
        "comparison": "born", "compared": "Date of birth", "level": "same", "alike": "Exactly alike", "weight": 13.0,
        "total": 5.0, "probability": pytest.approx(32 / 33),
    }  # fmt: skip
    assert answer["comparisons"][-1]["total"] == answer["weight"]
    (row,) = Event.objects.order_by("id")[before:]
    assert row.verb == "consultation"
    assert all(one in row.payload for one in ("pair/L-10001", "person/P-10001", "person/P-10002"))
    assert typed("L-10001", "--as", "reviewer") == 0
    said = capsys.readouterr().out
    assert "are two people (P-10001, P-10002): The model is not sure." in said
    assert "Date of birth" in said
    say(clerk, a, b, Word.NOT_SAME)
    assert typed("P-10001", "P-10002", "--as", "reviewer") == 0
    assert f"reviewer said so of L-10001: {WHY}" in capsys.readouterr().out


@pytest.mark.rule("SEC-02")
def test_a_record_of_a_court_is_asked_about_by_our_number_and_no_answer_names_its_case(
    system: Acting, clerk: Acting, capsys: pytest.CaptureFixture[str]
) -> None:
    of_court = record_of(system, "63AA0000125/-/0", source="court-results").pk
    [of_police] = records(system, 1)
    score(system, of_court, of_police)
    called = f"court-results/{of_court}"
    theirs = record_names(system, (of_police,))[of_police]

    assert explain(clerk, called, theirs).left.names == (called,)
    for asked in ((called, theirs), ("L-10001",), ("P-10001", "P-10002")):
        assert typed(*asked, "--as", "reviewer", "--json") == 0
    said = capsys.readouterr().out
    assert said.count(called) >= 3
    assert "63AA0000125" not in said
    # Whoever knows the court's own name of it may ask by that.
    assert explain(clerk, "court-results/63AA0000125/-/0", theirs).left.names == (called,)
    assert typed(f"rms/{of_police}", called, "--as", "reviewer") == 2, "police's is called as they call it"
    assert typed(f"court-results/{'9' * 30}", called, "--as", "reviewer") == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say which two"),
        (("P-10001", "P-10001"), "one and the same record"),
        (("P-10001", "P-99999"), "Say which two"),
        (("rms/r0", "rms/nobody"), "Say which two"),
        (("L-99999",), "Say which two"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_line(
    words: tuple[str, ...], said: str, system: Acting, clerk: Acting, capsys: pytest.CaptureFixture[str]
) -> None:
    records(system, 2)
    assert typed(*words, "--as", "reviewer") == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.rule("SEC-02")
def test_whoever_may_not_see_pairs_is_told_nothing(
    system: Acting, acting_as: Callable[..., Acting], capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = records(system, 2)
    score(system, a, b, 0.9)
    acting_as("investigator", username="ivy")
    before = Event.objects.filter(kind="pair_viewed").count()
    assert typed("P-10001", "P-10002", "--as", "ivy", "--json") == 2
    assert capsys.readouterr().out == ""
    assert Event.objects.filter(kind="pair_viewed").count() == before


@pytest.mark.rule("SEC-02")
def test_the_records_of_another_force_are_not_there(
    system: Acting, other_force: Force, acting_as: Callable[..., Acting], capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = records(system, 2)
    score(system, a, b, 0.9)
    acting_as("link_clerk", force=other_force, username="elsewhere")
    for words in (("P-10001", "P-10002"), ("L-10001",)):
        assert typed(*words, "--as", "elsewhere", "--json") == 2
    assert capsys.readouterr().out == ""
