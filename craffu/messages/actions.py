"""The only writes of messages: one waits, is taken to be sent, and what became of it (T29: each is sent once).

Between *taken* and *sent* nobody knows whether a message left: whoever takes it up again asks the carrier by our reference before
handing it over. Two who send at once never take the same one.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db.models import F, Q

from craffu.common import clock
from craffu.common.door import bookkeeping, pass_the_door
from craffu.messages.carrying import Carried, Carrier, Receipt
from craffu.messages.facts import Became, NewMessage, Parcel
from craffu.messages.kinds import BY_HAND, MOVES, OVER, PROTECTED_DETAIL, TOO_LATE, Status
from craffu.messages.models import Message
from craffu.messages.queries import reference_of

# Whoever took a message and said nothing for so long has stopped: another may take it up.
TAKEN_FOR: Final = timedelta(minutes=5)
MOST_TRIES: Final = 12
# A carrier that has not said for so long what became of a message will not.
ASKED_AFTER_FOR: Final = timedelta(days=3)
log = logging.getLogger(__name__)
# Of a message's key, of its words and of where it goes: why it may not go after all, when it may instead, or nothing.
type MayGo = Callable[[str, str, str], str | datetime]


def put_out(*, force: str, message: NewMessage, now: datetime) -> bool:
    """Have a message wait, within the open action; False where there is one of its key already.

    One in which something protected was found is held back from the start, and its words are not kept (VIC-09).
    Raises WriteOutsideAction where none is open.
    """
    pass_the_door(Message)
    if Message.objects.filter(force=force, key=message.key).exists():
        return False
    words = {} if message.found else {"to": message.to, "subject": message.subject, "body": message.body}
    stands = {"status": Status.HELD_BACK, "reason": PROTECTED_DETAIL} if message.found else {}
    Message.objects.create(
        force=force, key=message.key, channel=message.channel, language=message.language, not_before=message.not_before,
        not_after=message.not_after, asked_at=now, changed_at=now, **words, **stands,
    )  # fmt: skip
    return True


def hold_back(*, force: str, key: str, reason: str, now: datetime) -> bool:
    """Within the open action: a message that still waits does not go. False where there is none, or it is on its way."""
    pass_the_door(Message)
    rows = Message.objects.filter(force=force, key=key, status=Status.WAITING)
    return bool(moved(rows, Status.HELD_BACK, now, reason=reason))


@bookkeeping
def _take(force: str, now: datetime, passed: set[int]) -> Message | None:
    """The next message to send, taken by nobody else; one that is too late is held back on the way."""
    late = Message.objects.filter(force=force, status=Status.WAITING, not_after__lte=now)
    moved(late, Status.HELD_BACK, now, reason=TOO_LATE)
    waits = Q(status=Status.WAITING, not_before__lte=now) | Q(status=Status.SENDING, taken_at__lte=now - TAKEN_FOR)
    rows = Message.objects.filter(waits, force=force).exclude(channel__in=list(BY_HAND)).exclude(pk__in=passed)
    rows = rows.order_by("not_before", "id")
    row: Message | None = rows.select_for_update().first()
    if row is None:
        return None
    # Compared and set: on SQLite no row is locked.
    taken = Message.objects.filter(pk=row.pk, status=row.status, taken_at=row.taken_at).update(
        status=Status.SENDING, taken_at=now, tries=F("tries") + 1, changed_at=now
    )
    if not taken:
        passed.add(row.pk)
        return _take(force, now, passed)
    row.tries += 1
    return row


@bookkeeping
def _note(force: str, row: Message, receipt: Receipt, now: datetime) -> Became | None:
    to = {
        Carried.TAKEN: Status.SENT, Carried.DELIVERED: Status.SENT, Carried.FAILED: Status.FAILED,
    }.get(receipt.carried)  # fmt: skip
    if to is None:
        to = Status.FAILED if row.tries >= MOST_TRIES else Status.WAITING
    rows = Message.objects.filter(force=force, pk=row.pk, status=Status.SENDING)
    if not moved(rows, to, now, reason=receipt.reason, carrier_ref=receipt.carrier_ref or None):
        return None
    return Became(row.key, to, receipt.reason) if to in OVER else None


def send_waiting(*, force: str, carrier: Carrier, may_go: MayGo, now: datetime | None = None) -> list[Became]:
    """Hand over whatever may go by now, one after another; no transaction is open while a carrier is asked.

    `may_go` says of a key, its words and to where it goes why it may not go after all, when it may instead, or nothing: what was
    safe when it was written may not be now. It is asked right before the carrier is: what goes before may have taken hours.
    Whoever gives an instant has every message judged by that one. What a person carries is held back where it may not go, and
    handed to nobody. Returns what became of each that is over.
    """
    passed: set[int] = set()
    found: list[Became] = []
    for paper in Message.objects.filter(force=force, status=Status.WAITING, channel__in=list(BY_HAND)).order_by("id"):
        at = now or clock.now()
        why = _asked(may_go, paper, at)
        if why and not isinstance(why, datetime):
            found += _kept_back(force, paper, why, at)
    while (row := _take(force, now or clock.now(), passed)) is not None:
        passed.add(row.pk)
        # It was taken up before, by somebody who never said what became of it.
        receipt = _found(carrier, row) if row.tries > 1 else None
        at = now or clock.now()
        why = "" if receipt else _asked(may_go, row, at)
        if why:
            found += _put_off(force, row, why, at) if isinstance(why, datetime) else _stopped(force, row, why, at)
            continue
        became = _note(force, row, receipt or _taken(carrier, row), now or clock.now())
        found += [became] if became else []
    return found


def _asked(may_go: MayGo, row: Message, now: datetime) -> str | datetime:
    """Whoever cannot say whether it may go, for whatever reason, is asked again in a while: nothing else waits for it."""
    try:
        return may_go(row.key, f"{row.subject}\n{row.body}", row.to)
    except Exception as fault:
        log.warning("whether a message may go could not be asked (%s)", type(fault).__name__)
        return now + TAKEN_FOR


def _found(carrier: Carrier, row: Message) -> Receipt | None:
    """What a carrier says of a message that it may have; None where it has none of our reference."""
    receipt = _said(lambda: carrier.found(_reference(row)))
    return None if receipt.carried is Carried.UNKNOWN else receipt


def _taken(carrier: Carrier, row: Message) -> Receipt:
    parcel = Parcel(_reference(row), row.channel, row.language, row.to, row.subject, row.body)
    return _said(lambda: carrier.take(parcel))


def _reference(row: Message) -> str:
    return reference_of(row.pk)


def _said(ask: Callable[[], Receipt]) -> Receipt:
    """What a carrier says; that one breaks is as if it asked to be asked later."""
    try:
        return ask()
    except (OSError, LookupError, ValueError) as fault:
        log.warning("a message could not be handed over (%s)", type(fault).__name__)
        return Receipt(Carried.LATER, reason="carrier_broke")


@bookkeeping
def _stopped(force: str, row: Message, why: str, now: datetime) -> list[Became]:
    """It was taken to be sent and may not go after all: it failed, with the reason."""
    rows = Message.objects.filter(force=force, pk=row.pk, status=Status.SENDING)
    return [Became(row.key, Status.FAILED, why)] if moved(rows, Status.FAILED, now, reason=why) else []


@bookkeeping
def _kept_back(force: str, row: Message, why: str, now: datetime) -> list[Became]:
    """It waits in the print queue and may not leave it: nobody fetches it any more."""
    rows = Message.objects.filter(force=force, pk=row.pk, status=Status.WAITING)
    return [Became(row.key, Status.HELD_BACK, why)] if moved(rows, Status.HELD_BACK, now, reason=why) else []


@bookkeeping
def _put_off(force: str, row: Message, until: datetime, now: datetime) -> list[Became]:
    """It waits again; where it would then come too late, it does not go."""
    if until >= row.not_after:
        return _stopped(force, row, TOO_LATE, now)
    rows = Message.objects.filter(force=force, pk=row.pk, status=Status.SENDING)
    rows.update(status=Status.WAITING, not_before=until, tries=F("tries") - 1, changed_at=now)
    return []


@bookkeeping
def _arrived(force: str, row: Message, to: Status, reason: str, now: datetime) -> list[Became]:
    rows = Message.objects.filter(force=force, pk=row.pk, status=Status.SENT)
    return [Became(row.key, to, reason)] if moved(rows, to, now, reason=reason) else []


def ask_after(*, force: str, carrier: Carrier, now: datetime | None = None) -> list[Became]:
    """Ask what became of messages that were sent: delivered, or not. A carrier that knows no more is asked again later."""
    at = now or clock.now()
    found: list[Became] = []
    waited = Message.objects.filter(force=force, status=Status.SENT, changed_at__gt=at - ASKED_AFTER_FOR)
    for row in waited.exclude(channel__in=list(BY_HAND)).order_by("id"):
        receipt = _said(partial(carrier.found, _reference(row)))
        if receipt.carried is Carried.DELIVERED:
            found += _arrived(force, row, Status.DELIVERED, "", at)
        elif receipt.carried is Carried.FAILED:
            found += _arrived(force, row, Status.FAILED, receipt.reason, at)
        # Only what was asked after, and once it is kept: what is forgotten can be asked of nobody.
        if receipt.carried is not Carried.LATER:
            _forgotten(carrier, row)
    return found


def _forgotten(carrier: Carrier, row: Message) -> None:
    """A carrier that cannot forget one now is asked again with the next; nothing else waits for it."""
    try:
        carrier.forget(_reference(row))
    except OSError as fault:
        log.warning("a message could not be forgotten (%s)", type(fault).__name__)


def moved(
    rows: Any, to: Status, now: datetime, *, reason: str = "", carrier_ref: str | None = None, **also: Any
) -> int:
    """Move these to a status that the life of a message allows; its words go once it is over. Returns how many were moved."""
    allowed = [one.value for one in Status if to in MOVES[one]]
    forgotten = {"to": "", "subject": "", "body": ""} if to in OVER else {}
    extra = also if carrier_ref is None else also | {"carrier_ref": carrier_ref}
    return int(rows.filter(status__in=allowed).update(status=to, reason=reason, changed_at=now, **forgotten, **extra))
