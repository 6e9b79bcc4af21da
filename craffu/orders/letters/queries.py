"""To whom an order can be written of, how each is reached, what changed in it, what a review tells whom, what is kept back.

VIC-01, VIC-09, ORD-15, REV-04.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from craffu.access.acting import Acting, acting_system
from craffu.clocks.london import day_of
from craffu.common.languages import Language
from craffu.messages.facts import Stands
from craffu.messages.kinds import PROTECTED_DETAIL
from craffu.messages.queries import stands
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.letters.kinds import About, Stopped
from craffu.orders.letters.rules import (
    TELLS,
    happening_of,
    letters_to_protected,
    letters_to_respondent,
    names_somebody,
)
from craffu.orders.life.states import OrderStatus
from craffu.orders.models import LetterWritten, Order, OrderReview, OrderTerms, ReasonTranslated, ReviewVoice
from craffu.orders.printing.queries import records_beside
from craffu.orders.queries import OrderStory, found_to_differ, story_of_order
from craffu.orders.reviewing.queries import Reviewed, completed, reviews_of
from craffu.orders.telling.rules import relaxes
from craffu.orders.terms.differing import Pair, Worded, pairs
from craffu.orders.watching.kinds import What
from craffu.orders.watching.reading import row_before, watched_with_stories
from craffu.orders.watching.rules import asked
from craffu.people.queries import Identity, contacts_of, identities, members, people_of_records, records_of_whoever
from craffu.people.scanning import kinds_found
from craffu.victims.agreements.facts import Terms
from craffu.victims.agreements.queries import terms as agreed_terms
from craffu.victims.agreements.queries import versions_of
from craffu.victims.happenings.rules import Topic
from craffu.victims.inviting.queries import reach_in_doubt
from craffu.victims.leaks.queries import found_of_anybody, values_of
from craffu.victims.letters.queries import LOST
from craffu.victims.letters.rules import (
    Reach,
    WhyNot,
    languages_of,
    says_what_must_not_be,
    why_no_letter,
)
from craffu.victims.models import AgreementVersion
from craffu.victims.of_orders.queries import kept_of_orders
from craffu.victims.queries import Victim, not_struck
from craffu.victims.stories import victims_of_people

_BRINGS: Final = {"vary": "varied", "renew": "renewed"}


@dataclass(frozen=True, slots=True)
class Change:
    """The last variation or renewal: since when, the conditions before and after, and the last day before and now."""

    is_renewal: bool
    at: datetime
    pairs: tuple[Pair, ...]
    last_day_before: date | None
    last_day: date | None
    relaxes: bool


def change_of(story: OrderStory) -> Change | None:
    """What last changed by a court or by agreement; words that were put right are no change of the order (ORD-15)."""
    move = next((one for one in reversed(story.moves) if one.move in _BRINGS), None)
    if move is None:
        return None
    why = _BRINGS[move.move]
    brought = next((one for one in reversed(story.made) if one.why == why and one.known_from >= move.known_from), None)
    # A renewal may leave every word as it was, and bring no version.
    before = story.standing
    if brought is not None:
        before = next((one for one in reversed(story.made) if one.number < brought.number), None)
    was = row_before(story, move.number).last_day
    was_said, is_said = _worded(before), _worded(story.standing)
    return Change(
        move.move == "renew", move.happened_at, tuple(pairs(was_said, is_said)), was, story.order.last_day,
        relaxes(was_said, is_said, was, story.order.last_day),
    )  # fmt: skip


def _worded(terms: OrderTerms | None) -> list[Worded]:
    return [
        Worded(one.number, one.type, one.words, one.words_cy, one.supervisor, one.first_day, one.last_day)
        for one in (terms.conditions.all() if terms else ())
    ]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody whom the order protects: under which record, who they are, and how they agreed to be reached.

    `agreement` is the last word on it, agreed or declined. `is_shut`: their page is shut to this reader; nothing of it is read.
    `is_in_doubt`: it came to light since that how they are reached is no longer safe.
    """

    record: int
    identity: Identity
    victim: Victim | None = None
    is_shut: bool = False
    agreement: AgreementVersion | None = field(default=None, repr=False)
    is_in_doubt: bool = False

    @property
    def reference(self) -> str:
        return self.identity.reference

    @property
    def terms(self) -> Terms:
        return agreed_terms(self.agreement) if self.agreement is not None else Terms()

    @property
    def reach(self) -> Reach:
        terms, version = self.terms, self.agreement
        return Reach(
            is_looked_after=self.victim is not None or self.is_shut,
            is_shut=self.is_shut,
            is_agreed=version is not None,
            is_declined=version is not None and version.declined_on is not None,
            is_in_doubt=self.is_in_doubt,
            channels=terms.channels,
            not_wanted=frozenset(Topic(one) for one in terms.not_wanted),
        )


