"""The page of a breach history: complete, sourced, from every standpoint, and never "no breaches" (page map, P06, W4)."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.breaches.detecting.facts import Reported
from craffu.breaches.history import queries
from craffu.breaches.ledger.reporting import report_breach
from craffu.breaches.models import Breach
from craffu.common.clock import now
from craffu.config import cli
from craffu.linkage.forming import Word
from craffu.orders.models import Order
from craffu.people.queries import people_of_records
from tests.factories.breaches import breaches, reported, send_incident
from tests.factories.victims import send_victim
from tests.integration.breaches.conftest import DAY, HOUR, NOW
from tests.integration.breaches.test_detecting import run, sent
from tests.integration.breaches.test_history import Reviewers
from tests.logged import refs_said_by
from tests.web.conftest import Visit, text_of, title_of

MINUTE = timedelta(minutes=1)
# As many as a page asks at most (page map, section 8).
MOST_QUERIES = 25

pytestmark = [pytest.mark.django_db, pytest.mark.rule("BRC-07"), pytest.mark.rule("IDN-06")]


@pytest.fixture
def at(served: Order, system: Acting) -> str:
    return f"/people/{people_of_records(system, [served.respondent_id])[served.respondent_id].reference}/breaches"


def test_P06_it_says_what_is_recorded_and_what_is_not_counted(
    signed_in_client: Callable[..., Client], three: list[Breach], served: Order, at: str, visit: Visit
) -> None:
    answer, rows = visit(signed_in_client("investigator"), at)

    page = text_of(answer)
    assert title_of(answer).startswith("Breach history P-")
    assert "Breaches: 2 recorded, 1 proved. Possible, not counted: 1." in page
    assert "Police records: 24 November 2026, 12:00" in page
    assert "Probation: not received yet" in page
    assert "Records that await a linkage decision: 0." in page
    assert f"{served.reference} Stalking protection order (full) 2 1 1 0 1 1" in page
    assert "Shown: 1 to 3 of 3" in page
    assert "Report a possible breach Is this a breach? The terms that stand now" in page
    assert [row.kind for row in rows] == ["breaches_viewed"]
    assert {f"breach/{one.reference}" for one in three} <= set(refs_said_by(rows[0]))


def test_P06_what_does_not_agree_stands_with_its_code_owner_and_age(
    signed_in_client: Callable[..., Client], three: list[Breach], at: str
) -> None:
    page = text_of(signed_in_client("investigator").get(at))

    assert "Does not agree (2)" in page
    assert f"{three[1].reference} M10: Reported, and police decided that it is not a breach" in page
    assert "Nobody yet, in the queue: Possible breaches" in page


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("timeline", ["Orders, and the breaches on this page", "A recorded crime: Police records CRIME2, received"]),
        ("views", ["Police decision Prosecution Court result Probation Victim told", "Nothing received"]),
        ("table", ["Record of this person, as its source says", "Court result: Proved"]),
        ("nonsense", ["Orders, and the breaches on this page"]),
    ],
)
def test_P06_it_is_looked_at_in_three_ways(
    signed_in_client: Callable[..., Client], three: list[Breach], at: str, way: str, said: list[str]
) -> None:
    page = text_of(signed_in_client("response_officer").get(f"{at}?as={way}"))

    for words in said:
        assert words in page


@pytest.mark.rule("BRC-06")
def test_P06_one_of_which_nobody_can_say_when_it_was_stands_under_no_day_of_its_own(
    acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client], served: Order, at: str
) -> None:
    person = at.split("/")[2]
    told = Reported("at the door", None, order=served.reference, words="He rang her")
    door = acting_as("response_officer", username="door")
    report_breach(by=door, person=person, given=told)
    reported(door, person, NOW - HOUR, "2", order=served.reference, words="At her gate")

    answer = signed_in_client("investigator").get(at)

    between = "Between 20 November 2026 and 24 November 2026"
    days = re.findall(r"<h3[^>]*>\s*([^<]*2026)\s*</h3>", answer.content.decode())
    assert days == [between, "24 November 2026"], "what may be the latest is not behind what was"
    page = text_of(answer)
    assert "Each mark is a breach. One that happened between two days is marked on the last of them." in page
    assert f"{breaches()[0].reference}, {between}: Reported as a breach, not decided" in page, (
        "in the table of the picture too"
    )


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("proved=yes", "Shown: 1 to 1 of 1"),
        ("proved=open", "Shown: 1 to 2 of 2"),
        ("source=probation", "None match these filters."),
        ("disagrees=on", "Shown: 1 to 2 of 2"),
        ("last_day=22&last_month=11&last_year=2026", "Shown: 1 to 2 of 2"),
        ("first_day=40&first_month=11&first_year=2026", "Shown: 1 to 3 of 3"),
        ("order=O-99999", "Shown: 1 to 3 of 3"),
    ],
)
def test_P06_it_is_narrowed(
    signed_in_client: Callable[..., Client], three: list[Breach], at: str, asked: str, shown: str
) -> None:
    assert shown in text_of(signed_in_client("supervisor").get(f"{at}?{asked}"))


def test_P06_where_nothing_came_each_source_says_when_it_was_last_received(
    signed_in_client: Callable[..., Client], served: Order, at: str
) -> None:
    page = text_of(signed_in_client("victim_officer").get(at))

    assert "No breach received." in page
    assert "Court results: not received yet" in page
    assert "Breaches: 0 recorded, 0 proved." in page


def test_IDN_06_as_known_on_an_earlier_day_nothing_later_shows(
    signed_in_client: Callable[..., Client], three: list[Breach], at: str
) -> None:
    page = text_of(signed_in_client("investigator").get(f"{at}?known-at=2026-11-23"))

    assert "As known at the end of 23 November 2026" in page
    assert "No breach received." in page
    assert "Police records: not received yet" in page


def test_IDN_06_as_known_earlier_it_says_no_more_of_what_does_not_agree_than_it_knows_and_stays_earlier(
    signed_in_client: Callable[..., Client], three: list[Breach], at: str, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.shift(DAY)
    client = signed_in_client("investigator")
    now, then = (text_of(client.get(f"{at}{query}")) for query in ("", "?known-at=2026-11-24"))
    assert "Whose work" in now
    assert "Does not agree (2)" in then
    assert f"{three[1].reference} M10: Reported, and police decided that it is not a breach 24 November 2026" in then
    assert "Whose work" not in then, "whose it was then is not kept"
    monkeypatch.setattr(queries, "_MOST_ASKED", 1)
    assert "Does not agree (1 or more)" in text_of(client.get(f"{at}?known-at=2026-11-24"))
    narrowed = client.get(f"{at}?as=table&known-at=2026-11-24&disagrees=on").content.decode()
    assert 'href="?as=table&amp;known-at=2026-11-24"' in narrowed, "everything again, as known then"


def test_P06_in_welsh(signed_in_client: Callable[..., Client], three: list[Breach], at: str) -> None:
    page = text_of(signed_in_client("investigator").get(f"/cy{at}"))

    assert "Hanes torri amodau" in page


def test_P05_the_header_counts_and_the_last_three_stand_on_the_persons_page(
    signed_in_client: Callable[..., Client], three: list[Breach], at: str, visit: Visit
) -> None:
    answer, rows = visit(signed_in_client("response_officer"), at.removesuffix("/breaches"))

    page = text_of(answer)
    assert "Breaches: 2 recorded, 1 proved. Possible, not counted: 1." in page
    for one in three:
        assert one.reference in page
    assert {f"breach/{one.reference}" for one in three} <= set(refs_said_by(rows[0]))


@pytest.mark.parametrize(
    "way", ["timeline", pytest.param("views", marks=pytest.mark.deep), pytest.param("table", marks=pytest.mark.deep)]
)
def test_B6_the_page_asks_the_same_however_many_there_are(
    signed_in_client: Callable[..., Client], three: list[Breach], served: Order, system: Acting, tmp_path: Path, clock: Any,
    at: str, way: str, django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    client = signed_in_client("supervisor")

    def asked(query: str = "") -> int:
        client.get(at)
        # Two of them begin and end the row in the log.
        with django_assert_max_num_queries(MOST_QUERIES + 2) as caught:
            assert client.get(f"{at}?as={way}{query}").status_code == 200
        return len(caught)

    few, earlier = asked(), asked("&known-at=2026-11-24")
    for number in range(5, 12):
        send_incident(system, tmp_path, number, **sent(NOW - number * HOUR, offence_code="ST19001"))
    clock.shift(MINUTE)
    run(system, NOW + 2 * HOUR + MINUTE)
    assert len(breaches()) == len(three) + 7
    assert (asked(), asked("&known-at=2026-11-24")) == (few, earlier)


def test_a_link_undone_takes_its_breaches_out_at_once_wherever_they_are_read_and_redone_they_are_back(
    served: Order, system: Acting, make_user: Callable[..., Any], signed_in_client: Callable[..., Client], clock: Any,
    at: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    send_victim(system, tmp_path, 5, **sent(NOW - DAY, offence_code="ST19001"))
    clock.shift(MINUTE)
    run(system, NOW + MINUTE)
    [breach] = breaches()
    reviewers = Reviewers(*(acting_user(make_user("link_clerk", username=name)) for name in ("ann", "ben")))
    client = signed_in_client("investigator", username="reads")
    person = at.split("/")[2]

    def told() -> list[bool]:
        """Whether it stands on the page, in the API's answer and in the command's."""
        page = text_of(client.get(f"{at}?as=table"))
        answer = client.get(f"/api/v1/people/{person}/breaches").json()
        assert cli.main(["person", "history", person, "--as", "reads", "--json"]) == 0
        said = json.loads(capsys.readouterr().out)
        counted = [
            f"Breaches: {int(breach.reference in page)} recorded" in page,
            *(one["counts"]["recorded"] for one in (answer, said)),
        ]
        of_him, at_a_door = (text_of(client.get(f"/people/{person}{path}")) for path in ("", "/now"))
        assert (f"Breaches: {counted[1]} recorded" in of_him, breach.reference in of_him) == (True, bool(counted[1]))
        assert ("Breaches in 2026, reported: 1" if counted[1] else "No breach has been received in 2026") in at_a_door
        listed = [
            breach.reference in page,
            *([each["breach"] for each in one["breaches"]] == [breach.reference] for one in (answer, said)),
        ]
        assert counted == [True, *map(int, listed[1:])]
        return listed

    def known(then: datetime) -> list[bool]:
        """The same of the API's answer and the command's, as known at an instant."""
        answer = client.get(f"/api/v1/people/{person}/breaches", {"as_known": then.isoformat()}).json()
        asked = ["person", "history", person, "--as-known", then.isoformat(), "--as", "reads", "--json"]
        assert cli.main(asked) == 0
        of_each = (answer, json.loads(capsys.readouterr().out))
        return [[each["breach"] for each in one["breaches"]] == [breach.reference] for one in of_each]

    assert told() == [False] * 3
    ends = sorted((served.respondent_id, breach.respondent_id))
    moments = [(now(), False)]
    for word, stands in ((Word.SAME, True), (Word.TAKEN_BACK, False), (Word.SAME, True), (Word.NOT_SAME, False)):
        clock.shift(MINUTE)
        reviewers.say(*ends, word)
        assert told() == [stands] * 3, word
        moments.append((now(), stands))
    # As known earlier it stands over the links as they stood then, whatever was said of them since.
    assert [known(then) for then, _stands in moments] == [[stands] * 2 for _then, stands in moments]
    clock.shift(DAY)
    reviewers.say(*ends, Word.SAME)
    reads = signed_in_client("investigator", username="reads-later")
    pages = (text_of(reads.get(f"{at}?as=table{query}")) for query in ("", f"&known-at={NOW.date()}"))
    assert [breach.reference in page for page in pages] == [True, False]
