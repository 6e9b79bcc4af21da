"""P41: what holds somebody's records and when they are clear; kept, held, and erased only by two people after a warning."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.markings import COVERT
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import let_in, restrict
from craffu.access.retention.kinds import Authority
from craffu.access.retention.models import RetentionStep
from craffu.audit.models import Event
from craffu.cases.models import Case, CaseRole
from craffu.daily.retaining.actions import Said, ask_to_erase, erase_person, lift_hold, place_hold
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from craffu.work.models import WorkItem
from tests.factories.crimes import UNGRADED
from tests.factories.detentions import send_detention
from tests.factories.erasing import MARK, marked
from tests.factories.extracts import row, write
from tests.factories.identities import score
from tests.factories.orders import order_of

pytestmark = [pytest.mark.rule("SEC-08"), pytest.mark.rule("SEC-09")]

NOW = datetime(2032, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def six_years_on() -> Any:
    """The case was reported on 24 November 2026: on 24 November 2032 its clear period is over."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def said(client: Client, path: str, **given: str) -> str:
    response = client.post(path, given, follow=True)
    assert response.status_code in {200, 409}, path
    return response.content.decode()


@pytest.mark.usefixtures("db")
def test_who_comes_up_is_held_kept_asked_for_and_erased_by_another(
    system: Acting,
    signed_in_client: Callable[..., Client],
    confirmed: Callable[..., Client],
    tmp_path: Path,
) -> None:
    case, person, victim = marked(system, tmp_path, 1)
    first, other = (confirmed(signed_in_client("auditor")) for _one in range(2))
    page = f"/retention/{person}"
    assert "came up for review yet" in first.get("/retention").content.decode()
    tick(force=system.force, at=NOW)
    tick(force=system.force, at=NOW)
    assert [(one.person, one.step, one.group) for one in RetentionStep.objects.all()] == [(person, "opened", "4")]
    item = WorkItem.objects.for_system("a test").get(kind="review_retention")
    assert (item.about, item.queue, item.state, item.rule) == (person, "retention", "open", "SEC-08")
    assert page in first.get("/retention").content.decode()
    assert "what nobody has in Retention: 1" in first.get("/").content.decode()
    shown = first.get(page).content.decode()
    for words in (
        "Group 4",
        "Not confirmed",
        "24 November 2032",
        "A case moved on",
        case,
        victim,
        "To be reviewed",
    ):
        assert words in shown
    assert MARK not in shown.lower()
    # No link is there that whoever reviews may not follow.
    assert f'href="/people/{person}"' not in shown
    assert first.get(f"/people/{person}").status_code == 403

    assert "Say why" in said(first, f"{page}/hold", authority="court")
    assert "The records are held" in said(first, f"{page}/hold", authority="court", words="Order of the Crown Court")
    assert "A legal hold blocks this" not in shown
    for held in (page, f"{page}/erase"):
        assert "A legal hold blocks this" in first.get(held).content.decode()
    assert "It is asked for" in said(first, f"{page}/erase", authority="retention_review", words="Not needed")
    assert "Record the decision" not in first.get(f"{page}/erase").content.decode()
    blocked = said(other, f"{page}/erase", decision="erase")
    assert "There is a problem" in blocked
    assert "A legal hold blocks this" in blocked
    hold = RetentionStep.objects.get(step="hold_placed").number
    assert "The hold is lifted" in said(
        other, f"{page}/hold?lift=1", hold=str(hold), authority="court", words="It ended"
    )
    assert "Say why" in said(other, f"{page}/erase", decision="refuse")
    assert "are not erased" in said(other, f"{page}/erase", decision="refuse", words="Somebody asks about it")

    until = date(2033, 11, 25)
    given = {"next_on_day": "25", "next_on_month": "11", "next_on_year": "2052"}
    assert "within ten years" in said(first, f"{page}/keep", words="A pattern", **given)
    assert "The records are kept" in said(first, f"{page}/keep", words="A pattern", **given | {"next_on_year": "2033"})
    assert RetentionStep.objects.get(step="kept").next_on == until
    tick(force=system.force, at=NOW)
    assert WorkItem.objects.for_system("a test").get(kind="review_retention").state == "done"

    assert "It is asked for" in said(first, f"{page}/erase", authority="court", words="The court ordered it")
    before = other.get(f"{page}/erase").content.decode()
    assert all(words in before for words in (case, person, victim, "30 December 2032", "gone for ever"))
    assert "The records are erased" in said(other, f"{page}/erase", decision="erase")
    left = other.get(page).content.decode()
    assert "Rows erased" in left
    assert "A court" in left
    assert "The court ordered it" not in left
    assert first.get(f"{page}/erase").status_code == 404
    assert first.get(f"/people/{person}").status_code in {403, 404}
    assert Event.objects.filter(kind="person_erased").count() == 1
    tick(force=system.force, at=NOW)
    assert not WorkItem.objects.for_system("a test").filter(state="open", queue="retention").exists()


