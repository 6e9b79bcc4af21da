"""The only writes of the inbox: a document kept whole, owned, typed from, and matched or returned once (ORD-21).

A person says whom it is about and which order it is; nothing here joins anybody by itself (IDN-02).
"""

import base64
import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_same_force
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of, start_of
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.common.models import Provenance, Regime
from craffu.linkage.actions import lock_identity
from craffu.orders import events
from craffu.orders.facts import Given
from craffu.orders.inbox.facts import NewDocument, Typed, terms_as_text, terms_of_text
from craffu.orders.inbox.policies import (
    check_came,
    check_can_be_matched,
    check_is_against,
    check_is_as_read,
    check_is_not_there_yet,
    check_is_of_kind,
    check_is_still_somebody,
    check_made_by,
    check_number_is_free,
    check_returned_because,
    check_waits,
    check_works_on_it,
)
from craffu.orders.inbox.queries import content_of, find_document, made_under
from craffu.orders.inbox.rules import InboxState
from craffu.orders.life.actions import Beginning, begin_order, lock_court_number, lock_orders, move_order
from craffu.orders.life.policies import check_is_before_court
from craffu.orders.life.rules import move_that_makes
from craffu.orders.life.states import ENDS, LIVE, OrderStatus
from craffu.orders.models import DocumentLeft, DocumentOwned, DocumentRead, Order, OrderDocument
from craffu.orders.papers.actions import attach_paper
from craffu.orders.papers.policies import SEALED, check_size, media_type_of
from craffu.orders.permissions import check_can_assign_inbox, check_can_work_inbox, check_is_somebody
from craffu.orders.queries import find_order
from craffu.orders.topics import DOCUMENTS
from craffu.outbox.actions import tell
from craffu.people.actions import receive_record
from craffu.people.facts import PersonFacts
from craffu.people.models import Person, SourceRecord
from craffu.people.queries import find_person, records_of, whoever_now
from craffu.work.queries import workers_of

SOURCE: Final = "order-inbox"
# A court's or another force's word on who the respondent is keeps the court as its controller (SEC-10).
_CONTROLLER: Final = "HM Courts and Tribunals Service"
_SHARED_BECAUSE: Final = "Orders of courts sent to the police who enforce them"
_TYPED: Final = "typed"


@action
def receive_document(*, by: Acting, given: NewDocument, now: datetime | None = None) -> OrderDocument:
    """A document that came, whole. The same image that waits already or was matched is one.

    Raises NotNow for what is no image, too large, or came in the future.
    """
    at = now or clock.now()
    check_can_work_inbox(by)
    user = check_is_somebody(by)
    check_size(len(given.content))
    media_type = media_type_of(given.content)
    check_came(given.received_at, at, given.came_from)
    digest = hashlib.sha256(given.content).hexdigest()
    lock_until_commit("order documents of", by.force.code, digest)
    again = OrderDocument.objects.for_user(by).filter(sha256=digest).exclude(left__how=InboxState.RETURNED)
    if (held := again.first()) is not None:
        same: OrderDocument = held
        return same
    document: OrderDocument = OrderDocument.objects.create(
        force=by.force, reference=next_reference(kind="document", prefix="D"),
        received_at=given.received_at, came_from=given.came_from,
        sender=given.sender.strip(), kind=given.kind, media_type=media_type, size=len(given.content), sha256=digest,
        content=base64.b64encode(given.content).decode(), by=user, known_from=at,
    )  # fmt: skip
    _log(by, events.ORDER_DOCUMENT_RECEIVED, document, at)
    return document


@action
def open_document(*, by: Acting, document: str) -> tuple[OrderDocument, bytes]:
    """A document's image, for showing. That it was opened is in the log. Raises NotPermitted where there is none."""
    check_can_work_inbox(by)
    found = check_is_there(find_document(by, document))
    refs = [f"document/{document}"]
    audit.record(kind=events.ORDER_DOCUMENT_OPENED, actor=by.actor, refs=refs, request=by.request)
    return found, base64.b64decode(content_of(by, found))


