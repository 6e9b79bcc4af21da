"""What is due from whoever asks, for programs: as on their page of the day, and nothing of what a record says."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from craffu.access.tokens.rules import Scope
from craffu.api.opening import acting, looked_at
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.schemas import Problem, WorkLine, WorkPage
from craffu.common import clock
from craffu.work import events
from craffu.work.permissions import check_can_have_calendar
from craffu.work.queries import held_by

router = Router(tags=["work"])


@router.get(
    "/due",
    response={200: WorkPage, 401: Problem, 403: Problem, 422: Problem},
    url_name="due_list",
    operation_id="due_list",
)
def due_list(request: HttpRequest, page: Page = 1) -> Any:
    """Open work that the reader has or covers today, the worst consequence first, fifty a page."""
    by = acting(request, Scope.READ_WORK)
    check_can_have_calendar(by)
    held = held_by(by, clock.now())
    rows = rows_on(held.select_related("owner").order_by("rank", "overdue_from", "due_at", "id"), page)
    total = held.count()
    looked_at(by, events.QUEUE_VIEWED, [ref for one in rows for ref in one.refs])
    lines = [
        WorkLine(
            kind=one.kind, about_kind=one.about_kind, about=one.about, why=one.why, due_at=one.due_at,
            overdue_from=one.overdue_from, owner=one.owner.username if one.owner else None,
        )
        for one in rows
    ]  # fmt: skip
    return WorkPage(items=lines, page=page, pages=pages_of(total), total=total)
