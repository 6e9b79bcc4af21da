"""`craffu person merge|split`: a word at the command, taken back as on the page, and never any but a person’s (IDN-03)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.audit.models import Event
from craffu.config import cli
from craffu.linkage.models import PairDecided
from craffu.people.queries import people_of_records, record_names
from tests.factories.identities import WHY, persons, record_of, records, score, state
from tests.factories.reviews import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.rule("IDN-03"), pytest.mark.rule("IDN-04")]
type Say = Callable[..., dict[str, Any]]


@pytest.fixture
def say(acting_as: Callable[..., Acting], capsys: pytest.CaptureFixture[str]) -> Say:
    """`say("merge", "P-10001", "P-10002")` says it as a reviewer and gives the answer."""
    for name in ("ann", "ben"):
        acting_as("link_clerk", username=name)

    def said(action: str, *words: str, reason: str = WHY, by: str = "ann") -> dict[str, Any]:
        assert cli.main(["person", action, *words, "--reason", reason, "--as", by, "--json"]) == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return said


def test_two_persons_are_merged_whole_and_given_back_whole(system: Acting, say: Say) -> None:
    a, b, c = records(system, 3)
    score(system, b, c)
    before = state(system)
    answer = say("merge", "P-10001", "P-10002")
    assert (answer["word"], answer["one_person"], answer["needs_second_opinion"]) == ("same", True, False)
    assert persons(system) == [[a, b, c]]
    assert PairDecided.objects.for_system("a test").filter(word="same").count() == 2
    kinds = set(Event.objects.filter(verb="combination").values_list("kind", flat=True))
    assert {"pair_decided", "persons_changed"} <= kinds
    assert say("merge", answer["pair"], "--undo")["one_person"] is False
    assert state(system) == before


def test_two_records_alone_are_joined_and_parted(system: Acting, say: Say) -> None:
    a, b = records(system, 2)
    names = record_names(system, (a, b))
    assert say("merge", names[a], names[b])["one_person"] is True
    assert say("split", names[a], names[b])["persons"] == ["P-10001", "P-10002"]
    assert say("split", names[a], names[b], "--undo")["one_person"] is True
    assert persons(system) == [[a, b]]


def test_a_record_is_parted_from_all_others_of_its_person(system: Acting, say: Say) -> None:
    a, b, c = records(system, 3)
    score(system, a, b)
    score(system, b, c)
    score(system, a, c)
    before = state(system)
    assert say("split", "P-10001", "P-10003")["one_person"] is False
    assert persons(system) == [[a, b], [c]]
    say("split", "P-10001", "P-10003", "--undo")
    assert state(system) == before


def test_where_an_order_stands_it_counts_once_somebody_else_agrees(
    system: Acting, say: Say, make_user: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = in_force(system, acting_user(make_user("orders_team")), tmp_path)
    late = record_of(system, "late").pk
    people = people_of_records(system, [order.respondent_id, late])
    pair = [people[order.respondent_id].reference, people[late].reference]
    answer = say("merge", *pair)
    assert (answer["needs_second_opinion"], answer["one_person"]) == (True, False)
    assert cli.main(["person", "merge", answer["pair"], "--agree", "yes", "--as", "ann"]) == 2
    assert "You decided this yourself" in capsys.readouterr().err
    assert say("merge", answer["pair"], "--agree", "yes", by="ben")["one_person"] is True
    assert sorted([order.respondent_id, late]) in persons(system)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["merge", "P-10001", "P-10002", "--as", "ann"], "Say why."),
        (["merge", "P-10001", "--as", "ann"], "Say which two and why: craffu person merge"),
        (["merge", "P-10001", "P-77777", "--as", "ann"], "Say which two"),
        (["merge", "P-10003", "P-10004", "--reason", "x", "--as", "ann"], "one person already, P-10003"),
        (["split", "P-10001", "P-10002", "--reason", "x", "--as", "ann"], "two people already, P-10001 and P-10002"),
        (["split", "P-10001", "P-10002", "--undo", "--reason", "x", "--as", "ann"], "Nobody has said anything"),
        (["merge", "P-10001", "P-10002", "P-10003", "--as", "ann"], "Say which two"),
        (["merge", "P-10001", "P-10002", "--reason", "x", "--as", "ivy"], "open to: Linkage reviewer"),
        # Whoever is at the machine, and what works unattended, decides nothing.
        (["merge", "P-10001", "P-10002", "--reason", "x"], "an account that may: --as USER"),
        (["merge", "P-10001", "P-10002", "--reason", "x", "--as", "svc.nightly"], "no service account"),
    ],
)
def test_what_cannot_be_said_is_refused_in_a_line_that_says_what_to_do(
    words: list[str], said: str, system: Acting, say: Say, acting_as: Callable[..., Acting],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    made = records(system, 4)
    score(system, made[2], made[3])
    acting_as("investigator", username="ivy")
    before = state(system)
    assert cli.main(["person", *words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert state(system) == before
    assert not PairDecided.objects.for_system("a test").exists()
