"""An address that puts a respondent at or near a protected home is work at once, and says nowhere where (MON-03, VIC-09)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.common.fields import EncryptedTextField
from craffu.daily.own_data.queries import own_data_of
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.orders.facts import Given
from craffu.orders.following.reading import triggers_told
from craffu.orders.life.actions import Beginning, begin_order
from craffu.orders.models import Order, OrderTrigger
from craffu.orders.notifying.actions import record_notification
from craffu.orders.owning.actions import own_order
from craffu.outbox.models import News
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from craffu.work.models import WorkItem
from tests.factories.extracts import row, write
from tests.factories.orders import MADE, considered, parties, received, scanned
from tests.factories.records import one_more_of
from tests.integration.orders.conftest import NOW
from tests.integration.orders.test_notifying import FIRST
from tests.logged import refs_said_by
from tests.worlds import World, kept

pytestmark = [pytest.mark.rule("MON-03"), pytest.mark.rule("VIC-09")]
HOUR = timedelta(hours=1)
HERS = "Flat 2, 12 Heol y Dŵr, Abertawe, SA9 9AA"
NEAR = (
    "12 Heol y Dwr, Fflat 2, Swansea",
    "flat 2, 12 HEOL-Y-DWR, SA9 9AA",
    "7 Heol y Dŵr, sa99aa",
    "The Old Hostel, SA9 9AA",
)
FAR = ("12 Heol y Dŵr, Cardiff, CF10 1AA", "No fixed abode", "Flat 3, 12 Heol y Dŵr, Abertawe", "unknown")


@kept(at=NOW - 2 * HOUR)
def order(world: World, team: Acting) -> Order:
    made = scanned(team, received(team, considered(world.system, world.folder).reference, MADE))
    one_more_of(world.system, made.protects.get().record_id, ("address", HERS), key="hers", now=NOW - 2 * HOUR)
    return made


def raised() -> list[OrderTrigger]:
    return list(OrderTrigger.objects.for_system("a test").filter(trigger="home_near_protected").order_by("id"))


@pytest.mark.parametrize("address", NEAR)
def test_an_address_that_comes_from_any_source_is_work_of_the_owner_within_four_hours(
    order: Order, system: Acting, team: Acting, force: Force, address: str
) -> None:
    own_order(by=team, order=order.reference, to=team.user)
    tick(force=force, at=NOW)
    assert raised() == []
    before = Event.objects.filter(kind="order_trigger_raised").count()
    one_more_of(system, order.respondent_id, ("address", address), key="probation", now=NOW)
    for _ in range(2):
        tick(force=force, at=NOW)
    (one,) = raised()
    assert (one.order, one.at, one.raised_at, one.due_at) == (order, NOW, NOW, NOW + 4 * HOUR)
    assert (one.words, one.by) == ("", None)
    item = WorkItem.objects.for_system("a test").get(why="order_follow_up_home_near_protected")
    assert (item.queue, item.owner, item.what_if_not) == ("heightened", team.user, "harm_unwarned")
    assert item.about == order.reference
    (logged,) = Event.objects.filter(kind="order_trigger_raised").order_by("id")[before:]
    said = list(refs_said_by(logged))
    # Neither the trigger nor the work nor the log says where, or whose home it is.
    kept_of_it = f"{one.key} {item.about} {item.facts} {said}"
    assert not any(word in kept_of_it.lower() for word in ("heol", "sa9", "dwr", "dŵr"))


@pytest.mark.parametrize("address", FAR)
def test_another_home_or_none_is_nothing(order: Order, system: Acting, force: Force, address: str) -> None:
    one_more_of(system, order.respondent_id, ("address", address), key="probation", now=NOW)
    tick(force=force, at=NOW)
    assert raised() == []


@pytest.mark.rule("SEC-11")
def test_the_respondent_is_answered_the_same_whether_it_was_raised_or_not(
    order: Order, system: Acting, force: Force, acting_as: Callable[..., Acting]
) -> None:
    auditor = acting_as("auditor", username="auditor")
    one_more_of(system, order.respondent_id, ("address", NEAR[0]), key="probation", now=NOW)
    person = people_of_records(system, [order.respondent_id])[order.respondent_id]
    before = own_data_of(auditor, person)
    tick(force=force, at=NOW)
    assert len(raised()) == 1
    assert own_data_of(auditor, person) == before


def test_two_sources_of_one_home_are_one_matter_and_coming_back_is_another(
    order: Order, system: Acting, force: Force
) -> None:
    for at, (source, address) in enumerate([("probation", HERS), ("custody", HERS)]):
        one_more_of(system, order.respondent_id, ("address", address), key=source, now=NOW + at * HOUR)
        with time_machine.travel(NOW + at * HOUR, tick=False):
            tick(force=force, at=NOW + at * HOUR)
    assert len(raised()) == 1


def test_she_who_moves_near_him_is_told_of_too(order: Order, system: Acting, force: Force) -> None:
    one_more_of(system, order.respondent_id, ("address", "9 Lôn Goed, SA8 8AA"), key="probation", now=NOW - HOUR)
    tick(force=force, at=NOW)
    assert raised() == []
    one_more_of(system, order.protects.get().record_id, ("address", "11 Lon Goed, SA8 8AA"), key="moved", now=NOW)
    tick(force=force, at=NOW)
    assert len(raised()) == 1


@pytest.mark.parametrize(
    ("addresses", "is_near"),
    [(HERS, True), (f"1 Stryd Fawr\n{HERS}", True), ("7 Heol y Dŵr, SA9 9AA", True), (FAR[0], False), ("", False)],
)
def test_a_notified_address_is_compared_as_it_is_taken_and_raised_under_every_order_against_him(
    order: Order, system: Acting, team: Acting, *, addresses: str, is_near: bool
) -> None:
    given = replace(FIRST, addresses=addresses, has_no_home=not addresses)
    row = record_notification(by=team, order=order.reference, given=given)
    assert [(one.order_id, one.key) for one in raised()] == ([(order.pk, f"notified:{row.pk}")] if is_near else [])
    record_notification(by=team, order=order.reference, given=given)
    assert len(raised()) == is_near


def test_it_is_raised_under_another_order_against_him_where_that_protects_whoever_lives_there(
    order: Order, system: Acting, team: Acting, tmp_path: Path
) -> None:
    case, _suspect, other = parties(system, tmp_path, 2)
    beginning = Beginning(kind="SPO", respondent=order.respondent, case=case, protects=[other])
    begun = begin_order(by=system, beginning=beginning, move="open_consideration", given=Given())
    two = scanned(team, received(team, begun.reference, MADE))
    one_more_of(system, other.pk, ("address", "3 Lôn Las, SA7 7AA"), key="another", now=NOW)
    given = replace(FIRST, addresses="1 Stryd Fawr, SA5 5AA\n3 Lon Las, SA7 7AA")
    row = record_notification(by=team, order=order.reference, given=given)
    assert [(one.order_id, one.key) for one in raised()] == [(two.pk, f"notified:{row.pk}")]


def test_nothing_is_decrypted_and_as_much_is_asked_however_many_records_there_are(
    order: Order, system: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    opens = EncryptedTextField.from_db_value

    def refused(field: EncryptedTextField, value: str | None, *beside: Any) -> str | None:
        assert field.model.__name__ != "RecordedContact" or not value
        return opens(field, value, *beside)

    monkeypatch.setattr(EncryptedTextField, "from_db_value", refused)
    for count in (1, 12):
        for number in range(count):
            one_more_of(system, order.respondent_id, ("address", HERS), key=f"{count} {number}", now=NOW)
        with CaptureQueriesContext(connection) as queries:
            told = triggers_told(system, [order.pk], NOW)[order.pk]
        assert [one.trigger.value for one in told].count("home_near_protected") == 1
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 28


def sent(by: Acting, folder: Path, address: str) -> int:
    """An extract of forty persons who all live there: how often their homes were told of so far."""
    write(folder, "persons.csv", [row("rms", "persons", one, address=address, postcode="") for one in range(100, 140)])
    assert take_in(by=by, kind="rms", paths=[folder]).run.rejected == 0
    return len(News.objects.filter(topic="homes"))


def test_an_extract_tells_once_of_all_whose_record_says_another_word_and_of_none_that_is_new(
    system: Acting, tmp_path: Path
) -> None:
    assert sent(system, tmp_path / "1", HERS) == 0
    assert sent(system, tmp_path / "2", HERS) == 0
    assert sent(system, tmp_path / "3", FAR[0]) == 1
    (news,) = News.objects.filter(topic="homes")
    assert len(news.subjects.split()) == 40
    assert sent(system, tmp_path / "4", "") == 1


def test_what_an_extract_says_of_his_home_is_raised_by_the_next_tick(
    order: Order, system: Acting, force: Force, tmp_path: Path
) -> None:
    record = SourceRecord.objects.for_user(system).get(pk=order.respondent_id)
    number = int(record.source_key.removeprefix("persons/PERSON"))
    tick(force=force, at=NOW)
    write(tmp_path, "persons.csv", [row("rms", "persons", number, address="7 Heol y Dŵr", postcode="SA9 9AA")])
    take_in(by=system, kind="rms", paths=[tmp_path])
    tick(force=force, at=NOW)
    assert len(raised()) == 1
