"""What is due of reviews: the review, another person's agreement, a voice, the application, the telling (REV-01 to REV-06).

One review is one thing to do from the last one on, however many events bring it forward. Limits that no rule names are the
project's own (ADR 45).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.risk.queries import risks_in
from craffu.cases.topics import CASES
from craffu.clocks.london import day_of, end_of, start_of
from craffu.clocks.working_days import working_days_after
from craffu.common.languages import Language
from craffu.orders.facts import given_again
from craffu.orders.models import OrderMove, OrderProtects, OrderReview, ReasonTranslated, ViewWanted
from craffu.orders.reviewing.queries import Reviewed, completed, views_wanted
from craffu.orders.reviewing.reading import Stands, born_of, is_reviewed, stands
from craffu.orders.reviewing.rules import APPLIES_FOR, VIEW_FRESH_DAYS, Decision, Voice
from craffu.orders.reviewing.timing import Because, Event, apply_by
from craffu.orders.reviewing.voices import OF_ORDERS
from craffu.orders.topics import ORDERS
from craffu.orders.watching.due import every_order, orders_named
from craffu.orders.watching.kinds import Limit
from craffu.orders.watching.reading import Watch, watched_with_stories
from craffu.people.queries import members
from craffu.people.topics import PEOPLE
from craffu.victims.agreements.queries import versions_of
from craffu.victims.contacts.rules import Channel
from craffu.victims.inviting.trust import said_by_her
from craffu.victims.letters.rules import languages_of
from craffu.victims.models import AgreementVersion, View, ViewAnswered
from craffu.victims.queries import standing
from craffu.victims.topics import VICTIMS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How


class What(StrEnum):
    """What is to be done. Keys are stored."""

    REVIEW = "order_review"
    SIGN = "order_review_sign"
    ASK = "order_review_ask"
    APPLY = "order_review_apply"
    TELL = "order_review_tell"
    TRANSLATE = "order_review_translate"


RULES: Final[Mapping[What, str]] = {
    What.REVIEW: "REV-01",
    What.SIGN: "REV-03",
    What.ASK: "REV-02",
    What.APPLY: "REV-06",
    What.TELL: "REV-04",
    What.TRANSLATE: "BIL-03",
}
QUEUES: Final[Mapping[What, str]] = {
    What.REVIEW: "reviews",
    What.SIGN: "reviews",
    What.ASK: "agreements",
    What.APPLY: "hearings",
    What.TELL: "telling",
    What.TRANSLATE: "telling",
}
CONSEQUENCES: Final[Mapping[What, Consequence]] = {
    What.REVIEW: Consequence.PROTECTION_LAPSES,
    What.SIGN: Consequence.PROTECTION_LAPSES,
    What.ASK: Consequence.VOICE_UNHEARD,
    What.APPLY: Consequence.PROTECTION_LAPSES,
    What.TELL: Consequence.PROMISE_BROKEN,
    What.TRANSLATE: Consequence.PROMISE_BROKEN,
}
# How long before its day a review stands in anybody's list.
AHEAD: Final = timedelta(days=7)
SIGN_WORKING_DAYS, ASK_WORKING_DAYS, TELL_WORKING_DAYS, TRANSLATE_WORKING_DAYS = 1, 2, 1, 3


def why_of(because: str, event: str = "") -> str:
    """The key of the reason for a review: why it is due on its day, and of an event which."""
    return f"{What.REVIEW.value}_{event or because}"


WHYS: Final = frozenset(
    {
        *(what.value for what in What if what is not What.REVIEW),
        *(why_of(one.value) for one in Because),
        *(why_of(Because.EVENT.value, one.value) for one in Event),
    }
)


@dataclass(slots=True)
class _Beside:
    """What victims' officers recorded that bears on reviews: when views of orders were recorded that are fresh enough to answer
    in one, by record; and of each view when the answers were kept by which they were told, and when they were told.
    """

    given: dict[int, list[datetime]] = field(default_factory=dict)
    whose: dict[int, int] = field(default_factory=dict)
    told: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    # Whoever is written to in Welsh, by record, and when the reason of each review was first put into it.
    welsh: frozenset[int] = frozenset()
    translated: dict[int, datetime] = field(default_factory=dict)

    def heard_after(self, record: int, at: datetime) -> datetime | None:
        """When whoever this record is of first gave a view after an instant."""
        person = self.whose.get(record)
        same = [each for each, one in self.whose.items() if one == person] if person is not None else [record]
        return min((given for each in same for given in self.given.get(each, ()) if given > at), default=None)

    def told_after(self, view: int, at: datetime) -> datetime | None:
        """When they were first told of what became of a view, by an answer that was kept from an instant on."""
        return next((told for kept, told in self.told.get(view, ()) if kept >= at), None)


def orders_told_of(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News names orders and cases as orders' lives hear of them, or victims by the person's row number."""
    if topic not in {VICTIMS, PEOPLE}:
        return orders_named(by, topic, subjects)
    mine = members(by).filter(person__in=sorted(map(int, subjects))).order_by()
    records = frozenset(mine.values_list("record_id", flat=True))
    rows = OrderProtects.objects.for_user(by).filter(record__one_of=records).order_by()
    return map(str, sorted(set(rows.values_list("order_id", flat=True))))


