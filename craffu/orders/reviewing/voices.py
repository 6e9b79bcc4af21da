"""What is at hand of each person whom an order protects: what they said, what they wish, and who tried to ask them (REV-02).

It is read from what the victims' officers record, and kept nowhere else.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common.refusals import allows
from craffu.orders.reviewing.facts import Heard
from craffu.orders.reviewing.rules import VIEW_FRESH_DAYS, Said, Voice
from craffu.people.models import Person
from craffu.people.queries import Identity, identities, members
from craffu.victims.agreements.kinds import Asking
from craffu.victims.agreements.queries import versions_of
from craffu.victims.contacts.rules import SPEAKS_TO_NOBODY, Attempt
from craffu.victims.inviting.trust import said_by_her
from craffu.victims.models import AgreementVersion, Contact, View
from craffu.victims.permissions import check_can_read_words
from craffu.victims.queries import Victim, standing
from craffu.victims.stories import victims_of_people
from craffu.victims.voice.subjects import MaySee, Route, Subject

# What they said of these answers in a review; of a charge or of their safety it does not.
OF_ORDERS: Final = (Subject.ORDER.value, Subject.CONDITIONS.value, Subject.REVIEW.value)


@dataclass(frozen=True, slots=True)
class ViewAtHand:
    """A view of theirs that may answer in this review. Its words are empty where they are not for the reader."""

    row: View
    is_withheld: bool

    @property
    def number(self) -> int:
        number: int = self.row.pk
        return number

    @property
    def on(self) -> date:
        return day_of(self.row.given_at)

    @property
    def words(self) -> str:
        return "" if self.is_withheld else str(self.row.words)


@dataclass(frozen=True, slots=True)
class AtHand:
    """One protected person: under which record the order names them, and what is at hand. `views` are the newest first, `earlier`
    the last that is too old to answer now; `answers_from` is the day from which what was said may answer.

    `victim` is None for somebody who is the victim in no case, or one whose page is shut to the reader: of them nothing is shown.
    """

    record: int
    identity: Identity
    victim: Victim | None
    answers_from: date
    views: tuple[ViewAtHand, ...] = ()
    earlier: ViewAtHand | None = None
    wish: str = ""
    wish_on: date | None = None
    channels: tuple[str, ...] = ()
    attempts: tuple[Attempt, ...] = ()

    @property
    def records(self) -> tuple[int, ...]:
        """All that are held to be theirs, as far as the reader is told."""
        return self.victim.records if self.victim else (self.record,)

    @property
    def has_wish(self) -> bool:
        return self.wish in (Asking.DO_NOT_ASK, Asking.BEFORE_CHANGE)

    def is_refusal_of_this(self, heard: Heard) -> bool:
        """REV-03: a refusal is for this review, and answers no later one. True of whatever is none."""
        on = heard.day_declined if heard.kind == Voice.DECLINED else None
        return on is None or on >= self.answers_from

    def view(self, number: int | None) -> ViewAtHand | None:
        return next((one for one in self.views if one.number == number), None)

    def said(self, heard: Heard, *, is_agreed: bool = False) -> Said:
        """What the rule weighs of what a reviewer answered for them, by what is at hand and never by what they typed."""
        found = Said(person=str(self.record), kind=heard.kind, wants=heard.wants)
        if heard.kind == Voice.GIVEN:
            view = self.view(heard.view)
            return found if view is None else said_of_view(found, view.row)
        if heard.kind == Voice.DECLINED:
            return replace(found, on=heard.day_declined, wants="")
        if heard.kind == Voice.STANDING_WISH:
            return replace(found, on=self.wish_on, wish=self.wish, wants="")
        return replace(
            found,
            reason=heard.reason,
            is_agreed=is_agreed,
            attempts=self.attempts,
            safe_channels=self.channels,
            wants="",
        )


def said_of_view(found: Said, view: View) -> Said:
    """A view as the rule weighs it: whose it is, who asked, and by whom it came."""
    is_through = view.route == Route.ADVOCATE
    return replace(
        found,
        words=view.words,
        asked_by=view.recorded_by.username if view.recorded_by else view.source,
        on=day_of(view.given_at),
        through_advocate=is_through,
        consented_on=view.advocate.consent_on if is_through and view.advocate else None,
    )


def at_hand(by: Acting, records: Collection[int], since: datetime | None, now: datetime) -> list[AtHand]:
    """Of each person once, in the order in which the order names them. Ten queries at most, however many they are.

    `since` is when the last review was put forward. What was said since then, or within the last 28 days, may answer; an attempt
    counts that was made since then and within the last 28 days, after whoever last spoke with them.
    """
    fresh = now - timedelta(days=VIEW_FRESH_DAYS)
    answers_from = fresh if since is None else min(since, fresh)
    mine = dict(members(by).filter(record__in=sorted(records)).order_by().values_list("record_id", "person_id"))
    victims = {one.person.pk: one for one in victims_of_people(by, frozenset(mine.values())) if not one.shut}
    people: dict[int, Person] = _people(by, mine)
    known = identities(by, people.values()) if people else {}
    whose = {record: person for person, one in victims.items() for record in one.records}
    views = _views(by, whose, now)
    agreed = _agreed(by, whose, now)
    contacts = _contacts(by, whose, now)
    found = []
    for person, record in _first_of_each(records, mine).items():
        said = [ViewAtHand(one, not allows(check_can_read_words, by, _may_see(one))) for one in views.get(person, ())]
        usable = tuple(one for one in said if one.row.given_at >= answers_from)
        version = agreed.get(person)
        channels = tuple(version.channels) if version else ()
        found.append(
            AtHand(
                record,
                known[person],
                victims.get(person),
                day_of(answers_from),
                views=usable,
                earlier=next((one for one in said if one not in usable), None),
                wish=version.asking if version else "",
                wish_on=version.asking_said_on if version else None,
                channels=channels,
                attempts=_attempts(contacts.get(person, ()), max(fresh, since) if since else fresh, channels),
            )
        )
    return found


def _people(by: Acting, mine: Mapping[int, int]) -> dict[int, Person]:
    return {one.pk: one for one in Person.objects.for_user(by).filter(pk__in=sorted(set(mine.values())))}


def _first_of_each(records: Iterable[int], mine: Mapping[int, int]) -> dict[int, int]:
    first: dict[int, int] = {}
    for record in records:
        if record in mine:
            first.setdefault(mine[record], record)
    return first


def _views(by: Acting, whose: Mapping[int, int], now: datetime) -> dict[int, list[View]]:
    rows = View.objects.for_user(by).filter(record__in=sorted(whose), known_from__lte=now, subject__in=OF_ORDERS)
    found: dict[int, list[View]] = {}
    for one in standing(said_by_her(by, rows).select_related("recorded_by", "advocate").order_by("id")):
        found.setdefault(whose[one.record_id], []).append(one)
    return {person: sorted(several, key=_when, reverse=True) for person, several in found.items()}


def _when(view: View) -> tuple[datetime, int]:
    return view.given_at, view.pk


def _may_see(view: View) -> tuple[MaySee, ...]:
    return tuple(one for one in MaySee if one in view.may_see)


def _agreed(by: Acting, whose: Mapping[int, int], now: datetime) -> dict[int, AgreementVersion]:
    """The last agreement of each that says how they are reached."""
    return {
        whose[one.record_id]: one
        for one in versions_of(by, whose)
        if one.known_from <= now and one.agreed_on is not None
    }


def _contacts(by: Acting, whose: Mapping[int, int], now: datetime) -> dict[int, list[Contact]]:
    rows = Contact.objects.for_user(by).filter(record__in=sorted(whose), known_from__lte=now, at__lte=now)
    found: dict[int, list[Contact]] = {}
    for one in sorted(standing(rows.defer("told", "response").order_by("id")), key=lambda each: (each.at, each.pk)):
        found.setdefault(whose[one.record_id], []).append(one)
    return found


def _attempts(contacts: Iterable[Contact], after: datetime, channels: Collection[str]) -> tuple[Attempt, ...]:
    """The safe attempts in which nobody was reached, since somebody last was (VIC-02). That they have a
    letter is neither: nobody spoke with them, and nobody tried to."""
    found: list[Attempt] = []
    for one in contacts:
        if one.channel in SPEAKS_TO_NOBODY and one.was_reached:
            continue
        if one.was_reached:
            found = []
        elif one.at > after and one.channel in channels and not one.why_unsafe:
            found.append(Attempt(day_of(one.at), one.channel))
    return tuple(found)