@pytest.mark.rule("SEC-02")
@pytest.mark.usefixtures("db")
def test_what_is_restricted_from_the_auditor_is_counted_and_not_named(
    system: Acting,
    acting_as: Callable[..., Acting],
    signed_in_client: Callable[..., Client],
    confirmed: Callable[..., Client],
    tmp_path: Path,
) -> None:
    case, person, victim = marked(system, tmp_path, 1)
    order = order_of(acting_as("orders_team"), case, NOW - timedelta(hours=1)).reference
    client = confirmed(signed_in_client("auditor"))
    for page in (f"/retention/{person}", f"/retention/{person}/erase"):
        shown = client.get(page).content.decode()
        assert order in shown
        assert "not open to you" not in shown
    restrict(by=acting_as("supervisor"), kind="case", reference=case, reason="a test")
    before = Event.objects.latest("id").pk
    for page in (f"/retention/{person}", f"/retention/{person}/erase"):
        shown = client.get(page).content.decode()
        for one in (case, order):
            assert one not in shown.replace("\u2011", "-")
        assert "Cases that are not open to you" in shown
        assert "Orders and breaches that are not open to you" in shown
        assert victim in shown
    viewed = Event.objects.filter(kind="retention_viewed", pk__gt=before).values_list("payload", flat=True)
    assert not [one for one in viewed if case in one or order in one]


@pytest.mark.usefixtures("db")
def test_of_whoever_stays_after_an_erasure_the_pages_decide_as_of_anybody_and_say_what_was_erased(
    system: Acting,
    acting_as: Callable[..., Acting],
    signed_in_client: Callable[..., Client],
    confirmed: Callable[..., Client],
    tmp_path: Path,
) -> None:
    _case, person, _victim = marked(system, tmp_path, 1)
    inbox = tmp_path / "the other way round"
    write(inbox, "crimes.csv", [row("rms", "crimes", 2, **UNGRADED)])
    write(inbox, "involvements.csv", [row("rms", "involvements", 2, person_ref="PERSON11", role="victim")])
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
    first, other = (replace(acting_as("auditor"), factor_at=NOW) for _one in range(2))
    ask_to_erase(by=first, person=person, said=Said("Not needed", Authority.COURT))
    erase_person(by=other, person=person)
    client, page = confirmed(signed_in_client("auditor")), f"/retention/{person}"
    shown = client.get(page).content.decode()
    for words in ("What was erased before", "Rows erased", "Place a legal hold", "What would be erased"):
        assert words in shown
    assert "These records were erased" not in shown
    assert "It is asked for" in said(client, f"{page}/erase", authority="court", words="All of it")
    assert "Erasure asked for" in client.get("/retention").content.decode()


