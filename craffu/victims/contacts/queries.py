"""Contacts with a victim, and how each promise to her stands by them (VIC-04)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from craffu.clocks.london import day_of
from craffu.victims.contacts.rules import Attempt, Kept, Made
from craffu.victims.contacts.rules import Promise as Standing
from craffu.victims.contacts.rules import promise as how_it_stands
from craffu.victims.models import Contact, Promise, PromiseExcuse


@dataclass(frozen=True, slots=True)
class PromiseStands:
    """A promise, how it stands, and the contact that kept it or the reason for which it was not made."""

    promise: Promise
    stands: Standing
    made: Contact | None
    excuse: PromiseExcuse | None


def stands(promise: Promise, contacts: Sequence[Contact], excuse: PromiseExcuse | None, now: datetime) -> PromiseStands:
    """A promise is kept by the first contact of ours that was made for it; her own call keeps none (VIC-04)."""
    ours = [one for one in contacts if not one.is_hers]
    kept_by = next((one for one in ours if one.promise_id == promise.pk and one.was_reached), None)
    tried = attempts_for(promise, ours)
    answer = how_it_stands(
        promise.due_at, promise.channels, now,
        made=Made(kept_by.at, kept_by.channel) if kept_by is not None else None,
        excuse=excuse.reason if excuse is not None else None, attempts=tried, safe_channels=promise.channels,
    )  # fmt: skip
    return PromiseStands(promise, answer, kept_by, excuse)


def attempts_for(promise: Promise, contacts: Iterable[Contact]) -> list[Attempt]:
    """The attempts of ours in which nobody was reached, since it was promised and up to the day on which it was due."""
    tried = (one for one in contacts if not one.is_hers and not one.was_reached and one.at >= promise.promised_at)
    return [Attempt(on, one.channel) for one in tried if (on := day_of(one.at)) <= day_of(promise.due_at)]


def is_open(one: PromiseStands) -> bool:
    """Neither kept, by whatever contact, nor excused."""
    return one.made is None and one.stands.status is not Kept.EXCUSED


def first_open(promises: Iterable[PromiseStands]) -> PromiseStands | None:
    """Of the promises that are open the first due."""
    return next((one for one in promises if is_open(one)), None)


def kept_by(promises: Iterable[PromiseStands], at: datetime) -> Promise | None:
    """The promise that a contact of ours keeps: of those open and made before it the first due.

    What was promised in a conversation is not kept by it: on the day of the promise itself only one that is due that day is.
    """
    made = (one.promise for one in promises if is_open(one) and one.promise.promised_at <= at)
    return next(
        (one for one in made if day_of(one.promised_at) < day_of(at) or day_of(one.promised_at) == day_of(one.due_at)),
        None,
    )


def last_contact(contacts: Iterable[Contact]) -> Contact | None:
    """When somebody last spoke with her, whoever called."""
    return next((one for one in reversed(list(contacts)) if one.was_reached), None)
