"""The only writes of minutes on paper: kept as they leave, and each time logged as a disclosure in the same act (SEC-07)."""

import base64
import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.utils.functional import Promise

from craffu.access.acting import Acting
from craffu.access.exports.actions import disclose
from craffu.access.exports.reasons import PURPOSES
from craffu.access.exports.rules import Asked, Purpose
from craffu.access.policies import check_is_there
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.common.locks import lock_until_commit
from craffu.prevention import events
from craffu.prevention.meetings.papers import policies
from craffu.prevention.meetings.papers.facts import NewMinutes
from craffu.prevention.meetings.papers.queries import find_printed, items_of, names_others, protected_in
from craffu.prevention.meetings.policies import check_is_approved
from craffu.prevention.meetings.queries import Item, MeetingStory, find_meeting
from craffu.prevention.models import MinutesPrinted
from craffu.prevention.permissions import check_can_meet

FIELDS: Final = (
    "people.RecordVersion.family_name", "prevention.MeetingDecided.decision", "prevention.MeetingAction.words",
)  # fmt: skip
FIELDS_FORCE: Final = (*FIELDS, "prevention.MeetingDecided.reason", "prevention.MeetingDecided.score")


def purposes() -> Mapping[str, Promise]:
    """What minutes may be taken out for."""
    return {one: PURPOSES[one] for one in (Purpose.MANAGEMENT, Purpose.SAFEGUARDING)}


@action
def keep_minutes(
    *, by: Acting, meeting: str, paper: NewMinutes, asked: Asked, now: datetime | None = None
) -> MinutesPrinted:
    """Approved minutes leave: kept whole and their disclosure logged, or neither, and then they are not sent.

    Raises Conflict where they changed while they were printed; NotNow before they are approved, for an agency that gave no
    undertaking or is to have nothing, and for what is protected about a victim; FactorNotFresh and Refusal as every export does.
    """
    user, at = check_can_meet(by), now or clock.now()
    story = _locked(by, meeting)
    check_unchanged(paper.seen, story.version)
    items = _may_leave(by, story, paper.agency, paper.items, paper.words, paper.free)
    agency = check_is_there(story.agency(paper.agency)) if paper.agency is not None else None
    row: MinutesPrinted = MinutesPrinted.objects.create(
        force=by.force, meeting=story.meeting, agency=agency, language=paper.language, items=sorted(paper.items),
        words=paper.words, free=paper.free, size=len(paper.content), sha256=hashlib.sha256(paper.content).hexdigest(),
        content=base64.b64encode(paper.content).decode(), by=user, known_from=at,
    )  # fmt: skip
    _disclose(by, story, items, asked, at, is_whole=agency is None)
    return row


@action
def send_minutes_again(
    *, by: Acting, meeting: str, number: int, asked: Asked, now: datetime | None = None
) -> tuple[MinutesPrinted, bytes]:
    """The very same minutes once more: a disclosure of its own. They are searched anew, for what became known since.

    Raises NotPermitted where there are none, and what `keep_minutes` raises.
    """
    check_can_meet(by)
    at = now or clock.now()
    story = _locked(by, meeting)
    printed = check_is_there(find_printed(by, story.meeting, number))
    agency = printed.agency.number if printed.agency is not None else None
    items = _may_leave(by, story, agency, printed.items, printed.words, printed.free)
    _disclose(by, story, items, asked, at, is_whole=agency is None)
    return printed, base64.b64decode(printed.content)


def _locked(by: Acting, meeting: str) -> MeetingStory:
    lock_until_commit("meeting", by.force.code, meeting)
    return check_is_there(find_meeting(by, meeting))


def _may_leave(
    by: Acting, story: MeetingStory, agency: int | None, put: Collection[int], words: str, free: str
) -> list[Item]:
    """VIC-09: the items that leave, once nothing stands in the way. Of the force's own copy addresses are searched alone."""
    check_is_approved(story)
    items = items_of(story, agency)
    # Those on the agenda whom the paper leaves out may have victims who would tell of them.
    if agency is not None:
        policies.check_agency_may_have(story, agency, has_items=bool(items))
        policies.check_names_nobody_else(names=names_others(by, items, story.items, words, free))
    policies.check_same_items(put, [one.number for one in items])
    policies.check_nothing_protected(protected_in(by, story.items, words))
    return items


def _disclose(
    by: Acting, story: MeetingStory, items: Sequence[Item], asked: Asked, at: datetime, *, is_whole: bool
) -> None:
    refs = [f"meeting/{story.meeting.reference}", *(f"person/{each}" for one in items for each in one.references)]
    disclose(
        by=by, kind=events.MINUTES_RELEASED, asked=asked, purposes=purposes(), refs=refs,
        fields=FIELDS_FORCE if is_whole else FIELDS, counts={"items": len(items)}, now=at,
    )  # fmt: skip