@pytest.mark.rule("SEC-02")
@pytest.mark.usefixtures("db")
def test_of_a_covert_case_the_pages_tell_nothing_and_whoever_is_not_let_in_does_not_decide_over_it(
    system: Acting,
    acting_as: Callable[..., Acting],
    signed_in_client: Callable[..., Client],
    confirmed: Callable[..., Client],
    tmp_path: Path,
    six_years_on: Any,
) -> None:
    """Neither that there is one, nor whoever it is about, nor that it began the period again; and no reason tells of it."""
    case, person, victim = marked(system, tmp_path, 1)
    inbox = tmp_path / "covert"
    crime = UNGRADED | {"reported_at": "2032-10-01 09:00:00", "updated_at": "2032-10-01 09:00:00"}
    write(inbox, "crimes.csv", [row("rms", "crimes", 2, **crime)])
    write(
        inbox,
        "persons.csv",
        [row("rms", "persons", 77, person_ref="PERSON77", surname="Else", pnc_id="", cro_number="")],
    )
    parts = [row("rms", "involvements", 20 + at, crime_ref="CRIME2", person_ref=one, role=role)
        for at, (one, role) in enumerate((("PERSON11", "suspect"), ("PERSON77", "victim")))]  # fmt: skip
    write(inbox, "involvements.csv", parts)
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
    covert = Case.objects.for_system("a test").exclude(reference=case).get().reference
    hers = people_of_records(
        system, [CaseRole.objects.for_system("a test").get(case__reference=covert, role="victim").record_id]
    )
    (wronged,) = (one.reference for one in hers.values())
    order = order_of(acting_as("orders_team"), covert, NOW - timedelta(hours=1)).reference
    # It named no crime at first: what was said before gives nothing away either.
    arrested = {"arrested_at": "2032-11-24 10:30:00"}
    send_detention(system, tmp_path, 1, crime_ref="", **arrested, updated_at="2032-11-24 10:45:00")
    send_detention(system, tmp_path, 1, crime_ref="CRIME2", **arrested, updated_at="2032-11-24 11:00:00")
    held = SourceRecord.objects.for_system("a test").get(source="custody").pk
    mine = CaseRole.objects.for_system("a test").get(case__reference=case, role="suspect").record_id
    score(system, mine, held)
    six_years_on.shift(timedelta(minutes=1))
    assert people_of_records(system, [held])[held].reference == person
    insider = signed_in_client("auditor")
    keeper = acting_as("coordinator")
    restrict(by=keeper, kind="case", reference=covert, reason="a test", marking=COVERT)
    let_in(by=keeper, kind="case", reference=covert, user=insider.user, reason="a test")  # type: ignore[attr-defined]
    place_hold(by=acting_user(insider.user), person=wronged, said=Said("A court asks", Authority.COURT))  # type: ignore[attr-defined]
    told = confirmed(insider).get(f"/retention/{person}").content.decode()
    assert all(one in told for one in (covert, wronged, order, "An order", "Group 2", "A legal hold blocks this"))
    first, other = (confirmed(signed_in_client("auditor")) for _one in range(2))
    said(first, f"/retention/{person}/erase", authority="court", words="All of it")
    for page in (f"/retention/{person}", f"/retention/{person}/erase"):
        shown = other.get(page).content.decode()
        for one in (
            covert,
            wronged,
            order,
            "not open to you",
            "A legal hold",
            "Another auditor",
            "An order",
            "Arrest",
            "arrest",
            "Group 2",
        ):
            assert one not in shown.replace("\u2011", "-"), one
        assert all(one in shown for one in (case, victim))
    assert "24 November 2032" in other.get(f"/retention/{person}").content.decode()
    refused = said(other, f"/retention/{person}/erase", decision="erase")
    assert "Another auditor has to decide this. Nothing was erased." in refused
    assert not [one for one in (covert, wronged, order) if one in refused.replace("\u2011", "-")]
    assert "A legal hold blocks this" in said(insider, f"/retention/{person}/erase", decision="erase")
    lift = Said("It ended", Authority.COURT, RetentionStep.objects.get(step="hold_placed").number)
    lift_hold(by=acting_user(insider.user), person=wronged, said=lift)  # type: ignore[attr-defined]
    assert "Another auditor has to decide this." in said(other, f"/retention/{person}/erase", decision="erase")
    assert "The records are erased" in said(insider, f"/retention/{person}/erase", decision="erase")
    assert not Case.objects.for_system("a test").exists()