def addressees(by: Acting, story: OrderStory) -> list[Addressee]:
    """Each person whom the order protects, once, in the order in which it names them. Twelve queries, however many they are."""
    records = story.protected
    if not records:
        return []
    people = people_of_records(by, records)
    known = identities(by, dict.fromkeys(people.values()))
    victims = {one.person.pk: one for one in victims_of_people(by, frozenset(one.pk for one in people.values()))}
    whose = {record: one.person.pk for one in victims.values() if not one.shut for record in one.records}
    agreed: dict[int, AgreementVersion] = {}
    for version in versions_of(by, whose):
        agreed[whose[version.record_id]] = version
    in_doubt = reach_in_doubt(by, whose, agreed) if agreed else set()
    found: dict[int, Addressee] = {}
    for record in records:
        person = people.get(record)
        if person is not None and person.pk not in found:
            victim = victims.get(person.pk)
            is_shut = victim is not None and bool(victim.shut)
            found[person.pk] = Addressee(
                record,
                known[person.pk],
                None if is_shut else victim,
                is_shut,
                agreed.get(person.pk),
                person.pk in in_doubt,
            )
    return list(found.values())


def addressee(by: Acting, story: OrderStory, reference: str) -> Addressee | None:
    return next((one for one in addressees(by, story) if one.reference == reference), None)


@dataclass(frozen=True, slots=True)
class Told:
    """A completed review, and what answered in it for one person."""

    review: Reviewed
    voice: ReviewVoice

    @property
    def why(self) -> str:
        """Why it was decided so, as the reviewer wrote it for them."""
        return self.review.row.why_differs or self.review.row.effect

    @property
    def on(self) -> date:
        at = self.review.completed_at
        return day_of(at if at is not None else self.review.row.known_from)


def last_review_of(by: Acting, order: Order, one: Addressee) -> Told | None:
    """The last completed review, where they were heard in it or it says why not."""
    return told_by(by, completed(reviews_of(by, order)), one)


def reason_in_welsh(by: Acting, review: OrderReview) -> str:
    """The reason as a qualified translator worded it last; empty where nobody has. One query."""
    row = ReasonTranslated.objects.for_user(by).filter(review=review).order_by("-id").first()
    return row.words if row is not None else ""


def lacks_welsh(by: Acting, one: Addressee, told: Told | None) -> bool:
    """BIL-02, BIL-03: whether they are written to in Welsh, alone or beside English, and the reason is in English alone."""
    is_read = Language.WELSH in languages_of(one.terms.language)
    return told is not None and is_read and not reason_in_welsh(by, told.review.row)


def told_by(by: Acting, reviews: Sequence[Reviewed], one: Addressee) -> Told | None:
    if not reviews:
        return None
    mine = set(_records_of(by, one))
    voice = next((each for each in reviews[-1].voices if each.record_id in mine), None)
    return Told(reviews[-1], voice) if voice is not None else None


def _records_of(by: Acting, one: Addressee) -> Collection[int]:
    if one.victim is not None:
        return one.victim.records
    rows = members(by).filter(person__reference=one.reference).order_by()
    return {one.record, *rows.values_list("record_id", flat=True)}


