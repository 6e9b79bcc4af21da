"""SEC-11: `craffu rights` says what an answer may hold; a suspect’s about himself betrays none of a hundred facts about her."""

import json
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.rights_requests.actions import Step, take_step
from craffu.access.rights_requests.models import RightsRequest
from craffu.access.rights_requests.rules import Checked
from craffu.access.rights_requests.states import RightsStatus
from craffu.audit.models import Event
from craffu.cases.models import CaseRole
from craffu.clocks.london import day_of
from craffu.config.cli import NotCarriedOut
from craffu.config.commands import rights
from craffu.intake.running import take_in
from craffu.orders.facts import NewCondition, NewTerms
from craffu.people.queries import people_of_records
from craffu.victims.safeguarding.actions import record_help, record_measure, record_need
from craffu.victims.safeguarding.facts import NewMeasure, NewNeed, NewStep
from craffu.victims.safeguarding.kinds import Answer, Help, Measure, Need
from craffu.victims.safeguarding.kinds import Step as HelpStep
from craffu.victims.voice.actions import record_view
from craffu.victims.voice.facts import NewView
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION, MaySee, Route, Subject
from tests.factories.breaches import reported
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write
from tests.factories.orders import order_of
from tests.factories.victims import AGREED, agreed

pytestmark = [pytest.mark.rule("SEC-11"), pytest.mark.rule("VIC-09"), pytest.mark.django_db]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HIS = {
    "forenames": "Gethin", "surname": "Prydderch", "aliases": "", "date_of_birth": "1979-02-11", "sex": "M",
    "pnc_id": "2003/0123456A", "cro_number": "", "email": "gethin@example.org", "telephone": "07700 900777",
}  # fmt: skip
HERS = {
    "forenames": "Heulwen Factone", "surname": "Facttwo", "aliases": "Factthree", "date_of_birth": "1988-09-17",
    "address": "17 Heol Factfour", "town": "Factfive", "postcode": "SA99 1ZZ", "telephone": "07700 900555",
    "email": "factsix@example.org", "sex": "F", "pnc_id": "", "cro_number": "", "ethnicity": "Factseven",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def asked(capsys: pytest.CaptureFixture[str], ref: str, by: str, **other: Any) -> tuple[dict[str, Any], str]:
    """The answer, and all that either form of it says."""
    given = {"action": "access", "received": None, "words": "", "json": True, **other}
    assert rights.run(Namespace(ref=ref, as_user=by, **given)) == 0
    said = capsys.readouterr().out
    answer: dict[str, Any] = json.loads(said)
    assert rights.run(Namespace(ref=answer["request"], as_user=by, **given | {"json": False})) == 0
    return answer, said + capsys.readouterr().out


def planted(system: Acting, acting_as: Callable[..., Acting], folder: Path) -> tuple[str, str, list[str]]:
    """His reference, hers, and a hundred facts about her, each a text that stands somewhere in the register."""
    words = _words()
    crime = {"summary": next(words), "location": next(words), "offence_title": next(words), "station": "Aberfan"}
    write(folder, "crimes.csv", [row("rms", "crimes", 1, **UNGRADED | crime)])
    # They lived together: what is his address too is hers.
    home = {name: HERS[name] for name in ("address", "town", "postcode")}
    write(folder, "persons.csv", [row("rms", "persons", 11, **HIS | home), row("rms", "persons", 10, **HERS)])
    relationship = next(words)
    said = [("PERSON10", "victim", ""), ("PERSON11", "suspect", relationship)]
    write(
        folder, "involvements.csv",
        [row("rms", "involvements", 1, person_ref=one, role=role, relationship=to) for one, role, to in said],
    )  # fmt: skip
    assert take_in(by=system, kind="rms", paths=[folder]).run.rejected == 0
    roles = {one.role: one for one in CaseRole.objects.for_system("a test").select_related("case")}
    people = people_of_records(system, [one.record_id for one in roles.values()])
    him, her = (people[roles[role].record_id].reference for role in ("suspect", "victim"))
    facts = [*crime.values(), relationship, *(value for name, value in HERS.items() if value and name != "sex")]
    facts.remove("Aberfan")
    facts += [her, "Factone", "1988", *_said_by(acting_as, roles["victim"].case.reference, him, her, words)]
    return him, her, facts


def _words() -> Iterator[str]:
    yield from (f"plantedfact{number:03}" for number in range(1, 1000))


def _said_by(acting_as: Callable[..., Acting], case: str, him: str, her: str, words: Iterator[str]) -> list[str]:
    """What officers wrote of her: terms, breaches, needs, measures, help, views and her agreement."""
    officer, team = acting_as("victim_officer"), acting_as("orders_team")
    told: list[str] = []

    def new() -> str:
        told.append(next(words))
        return told[-1]

    conditions = [
        NewCondition(kind, f"Not to go near {new()}.", behaviour=new(), necessity=new())
        for kind in ("no_contact_direct", "exclusion_zone")
    ]
    order_of(team, case, NOW - timedelta(hours=2), terms=NewTerms(tuple(conditions), has_no_locality=True))
    for number in range(25):
        reported(team, him, NOW - timedelta(minutes=1 + number), str(number), words=new())
    today = day_of(NOW)
    for need in Need:
        record_need(by=officer, victim=her, given=NewNeed(need, Answer.YES, today, new()))
    for measure in Measure:
        record_measure(by=officer, victim=her, given=NewMeasure(measure, today, new()))
    for help_ in Help:
        record_help(by=officer, victim=her, given=NewStep(help_, HelpStep.OFFERED, today, new()))
    notice = ReadersNotice(NOTICE_VERSION, "cy", NOW - timedelta(minutes=1), NOTICES[NOTICE_VERSION])
    for _one in range(35):
        given = NewView(Subject.ORDER, new(), "cy", Route.TELEPHONE, notice, (MaySee.ORDERS_TEAM,), case)
        record_view(by=officer, victim=her, given=given)
    terms = replace(AGREED, safe_word=new(), never_say=new(), urgent_words=new(), next_revisit_on="2026-12-09")
    agreed(officer, her, terms)
    return [*told, "2026-12-09"]


@pytest.mark.postgres_in_deep
def test_a_suspects_request_about_himself_betrays_none_of_a_hundred_facts_about_her(
    system: Acting,
    acting_as: Callable[..., Acting],
    confirmed: Callable[..., Client],
    signed_in_client: Callable[..., Client],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    him, _her, facts = planted(system, acting_as, tmp_path)
    assert len(set(facts)) >= 100
    auditor = acting_as("auditor", username="auditor")
    answer, said = asked(capsys, him, "auditor", received="2026-11-20", words="He wrote a letter")
    number = answer["request"]
    pages = confirmed(signed_in_client("auditor", username="second"))
    shown = said + "".join(
        pages.get(path).content.decode() for path in ("/rights-requests", f"/rights-requests/{number}")
    )
    assert [fact for fact in facts if fact.lower() in shown.lower()] == []

    assert (answer["asks_as"], answer["status"], answer["due"], answer["mark"]) == (
        "suspect", "received", "2026-12-19", "not confirmed",
    )  # fmt: skip
    told = {(one["what"], one.get("value") or one.get("name") or one.get("reference")) for one in answer["included"]}
    assert {("name", "Ms Gethin Prydderch"), ("identifier", "2003/0123456A"), ("contact", "gethin@example.org")} <= told
    assert {("case", "C-10001"), ("order", "O-10001")} <= told
    withheld = {(one["what"], one["why"]): one["number"] for one in answer["withheld"]}
    assert withheld[("contact", "protected_about_a_victim")] >= 1, "what is his address too is hers"
    assert withheld[("words_of_an_order", "third_parties")] == 2
    assert ("words_of_a_case", "third_parties") in withheld
    assert withheld[("breaches", "neither_confirm_nor_deny")] == 25
    assert not answer["may_leave"]
    assert "approved_by_nobody" in answer["before_it_leaves"]
    row_of = RightsRequest.objects.get(number=number)
    assert (row_of.person, row_of.words, row_of.whose) == (him, "He wrote a letter", "suspect")
    assert {f"person/{him}", "order/O-10001", "case/C-10001", f"rights_request/{number}"} <= set(
        json.loads(Event.objects.filter(kind="rights_answer_drafted").order_by("-id")[0].payload)["refs"]
    )

    # Whoever prepared it cannot approve it, and the command says so until somebody else has.
    take_step(by=auditor, number=number, step=Step(RightsStatus.IDENTIFIED, "His passport"))
    checked = Checked(
        third_parties_redacted=True,
        victim_scan_clean=True,
        neither_confirm_nor_deny_asked=True,
        privileged_included=False,
    )
    take_step(by=auditor, number=number, step=Step(RightsStatus.PREPARED, "Drafted", checked=checked))
    assert asked(capsys, number, "auditor")[0]["before_it_leaves"] == ["approved_by_nobody"]
    take_step(by=acting_as("auditor", username="third"), number=number, step=Step(RightsStatus.APPROVED))
    again = asked(capsys, number, "auditor")[0]
    assert (again["may_leave"], again["prepared_by"]) == (True, "auditor")


@pytest.mark.postgres_in_deep
def test_hers_holds_nothing_of_him_and_a_bad_question_is_told_what_to_do(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    him, her, _facts = planted(system, acting_as, tmp_path)
    acting_as("auditor", username="auditor")
    acting_as("orders_team", username="team")
    answer, said = asked(capsys, her, "auditor", action="rectify")
    assert (answer["asks_as"], answer["kind"]) == ("victim", "rectification")
    his = [him, "Gethin", "Prydderch", "1979", "2003/0123456A", "O-10001", "900777", "gethin@"]
    assert [one for one in his if one.lower() in said.lower()] == []
    assert "Facttwo" in said
    assert AGREED.safe_word not in said
    with pytest.raises(NotCarriedOut, match="no person P-99999"):
        asked(capsys, "P-99999", "auditor")
    with pytest.raises(NotCarriedOut, match="no access request RR-10001"):
        asked(capsys, answer["request"], "auditor")
    with pytest.raises(NotCarriedOut, match="is no day"):
        asked(capsys, him, "auditor", received="yesterday")
    with pytest.raises(NotCarriedOut, match="handled by an auditor"):
        asked(capsys, him, "team")
    with pytest.raises(NotCarriedOut, match="handled by an auditor"):
        asked(capsys, him, "auditor", received="2026-12-24")