@action
def own_document(*, by: Acting, document: str, owner: User, now: datetime | None = None) -> DocumentOwned:
    """Somebody takes a document on, or is given it. Raises Conflict once it has left."""
    at = now or clock.now()
    check_can_assign_inbox(by, owner)
    check_same_force(by, owner)
    user = check_is_somebody(by)
    found = _waiting(by, document)
    check_works_on_it(is_active=owner.is_active, works_on_it=owner in workers_of(by, SOURCE))
    row: DocumentOwned = DocumentOwned.objects.create(
        force=by.force, document=found, owner=owner, by=user, known_from=at
    )
    _log(by, events.ORDER_DOCUMENT_OWNED, found, at)
    return row


@action
def type_from_document(
    *, by: Acting, document: str, typed: Typed, seen: int, now: datetime | None = None
) -> DocumentRead:
    """What somebody read on the image. `seen` is the number of readings that they had before them.

    Raises Conflict where somebody else typed meanwhile or the document has left.
    """
    at = now or clock.now()
    check_can_work_inbox(by)
    user = check_is_somebody(by)
    found = _waiting(by, document)
    check_is_as_read(seen, _readings(found))
    check_made_by(typed.made_on, day_of(at))
    row: DocumentRead = DocumentRead.objects.create(
        force=by.force, document=found, number=seen + 1, kind=typed.kind, is_interim=typed.is_interim,
        court=typed.court.strip(), court_case_no=typed.court_case_no.strip(), made_on=typed.made_on,
        last_day=typed.last_day, is_indefinite=typed.is_indefinite, given_names=typed.given_names.strip(),
        family_name=typed.family_name.strip(), born_on=typed.born_on.isoformat() if typed.born_on else "",
        terms=terms_as_text(typed.terms), by=user, known_from=at,
    )  # fmt: skip
    _log(by, events.ORDER_DOCUMENT_READ, found, at)
    return row


@action
def match_document(
    *,
    by: Acting,
    document: str,
    seen: int,
    person: str | None,
    order: str | None = None,
    is_another: bool = False,
    now: datetime | None = None,
) -> Order:
    """Whom the document is about (None: nobody we know) and which order it is (None: it enters the register now).

    One of its kind that was made under its court's number is not entered again, unless it `is_another`.

    An order of theirs that waits for the court is received by it, and granted where its hearing was adjourned; one that was made
    keeps what was typed of it, and has the image from now on. Raises Conflict where the document changed or left meanwhile, or
    the person's records are another's now, NotPermitted where the move is somebody else's, and NotNow with what is missing or
    where the order is at no point from which a court makes it.
    """
    at = now or clock.now()
    check_can_work_inbox(by)
    user = check_is_somebody(by)
    found = _waiting(by, document)
    readings = list(found.readings.all())
    check_is_as_read(seen, len(readings))
    reading = readings[-1] if readings else None
    check_can_be_matched(kind=reading.kind if reading else "", family_name=reading.family_name if reading else "")
    assert reading is not None  # noqa: S101 - just checked
    if order is None:
        lock_court_number(by, reading.court_case_no)
    who = _somebody(by, person) if person else None
    if order is None:
        if not is_another:
            _check_is_new(by, reading, who)
        matched = _enter(by, found, reading, who, at)
    else:
        lock_orders(by, order)
        matched = _matched_to(by, found, reading, who, check_is_there(find_order(by, order)), at)
    attach_paper(by=by, order=matched, kind=SEALED, content=base64.b64decode(content_of(by, found)), now=at)
    DocumentLeft.objects.create(
        force=by.force, document=found, how=InboxState.MATCHED.value, order=matched, by=user, at=at
    )
    also = [f"order/{matched.reference}", *([f"person/{who.reference}"] if who else [])]
    _log(by, events.ORDER_DOCUMENT_MATCHED, found, at, also)
    return matched


@action
def return_document(*, by: Acting, document: str, reason: str, words: str, now: datetime | None = None) -> DocumentLeft:
    """The document goes back, with why. Raises NotNow without a reason, Conflict once it has left."""
    at = now or clock.now()
    check_can_work_inbox(by)
    user = check_is_somebody(by)
    found = _waiting(by, document)
    check_returned_because(reason, words)
    row: DocumentLeft = DocumentLeft.objects.create(
        force=by.force, document=found, how=InboxState.RETURNED.value, reason_code=reason, words=words.strip(), by=user, at=at
    )  # fmt: skip
    _log(by, events.ORDER_DOCUMENT_RETURNED, found, at)
    return row