def offered_to(by: Acting, story: OrderStory, one: Addressee, reviews: Sequence[Reviewed] | None = None) -> list[About]:
    """What they can be written of as the order stands."""
    last = completed(reviews_of(by, story.order)) if reviews is None else reviews
    return letters_to_protected(
        story.order.status,
        was_changed=change_of(story) is not None,
        was_reviewed=told_by(by, last, one) is not None,
    )


def offered_to_respondent(story: OrderStory) -> list[About]:
    return letters_to_respondent(story.order.status, was_changed=change_of(story) is not None)


def why_not(story: OrderStory, one: Addressee, about: About | None = None) -> WhyNot | None:
    """Why no letter may go to them, of anything or of this (VIC-02)."""
    if about is None:
        return why_no_letter(one.reach)
    order, change = story.order, change_of(story)
    news = happening_of(
        about,
        is_bound=order.served_at is not None or order.aware_at is not None,
        relaxes=change is not None and change.relaxes,
        was_refused=order.status == OrderStatus.REFUSED,
    )
    return why_no_letter(one.reach, news)


def protected_details(by: Acting, story: OrderStory) -> list[tuple[str, str]]:
    """VIC-09: everything that could tell where anybody is: of each victim, of each protected person, and of the respondent.

    Read as the system reads, to compare with and never to show.
    """
    system = acting_system(by.force, by.actor.name)
    return [*values_of(system, records_beside(system, story)), *respondents_details(by, story)]


def respondents_details(by: Acting, story: OrderStory) -> list[tuple[str, str]]:
    system = acting_system(by.force, by.actor.name)
    return contacts_of(system, records_of_whoever(system, [story.order.respondent_id]))


def names_of_others(by: Acting, story: OrderStory, one: Addressee) -> list[str]:
    """The names of those whom the order protects beside somebody, as the system reads them, to keep them out of their letter.

    A name that the respondent or they bear too cannot be kept out, and tells nothing.
    """
    system = acting_system(by.force, by.actor.name)
    people = people_of_records(system, [*story.protected, story.order.respondent_id])
    known = identities(system, dict.fromkeys(people.values())) if people else {}
    respondent = people.get(story.order.respondent_id)
    theirs = {*_names(one.identity), *(_names(known[respondent.pk]) if respondent else ())}
    others = [each for each in known.values() if each.reference != one.reference]
    return [name for each in others for name in _names(each) if name not in theirs]


def _names(one: Identity) -> tuple[str, ...]:
    return tuple(name for name in (one.name, *one.other_names) if name)


def last_day_to_notify(by: Acting, order: Order, now: datetime) -> date | None:
    """The last day of a first notification that is still due, where that is confirmed law; None where there is none (CLK-14)."""
    kind = kind_of(order.kind)
    watched = watched_with_stories(by, [order.pk], now).get(order.pk)
    if watched is None or kind.mark == "unverified":
        return None
    for one in asked(kind, watched.history, now):
        if one.what is What.NOTIFICATION and one.done_at is None and not one.mark:
            return day_of(one.due_at - datetime.resolution)
    return None


def why_it_may_not_go(by: Acting, letter: LetterWritten, text: str) -> str:
    """VIC-02, VIC-09: why a letter to somebody protected may not leave as things stand now; empty where it may.

    Asked as the system asks: of what was said of her since, whoever fetches it need know no more than that.
    """
    system = acting_system(by.force, by.actor.name)
    story = story_of_order(system, letter.printed.order)
    to = next((one for one in addressees(system, story) if letter.record_id in _records_of(system, one)), None)
    if to is None:
        return Stopped.NOT_PROTECTED
    about, was = About(letter.about), stands(by.force.code, [key_of(letter)]).get(key_of(letter))
    against = {
        Stopped.WORDS_DIFFER: bool(found_to_differ(story.standing)),
        Stopped.ORDER_CHANGED: _is_of_the_past(system, story, to, letter),
        Stopped.LANGUAGE_CHANGED: was is not None and languages_of(was.language) != languages_of(to.terms.language),
        Stopped.NEVER_SAY: says_what_must_not_be(text, to.terms.never_say),
        Stopped.NAMES_ANOTHER: names_somebody(text, names_of_others(system, story, to)),
        PROTECTED_DETAIL: bool(kinds_found(text, protected_details(system, story)) or found_of_anybody(system, text)),
    }
    why = why_not(story, to, about)
    return why.value if why is not None else next((str(one) for one, holds in against.items() if holds), "")


