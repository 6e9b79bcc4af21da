"""A letter waits in the print queue, leaves once, is asked about again before it does, and comes back as work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.policies import FactorNotFresh
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.sending import send_messages
from craffu.daily.ticking import tick
from craffu.messages.adapters.folder import Folder
from craffu.messages.models import Message
from craffu.orders.facts import Given
from craffu.orders.letters.actions import (
    fetch_letter,
    give_letter,
    letter_came_back,
    post_letter,
    put_letter_back,
)
from craffu.orders.life.actions import move_order
from craffu.orders.models import LetterWritten, Order, PaperPrinted
from craffu.orders.protecting.actions import say_protected
from craffu.orders.protecting.queries import orders_protecting
from craffu.victims.agreements.actions import decline
from craffu.victims.agreements.queries import edit_version, versions_of
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.contacts.rules import CameBack
from craffu.victims.inviting.actions import invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.leaks.queries import found_for, found_of_anybody
from craffu.victims.letters.facts import Given as Has
from craffu.victims.letters.facts import Way
from craffu.victims.models import Invitation, NotArrived
from craffu.work.models import WorkItem
from tests.factories.letters import BY_LETTER, to_respondent, written
from tests.factories.orders import TERMS, parties
from tests.factories.records import one_more_of
from tests.factories.reviews import in_force, protected, victim_of
from tests.factories.victims import agreed, send_victim
from tests.factories.victims import victim_of as find
from tests.integration.orders.conftest import NOW

pytestmark = pytest.mark.rule("VIC-02")

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def officer(acting_as: Callable[..., Acting]) -> Acting:
    return replace(acting_as("victim_officer", username="officer"), factor_at=NOW)


@pytest.fixture
def order(system: Acting, team: Acting, officer: Acting, tmp_path: Path) -> Order:
    found = in_force(system, team, tmp_path)
    agreed(officer, victim_of(officer, found), BY_LETTER)
    return found


@pytest.fixture
def letter(officer: Acting, order: Order) -> LetterWritten:
    return written(officer, order, is_taken=False)


def at_work(kind: str = "letter_not_arrived") -> list[tuple[str, str]]:
    rows = WorkItem.objects.for_system("a test").filter(kind=kind, over_at=None)
    return [(one.about, one.why) for one in rows]


def stands() -> tuple[str, str]:
    row = Message.objects.get()
    return row.status, row.reason


def why(act: Callable[[], object]) -> str:
    try:
        act()
    except (NotNow, Conflict) as refusal:
        return refusal.message
    return ""


def ticked(force: Force, at: object, folder: Path) -> tuple[int, int]:
    return send_messages(force=force, by=Folder(folder / "out"), now=at)  # type: ignore[arg-type]


@pytest.mark.rule("VIC-06")
def test_a_letter_is_fetched_by_one_put_back_posted_and_had(
    officer: Acting, order: Order, letter: LetterWritten
) -> None:
    called = {"by": officer, "order": order.reference, "number": letter.printed_id}
    assert (stands(), Message.objects.get().channel) == (("waiting", ""), "letter")
    has = Has(at=NOW + HOUR, way=Way.POSTED)
    assert "Nobody has fetched it" in why(lambda: give_letter(**called, given=has, now=NOW + HOUR))
    assert "Nobody has fetched it" in why(lambda: post_letter(**called))
    row, content = fetch_letter(**called)
    assert (row, content) == (letter, b"%PDF-1.7 a letter")
    assert "somebody has fetched it" in why(lambda: fetch_letter(**called))
    put_letter_back(**called)
    assert stands() == ("waiting", "")
    fetch_letter(**called)
    post_letter(**called)
    assert (stands(), Message.objects.get().body) == (("sent", ""), "")
    assert "over already" in why(lambda: post_letter(**called))
    give_letter(**called, given=has, now=NOW + HOUR)
    assert stands() == ("delivered", "")
    assert "not in the post" in why(lambda: letter_came_back(**called, why=CameBack.REFUSED))


def test_whoever_writes_a_letter_and_takes_it_out_has_fetched_it(officer: Acting, order: Order) -> None:
    written(officer, order)
    assert (stands(), Message.objects.get().carrier_ref) == (("sending", ""), officer.actor.name)


@pytest.mark.parametrize("reason", list(CameBack))
def test_a_letter_that_came_back_is_work_until_somebody_has_spoken_with_them(
    reason: CameBack, officer: Acting, order: Order, letter: LetterWritten, force: Force
) -> None:
    called = {"by": officer, "order": order.reference, "number": letter.printed_id}
    assert "not in the post" in why(lambda: letter_came_back(**called, why=reason))
    fetch_letter(**called)
    post_letter(**called)
    letter_came_back(**called, why=reason, now=NOW + HOUR)
    assert stands() == ("failed", reason)
    assert "it is known" in why(lambda: letter_came_back(**called, why=reason))
    tick(force=force, at=NOW + HOUR + MINUTE)
    person = victim_of(officer, order)
    assert at_work() == [(person, "letter_came_back")]
    spoken = NewContact(channel="telephone", at=NOW + 2 * HOUR, was_reached=True)
    record_contact(by=officer, victim=person, given=spoken, now=NOW + 2 * HOUR)
    tick(force=force, at=NOW + 3 * HOUR)
    assert at_work() == []


@pytest.mark.rule("VIC-01")
@pytest.mark.rule("VIC-09")
@pytest.mark.rule("BIL-02")
@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("channel", "not_safe"), ("declined", "declined"), ("language", "language_changed"), ("said", "never_say"),
        ("order", "order_changed"), ("address", "protected_detail"), ("waited", "too_late"),
    ],
)  # fmt: skip
def test_what_became_unsafe_or_wrong_while_it_waited_is_not_fetched_is_held_back_and_is_work(
    what: str,
    reason: str,
    officer: Acting,
    team: Acting,
    system: Acting,
    order: Order,
    force: Force,
    tmp_path: Path,
) -> None:
    letter = written(officer, order, words="Not to go to 5 Heol Newydd, Llandeilo, SA19 6CC.", is_taken=False)
    called = {"by": officer, "order": order.reference, "number": letter.printed_id}
    person, at = victim_of(officer, order), NOW + MINUTE
    with time_machine.travel(at, tick=False):
        if what == "channel":
            agreed(officer, person, replace(BY_LETTER, channels=("telephone", "text_message")))
        elif what == "declined":
            decline(by=officer, victim=person, seen=edit_version(versions_of(officer, find(officer, person).records)))
        elif what == "language":
            agreed(officer, person, replace(BY_LETTER, language="both"))
        elif what == "said":
            agreed(officer, person, replace(BY_LETTER, never_say="Heol Newydd"))
        elif what == "order":
            vary = Given(varied_on=NOW.date(), applicant="respondent", reason_text="The school has moved", terms=TERMS)
            move_order(by=team, order=order.reference, move="vary", given=vary)
        elif what == "address":
            one_more_of(system, protected(system, order), ("address", "5 Heol Newydd, Llandeilo, SA19 6CC"), key="hers")
        else:
            at = NOW + timedelta(days=7)
        if what != "waited":
            assert why(lambda: fetch_letter(**called, now=at))
            assert stands() == ("waiting", "")
    assert ticked(force, at, tmp_path)[1] == 1
    assert (stands(), Message.objects.get().body) == (("held_back", reason), "")
    assert ticked(force, at + MINUTE, tmp_path) == (0, 0)
    assert NotArrived.objects.for_system("a test").get().reason == reason
    tick(force=force, at=at + 2 * MINUTE)
    assert at_work() == [(person, "letter_held_back")]
    with time_machine.travel(at + 2 * MINUTE, tick=False), pytest.raises((NotNow, Conflict)):
        fetch_letter(**called | {"by": replace(officer, factor_at=at)})


def test_a_letter_that_nothing_speaks_against_waits_on(
    officer: Acting, order: Order, letter: LetterWritten, force: Force, tmp_path: Path
) -> None:
    assert ticked(force, NOW + MINUTE, tmp_path) == (0, 0)
    assert stands() == ("waiting", "")
    assert not (tmp_path / "out").exists()


def test_what_was_fetched_and_is_not_safe_any_more_is_not_posted_unless_it_is_done(
    officer: Acting, order: Order, letter: LetterWritten
) -> None:
    called = {"by": officer, "order": order.reference, "number": letter.printed_id}
    fetch_letter(**called)
    with time_machine.travel(NOW + MINUTE, tick=False):
        agreed(officer, victim_of(officer, order), replace(BY_LETTER, channels=("telephone", "text_message")))
        assert "not a way that they call safe" in why(lambda: post_letter(**called))
        post_letter(**called, was_made_anyway=True)
    assert stands() == ("sent", "")


@pytest.mark.rule("SEC-01")
def test_who_prints(
    officer: Acting, team: Acting, system: Acting, acting_as: Callable[..., Acting], order: Order, letter: LetterWritten
) -> None:
    called = {"order": order.reference, "number": letter.printed_id}
    for by in (team, system, acting_as("response_officer", username="door")):
        fresh = replace(by, factor_at=NOW)
        for act in (fetch_letter, put_letter_back, post_letter):
            with pytest.raises(NotPermitted):
                act(by=fresh, **called)  # type: ignore[operator]
    with pytest.raises(FactorNotFresh):
        fetch_letter(by=replace(officer, factor_at=NOW - 24 * HOUR), **called)  # type: ignore[arg-type]
    theirs = to_respondent(team, order)
    with pytest.raises(NotPermitted):
        fetch_letter(by=officer, order=order.reference, number=theirs.printed_id)
    # A letter to the respondent is served and copied by other ways, and waits nowhere.
    assert Message.objects.count() == 1


@pytest.mark.rule("BIL-03")
def test_a_translation_that_nobody_approved_does_not_leave(officer: Acting, team: Acting, order: Order) -> None:
    assert "draft" in why(lambda: written(officer, order, is_draft=True))
    assert "draft" in why(lambda: written(officer, order, is_draft=True, translator=" "))
    assert not PaperPrinted.objects.for_user(officer).exists()
    row = written(officer, order, is_draft=True, translator="Mair Prys")
    assert (row.translator, written(officer, order).translator) == ("Mair Prys", "")


@pytest.mark.rule("VIC-09")
def test_the_address_telephone_or_e_mail_of_any_victim_stands_in_nothing_that_leaves(
    officer: Acting, system: Acting, order: Order, tmp_path: Path
) -> None:
    stranger = send_victim(system, tmp_path / "stranger", 7)
    hers = find(system, stranger)
    one_more_of(
        system, hers.record, ("address", "9 Heol Fach, Llandeilo, SA19 6AA"), ("phone", "01792 496 0123"),
        ("email", "hi@example.org"), key="stranger",
    )  # fmt: skip
    said = {
        "address": "Not to go to 9 HEOL FACH Llandeilo SA19 6AA, at any time.", "phone": "Ring (01792) 496-0123 now.",
        "email": "Write to Hi@Example.org.",
    }  # fmt: skip
    for kind, words in said.items():
        assert found_of_anybody(officer, words) == [kind]
        assert "protected about a victim" in why(lambda words=words: written(officer, order, words=words))  # type: ignore[misc]
        assert kind in found_for(officer, words, [protected(system, order)])
    assert found_of_anybody(officer, "Llandeilo, at 9, on 19 6 2026, ring 101 or 01792 496 0199.") == []
    assert not LetterWritten.objects.for_user(officer).exists()
    # Her own address is no exception: somebody who lives with her may read what comes.
    one_more_of(system, protected(system, order), ("address", "5 Heol Newydd, Llandeilo, SA19 6CC"), key="hers")
    assert "protected about a victim" in why(
        lambda: written(officer, order, words="Sian Rees\n5 Heol Newydd\nLlandeilo")
    )


def test_a_view_is_asked_only_of_an_order_that_protects_her(
    officer: Acting, team: Acting, system: Acting, order: Order, tmp_path: Path
) -> None:
    person = victim_of(officer, order)
    records = find(officer, person).records
    assert orders_protecting(officer, records) == [order.reference]
    asked = NewInvitation(Purpose.VIEW, Route.CODE, order=order.reference)
    assert "No order of this reference" in why(lambda: invite(by=officer, victim=person, given=asked))
    made = invite(by=officer, victim=person, given=asked, orders=orders_protecting(officer, records))
    assert Invitation.objects.for_user(officer).get(pk=made.number).order == order.reference
    _case, _suspect, another = parties(system, tmp_path / "another", 2)
    say_protected(by=team, order=order.reference, records=[another.pk], seen=1)
    assert orders_protecting(officer, records) == []


@pytest.mark.rule("VIC-09")
def test_a_message_in_which_something_protected_stands_is_held_back_from_the_start_and_is_work(
    officer: Acting, system: Acting, order: Order, force: Force, tmp_path: Path
) -> None:
    person = victim_of(officer, order)
    agreed(officer, person, replace(BY_LETTER, links=("text_message",)))
    one_more_of(system, protected(system, order), ("workplace", "Siop Canari"), key="hers")
    given = NewInvitation(Purpose.VIEW, Route.LINK, "text_message", to="07700 900456")
    for words in ("A page for you, at Siop Canari", "A page for you"):
        invite(by=officer, victim=person, given=given, worded=lambda *_said, words=words: ("", words))  # type: ignore[misc]
    held, waits = Message.objects.order_by("id")
    assert (held.status, held.reason, held.body, held.to) == ("held_back", "protected_detail", "", "")
    # What became known after it was written holds it back too.
    one_more_of(system, protected(system, order), ("school", "Page for you"), key="later")
    ticked(force, NOW + MINUTE, tmp_path)
    waits.refresh_from_db()
    assert (waits.status, waits.reason, (tmp_path / "out").exists()) == ("failed", "protected_detail", False)
    tick(force=force, at=NOW + 2 * MINUTE)
    assert at_work("link_not_sent") == [(person, "link_could_not_be_sent")] * 2