def reviews_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of the reviews of each of these orders as things stand at an instant. Forty-two queries at most."""
    watched = watched_with_stories(by, frozenset(map(int, subjects)), now)
    live = [one.story.order for one in watched.values() if one.history and is_reviewed(one.story.order)]
    risks = risks_in(by, {one.case_id for one in live if one.case_id is not None}, now) if live else {}
    born = born_of(by, live)
    wanted: dict[int, list[ViewWanted]] = {}
    for view in views_wanted(by, watched, now):
        wanted.setdefault(view.order_id, []).append(view)
    beside = _beside(by, watched.values(), wanted)
    found = {}
    for number, one in watched.items():
        order = one.story.order
        standing = None
        if one.history and is_reviewed(order):
            standing = stands(
                one.story, one.history, one.reviews, risks.get(order.case_id or 0), born.get(order.pk), now
            )
        dues = tuple(_dues(one, standing, wanted.get(number, ()), beside))
        found[str(number)] = Answer(dues, standing.changes_at if standing else None)
    return found


def _beside(by: Acting, watched: Iterable[Watch], wanted: Mapping[int, list[ViewWanted]]) -> _Beside:
    """Four queries; none where nobody was asked for and nothing was reviewed."""
    voices = (voice for one in watched for each in one.reviews for voice in each.voices)
    views = sorted(voice.view_id for voice in voices if voice.view_id is not None)
    asked = {one.record_id for several in wanted.values() for one in several}
    found = _Beside()
    if asked:
        people = set(members(by).filter(record__in=sorted(asked)).order_by().values_list("person_id", flat=True))
        mine = members(by).filter(person__in=sorted(people)).order_by()
        found.whose = dict(mine.values_list("record_id", "person_id"))
        given = View.objects.for_user(by).filter(record__in=sorted(found.whose), subject__in=OF_ORDERS)
        for one in standing(said_by_her(by, given).defer("words").order_by("known_from", "id")):
            if one.given_at >= one.known_from - timedelta(days=VIEW_FRESH_DAYS):
                found.given.setdefault(one.record_id, []).append(one.known_from)
    if views:
        answers = ViewAnswered.objects.for_user(by).filter(view__in=views, told_at__isnull=False)
        for answer in standing(answers.defer("decided", "why").order_by("known_from", "id")):
            found.told.setdefault(answer.view_id, []).append((answer.known_from, answer.told_at))
    _add_welsh(by, found, [each for one in watched for each in completed(one.reviews)])
    return found


def _add_welsh(by: Acting, found: _Beside, reviews: Sequence[Reviewed]) -> None:
    """Four queries; none where nothing was reviewed."""
    records = {voice.record_id for each in reviews for voice in each.voices}
    if not records:
        return
    person = dict(members(by).filter(record__in=sorted(records)).order_by().values_list("record_id", "person_id"))
    mine = members(by).filter(person__in=sorted(set(person.values()))).order_by()
    whose = dict(mine.values_list("record_id", "person_id"))
    agreed = {whose[version.record_id]: version for version in versions_of(by, whose)}
    reads = {one for one, version in agreed.items() if _reads_letters_in_welsh(version)}
    found.welsh = frozenset(record for record in records if person.get(record) in reads)
    rows = (
        ReasonTranslated.objects.for_user(by).filter(review__in=sorted(one.row.pk for one in reviews)).order_by("-id")
    )
    found.translated = dict(rows.values_list("review_id", "known_from"))


def _reads_letters_in_welsh(version: AgreementVersion) -> bool:
    is_safe = version.agreed_on is not None and Channel.LETTER in version.channels
    return is_safe and Language.WELSH in languages_of(version.language)


def _dues(one: Watch, standing: Stands | None, wanted: Iterable[ViewWanted], beside: _Beside) -> Iterator[Due]:
    yield from _past_reviews(one)
    if standing is not None:
        yield from _next(one, standing)
    yield from (_sign(one, each) for each in one.reviews if each.row.needs_another)
    yield from (_ask(one, each, beside) for each in wanted)
    for place, each in enumerate(completed(one.reviews)):
        if each.row.decision in APPLIES_FOR:
            yield _apply(one, each, completed(one.reviews)[place + 1 :])
        yield from _tell(one, each, beside)
        yield from _translate(one, each, completed(one.reviews)[place + 1 :], beside)


def _due(
    one: Watch,
    what: What,
    key: str,
    raised_at: datetime,
    due_day: date,
    *,
    why: str = "",
    limit: Limit = Limit.POLICY,
    done: tuple[datetime, How] | None = None,
    owner: int | None = None,
    facts: Mapping[str, str] | None = None,
) -> Due:
    order = one.story.order
    by = end_of(due_day)
    said = {**(facts or {}), "limit": limit.value}
    return Due(
        kind=what.value, key=key, about=("order", order.reference), of_case=order.case.reference if order.case else "",
        queue=QUEUES[what], why=why or what.value, what_if_not=CONSEQUENCES[what], raised_at=min(raised_at, by), due_at=by,
        overdue_from=by, owner=owner, facts=said, done_at=done[0] if done else None, how=done[1] if done else None,
    )  # fmt: skip


def _owner(one: Watch) -> int | None:
    return one.history[-1].owner if one.history else None


def _past_reviews(one: Watch) -> Iterator[Due]:
    """Each review that was due and is complete, late or not: the day on which it was due stays."""
    since = one.story.order.known_from
    for place, each in enumerate(completed(one.reviews)):
        done_at = each.completed_at
        if each.row.due_on is not None and done_at is not None:
            raised_at = min(max(since, start_of(each.row.due_on - AHEAD)), done_at)
            yield _due(
                one, What.REVIEW, f"{one.story.order.pk}:{place}", raised_at, each.row.due_on, done=(done_at, How.DONE),
                why=why_of(each.row.because), limit=_limit(each.row.because), owner=_owner(one),
            )  # fmt: skip
        since = each.row.known_from


def _next(one: Watch, standing: Stands) -> Iterator[Due]:
    """REV-01: the review to come. An event raises it at once, the schedule a week before its day."""
    if standing.next is None:
        return
    day = standing.next.due_day
    raised_at = standing.event.at if standing.event else max(standing.since, start_of(day - AHEAD))
    event = standing.event.event.value if standing.event else ""
    number = len(completed(one.reviews))
    yield _due(
        one, What.REVIEW, f"{one.story.order.pk}:{number}", raised_at, day, why=why_of(standing.next.because.value, event),
        limit=_limit(standing.next.because), owner=_owner(one),
    )  # fmt: skip


def _limit(because: str) -> Limit:
    """Whose limit it is: of all that asks for a review the law sets one (CLK-14)."""
    return Limit.LAW if because == Because.STATUTE else Limit.POLICY


def _sign(one: Watch, each: Reviewed) -> Due:
    """REV-02, REV-03: a supervisor who did not review agrees, or sends it back."""
    at = each.row.known_from
    day = working_days_after(day_of(at), SIGN_WORKING_DAYS).due_day
    done = (each.signed.known_from, How.DONE) if each.signed else None
    return _due(one, What.SIGN, str(each.row.pk), at, day, done=done)


def _ask(one: Watch, wanted: ViewWanted, beside: _Beside) -> Due:
    """REV-02: those who look after them ask. A review that closed since needs it no more, nor does an order that is over."""
    at = wanted.known_from
    heard = beside.heard_after(wanted.record_id, at)
    closed = next((each.completed_at for each in completed(one.reviews) if each.row.known_from > at), None)
    day = working_days_after(day_of(at), ASK_WORKING_DAYS).due_day
    done = None
    if heard is not None:
        done = (heard, How.DONE)
    elif closed is not None:
        done = (closed, How.WITHDRAWN)
    elif one.story.order.ended_at is not None:
        done = (max(one.story.moves[-1].known_from, at), How.WITHDRAWN)
    return _due(one, What.ASK, str(wanted.pk), at, day, done=done)


def _apply(one: Watch, each: Reviewed, later: Iterable[Reviewed]) -> Due:
    """REV-06: what a review decided is asked of the court in time, or another review decides otherwise."""
    at = each.completed_at or each.row.known_from
    made = next((move.known_from for move in one.story.moves if move.known_from > at and _makes(move, each.row)), None)
    went = each.applied.known_from if each.applied else None
    done_at = min((one for one in (made, went) if one is not None), default=None)
    otherwise = next((next_.completed_at for next_ in later if next_.row.decision in _SETTLES), None)
    done = None
    if done_at is not None:
        done = (done_at, How.DONE)
    elif otherwise is not None:
        done = (otherwise, How.WITHDRAWN)
    elif one.story.order.ended_at is not None:
        done = (max(one.story.moves[-1].known_from, at), How.WITHDRAWN)
    facts = {"decision": each.row.decision}
    return _due(
        one, What.APPLY, str(each.row.pk), at, apply_by(day_of(at), each.row.last_day), done=done, facts=facts,
        owner=_owner(one),
    )  # fmt: skip


def _makes(move: OrderMove, decided: OrderReview) -> bool:
    """Whether a court did what a review decided to ask for. A variation that leaves the end as it was renews nothing."""
    if decided.decision == Decision.RENEW:
        given = given_again(move.said)
        later = given.last_day is not None and decided.last_day is not None and given.last_day > decided.last_day
        return move.move == "renew" or (move.move == "vary" and (later or bool(given.is_indefinite)))
    return move.move in _MADE[Decision(decided.decision)]


_MADE: Final[Mapping[Decision, frozenset[str]]] = {
    Decision.VARY: frozenset({"vary", "discharge"}),
    Decision.RELAX: frozenset({"vary", "discharge"}),
    Decision.DISCHARGE: frozenset({"discharge"}),
}
# What a later review decides in the stead of an application that nobody has made. That it goes on for now is none.
_SETTLES: Final = frozenset({*APPLIES_FOR, Decision.LET_EXPIRE})


def _tell(one: Watch, each: Reviewed, beside: _Beside) -> Iterator[Due]:
    """REV-04: whoever asked for something else is told what was decided, and why."""
    at = each.completed_at or each.row.known_from
    for voice in each.voices:
        if voice.kind == Voice.GIVEN and voice.wants not in ("", each.row.decision) and voice.view_id is not None:
            told_at = beside.told_after(voice.view_id, at)
            day = working_days_after(day_of(at), TELL_WORKING_DAYS).due_day
            done = (max(told_at, at), How.DONE) if told_at is not None else None
            yield _due(one, What.TELL, str(voice.pk), at, day, done=done)


def _translate(one: Watch, each: Reviewed, later: Sequence[Reviewed], beside: _Beside) -> Iterator[Due]:
    """BIL-03: whoever is written to in Welsh waits until a qualified translator has worded why, or a later review is told."""
    if not any(voice.record_id in beside.welsh for voice in each.voices):
        return
    at = each.completed_at or each.row.known_from
    translated, next_at = beside.translated.get(each.row.pk), later[0].completed_at if later else None
    done = None
    if translated is not None:
        done = (max(translated, at), How.DONE)
    elif next_at is not None:
        done = (next_at, How.WITHDRAWN)
    day = working_days_after(day_of(at), TRANSLATE_WORKING_DAYS).due_day
    yield _due(one, What.TRANSLATE, str(each.row.pk), at, day, done=done)


SOURCE: Final = Source(
    key="order_reviews",
    topics=frozenset({ORDERS, CASES, VICTIMS, PEOPLE}),
    rules={what.value: rule for what, rule in RULES.items()},
    whys=WHYS,
    queues=frozenset(QUEUES.values()),
    every=every_order,
    named=orders_told_of,
    due=reviews_due,
)
