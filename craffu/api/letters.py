"""Letters for programs: which can be written, where each is, and what became of one that was fetched (P11, P17; T29).

As on their pages (VIC-02, VIC-09). No program is given a letter: who prints one proves a second factor, and it bears an address.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from ninja import Router

from craffu.access.acting import Acting
from craffu.access.tokens.rules import Scope
from craffu.api.letter_answers import (
    LetterStep,
    LettersWaiting,
    MayBeWritten,
    NewsToWrite,
    OrderLetter,
    OrderLetters,
    VictimLetters,
    VictimLetterSaid,
    WaitingLetter,
)
from craffu.api.matching import change_as_read, decided_on
from craffu.api.opening import acting, changed_as_read, looked_at, open_order, told_of
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.schemas import Problem
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import NotNow, allows
from craffu.messages.facts import Stands
from craffu.messages.queries import in_print_queue, stands
from craffu.orders.events import ORDER_PAPERS_VIEWED
from craffu.orders.letters import actions as of_orders
from craffu.orders.letters.queries import (
    Addressee,
    addressees,
    key_of,
    letters_called,
    letters_of,
    offered_to,
    offered_to_respondent,
    why_not,
)
from craffu.orders.models import LetterWritten, Order
from craffu.orders.permissions import check_can_print, check_can_see_letters, check_can_write
from craffu.orders.printing.queries import given_of
from craffu.orders.printing.rules import Printed
from craffu.orders.queries import OrderStory, story_of_order
from craffu.orders.reviewing.queries import completed, reviews_of
from craffu.victims import events
from craffu.victims.letters import actions as of_victims
from craffu.victims.letters import queries as victim_letters
from craffu.victims.letters.kinds import About
from craffu.victims.models import VictimLetter
from craffu.victims.permissions import check_can_look_after
from craffu.victims.queries import Victim
from craffu.victims.stories import Story, story_of

REFUSED: Final = {401: Problem, 403: Problem, 404: Problem}
CHANGES: Final = {409: Problem, 412: Problem, 422: Problem, 428: Problem}

# What each step is, of a letter about an order and of one to a victim that hangs on none.
type Steps = Mapping[str, Callable[..., object]]
OF_ORDERS: Final[Steps] = {
    "put_back": of_orders.put_letter_back, "posted": of_orders.post_letter, "came_back": of_orders.letter_came_back
}  # fmt: skip
OF_VICTIMS: Final[Steps] = {
    "put_back": of_victims.put_letter_back, "posted": of_victims.post_letter, "came_back": of_victims.letter_came_back
}  # fmt: skip

router = Router(tags=["letters"])


@router.get(
    "/letters",
    response={200: LettersWaiting, 401: Problem, 403: Problem, 422: Problem},
    url_name="letter_list",
    operation_id="letter_list",
)
def letter_list(request: HttpRequest, page: Page = 1) -> Any:
    """The print queue: what waits, and what was fetched and has not left, of what is open to the reader."""
    by = acting(request, Scope.READ_LETTERS)
    check_can_write(by)
    standing = in_print_queue(by.force.code)
    waiting = {key: _waiting(one, standing[key]) for key, one in letters_called(by, list(standing)).items()}
    to_victims = victim_letters.letters_called(by, list(standing))
    whose = victim_letters.open_to(by, to_victims.values())
    waiting |= {
        key: _waiting_for(one, whose[one.pk], standing[key]) for key, one in to_victims.items() if one.pk in whose
    }  # fmt: skip
    told = [waiting[key] for key in standing if key in waiting]
    shown = rows_on(told, page)
    refs = {f"order/{one.order}" for one in shown if one.order}
    refs |= {f"{kind}/{one.victim}" for one in shown if one.victim for kind in ("victim", "person")}
    looked_at(by, ORDER_PAPERS_VIEWED, refs)
    return LettersWaiting(letters=shown, page=page, pages=pages_of(len(told)), total=len(told))


@router.get(
    "/orders/{order}/letters",
    response={200: OrderLetters, **REFUSED},
    url_name="order_letter_list",
    operation_id="order_letter_list",
)
def order_letter_list(request: HttpRequest, order: str) -> Any:
    """To whom a letter about the order can go, of what, or why not; and where each is that was written (VIC-02)."""
    by = acting(request, Scope.READ_LETTERS)
    told = _of_order(by, open_order(by, order, check_can_see_letters))
    named = {one.person for one in told.people} | {one.to for one in told.letters if one.to}
    looked_at(by, ORDER_PAPERS_VIEWED, {f"order/{order}", *(f"person/{one}" for one in named)})
    return told


@router.post(
    "/orders/{order}/letters/{number}/steps",
    response={200: OrderLetters, **REFUSED, **CHANGES},
    url_name="order_letter_step",
    operation_id="order_letter_step",
    openapi_extra=decided_on("The ETag of the letters about the order as they were read."),
)
def order_letter_step(request: HttpRequest, order: str, number: int, given: LetterStep) -> Any:
    """What became of a letter to somebody whom the order protects, that was fetched to be printed (T29)."""
    by = acting(request, Scope.CARRY_LETTERS)
    found = open_order(by, order, check_can_write)
    change_as_read(
        request, lock=("order", by.force.code, order), now=lambda: _of_order(by, found),
        change=lambda: _taken(OF_ORDERS, given, {"by": by, "order": order, "number": number}),
    )  # fmt: skip
    return _of_order(by, found)


@router.get(
    "/victims/{victim}/letters",
    response={200: VictimLetters, **REFUSED},
    url_name="victim_letter_list",
    operation_id="victim_letter_list",
)
def victim_letter_list(request: HttpRequest, victim: str) -> Any:
    """Of what a victim can be written, or why no letter may go; and where each letter to her is (VIC-02, VIC-05)."""
    by = acting(request, Scope.READ_LETTERS)
    return told_of(by, victim, events.LETTERS_VIEWED, _of_victim)


@router.post(
    "/victims/{victim}/letters/{number}/steps",
    response={200: VictimLetters, **REFUSED, **CHANGES},
    url_name="victim_letter_step",
    operation_id="victim_letter_step",
    openapi_extra=decided_on("The ETag of the letters to her as they were read."),
)
def victim_letter_step(request: HttpRequest, victim: str, number: int, given: LetterStep) -> Any:
    """What became of a letter to a victim that was fetched to be printed (T29)."""
    by = acting(request, Scope.CARRY_LETTERS)
    of = {"by": by, "victim": victim, "number": number}
    return changed_as_read(request, by, victim, _of_victim, lambda: _taken(OF_VICTIMS, given, of))


def _taken(steps: Steps, given: LetterStep, of: dict[str, Any]) -> None:
    """Raises NotNow where one came back and it is not said why."""
    if given.became == "came_back":
        if given.why is None:
            raise NotNow("why_missing", "Say why it did not reach them.")
        of["why"] = given.why
    elif given.became == "posted":
        of["was_made_anyway"] = given.anyway
    steps[given.became](**of)


def _stands(number: int, about: str, written_at: datetime, standing: Stands | None) -> dict[str, Any]:
    return {
        "number": number, "about": about, "written_at": written_at, "status": standing.status.value if standing else None,
        "since": standing.since if standing else None, "fetched_by": (standing.by or None) if standing else None,
        "why": (standing.reason or None) if standing else None,
    }  # fmt: skip


def _waiting(one: LetterWritten, standing: Stands) -> WaitingLetter:
    said = _stands(one.printed_id, one.about, one.printed.known_from, standing)
    return WaitingLetter(**said, order=one.printed.order.reference, victim=None)


def _waiting_for(one: VictimLetter, victim: Victim, standing: Stands) -> WaitingLetter:
    said = _stands(one.pk, one.about, one.known_from, standing)
    return WaitingLetter(**said, order=None, victim=victim.reference)


def _of_order(by: Acting, order: Order) -> OrderLetters:
    """The letters about an order as they are told to whoever asks: to the protected for whoever writes to them."""
    story = story_of_order(by, order)
    may_write, may_print = allows(check_can_write, by), allows(_check_to_respondent, by)
    people = addressees(by, story) if may_write else []
    reviews = completed(reviews_of(by, order)) if may_write else []
    whom = {one.record: one.reference for one in people}
    letters = [one for one in letters_of(by, order) if (may_print if one.record_id is None else one.record_id in whom)]
    standing = stands(by.force.code, [key_of(one) for one in letters])
    given = {one.printed_id: one.given_at for one in given_of(by, order)}
    return OrderLetters(
        order=order.reference,
        people=[_may_be_written(story, one, offered_to(by, story, one, reviews)) for one in people],
        respondent=[one.value for one in offered_to_respondent(story)] if may_print else [],
        letters=[
            OrderLetter(
                **_stands(one.printed_id, one.about, one.printed.known_from, standing.get(key_of(one))),
                to=whom[one.record_id] if one.record_id is not None else None, given_at=given.get(one.printed_id),
            )
            for one in letters
        ],
    )  # fmt: skip


def _check_to_respondent(by: Acting) -> None:
    check_can_print(by, Printed.LETTER_RESPONDENT)


def _may_be_written(story: OrderStory, one: Addressee, offered: Iterable[Any]) -> MayBeWritten:
    reasons = {each.value: why_not(story, one, each) for each in offered}
    shut = dict.fromkeys(why.value for why in (why_not(story, one), *reasons.values()) if why is not None)
    return MayBeWritten(
        person=one.reference, about=[each for each, why in reasons.items() if why is None], why_not=list(shut)
    )


def _of_victim(by: Acting, victim: Victim) -> VictimLetters:
    """The letters to a victim as they are told to whoever looks after her."""
    check_can_look_after(by)
    story = story_of(by, victim, clock.now())
    letters = victim_letters.letters_to(by, victim)
    standing = stands(by.force.code, [victim_letters.key_of(one) for one in letters])
    why = victim_letters.why_not(story)
    return VictimLetters(
        victim=victim.reference, why_none=why.value if why else None,
        news=[_news(one) for one in victim_letters.news_to_write(story)] if why is None else [],
        surveys=[one.value for one in victim_letters.stages_to_ask_of(story)] if why is None else [],
        letters=[
            VictimLetterSaid(
                **_stands(one.pk, one.about, one.known_from, standing.get(victim_letters.key_of(one))), of=_of(one, story)
            )
            for one in letters
        ],
    )  # fmt: skip


def _news(one: victim_letters.News) -> NewsToWrite:
    happened = one.happened
    return NewsToWrite(key=happened.key, what=happened.kind.value, day=day_of(happened.at), is_ahead=one.is_ahead)


def _of(letter: VictimLetter, story: Story) -> str | None:
    """None of what was taken back or said anew since."""
    if letter.about == About.SURVEY:
        return letter.of
    return next((one.kind.value for one in story.happened if one.key == letter.of), None)
