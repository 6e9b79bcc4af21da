"""What is due of one order as it stood from day to day: what, from when, by when, by which rule, and until it was done.

ORD-03, ORD-07, ORD-10, ORD-11, ORD-18, ORD-20; CLK-03 to CLK-07 and CLK-12; VIC-06. A thing is due for as long as the order
stands so that it has to be done. Limits that no rule names are the project's own (ADR 41).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.clocks.lengths import CalendarLength
from craffu.clocks.london import day_of, end_of, start_of
from craffu.clocks.periods import Counting, period
from craffu.clocks.working_days import working_days_after
from craffu.orders.catalogue.kinds import Family, Kind
from craffu.orders.clocks.interim import interim_end
from craffu.orders.clocks.notifications import (
    FROM_SERVICE,
    WITH_DUTY,
    Bound,
    Interim,
    OtherDuty,
    initial_notification,
)
from craffu.orders.clocks.of_order import notice_hearing
from craffu.orders.clocks.watches import HALF_TERM, expiry_watches
from craffu.orders.effect.rules import Happened
from craffu.orders.hearings.rules import hearing_watch, lodge_by
from craffu.orders.life.rules import is_known_only
from craffu.orders.life.states import ENDS, LIVE, OrderStatus
from craffu.orders.serving.rules import ALERT_AFTER_DAYS, SERVE_WITHIN_DAYS


class What(StrEnum):
    """What is to be done. Keys are stored."""

    AUTHORISE = "order_authorise"
    LODGE = "order_lodge"
    HEARING = "order_hearing"
    NO_DATE = "order_no_next_date"
    GAP = "order_unprotected_days"
    DETERMINED = "order_determined"
    NOTICE_HEARING = "order_notice_hearing"
    SERVE = "order_serve"
    UNSERVED = "order_unserved"
    TERMS = "order_terms"
    TERMS_DIFFER = "order_terms_differ"
    WATCH = "order_watch"
    NOTIFICATION = "order_notification"
    TERMS_TO_VICTIM = "order_terms_to_victim"
    UNTOLD = "order_untold"
    UNOWNED = "order_unowned"
    PROTECTS_NOBODY = "order_protects_nobody"
    CARD = "order_card"
    NATIONAL_ENTRY = "order_national_entry"


class Limit(StrEnum):
    """Whose limit it is (CLK-14)."""

    LAW = "law"
    POLICY = "policy"


RULES: Final[Mapping[What, str]] = {
    What.AUTHORISE: "ORD-03",
    What.LODGE: "ORD-10",
    What.HEARING: "ORD-10",
    What.NO_DATE: "ORD-10",
    What.GAP: "ORD-07",
    What.DETERMINED: "ORD-07",
    What.NOTICE_HEARING: "CLK-07",
    What.SERVE: "ORD-11",
    What.UNSERVED: "ORD-11",
    What.TERMS: "ORD-20",
    What.TERMS_DIFFER: "ORD-20",
    What.WATCH: "CLK-12",
    What.NOTIFICATION: "CLK-03",
    What.TERMS_TO_VICTIM: "VIC-06",
    What.UNTOLD: "VIC-05",
    What.UNOWNED: "ORD-18",
    What.PROTECTS_NOBODY: "ORD-06",
    What.CARD: "ORD-18",
    What.NATIONAL_ENTRY: "ORD-18",
}
LIMITS: Final[Mapping[What, Limit]] = {
    what: Limit.LAW if what in {What.NOTICE_HEARING, What.NOTIFICATION} else Limit.POLICY for what in What
}

# Project decisions: an application waits a working day for its authoriser, terms for a second person or to be put right, an
# order for an owner, for somebody whom it protects and for its entry in the national system.
WORKING_DAYS: Final = 1
# `victim.order_terms_working_days`
WORKING_DAYS_TO_VICTIM: Final = 1
CARD_WORKING_DAYS: Final = 5
# `review.event_due_working_days`: a watch asks for a decision like any event that raises a review.
WATCH_WORKING_DAYS: Final = 5
HEARING_AHEAD: Final = timedelta(days=7)
_ALREADY_PAST: Final = "_already_past"
INDEFINITE: Final = "indefinite"
# The watch from which on its end is warned of: thirty days before, or half of a short order's time.
WARNS_OF_THE_END: Final = frozenset({"30_days", HALF_TERM})
_MONTHS: Final = 12
_ONE_DAY: Final = timedelta(days=1)

_S = OrderStatus
AT_COURT: Final = frozenset({_S.APPLIED, _S.ADJOURNED})
# Statuses of an application that a court, or whoever brought it, has decided.
DECIDED: Final = LIVE | ENDS | {_S.REFUSED, _S.WITHDRAWN}
_TO_LODGE: Final = frozenset({_S.DECIDED, _S.AUTHORISING, _S.AUTHORISED})
# Kinds that run out by themselves, of which somebody decides beforehand.
_WATCHED: Final = frozenset({Family.APPLICATION, Family.CRIMINAL, Family.VICTIMS_OWN})
_LODGED: Final = frozenset({Family.APPLICATION, Family.CRIMINAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """How an order stood from an instant on, by all that was known then. `moves` is how many had been made.

    `decided`, `asked` and `made` are the numbers of the moves that did so last, 0 for none. `terms` is the version that
    stands, of those a court made, 0 for none; it `differs` where somebody found that it does from the sealed order.
    `main_hearing_on` is the next hearing of the application that an interim order follows, while that is before the court;
    `is_followed` says that a later interim order of it lives; `replaced` is the interim order that this one replaced;
    `soa_part_2` and `under_spa_9` are other duties to notify, for which this one waits. Of those it `protects` so many
    `has_terms` in writing since it was served. `reviewed` is how many reviews were complete; `is_end_decided` that what
    becomes of it on its last day is decided.
    """

    since: datetime
    status: str
    moves: int = 0
    decided: int = 0
    decided_on: date | None = None
    asked: int = 0
    made: int = 0
    made_at: datetime | None = None
    served_at: datetime | None = None
    aware_at: datetime | None = None
    last_day: date | None = None
    is_indefinite: bool = False
    is_interim: bool = False
    applied_on: date | None = None
    next_hearing_on: date | None = None
    adjourned_on: date | None = None
    main_hearing_on: date | None = None
    is_main_decided: bool = False
    is_followed: bool = False
    replaced: Interim | None = None
    owner: int | None = None
    terms: int = 0
    is_compared: bool = False
    differs: bool = False
    is_entered: bool = False
    card_lacks: int = 0
    notified_at: datetime | None = None
    soa_part_2: OtherDuty | None = None
    under_spa_9: bool = False
    protects: int = 0
    has_terms: int = 0
    reviewed: int = 0
    is_end_decided: bool = False

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def bound_at(self) -> datetime | None:
        """When it was served, or the respondent is proven to have known of it, whichever was first."""
        return min((at for at in (self.served_at, self.aware_at) if at is not None), default=None)

    @property
    def is_known_only(self) -> bool:
        return is_known_only(self.status, is_served=self.served_at is not None, is_aware=self.aware_at is not None)

    @property
    def is_owned(self) -> bool:
        return self.owner is not None


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which something had to be done: from how the order stood then, to how it stood after; None while it has to be."""

    key: str
    began: Stood
    ended: Stood | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to do. `key` is its own for ever within its order; `why` says more closely why, where that is needed.

    Over at `done_at`: done, or by `is_done` false no longer asked for. `mark` is for a limit that no source confirms.
    """

    what: What
    key: str
    raised_at: datetime
    due_at: datetime
    why: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    mark: str | None = None
    done_at: datetime | None = None
    is_done: bool = True


def spells(history: Sequence[Stood], holds: Callable[[Stood], str | None]) -> list[Spell]:
    """The times in which something holds, by its own word for what: another word, another time. What comes again is numbered."""
    found: list[Spell] = []
    times: dict[str, int] = {}
    word, began = None, None
    for one in [*history, None]:
        now = holds(one) if one is not None else None
        if began is not None and word is not None and (one is None or now != word):
            times[word] = times.get(word, 0) + 1
            key = word if times[word] == 1 else f"{word}:{times[word]}"
            found.append(Spell(key, began, one))
            word, began = None, None
        if one is not None and now is not None and began is None:
            word, began = now, one
    return found


def asked(kind: Kind, history: Sequence[Stood], now: datetime) -> list[Asked]:
    """Everything that is or was to be done of an order of a kind. What was over before it was asked is left out."""
    found = [
        *_authorise(history),
        *_lodge(kind, history),
        *_hearings(history),
        *_no_dates(history),
        *_gaps(history),
        *_determined(history),
        *_notice_hearings(kind, history),
        *_service(kind, history),
        *_terms(history),
        *_terms_differ(history),
        *_watches(kind, history, now),
        *_notification(kind, history),
        *_terms_to_victim(history),
        *_owner(history),
        *_protects_nobody(history),
        *_card(history),
        *_national_entry(history),
    ]
    return [one for one in found if one.done_at is None or one.done_at > one.raised_at]


def _over(
    what: What, spell: Spell, raised_at: datetime, due_at: datetime, *, is_done: bool = True, **more: object
) -> Asked:
    done_at = spell.ended.since if spell.ended else None
    # What is due before it could be asked is asked when it is due at the latest.
    return Asked(what, spell.key, min(raised_at, due_at), due_at, done_at=done_at, is_done=is_done, **more)  # type: ignore[arg-type]


def _in_working_days(since: datetime, days: int) -> datetime:
    return working_days_after(day_of(since), days).ends


def _authorise(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-03: somebody who holds the rank says yes or no."""
    for spell in spells(history, lambda one: f"asked-{one.asked}" if one.status == _S.AUTHORISING else None):
        yield _over(What.AUTHORISE, spell, spell.began.since, _in_working_days(spell.began.since, WORKING_DAYS))


