"""Cohort meetings for programs: who is discussed, what was decided, and what is to be done by whom (P23; PRI-01, PRI-06)."""

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest
from ninja import Router

from craffu.access.acting import Acting
from craffu.access.tokens.rules import Scope
from craffu.api.matching import change_as_read, decided_on
from craffu.api.meeting_answers import (
    AgencyAnswer,
    CloseMeetingAction,
    ItemAnswer,
    MeetingActionAnswer,
    MeetingAnswer,
    MeetingLine,
    MeetingsPage,
)
from craffu.api.opening import acting, looked_at
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.schemas import Problem
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.prevention import events
from craffu.prevention.meetings.actions import close_meeting_action
from craffu.prevention.meetings.queries import Action, Item, MeetingStory, find_meeting, meetings_of
from craffu.prevention.permissions import check_can_meet, check_can_see_meetings

REFUSED: Final = {401: Problem, 403: Problem, 404: Problem}

router = Router(tags=["meetings"])


@router.get(
    "/meetings",
    response={200: MeetingsPage, 401: Problem, 403: Problem, 422: Problem},
    url_name="meeting_list",
    operation_id="meeting_list",
)
def meeting_list(request: HttpRequest, page: Page = 1) -> Any:
    """The meetings to come and those that were, the last day first, fifty a page."""
    by = acting(request, Scope.READ_MEETINGS)
    check_can_see_meetings(by)
    every, today = meetings_of(by), day_of(clock.now())
    shown = rows_on(every, page)
    looked_at(by, events.MEETINGS_LISTED, [f"meeting/{one.meeting.reference}" for one in shown])
    lines = [MeetingLine(**_line(one, today), items=len(one.items)) for one in shown]
    return MeetingsPage(meetings=lines, page=page, pages=pages_of(len(every)), total=len(every))


@router.get(
    "/meetings/{meeting}",
    response={200: MeetingAnswer, **REFUSED},
    url_name="meeting_detail",
    operation_id="meeting_detail",
)
def meeting_detail(request: HttpRequest, meeting: str) -> Any:
    """One meeting: whom it discusses, what it decided, and what is to be done."""
    by = acting(request, Scope.READ_MEETINGS)
    check_can_see_meetings(by)
    told = _told(by, meeting)
    looked_at(by, events.MEETING_VIEWED, [f"meeting/{meeting}", *(f"person/{one.person}" for one in told.agenda)])
    return told


@router.post(
    "/meetings/{meeting}/items/{item}/actions/{number}/closings",
    response={200: MeetingAnswer, **REFUSED, 409: Problem, 412: Problem, 422: Problem, 428: Problem},
    url_name="meeting_action_close",
    operation_id="meeting_action_close",
    openapi_extra=decided_on("The ETag of the meeting as it was read."),
)
def meeting_action_close(request: HttpRequest, meeting: str, item: int, number: int, given: CloseMeetingAction) -> Any:
    """What became of an action, before the minutes are approved or after: it is no part of them."""
    by = acting(request, Scope.ACT_FOR_MEETINGS)
    check_can_meet(by)
    change_as_read(
        request, lock=("meeting", by.force.code, meeting), now=lambda: _told(by, meeting),
        change=lambda: close_meeting_action(
            by=by, meeting=meeting, item=item, number=number, is_done=given.is_done, words=given.words
        ),
    )  # fmt: skip
    return _told(by, meeting)


def _line(one: MeetingStory, today: date) -> dict[str, Any]:
    return {
        "reference": one.meeting.reference, "day": one.meeting.day, "stage": one.stage(today).value,
        "chair": one.chair.username,
    }  # fmt: skip


def _told(by: Acting, reference: str) -> MeetingAnswer:
    """A meeting as it is told to whoever asks. Raises Http404 where there is none."""
    story = find_meeting(by, reference)
    if story is None:
        raise Http404
    return MeetingAnswer(
        **_line(story, day_of(clock.now())), approved_at=story.approved.known_from if story.approved else None,
        came=sum(one.came for one in story.attended),
        agencies=[
            AgencyAnswer(
                number=one.number, name=one.name, came=len(story.came_for(one.number)), may_have=one.number in story.bound
            )
            for one in story.agencies
        ],
        agenda=[_item(one) for one in story.items],
    )  # fmt: skip


def _item(one: Item) -> ItemAnswer:
    last = one.standing
    return ItemAnswer(
        number=one.number, person=one.person.reference, why=one.row.why, decision=last.decision if last else None,
        effect=last.effect if last else None, decided_at=last.known_from if last else None, agencies=sorted(one.agencies),
        actions=[_action(each) for each in one.actions],
    )  # fmt: skip


def _action(one: Action) -> MeetingActionAnswer:
    row, closed = one.row, one.closed
    return MeetingActionAnswer(
        number=row.number, owner=row.owner.username if row.owner else None, agency=row.agency.number if row.agency else None,
        due_on=row.due_on, closed_at=closed.known_from if closed else None, is_done=closed.is_done if closed else None,
    )  # fmt: skip
