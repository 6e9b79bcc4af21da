"""The page of a pair: what each record says, what hangs on it, what can be said of it and what counts (P35, IDN-02 to IDN-05)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.queries import acting_user
from craffu.cases.queries import parts_played
from craffu.common import clock
from craffu.daily.ticking import tick
from craffu.intake.linking.stakes import stakes_of
from craffu.linkage.forming import Scope, Word
from craffu.linkage.models import Pair
from craffu.linkage.rules import Decision, Harm, Why
from craffu.people.models import RecordVersion, SourceRecord
from craffu.people.queries import people_of_records
from craffu.victims.begun import Begun
from craffu.web.linkage import words
from craffu.web.linkage.presenters import record_words
from tests.factories.identities import persons, record_of, records, score, state
from tests.factories.orders import parties
from tests.factories.records import one_more_of
from tests.factories.reviews import in_force
from tests.web.conftest import text_of

pytestmark = pytest.mark.django_db

PAIR = "/linkage/pairs/L-10001"
WHY = "The same date of birth, and the same tattoo in both"


@pytest.fixture
def clerk(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("link_clerk")


@pytest.fixture
def another(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("link_clerk")


@pytest.fixture
def two(system: Acting) -> list[int]:
    made = records(system, 2)
    score(system, *made, 0.9876)
    return made


def version_on(client: Client) -> str:
    found = re.search(r'name="version" value="([^"]*)"', client.get(PAIR).content.decode())
    return found[1] if found else ""


def post(client: Client, asks: str, **said: str) -> str:
    version = version_on(client)
    return text_of(client.post(PAIR, {"asks": asks, "version": version, **said}, follow=True))


def decide(client: Client, word: Word = Word.SAME, **said: str) -> str:
    return post(client, "decide", **{"word": word.value, "scope": Scope.RECORDS.value, "reason": WHY, **said})


def test_whatever_is_shown_has_words() -> None:
    assert set(words.STANDS) == set(Decision)
    assert set(words.WHYS) == set(Why)
    assert set(words.WORDS) == set(Word)
    assert set(words.SCOPES) == set(Scope)
    assert set(words.HARMS) == set(Harm)
    assert set(words.BEGUN) == set(Begun)


@pytest.mark.rule("IDN-02")
def test_a_pair_that_waits_is_listed_decided_on_and_gone(system: Acting, clerk: Client, two: list[int]) -> None:
    listed = text_of(clerk.get("/linkage/pairs"))
    assert (
        "L-10001 Rhys Evans r0, 2 March 1984 (P-10001) Rhys Evans r1, 2 March 1984 (P-10002) 98.76% The model is not sure No case"
        in listed
    )
    page = text_of(clerk.get(PAIR))
    for said in (
        "Family name Evans r0 Evans r1 They differ",
        "Born 2 March 1984 2 March 1984 The same",
        "98.76%",
        "Any two records Before anything is compared −8.0 −8.0 0.38%",
        "Date of birth Exactly alike +13.0 +5.0 96.96%",
        "Given name Exactly alike +5.0 +10.0 99.90%",
        "Address Not the same −1.0 +9.0 99.80%",
    ):
        assert said in page
    assert "counts from now on" in decide(clerk)
    assert persons(system) == [two]
    assert "No pair waits for a person." in text_of(clerk.get("/linkage/pairs"))
    assert WHY in text_of(clerk.get(PAIR))


@pytest.mark.rule("IDN-03")
def test_what_was_decided_is_taken_back(system: Acting, clerk: Client, two: list[int]) -> None:
    decide(clerk)
    assert "counts from now on" in post(clerk, "take_back", reason="The tattoos differ")
    assert persons(system) == [[two[0]], [two[1]]]
    assert "Take it back" not in text_of(clerk.get(PAIR))


@pytest.mark.parametrize(
    ("asks", "said", "problem"),
    [
        ("decide", {"scope": "records", "reason": WHY}, "Say whether they are one person"),
        ("decide", {"word": "same", "scope": "records", "reason": " "}, "Say why."),
        ("decide", {"word": "taken_back", "scope": "records", "reason": WHY}, "Select a valid choice"),
    ],
)
def test_what_is_lacking_is_said_beside_its_field(
    asks: str, said: dict[str, str], problem: str, system: Acting, clerk: Client, two: list[int]
) -> None:
    assert problem in post(clerk, asks, **said)
    assert persons(system) == [[two[0]], [two[1]]]


def test_T30_whoever_decides_on_an_older_page_is_told(clerk: Client, another: Client, two: list[int]) -> None:
    seen = version_on(another)
    decide(clerk)
    said = {"asks": "decide", "word": "not_same", "scope": "records", "reason": WHY, "version": seen}
    answer = another.post(PAIR, said)
    assert answer.status_code == 409
    assert "Somebody else changed this while you had it open" in text_of(answer)


@pytest.mark.rule("IDN-04")
def test_where_an_order_stands_a_word_counts_once_somebody_else_agrees(
    system: Acting, clerk: Client, another: Client, make_user: Callable[..., object], tmp_path: Path
) -> None:
    order = in_force(system, acting_user(make_user("orders_team")), tmp_path)
    late = record_of(system, "late").pk
    score(system, order.respondent_id, late, 0.9)
    assert stakes_of(system, [order.respondent_id])[order.respondent_id].harm is Harm.PROTECTED
    before = persons(system)
    page = text_of(clerk.get(PAIR))
    assert "counts once somebody else agrees" in page
    assert "Orders that stand 1 0" in page
    assert "Order stands, or restricted" in text_of(clerk.get("/linkage/pairs"))
    assert "counts once somebody else agrees" in decide(clerk)
    assert "waits for a second opinion, which somebody else gives" in text_of(clerk.get(PAIR))
    listed = text_of(another.get("/linkage/pairs"))
    assert "L-10001" in listed
    assert "What a colleague said waits for a second opinion Order stands, or restricted" in listed
    assert "No cases: nobody has given a second opinion yet." in listed
    assert persons(system) == before
    assert "Say why." in post(another, "agree", agrees="no", words="")
    assert "counts from now on" in post(another, "agree", agrees="yes", words="")
    assert sorted([order.respondent_id, late]) in persons(system)
    assert "Agreed, by" in text_of(clerk.get(PAIR))
    listed = text_of(clerk.get("/linkage/pairs"))
    assert "No pair waits for a person." in listed
    assert "100.0% of second opinions agree with the first reviewer: 1 of 1, from " in listed
    assert "95% interval 20.7% to 100.0%" in listed


@pytest.mark.rule("IDN-05")
def test_a_victim_and_a_suspect_alike_wait_for_a_person_and_the_page_says_why(
    system: Acting, clerk: Client, tmp_path: Path
) -> None:
    _case, suspect, victim = parties(system, tmp_path)
    score(system, suspect.pk, victim.pk, 0.9999, parts_played)
    page = text_of(clerk.get(PAIR))
    assert "It would join a victim and a suspect" in page
    assert "Victim in 1 case" in page
    assert "Suspect in 1 case" in page
    before = persons(system)
    assert "counts from now on" in decide(clerk)
    assert sorted([suspect.pk, victim.pk]) in persons(system)
    assert before != persons(system)


@pytest.mark.rule("VIC-09")
@pytest.mark.rule("IDN-01")
def test_where_somebody_lives_is_compared_and_never_shown(system: Acting, clerk: Client) -> None:
    a, b = records(system, 2)
    one_more_of(system, a, ("address", "9 Heol Fach, Llandeilo, SA19 6AA"), key="x")
    one_more_of(system, b, ("address", "9 Heol Fach, Llandeilo, SA19 6AA"), key="y")
    x, y = (
        SourceRecord.objects.for_system("a test").filter(source="housing").order_by("id").values_list("pk", flat=True)
    )
    score(system, x, y, 0.9)
    page = text_of(clerk.get(PAIR))
    assert "Address Given, not shown Given, not shown One is the same" in page
    assert not [one for one in ("Heol Fach", "SA19", "Llandeilo") if one in page]


def test_those_come_first_on_every_page_where_a_wrong_word_would_do_most_harm(
    system: Acting, clerk: Client, make_user: Callable[..., object], force: Force, tmp_path: Path
) -> None:
    for left, right in zip(records_more(system, 51), records_more(system, 51, "z"), strict=True):
        score(system, left, right, 0.8)
    order = in_force(system, acting_user(make_user("orders_team")), tmp_path)
    score(system, order.respondent_id, record_of(system, "late").pk, 0.6)
    tick(force=force, at=clock.now())
    listed = clerk.get("/linkage/pairs").content.decode()
    assert re.findall(r"L-\d{5}", listed)[0] == "L-10052"


def test_T35_the_pages_ask_no_more_for_many_pairs(system: Acting, clerk: Client, two: list[int]) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as made:
            assert clerk.get(path).status_code == 200
        return len(made)

    clerk.get("/linkage/pairs")
    few, one = queries("/linkage/pairs"), queries(PAIR)
    for left, right in zip(records_more(system, 6), records_more(system, 6, "z"), strict=True):
        score(system, left, right, 0.8)
    assert Pair.objects.for_system("a test").count() == 7
    assert (queries("/linkage/pairs"), queries(PAIR)) == (few, one)


def records_more(by: Acting, number: int, key: str = "m") -> list[int]:
    return [record_of(by, f"{key}{place}").pk for place in range(number)]


def test_in_welsh(clerk: Client, two: list[int]) -> None:
    assert "Ai’r un person yw’r rhain? L-10001" in text_of(clerk.get(f"/cy{PAIR}"))
    assert "Parau i benderfynu arnynt" in text_of(clerk.get("/cy/linkage/pairs"))


MERGES = "/linkage/merges/P-10001"


@pytest.mark.rule("IDN-03")
def test_a_wrong_merge_is_found_parted_and_given_back(system: Acting, clerk: Client) -> None:
    a, b, c = records(system, 3)
    score(system, a, b)
    score(system, b, c)
    before = state(system)
    page = text_of(clerk.get(MERGES))
    assert "Police records: Rhys Evans r1, born 2 March 1984 P-10002 1" in page
    assert "P-10002 P-10001 The model links it test" in page
    assert "Choose the records that are somebody else’s" in text_of(clerk.post(MERGES, {"step": "see", "reason": WHY}))
    said = {"records": [str(c)], "reason": WHY}
    answer = clerk.post(MERGES, {**said, "step": "see"})
    said["version"], seen = _version_in(answer), text_of(answer)
    assert "Police records: Rhys Evans r2, born 2 March 1984 Goes" in seen
    assert "Police records: Rhys Evans r1, born 2 March 1984 Stays" in seen
    assert state(system) == before
    assert "These records are parted." in text_of(clerk.post(MERGES, {**said, "step": "part"}, follow=True))
    assert persons(system) == [[a, b], [c]]
    assert "No record is held to be this person’s now." in text_of(clerk.get("/linkage/merges/P-10002"))
    taken = clerk.post(
        "/linkage/pairs/L-10003", {"asks": "take_back", "reason": WHY, "version": _version("L-10003", clerk)}
    )
    assert taken.status_code == 302
    assert state(system) == before


@pytest.mark.rule("IDN-03")
def test_all_of_a_persons_records_are_not_parted_and_where_an_order_stands_pairs_are_decided_on(
    system: Acting, clerk: Client, make_user: Callable[..., object], tmp_path: Path
) -> None:
    order = in_force(system, acting_user(make_user("orders_team")), tmp_path)
    late = record_of(system, "late").pk
    score(system, order.respondent_id, late)
    person = people_of_records(system, [late])[late].reference
    page = f"/linkage/merges/{person}"
    said = {"reason": WHY, "step": "part"}
    answer = clerk.post(page, {**said, "records": [str(late)], "version": _version_in(clerk.get(page))})
    assert "each needs a second opinion" in text_of(answer)
    a, b = records(system, 2)
    score(system, a, b)
    page = f"/linkage/merges/{people_of_records(system, [a])[a].reference}"
    answer = clerk.post(page, {**said, "records": [str(a), str(b)], "version": _version_in(clerk.get(page))})
    assert "leave at least one" in text_of(answer)
    assert "O beth y mae" in text_of(clerk.get(f"/cy{page}"))


@pytest.mark.rule("IDN-03")
def test_T30_whoever_parts_records_of_somebody_who_has_others_since_is_told_and_sees_them(
    system: Acting, clerk: Client
) -> None:
    a, b, c = records(system, 3)
    score(system, a, b)
    said = {"records": [str(b)], "reason": WHY}
    version = _version_in(clerk.post(MERGES, {**said, "step": "see"}))
    score(system, b, c)
    answer = clerk.post(MERGES, {**said, "step": "part", "version": version})
    assert answer.status_code == 409
    assert "Rhys Evans r2" in text_of(answer)
    assert persons(system) == [[a, b, c]]
    again = clerk.post(MERGES, {**said, "step": "part", "version": _version_in(answer)})
    assert again.status_code == 302
    assert [b] in persons(system)


def _version(pair: str, client: Client) -> str:
    return _version_in(client.get(f"/linkage/pairs/{pair}"))


def _version_in(answer: Any) -> str:
    found = re.search(r'name="version" value="([^"]*)"', answer.content.decode())
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", "Police records: Rhys Evans, date of birth not given"),
        ("cy", "Cofnodion yr heddlu: Rhys Evans, dyddiad geni heb ei roi"),
    ],
)
def test_a_record_that_gives_no_date_of_birth_says_so(language: str, wanted: str) -> None:
    one = RecordVersion(source="rms", given_names="Rhys", family_name="Evans")
    with translation.override(language):
        assert record_words([one]) == wanted