def _is_of_the_past(by: Acting, story: OrderStory, to: Addressee, letter: LetterWritten) -> bool:
    """Whether the order was moved, worded or reviewed since, so that the letter would tell what no longer is."""
    told = last_review_of(by, story.order, to) if letter.review_id is not None else None
    return not _tells_what_is(story, letter, told.review.row.pk if told is not None else None)


def _tells_what_is(story: OrderStory, letter: LetterWritten, review: int | None) -> bool:
    """Whether a letter still tells how the order stands; `review` is the row of its last complete review."""
    if any(one.known_from > letter.printed.known_from for one in story.moves):
        return False
    if (story.standing.number if story.standing else None) != letter.printed.terms_number:
        return False
    return letter.review_id is None or letter.review_id == review


def told_already(
    story: OrderStory,
    letters: Sequence[LetterWritten],
    standing: Mapping[str, Stands],
    to: Addressee | None,
    review: int | None,
) -> dict[About, LetterWritten]:
    """The last letter of each kind to somebody, None for the respondent, that tells how the order stands and was not lost.

    `letters` are those about the order, the newest first, and `standing` how they stand; no query.
    """
    records = {None} if to is None else {to.record, *(to.victim.records if to.victim is not None else ())}
    found: dict[About, LetterWritten] = {}
    for one in letters:
        stands_so = standing.get(key_of(one))
        is_lost = stands_so is not None and stands_so.status in LOST
        if one.record_id in records and not is_lost and _tells_what_is(story, one, review):
            found.setdefault(About(one.about), one)
    return found


_KEY: Final = "letter:"


def key_of(letter: LetterWritten) -> str:
    """The key of the message that a letter is."""
    return f"{_KEY}{letter.printed_id}"


def is_of_letter(key: str) -> bool:
    return key.startswith(_KEY)


def letters_called(by: Acting, keys: Collection[str]) -> dict[str, LetterWritten]:
    """The letters that messages of these keys are, to those whom orders protect. One query."""
    numbers = [int(one.removeprefix(_KEY)) for one in keys if one.startswith(_KEY)]
    rows = LetterWritten.objects.for_user(by).filter(printed__in=numbers, record__isnull=False)
    listed = rows.select_related("printed", "printed__order", "review").defer("printed__content").order_by("printed")
    return {key_of(one): one for one in listed}


def find_letter(by: Acting, order: Order, number: int) -> LetterWritten | None:
    """The letter that a printed paper is; None for another paper. One query."""
    rows = LetterWritten.objects.for_user(by).filter(printed__order=order, printed=number)
    row: LetterWritten | None = rows.select_related("printed", "review").defer("printed__content").first()
    return row


def letters_of(by: Acting, order: Order) -> list[LetterWritten]:
    """The letters written about an order, the newest first. One query."""
    rows = LetterWritten.objects.for_user(by).filter(printed__order=order).select_related("printed", "printed__by")
    return list(rows.defer("printed__content").order_by("-printed"))


def told_of(by: Acting, letter: LetterWritten, victim: Victim) -> list[str]:
    """The keys of what the order told of before the letter was written, of which the letter tells them (VIC-05)."""
    order, written_at = letter.printed.order_id, letter.printed.known_from
    kinds = TELLS[About(letter.about)]
    rows = not_struck(kept_of_orders(by, [order], victim.records))
    return [f"happening-{one.pk}" for one in rows if one.kind in kinds and max(one.at, one.learnt_at) <= written_at]


def number_of_review(told: Told | None) -> int | None:
    return told.review.row.number if told is not None else None
