"""The reviews of orders as they stand: complete, waiting for another person, or sent back (REV-02 to REV-05)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.clocks.london import day_of
from craffu.common.ahead import give
from craffu.common.edits import version_of
from craffu.orders.catalogue.kinds import Change
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.life.states import OrderStatus
from craffu.orders.models import (
    Order,
    OrderNoted,
    OrderReview,
    ReviewApplied,
    ReviewDraft,
    ReviewSigned,
    ReviewVoice,
    ViewWanted,
)
from craffu.orders.noting.facts import Noted
from craffu.orders.reviewing.facts import Answers, answers_of
from craffu.orders.reviewing.resting import Fallen, fallen
from craffu.orders.reviewing.timing import Decided, end_decided_on, lapse, refuses


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One review with the voices in it, what another person said of it, and when its application went to a court.

    `fallen` are the views in it that count no more, by number; it is read where one order is.
    """

    row: OrderReview
    voices: tuple[ReviewVoice, ...]
    signed: ReviewSigned | None = None
    applied: ReviewApplied | None = None
    fallen: Mapping[int, Fallen] = field(default_factory=dict)

    @property
    def completed_at(self) -> datetime | None:
        """When it was complete: at once, or when the other person agreed. None while it waits, or was sent back."""
        if not self.row.needs_another:
            return self.row.known_from
        return self.signed.known_from if self.signed is not None and self.signed.agrees else None

    @property
    def waits(self) -> bool:
        return self.row.needs_another and self.signed is None

    @property
    def was_sent_back(self) -> bool:
        return self.signed is not None and not self.signed.agrees


def reviews_in(by: Acting, orders: Collection[int], known_at: datetime | None = None) -> dict[int, list[Reviewed]]:
    """The reviews of each of these orders in the order in which they were put forward. Two queries, however many."""
    rows = _whole_reviews_of(by, frozenset(orders), known_at)
    if rows:
        give(rows, "voices", _voices_in(by, frozenset(one.pk for one in rows)))
    found: dict[int, list[Reviewed]] = {}
    for row in rows:
        signed: ReviewSigned | None = _by_then(getattr(row, "signed", None), known_at)
        applied: ReviewApplied | None = _by_then(getattr(row, "applied", None), known_at)
        found.setdefault(row.order_id, []).append(Reviewed(row, tuple(row.voices.all()), signed, applied))
    return found


@prepared
def _whole_reviews_of(by: Acting, orders: frozenset[int], known_at: datetime | None) -> QuerySet[OrderReview]:
    rows = OrderReview.objects.for_user(by).filter(order__one_of=orders)
    rows = rows.select_related("by", "signed", "signed__by", "applied", "applied__by")
    if known_at is not None:
        rows = rows.filter(known_from__lte=known_at)
    in_order: QuerySet[OrderReview] = rows.order_by("order_id", "number")
    return in_order


@prepared
def _voices_in(by: Acting, reviews: frozenset[int]) -> QuerySet[ReviewVoice]:
    rows: QuerySet[ReviewVoice] = ReviewVoice.objects.for_user(by).filter(review__one_of=reviews)
    return rows.select_related("view", "view__recorded_by", "view__advocate").order_by("id")


@prepared
def _reviews_of(by: Acting, orders: tuple[int, ...], known_at: datetime | None) -> QuerySet[OrderReview]:
    rows = OrderReview.objects.for_user(by).filter(order__in=orders).select_related("signed")
    if known_at is not None:
        rows = rows.filter(known_from__lte=known_at)
    in_order: QuerySet[OrderReview] = rows.order_by("order_id", "number")
    return in_order


def reviews_completed(
    by: Acting, orders: Collection[int], known_at: datetime | None = None
) -> dict[int, list[datetime]]:
    """When each review of these orders was complete, in the order in which they were put forward. One query."""
    found: dict[int, list[datetime]] = {}
    for row in _reviews_of(by, tuple(sorted(orders)), known_at):
        at = Reviewed(row, (), _by_then(getattr(row, "signed", None), known_at)).completed_at
        if at is not None:
            found.setdefault(row.order_id, []).append(at)
    return found


def _by_then[R: (ReviewSigned, ReviewApplied)](said: R | None, known_at: datetime | None) -> R | None:
    return said if said is not None and (known_at is None or said.known_from <= known_at) else None