def _waiting(by: Acting, reference: str) -> OrderDocument:
    """The document, locked, if it waits still."""
    lock_until_commit("order document", by.force.code, reference)
    found = check_is_there(find_document(by, reference))
    check_waits(has_left=hasattr(found, "left"))
    return found


def _somebody(by: Acting, reference: str) -> Person:
    """Whom a document is about, as they stand: nobody joins or parts records until this is done."""
    lock_identity(by)
    found = check_is_there(find_person(by, reference))
    check_is_still_somebody(reference, [one.reference for one in whoever_now(by, [found])[found.pk]])
    return found


def _readings(document: OrderDocument) -> int:
    return len(document.readings.all())


def _given(document: OrderDocument, reading: DocumentRead) -> Given:
    return Given(
        made_at=start_of(reading.made_on) if reading.made_on else None,
        court=reading.court,
        court_case_no=reading.court_case_no,
        last_day=reading.last_day,
        is_indefinite=reading.is_indefinite,
        source_record=f"{SOURCE} {document.reference}",
        terms=replace(terms, entered_by=reading.by) if (terms := terms_of_text(reading.terms)) else None,
    )


def _check_is_new(by: Acting, reading: DocumentRead, person: Person | None) -> None:
    """Of whom it is about no such order was made, over or not, and none stands against anybody else (ORD-19)."""
    mine = set(records_of(by, person)) if person else set()
    made = made_under(by, reading.court_case_no, reading.kind, is_interim=reading.is_interim)
    check_is_not_there_yet([one.reference for one in made if one.respondent in mine])
    check_number_is_free([one.reference for one in made if one.is_live])


def _enter(by: Acting, document: OrderDocument, reading: DocumentRead, person: Person | None, at: datetime) -> Order:
    """The order enters the register as the court made it, against a record of what the document says of the respondent."""
    beginning = Beginning(
        kind=reading.kind, respondent=_record(by, document, reading, person, at), is_interim=reading.is_interim
    )
    given = _given(document, reading)
    return begin_order(
        by=by, beginning=beginning, move="receive", given=given, source=SOURCE, source_key=document.reference, now=at
    )


def _matched_to(
    by: Acting, document: OrderDocument, reading: DocumentRead, person: Person | None, order: Order, at: datetime
) -> Order:
    """An order that is there: made by its document where it waited for the court, left as it stands where it was made."""
    check_is_against(is_so=person is not None and order.respondent_id in set(records_of(by, person)))
    check_is_of_kind(reading.kind, order.kind)
    status = OrderStatus(order.status)
    if status in LIVE or status in ENDS:
        return order
    move = move_that_makes(status)
    check_is_before_court([] if move else [order.reference])
    return move_order(
        by=by, order=order.reference, move=move, given=_given(document, reading), source=SOURCE,
        source_key=document.reference, now=at,
    )  # fmt: skip


def _record(
    by: Acting, document: OrderDocument, reading: DocumentRead, person: Person | None, at: datetime
) -> SourceRecord:
    """What the document says of its respondent: a record of its own, of whom a person said it is."""
    facts = PersonFacts(
        title="", given_names=reading.given_names, family_name=reading.family_name, born_on=reading.born_on, sex="",
        true_from=reading.made_on,
    )  # fmt: skip
    provenance = Provenance(
        SOURCE, document.sha256, 1, document.received_at, _TYPED, _CONTROLLER, Regime.PART_3, _SHARED_BECAUSE
    )
    why = "matched_by_a_person" if person else "nobody_known"
    return receive_record(
        by=by,
        source_key=f"documents/{document.reference}",
        facts=facts,
        provenance=provenance,
        why=why,
        now=at,
        person=person,
    )


def _log(by: Acting, kind: EventKind, document: OrderDocument, at: datetime, also: list[str] | None = None) -> None:
    tell(force=by.force.code, topic=DOCUMENTS, subjects=[document.pk], at=at)
    refs = [f"document/{document.reference}", *(also or [])]
    audit.record(kind=kind, actor=by.actor, refs=refs, request=by.request, now=at)
