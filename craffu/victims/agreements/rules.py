"""When a Victim Contact Agreement is complete, when it is revisited or offered again, and when one contact is enough.

VIC-01 and VIC-03; rules.md, Annex E.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Final

from craffu.clocks.london import day_of
from craffu.clocks.working_days import working_days_after
from craffu.victims.agreements.kinds import Asking
from craffu.victims.notices.rules import Told


class Occasion(StrEnum):
    """Something that happened after which the agreement is revisited: her situation is another than the one she agreed in."""

    REPORT = "report"
    SCREENING_DECISION = "screening_decision"
    ARREST = "arrest"
    INTERVIEW = "interview"
    BAIL_OR_RELEASE_CHANGED = "bail_or_release_changed"
    CHARGE_OR_NO_FURTHER_ACTION = "charge_or_no_further_action"
    ORDER_CONSIDERED = "order_considered"
    HEARING_LISTED = "hearing_listed"
    HEARING_OUTCOME = "hearing_outcome"
    ORDER_GRANTED = "order_granted"
    ORDER_REFUSED = "order_refused"
    ORDER_SERVED = "order_served"
    ORDER_VARIED_OR_ENDED = "order_varied_or_ended"
    APPEAL = "appeal"
    ORDER_EXPIRY_WATCH = "order_expiry_watch"
    BREACH_REPORTED = "breach_reported"
    RELEASE = "release"


# `victim.revisit_due`: working days after the event.
REVISIT_WITHIN: Final = dict.fromkeys(Occasion, 1) | {Occasion.ORDER_EXPIRY_WATCH: 5}
# `victim.reoffer_at`: where a declined agreement is offered again, unless she chose otherwise.
OFFERED_AGAIN_AT: Final = frozenset(
    {Occasion.CHARGE_OR_NO_FURTHER_ACTION, Occasion.ORDER_GRANTED, Occasion.BREACH_REPORTED, Occasion.RELEASE}
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is recorded of an agreement; what was not given is empty. That no way is safe at any hour is an answer too."""

    named_officer: str = ""
    frequency: str = ""
    channels: Sequence[str] = ()
    safe_times: str = ""
    urgent_reach: str = ""
    language: str = ""
    agreed_on: str = ""
    next_revisit_on: str = ""
    declined_on: str = ""
    asking: str = Asking.EACH_TIME


_ASKED_FOR: Final = tuple(one.name for one in fields(Agreement) if one.name not in ("declined_on", "asking"))


def lacks(agreement: Agreement) -> list[str]:
    """What an agreement lacks, in the order in which it is asked for (VIC-01). A dated refusal is an answer and lacks nothing."""
    if agreement.declined_on:
        return []
    found = [name for name in _ASKED_FOR if not getattr(agreement, name)]
    return found if agreement.asking in set(Asking) else [*found, "asking"]


class OffersAgain(StrEnum):
    """When somebody who declined wants to be offered an agreement again; a list of occasions is the other choice."""

    EACH_STAGE = "each_stage"
    ONLY_IF_I_ASK = "only_if_i_ask"


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether a declined agreement is offered again, and whether she or the default decides that."""

    offer_again: bool
    by: str


def offer_again(occasion: Occasion, choice: OffersAgain | Collection[Occasion] | None = None) -> Offer:
    """VIC-01: as she chose; where she chose nothing, at the four occasions of the default."""
    match choice:
        case None:
            return Offer(occasion in OFFERED_AGAIN_AT, "default")
        case OffersAgain():
            return Offer(choice is OffersAgain.EACH_STAGE, "her_choice")
        case listed:
            return Offer(occasion in listed, "her_choice")


def revisit_due(occasion: Occasion, at: datetime) -> date:
    """VIC-03: the London day by whose end the agreement is revisited after something that happened at an instant."""
    return working_days_after(day_of(at), REVISIT_WITHIN[occasion]).due_day


@dataclass(frozen=True, slots=True)
class OneContact:
    """What happened on one London day, told in one contact that is due by the earliest of it; occasions by name."""

    day: date
    occasions: tuple[Occasion, ...]
    due_day: date


def one_contact_a_day(happened: Iterable[tuple[Occasion, datetime]]) -> list[OneContact]:
    """VIC-01: the contacts that revisits make, by day. What is critical for her safety does not wait for them (VIC-05)."""
    by_day = sorted(((day_of(at), occasion, at) for occasion, at in happened), key=lambda one: one[:2])
    return [
        OneContact(
            day,
            tuple(dict.fromkeys(occasion for _, occasion, _ in these)),
            min(revisit_due(occasion, at) for _, occasion, at in these),
        )
        for day, these in ((day, list(some)) for day, some in groupby(by_day, key=lambda one: one[0]))
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """The agreement was asked again on a London day, whether anything changed or not; `for_occasion` where that was why.

    `at` is the instant, None where only the day is known.
    """

    on: date
    for_occasion: bool
    at: datetime | None = None

    def answers(self, day: date, last_at: datetime) -> bool:
        """Whether it was asked after what happened on a day, of which the last was at an instant."""
        if self.on != day:
            return self.on > day
        return self.for_occasion and (self.at is None or self.at >= last_at)


@dataclass(frozen=True, slots=True)
class Revisit:
    """One contact in which the agreement is revisited, and the day on which it was; it is there to the end of its due day."""

    contact: OneContact
    done_on: date | None
    status: Told


def revisits(happened: Iterable[tuple[Occasion, datetime]], asked: Iterable[Asked], now: datetime) -> list[Revisit]:
    """VIC-03: how each revisit stands. What was agreed on the very day counts only if it was asked because of what happened."""
    days = sorted(asked, key=lambda one: one.on)
    known = list(happened)
    found = []
    for contact in one_contact_a_day(known):
        last_at = max(at for _occasion, at in known if day_of(at) == contact.day)
        after = (one.on for one in days if one.answers(contact.day, last_at))
        found.append(_revisit(contact, next(after, None), day_of(now)))
    return found


def _revisit(contact: OneContact, done_on: date | None, today: date) -> Revisit:
    done = done_on if done_on is not None and done_on <= today else None
    if done is not None:
        return Revisit(contact, done, Told.ON_TIME if done <= contact.due_day else Told.LATE)
    return Revisit(contact, None, Told.RUNNING if today <= contact.due_day else Told.MISSED)