def _lodge(kind: Kind, history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-10: an application goes to court, or to the prosecutor, within 28 days of the decision."""
    if kind.family not in _LODGED:
        return
    for spell in spells(history, lambda one: f"decided-{one.decided}" if one.status in _TO_LODGE else None):
        decided_on = spell.began.decided_on or day_of(spell.began.since)
        last_day = lodge_by(decided_on, decided_on).last_day
        is_done = spell.ended is not None and spell.ended.status in AT_COURT | LIVE
        yield _over(What.LODGE, spell, spell.began.since, end_of(last_day), is_done=is_done)


def _hearings(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-10: every hearing ends in a recorded result. It is asked for a week before it."""

    def holds(one: Stood) -> str | None:
        return f"hearing-{one.next_hearing_on}" if one.status in AT_COURT and one.next_hearing_on else None

    for spell in spells(history, holds):
        day = spell.began.next_hearing_on
        if day is not None:
            raised_at = max(spell.began.since, start_of(day - HEARING_AHEAD))
            yield _over(What.HEARING, spell, raised_at, end_of(day))


def _without_date_since(one: Stood) -> date | None:
    """The day since which an application is at court and nobody knows when it is heard; None where that is known."""
    if one.status not in AT_COURT or one.next_hearing_on is not None:
        return None
    return one.adjourned_on if one.status == _S.ADJOURNED else one.applied_on


def _no_dates(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-10: adjourned with no next date, or lodged with none. From the fourteenth day it is late."""

    def holds(one: Stood) -> str | None:
        day = _without_date_since(one)
        return f"{one.status}-{day}" if day is not None else None

    for spell in spells(history, holds):
        day = _without_date_since(spell.began)
        if day is not None:
            yield _over(What.NO_DATE, spell, spell.began.since, start_of(hearing_watch(day, day).alert_on))


def _gap(one: Stood) -> int | None:
    """The unprotected days between an interim order and the hearing of its application; None where there is no gap.

    That the order has run out does not close it: it is then that nobody is protected.
    """
    is_open = one.is_live or one.status == _S.EXPIRED
    if not (is_open and one.is_interim and one.main_hearing_on) or one.is_followed:
        return None
    return interim_end(one.last_day, None, one.main_hearing_on).gap_days


def _gaps(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-07: the interim order ends before the next hearing. Somebody has it made longer, or the hearing brought forward.

    Until then, or until another interim order of the same application protects them, it is to be done.
    """

    def holds(one: Stood) -> str | None:
        return f"{one.last_day}-{one.main_hearing_on}" if _gap(one) is not None else None

    for spell in spells(history, holds):
        last_day = spell.began.last_day
        if last_day is not None:
            facts = {"days": str(_gap(spell.began))}
            yield _over(What.GAP, spell, spell.began.since, end_of(last_day), facts=facts)


def _determined(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-07: an interim order ends at the latest with the decision about its application. That it did is recorded at once."""

    def holds(one: Stood) -> str | None:
        return "determined" if one.is_live and one.is_interim and one.is_main_decided else None

    for spell in spells(history, holds):
        is_done = spell.ended is not None and spell.ended.status == _S.SUPERSEDED
        yield _over(What.DETERMINED, spell, spell.began.since, spell.began.since, is_done=is_done)


def _notice_hearings(kind: Kind, history: Sequence[Stood]) -> Iterator[Asked]:
    """CLK-07: the hearing after a notice is within 48 counted hours. A missed one is never an end of the notice."""

    def holds(one: Stood) -> str | None:
        return f"notice-{one.made}" if one.is_live and notice_hearing(kind, _happened(one)) else None

    for spell in spells(history, holds):
        step = notice_hearing(kind, _happened(spell.began))
        if step is not None:
            due_at = step.act_by or step.due
            yield _over(What.NOTICE_HEARING, spell, spell.began.since, due_at, mark=step.mark)


def _happened(one: Stood) -> Happened:
    return Happened(one.made_at, served_at=one.served_at, aware_at=one.aware_at, last_day=one.last_day)


def _service(kind: Kind, history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-11: served by the end of the next calendar day; an alert of its own once it is unserved for more than three.

    That the respondent is proven to know of an order binds them. Where their duty to notify begins with service all the same, it
    is chased until then (CLK-03).
    """
    if kind.family == Family.CONDITIONS:
        return
    is_chased_on = kind.code in FROM_SERVICE

    def holds(one: Stood) -> str | None:
        waits = one.status == _S.GRANTED or (is_chased_on and one.is_known_only)
        return f"made-{one.made}" if waits else None

    for spell in spells(history, holds):
        made_on = day_of(spell.began.made_at or spell.began.since)
        is_done = spell.ended is not None and spell.ended.status == _S.IN_FORCE
        yield _over(
            What.SERVE, spell, spell.began.since, end_of(made_on + timedelta(days=SERVE_WITHIN_DAYS)), is_done=is_done
        )
        raised_at = max(spell.began.since, end_of(made_on + timedelta(days=ALERT_AFTER_DAYS)))
        yield _over(What.UNSERVED, spell, raised_at, end_of(day_of(raised_at)), is_done=is_done)


def _terms(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-20: a second person compares each version with the sealed order. Whoever finds that they differ has compared them."""

    def holds(one: Stood) -> str | None:
        return f"terms-{one.terms}" if one.is_live and one.terms and not one.is_compared and not one.differs else None

    for spell in spells(history, holds):
        is_done = spell.ended is not None and (spell.ended.is_compared or spell.ended.differs)
        due_at = _in_working_days(spell.began.since, WORKING_DAYS)
        yield _over(What.TERMS, spell, spell.began.since, due_at, is_done=is_done)


def _terms_differ(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-20: typed words that differ from the sealed order are put right, or found to be its words after all."""
    for spell in spells(history, lambda one: f"terms-{one.terms}" if one.is_live and one.differs else None):
        is_done = spell.ended is not None and spell.ended.is_live
        due_at = _in_working_days(spell.began.since, WORKING_DAYS)
        yield _over(What.TERMS_DIFFER, spell, spell.began.since, due_at, is_done=is_done)


def watches(kind: Kind, history: Sequence[Stood], now: datetime) -> list[Asked]:
    """CLK-12: every watch, whether somebody has decided since or not. The next takes the place of the one before."""
    found = _each_watch(kind, history, now)
    return [one for one in found if one.done_at is None or one.done_at > one.raised_at]


def _watches(kind: Kind, history: Sequence[Stood], now: datetime) -> Iterator[Asked]:
    """CLK-12: somebody decides what becomes of the order. A review answers the watch that stands; once its end is decided, none
    is raised (REV-06).
    """
    for one in _each_watch(kind, history, now):
        answered_at = _answered_at(history, one.raised_at)
        if answered_at is not None and (one.done_at is None or answered_at <= one.done_at):
            yield replace(one, done_at=answered_at, is_done=True)
        else:
            yield one


def _answered_at(history: Sequence[Stood], raised_at: datetime) -> datetime | None:
    """When a review answered a watch: the first complete since it was raised. At once where the end was decided by then."""
    then = [one for one in history if one.since <= raised_at]
    if then and then[-1].is_end_decided:
        return raised_at
    before = then[-1].reviewed if then else 0
    return next((one.since for one in history if one.since > raised_at and one.reviewed > before), None)


def _each_watch(kind: Kind, history: Sequence[Stood], now: datetime) -> Iterator[Asked]:
    if kind.family not in _WATCHED:
        return

    def holds(one: Stood) -> str | None:
        if not one.is_live or one.made_at is None:
            return None
        return f"ends-{one.last_day}" if one.last_day else (INDEFINITE if one.is_indefinite else None)

    for spell in spells(history, holds):
        days = _watch_days(spell.began, now)
        for place, (on, name) in enumerate(days):
            raised_at = max(spell.began.since, start_of(on))
            following = start_of(days[place + 1][0]) if place + 1 < len(days) else None
            ended = spell.ended.since if spell.ended else None
            over = min((at for at in (following, ended) if at is not None and at <= now), default=None)
            yield Asked(
                What.WATCH, f"{spell.key}:{name}", raised_at, _in_working_days(raised_at, WATCH_WORKING_DAYS),
                name.partition(":")[0], _of_the_day(spell.began), done_at=over, is_done=over is not None and over == ended,
            )  # fmt: skip


def _of_the_day(one: Stood) -> dict[str, str]:
    return {"last_day": one.last_day.isoformat()} if one.last_day else {}


def _watch_days(one: Stood, now: datetime) -> list[tuple[date, str]]:
    """The days of the watches with the name of each; of an order without end those up to now, and the one to come."""
    made_on, known_on = day_of(one.made_at or one.since), day_of(one.since)
    if one.last_day is not None:
        found = expiry_watches(made_on, max(one.last_day, made_on), known_on).watches
        return [(watch.on, watch.kind.removesuffix(_ALREADY_PAST)) for watch in found]
    reviews: list[tuple[date, str]] = []
    times = 0
    while not reviews or reviews[-1][0] <= day_of(now):
        times += 1
        on = period(made_on, CalendarLength(months=_MONTHS * times), Counting.AFTER).last_day
        if on >= known_on:
            reviews.append((on, f"{INDEFINITE}:{times}"))
    return reviews


def warns_from(kind: Kind, history: Sequence[Stood], now: datetime) -> datetime | None:
    """VIC-05: since when the end of conditions whose last day is known is warned of: from thirty days before, or half of their
    time. Nobody decides beforehand what becomes of them, so that no watch says so.
    """
    since = _warning(kind, history)
    return since if since is not None and since <= now else None


def _warning(kind: Kind, history: Sequence[Stood]) -> datetime | None:
    last = history[-1] if history else None
    if kind.family != Family.CONDITIONS or last is None or not last.is_live:
        return None
    if last.last_day is None or last.made_at is None:
        return None
    known = next(spell for spell in spells(history, _last_day_of) if spell.ended is None).began
    days = [start_of(on) for on, name in _watch_days(known, known.since) if name in WARNS_OF_THE_END]
    return max(known.since, days[-1]) if days else None


def changes_at(kind: Kind, history: Sequence[Stood], now: datetime) -> datetime | None:
    """When time alone next brings something that an order tells: a watch, be its end decided or not, the warning of the end, or
    the end itself (VIC-05, ORD-17). What is due says no word of these once somebody has decided.
    """
    comes = [one.raised_at for one in watches(kind, history, now)]
    comes += [at for at in (_warning(kind, history), _end(history)) if at is not None]
    return min((at for at in comes if at > now), default=None)


def _end(history: Sequence[Stood]) -> datetime | None:
    last = history[-1] if history else None
    return end_of(last.last_day) if last is not None and last.is_live and last.last_day is not None else None


def _last_day_of(one: Stood) -> str | None:
    return str(one.last_day) if one.is_live and one.last_day else None


def _notification(kind: Kind, history: Sequence[Stood]) -> Iterator[Asked]:
    """CLK-03 to CLK-06: the respondent notifies the police within three days. A failure under an interim order stays open."""
    if kind.code not in WITH_DUTY:
        return

    def runs(one: Stood) -> Bound | None:
        is_bound = one.is_live or one.status == _S.SUPERSEDED
        if not is_bound or one.made_at is None or one.notified_at is not None:
            return None
        bound = Bound(kind.code, one.made_at, one.served_at, one.replaced, one.soa_part_2, one.under_spa_9)
        return bound if initial_notification(bound).applies else None

    for spell in spells(history, lambda one: "initial" if runs(one) else None):
        bound = runs(spell.began)
        found = initial_notification(bound) if bound else None
        if found is not None and found.ends is not None:
            is_done = spell.ended is not None and spell.ended.notified_at is not None
            yield _over(What.NOTIFICATION, spell, spell.began.since, found.ends, mark=found.mark, is_done=is_done)


def _terms_to_victim(history: Sequence[Stood]) -> Iterator[Asked]:
    """VIC-06: whoever it protects has the terms, and what to do if they are broken, in writing a working day after service.

    Where the respondent is proven to know of the order, that stands for its service.
    """

    def holds(one: Stood) -> str | None:
        return "served" if one.is_live and one.bound_at and one.has_terms < one.protects else None

    for spell in spells(history, holds):
        if spell.began.bound_at is not None:
            is_done = spell.ended is not None and spell.ended.has_terms >= spell.ended.protects
            due_at = _in_working_days(spell.began.bound_at, WORKING_DAYS_TO_VICTIM)
            yield _over(What.TERMS_TO_VICTIM, spell, spell.began.since, due_at, is_done=is_done)


def _owner(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-18: a live order has an owner, who is asked when anything is due of it."""
    for spell in spells(history, lambda one: "unowned" if one.is_live and not one.is_owned else None):
        is_done = spell.ended is not None and spell.ended.is_owned
        due_at = _in_working_days(spell.began.since, WORKING_DAYS)
        yield _over(What.UNOWNED, spell, spell.began.since, due_at, is_done=is_done)


def _protects_nobody(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-06, VIC-05: somebody is named whom a live order protects; until then nobody is told of it, nor warned."""
    for spell in spells(history, lambda one: "nobody" if one.is_live and not one.protects else None):
        is_done = spell.ended is not None and spell.ended.protects > 0
        due_at = _in_working_days(spell.began.since, WORKING_DAYS)
        yield _over(What.PROTECTS_NOBODY, spell, spell.began.since, due_at, is_done=is_done)


def _card(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-18: the card of a live order says everything it must."""
    for spell in spells(history, lambda one: "card" if one.is_live and one.card_lacks else None):
        is_done = spell.ended is not None and not spell.ended.card_lacks
        due_at = _in_working_days(spell.began.since, CARD_WORKING_DAYS)
        yield _over(What.CARD, spell, spell.began.since, due_at, is_done=is_done)


def _national_entry(history: Sequence[Stood]) -> Iterator[Asked]:
    """ORD-18: a live order stands in the national system with the words that hold; after a variation it is entered again."""

    def holds(one: Stood) -> str | None:
        return f"terms-{one.terms}" if one.is_live and one.terms and not one.is_entered else None

    for spell in spells(history, holds):
        is_done = spell.ended is not None and spell.ended.is_entered
        due_at = _in_working_days(spell.began.since, WORKING_DAYS)
        yield _over(What.NATIONAL_ENTRY, spell, spell.began.since, due_at, is_done=is_done)