def reviews_of(by: Acting, order: Order) -> list[Reviewed]:
    """The reviews of one order, with what counts no more in each. Three queries at most."""
    found = reviews_in(by, [order.pk]).get(order.pk, [])
    gone = fallen(by, [voice.view for one in found for voice in one.voices if voice.view is not None])
    return [replace(one, fallen=_in(one, gone)) for one in found] if gone else found


def _in(one: Reviewed, gone: Mapping[int, Fallen]) -> dict[int, Fallen]:
    rests_on = {voice.view_id for voice in one.voices}
    return {view: why for view, why in gone.items() if view in rests_on}


def reviews_on(by: Acting, records: Collection[int]) -> list[tuple[int, OrderReview]]:
    """The reviews of orders against whoever these source records are, and those in which one of them answers as protected by the
    order: each with that record, the first put forward first. Two queries.
    """
    among = frozenset(records)
    rows = OrderReview.objects.for_user(by).filter(order__respondent__one_of=among).select_related("order")
    found = {row.pk: (row.order.respondent_id, row) for row in rows.order_by("id")}
    voices = ReviewVoice.objects.for_user(by).filter(record__one_of=among).select_related("review__order")
    for voice in voices.order_by("id"):
        found.setdefault(voice.review_id, (voice.record_id, voice.review))
    return [found[review] for review in sorted(found)]


def reviews_version(reviews: Sequence[Reviewed]) -> str:
    """What a review is completed from (REV-05, T30); while one waits, also whether the words in it still count."""
    said = [part for one in reviews for part in (one.row.pk, one.signed.pk if one.signed else None)]
    return version_of(*said, *(view for one in reviews if one.waits for view in sorted(one.fallen)))


def completed(reviews: Iterable[Reviewed]) -> list[Reviewed]:
    return [one for one in reviews if one.completed_at is not None]


def waiting(reviews: Iterable[Reviewed]) -> Reviewed | None:
    """The one that waits for another person, of which there is one at most."""
    return next((one for one in reviews if one.waits), None)


def decisions_of(order: Order, reviews: Iterable[Reviewed], noted: Iterable[OrderNoted]) -> list[Decided]:
    """The completed ones as far as they say what becomes of an end: not one whose application a court has refused since."""
    by_variation = kind_of(order.kind).changing.renew == Change.BY_VARIATION
    refused = [(one.change, one.at, one.known_from) for one in noted if one.what == Noted.CHANGE_REFUSED]
    return [
        Decided(day_of(one.completed_at), one.row.decision, one.row.last_day)
        for one in reviews
        if one.completed_at is not None
        and not any(
            refuses(change, one.row.decision, renews_by_variation=by_variation)
            and known > one.completed_at
            and day_of(at) >= day_of(one.completed_at)
            for change, at, known in refused
        )
    ]


def lapsed_unreviewed(order: Order, reviews: Iterable[Reviewed], noted: Iterable[OrderNoted]) -> bool:
    """REV-06: whether an order ran out without anybody having decided so fourteen days before."""
    if order.status != OrderStatus.EXPIRED or order.last_day is None:
        return False
    return lapse(order.last_day, end_decided_on(order.last_day, decisions_of(order, reviews, noted))).lapse_unreviewed


def draft_of(by: Acting, order: Order) -> ReviewDraft | None:
    """What the reader has answered so far; of anybody else's draft nothing is shown. One query."""
    if by.user is None:
        return None
    draft: ReviewDraft | None = ReviewDraft.objects.for_user(by).filter(order=order, by=by.user).first()
    return draft


def drafted(draft: ReviewDraft | None) -> Answers:
    return answers_of(draft.answers) if draft is not None else Answers()


def views_wanted(by: Acting, orders: Collection[int], known_at: datetime | None = None) -> list[ViewWanted]:
    """Whom somebody asked to be heard for a review of these orders. One query."""
    rows = ViewWanted.objects.for_user(by).filter(order__in=sorted(orders))
    if known_at is not None:
        rows = rows.filter(known_from__lte=known_at)
    return list(rows.order_by("id"))


def wanted_since(wanted: Iterable[ViewWanted], record: int, since: datetime | None) -> date | None:
    """The day on which somebody was last asked for, of what counts for the review to come; None where nobody was."""
    days = [
        day_of(one.known_from)
        for one in wanted
        if one.record_id == record and (since is None or one.known_from > since)
    ]
    return days[-1] if days else None
