"""T2 of breach histories: of incidents in a case that is shut no number leaves, however somebody looks (SEC-01, SEC-02)."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.breaches.history import actions
from craffu.breaches.models import HistoryPrinted
from craffu.cases.models import Offence
from craffu.cases.number_queries import court_numbers_later
from craffu.config import cli
from craffu.orders.models import Order
from craffu.web.histories import paper as on_paper
from tests.factories.areas import two_areas
from tests.factories.shut_history import ARRESTS, CANARY, COURTS, OPEN, SAID, Shut, shut_history
from tests.integration.breaches.conftest import HOUR, NOW, clock, served, team  # noqa: F401 (fixtures)
from tests.web.exports.test_exports import taken
from tests.web.histories.test_printed import COURT, FORCE, paper, squeezed
from tests.web.restricted.conftest import user_of
from tests.worlds import World, force, kept, world  # noqa: F401 (fixtures)

pytestmark = [pytest.mark.rule("SEC-01"), pytest.mark.rule("SEC-02"), pytest.mark.rule("BRC-07")]
LATER = NOW + 4 * HOUR
WAYS = ("timeline", "views", "table")
NARROWED = (
    "source=court", "source=contact", "source=contact&known-at=2026-11-24", "source=crime", "source=custody",
    "source=probation", "view=prosecution", "view=court", "proved=yes", "disagrees=on", "known-at=2026-11-24",
)  # fmt: skip


@kept(at=NOW)
def found(world: World, served: Order) -> Shut:  # noqa: F811
    return shut_history(world, served)


@pytest.fixture
def keeper(
    found: Shut, clock: Any, signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]  # noqa: F811
) -> Client:  # fmt: skip
    """Who may open every case."""
    clock.move_to(LATER)
    return confirmed(signed_in_client("coordinator", "investigator", username="keeper"))


@pytest.fixture(params=["restricted", pytest.param("of another area", marks=pytest.mark.deep)])
def reader(
    request: pytest.FixtureRequest, found: Shut, keeper: Client, system: Acting, signed_in_client: Callable[..., Client],
    confirmed: Callable[..., Client],
) -> Client:  # fmt: skip
    """Who may not open some."""
    client = confirmed(signed_in_client("supervisor", username="reader"))
    by = acting_user(user_of(keeper))
    if request.param == "restricted":
        for one in found.shut:
            restrict(by=by, kind="case", reference=one, reason="a test")
        return client
    areas = two_areas(system)
    for one in found.open:
        areas.place(by, one, "north-1")
    for one in found.shut:
        areas.place(by, one, "south-1")
    areas.post(user_of(client), "north")
    areas.narrow("supervisor")
    return client


@pytest.fixture
def everything(found: Shut, capsys: pytest.CaptureFixture[str]) -> Callable[[Client], dict[str, str]]:
    """All that somebody is told of the history, by where."""

    def told(client: Client) -> dict[str, str]:
        return {
            **dict(_pages(client, found)), **dict(_papers(client, found)), **dict(_answers(client, found)),
            **dict(_said_by_the_command(client, found, capsys)),
        }  # fmt: skip

    return told


def _pages(client: Client, found: Shut) -> Iterator[tuple[str, str]]:
    person, breach = f"/people/{found.person}", f"/breaches/{found.breach}"
    asked = [f"{person}/breaches?as={way}" for way in WAYS]
    asked += [f"{person}{rest}" for rest in ("", "/now", "/breaches/new", "/breaches/print", "/breaches/answer")]
    asked += [f"{breach}{rest}" for rest in ("/triage", "/answers", "/again", "/standpoints/new", "/mismatches")]
    narrowed = [f"{person}/breaches?as=table&{query}" for query in (f"order={found.order}", *NARROWED)]
    for path in (*asked, *(f"/cy{path}" for path in asked), *narrowed):
        answer = client.get(path)
        assert answer.status_code == 200, path
        yield path, answer.content.decode()


def _papers(client: Client, found: Shut) -> Iterator[tuple[str, str]]:
    """For a court and another force, each once more as it left, and files for other tools."""
    at = f"/people/{found.person}/breaches"
    for path, form in ((f"{at}/print", COURT), (f"{at}/answer", FORCE), (f"/cy{at}/print", COURT)):
        yield f"paper {path}", paper(client.post(path, form))
    last = HistoryPrinted.objects.for_system("a test").order_by("-id")[0]
    assert paper(client.post(f"{at}/printed/{last.pk}", COURT))
    yield "as it left", client.get(f"{at}/printed/{last.pk}").content.decode()
    for path in (f"/people/{found.person}/export", "/people/export"):
        yield path, taken(client, path).content.decode()


def _answers(client: Client, found: Shut) -> Iterator[tuple[str, str]]:
    history = f"/api/v1/people/{found.person}/breaches"
    for path in (history, f"{history}?as_known=2026-11-24T15:30:00Z", f"/api/v1/breaches/{found.breach}"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        yield path, answer.content.decode()


def _said_by_the_command(client: Client, found: Shut, capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[str, str]]:
    for more in ((), ("--json",), ("--as-known", "2026-11-24T15:30", "--json")):
        assert cli.main(["person", "history", found.person, "--as", user_of(client).username, *more]) == 0
        yield f"craffu person history {' '.join(more)}", capsys.readouterr().out


def test_T2_whoever_may_not_open_a_case_is_told_none_of_its_numbers(
    found: Shut, reader: Client, everything: Callable[[Client], dict[str, str]]
) -> None:
    numbers = [*found.numbers, CANARY, SAID]
    assert {"CRIME3", "CRIME4", "CRIME5", "CUSTODY2", "CUSTODY3", "CONTACT7", *COURTS} <= {*numbers}

    told = everything(reader)

    # An arrest's number is one of the person's own: it is told of who they are, and names no case (IDN-02).
    who = {f"/people/{found.person}/export": ARRESTS}
    told_of = [(where, one) for where, said in told.items() for one in numbers if one in said or squeezed(one) in said]
    assert [(where, one) for where, one in told_of if one not in who.get(where, ())] == []
    assert all(one in told[f"/people/{found.person}/breaches?as=table"] for one in (OPEN, "CRIME2"))
    # What came with an incident that is shut is counted as before, as known then too.
    alike = [
        told[f"/people/{found.person}/breaches?as=table&source=contact{then}"] for then in ("", "&known-at=2026-11-24")
    ]
    assert [found.breach in text for text in alike] == [True, True]
    charges = Offence.objects.for_system("a test").filter(case__reference__in=found.shut)
    shut = {str(one) for one in charges.values_list("pk", flat=True)}
    for answer in (json.loads(said) for said in told.values() if said.startswith("{")):
        rows = answer.get("breaches", [answer])
        assert [one["breach"] for one in rows].count(found.breach) == 1
        assert {number for one in rows for number in one["ptiurns"]} == {OPEN}
        assert not [each for one in rows for each in one["sources"] if each["kind"] == "court" and each["key"] in shut]


def test_T2_a_charge_of_a_case_that_is_shut_has_no_number(found: Shut, keeper: Client, reader: Client) -> None:
    charges = Offence.objects.for_system("a test").filter(case__reference__in=found.shut).values_list("pk", flat=True)

    assert court_numbers_later(acting_user(user_of(reader)), {*charges}).answer == {}
    may = court_numbers_later(acting_user(user_of(keeper)), {*charges}).answer
    assert sorted(one for several in may.values() for one in several) == sorted(COURTS)


@pytest.mark.postgres_in_deep
def test_whoever_may_open_them_finds_each_crime_and_each_charge_by_its_number(
    found: Shut, keeper: Client, everything: Callable[[Client], dict[str, str]]
) -> None:
    numbers = found.told
    assert len(numbers) == 7, "three crimes, and four cases at court"

    told = everything(keeper)

    at = f"/people/{found.person}/breaches"
    papers = [where for where in told if where.startswith(("paper", "craffu"))]
    whole = [*papers, *(f"{at}?as={way}" for way in ("timeline", "table")), f"/api/v1{at}"]
    assert [(where, one) for where in whole for one in numbers if one not in told[where]] == []
    assert [one for one in numbers if one.startswith("63") and one not in told[f"{at}?as=views"]] == []
    # A record of a court is called by our number of its row, whoever asks.
    assert not [where for where in whole for one in numbers if f"court-results/{one}" in told[where]]
    said = json.loads(told["craffu person history --json"])
    [one] = [each for each in said["breaches"] if each["breach"] == found.breach]
    assert sorted(one["ptiurns"]) == sorted({*one["ptiurns"]})
    assert len(one["ptiurns"]) == 3, (
        "its own, that of what was joined, and that of the crime for which the detention is"
    )
    assert [name for name in said["records"] if name.startswith("court-results/")]


def test_what_left_before_courts_numbers_stood_on_it_opens_again(
    found: Shut, keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = f"/people/{found.person}/breaches"
    with monkeypatch.context() as before:
        for module in (actions, on_paper):
            before.setattr(module, "facts_of", actions._facts_as_before)
        left = keeper.post(f"{at}/print", COURT).content
    [row] = HistoryPrinted.objects.for_system("a test")

    assert keeper.post(f"{at}/printed/{row.pk}", COURT).content == left
    assert keeper.post(f"{at}/print", COURT).status_code == 200
    assert len({one.facts for one in HistoryPrinted.objects.for_system("a test")}) == 2
