"""Letters about an order, kept as if they had just been printed, and an agreement by which one may go to whom it protects."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.orders.letters.actions import keep_letter
from craffu.orders.letters.facts import NewLetter
from craffu.orders.letters.kinds import About
from craffu.orders.letters.queries import addressee, last_review_of, number_of_review
from craffu.orders.models import LetterWritten, Order
from craffu.orders.printing.actions import seen_of
from craffu.orders.printing.facts import NewPaper
from craffu.orders.queries import find_order, story_of_order
from craffu.people.queries import people_of_records
from craffu.victims.agreements.queries import versions_of
from craffu.victims.happenings.actions import record_happening
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.victims.letters.actions import write_letter
from craffu.victims.letters.facts import NewLetter as NewVictimLetter
from craffu.victims.letters.kinds import About as OfVictim
from craffu.victims.models import VictimLetter
from tests.factories.reviews import protected
from tests.factories.victims import QUIET, victim_of

# Letters and visits are safe beside what is agreed otherwise, from nine to half past five.
BY_LETTER: Final = replace(QUIET, channels=(*QUIET.channels, "letter", "visit"), never_say="", officer="Nia Price")


def written(
    by: Acting, order: Order, about: About = About.TERMS, words: str = "A letter.", **other: Any
) -> LetterWritten:
    """A letter to the first whom an order protects, by somebody who has just proved a second factor."""
    fresh = replace(by, factor_at=clock.now())
    found = find_order(fresh, order.reference)
    assert found is not None
    story, record = story_of_order(fresh, found), protected(fresh, found)
    person = people_of_records(fresh, [record])[record].reference
    to = addressee(fresh, story, person)
    assert to is not None
    review = number_of_review(last_review_of(fresh, found, to)) if about is About.REVIEW else None
    letter = NewLetter(about=about, person=person, review=review, agreement=to.agreement.pk if to.agreement else None)
    return keep_letter(
        by=fresh, order=order.reference, letter=replace(letter, **other), paper=paper(fresh, found, words)
    )


def to_respondent(by: Acting, order: Order, about: About = About.TERMS, words: str = "A letter.") -> LetterWritten:
    fresh = replace(by, factor_at=clock.now())
    found = find_order(fresh, order.reference)
    assert found is not None
    new = paper(fresh, found, words, kind="letter_to_respondent", audience="respondent")
    return keep_letter(by=fresh, order=order.reference, letter=NewLetter(about=about), paper=new)


def paper(by: Acting, order: Order, words: str = "A letter.", **other: Any) -> NewPaper:
    new = NewPaper(
        kind="letter_to_protected", audience="protected", language="en", seen=seen_of(story_of_order(by, order)),
        terms_number=1, wording={}, enclosed=(), words=words, content=b"%PDF-1.7 a letter",
    )  # fmt: skip
    return replace(new, **other)


def written_to(
    by: Acting,
    victim: str,
    about: OfVictim,
    of: str,
    words: str = "A letter.",
    now: datetime | None = None,
    **other: Any,
) -> VictimLetter:
    """A letter to a victim that hangs on no order, by somebody who has just proved a second factor."""
    at = now or clock.now()
    fresh = replace(by, factor_at=at)
    hers = victim_of(fresh, victim)
    versions = versions_of(fresh, hers.records)
    letter = NewVictimLetter(
        about=about, of=of, agreement=versions[-1].pk if versions else None, words=words, content=b"%PDF-1.7 a letter"
    )
    return write_letter(by=fresh, victim=victim, letter=replace(letter, **other), now=at)


def charged(by: Acting, victim: str, at: datetime, kind: Happening = Happening.CHARGE) -> str:
    """Something happened in her case; the key of it."""
    hers = victim_of(by, victim)
    given = NewHappening(kind, at, at)
    row = record_happening(by=by, victim=victim, case=max(hers.cases.values()), given=given, now=at)
    return f"happening-{row.pk}"


def written_of_a_charge(by: Acting, victim: str, now: datetime, **other: Any) -> VictimLetter:
    return written_to(by, victim, OfVictim.NEWS, charged(by, victim, now), now=now, **other)
