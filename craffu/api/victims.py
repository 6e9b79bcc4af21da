"""Victims for programs: how each is safely reached, what is promised and due, contacts, and what she says (P17 to P19).

As on their pages (VIC-01 to VIC-05, VIC-08), and never where she can be reached: that is on one page, which a program cannot
open (SEC-06, ADR 110).
"""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.http import HttpRequest
from ninja import Router

from craffu.access.acting import Acting
from craffu.access.tokens.rules import Scope
from craffu.api.matching import change_as_read, check_is_as_read, decided_on, is_decided_on_something
from craffu.api.opening import acting, looked_at, open_victim, refs_of_victim, told_of
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.schemas import Problem
from craffu.api.victim_answers import (
    AgreementStands,
    ContactAnswer,
    ContactsAnswer,
    NewContactSaid,
    NewViewSaid,
    NoticeAnswer,
    NoticeLanguage,
    NoticeShown,
    PromiseAnswer,
    SafeContact,
    VictimAnswer,
    VictimDue,
    VictimLine,
    VictimsPage,
    ViewAnswer,
    ViewRecorded,
    ViewsPage,
)
from craffu.cases.permissions import check_can_view_case
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.people.queries import contacts_of
from craffu.people.scanning import without
from craffu.victims import events
from craffu.victims.agreements.queries import terms
from craffu.victims.answering.rules import contact_by
from craffu.victims.contacts.actions import record_contact, refuse_contact, safety_check
from craffu.victims.contacts.facts import NewContact
from craffu.victims.contacts.policies import NotSafe
from craffu.victims.contacts.queries import PromiseStands
from craffu.victims.happenings.queries import code_status
from craffu.victims.models import AgreementVersion, Contact
from craffu.victims.notices.rules import Told
from craffu.victims.permissions import check_can_look_after, check_can_view_all
from craffu.victims.queries import Victim, day_of_agreement
from craffu.victims.stories import Story, stories, story_of, victims_agreed
from craffu.victims.voice.actions import record_view
from craffu.victims.voice.facts import NewView
from craffu.victims.voice.noticing import carried, carry, notices
from craffu.victims.voice.policies import check_notice_was_shown
from craffu.victims.voice.queries import ViewStands, views_of

REFUSED = {401: Problem, 403: Problem, 404: Problem}
# In place of what would lead to her.
CUT_OUT = "[...]"

router = Router(tags=["victims"])


@router.get(
    "/victims",
    response={200: VictimsPage, 401: Problem, 403: Problem, 422: Problem},
    url_name="victim_list",
    operation_id="victim_list",
)
def victim_list(request: HttpRequest, page: Page = 1) -> Any:
    """Victims with whom an agreement was made or declined, what was recorded last first, fifty a page."""
    by = acting(request, Scope.READ_VICTIMS)
    check_can_view_all(by)
    found = victims_agreed(by)
    shown = rows_on(found, page)
    told = stories(by, shown, clock.now())
    looked_at(by, events.VICTIM_VIEWED, [ref for one in shown for ref in refs_of_victim(one)])
    lines = [_line(told[one.person.pk]) for one in shown]
    return VictimsPage(victims=lines, page=page, pages=pages_of(len(found)), total=len(found))


@router.get(
    "/victims/{victim}", response={200: VictimAnswer, **REFUSED}, url_name="victim_detail", operation_id="victim_detail"
)
def victim_detail(request: HttpRequest, victim: str) -> Any:
    """How she is safely reached; for whoever looks after her, what was agreed and what is due to her."""
    by = acting(request, Scope.READ_VICTIMS)
    return told_of(by, victim, events.VICTIM_VIEWED, _told, part=True, cases=lambda told: told.cases)


@router.get(
    "/victims/{victim}/contacts",
    response={200: ContactsAnswer, **REFUSED, 422: Problem},
    url_name="victim_contacts",
    operation_id="victim_contacts",
)
def victim_contacts(request: HttpRequest, victim: str, page: Page = 1) -> Any:
    """What she was promised, and every contact and attempt (VIC-04)."""
    by = acting(request, Scope.READ_VICTIMS)
    return told_of(by, victim, events.CONTACTS_VIEWED, lambda by, found: _contacts(by, found, page))


@router.post(
    "/victims/{victim}/contacts",
    response={200: VictimAnswer, **REFUSED, 409: Problem, 412: Problem, 422: Problem, 428: Problem},
    url_name="victim_contact",
    operation_id="victim_contact",
    openapi_extra=decided_on(
        "The ETag of the victim as read: a contact is made upon what is safe, promised and due then."
    ),
)
def victim_contact(request: HttpRequest, victim: str, given: NewContactSaid) -> Any:
    """Record a contact or an attempt: what she called unsafe is refused, and that it was is logged (VIC-02, VIC-04)."""
    by = acting(request, Scope.CONTACT_VICTIMS)
    found = open_victim(by, victim)
    check_can_look_after(by)
    try:
        change_as_read(
            request, lock=("victim", by.force.code, victim), now=lambda: _told(by, found),
            change=lambda: record_contact(by=by, victim=victim, given=_given(given)),
        )  # fmt: skip
    except NotSafe:
        refuse_contact(by=by, victim=victim)
        raise
    return _told(by, found)


@router.get(
    "/victims/{victim}/views",
    response={200: ViewsPage, **REFUSED, 422: Problem},
    url_name="victim_views",
    operation_id="victim_views",
)
def victim_views(request: HttpRequest, victim: str, page: Page = 1) -> Any:
    """What she says, for those whom she let read it, and what became of each (VIC-08)."""
    by = acting(request, Scope.READ_VIEWS)
    return told_of(
        by, victim, events.VIEWS_VIEWED, lambda by, found: _views(by, found, page), part=True,
        cases=lambda told: [one.case for one in told.views if one.case],
    )  # fmt: skip


@router.get(
    "/victims/{victim}/notice",
    response={200: NoticeShown, **REFUSED, 422: Problem},
    url_name="victim_notice",
    operation_id="victim_notice",
)
def victim_notice(request: HttpRequest, victim: str, language: NoticeLanguage) -> Any:
    """Who may come to read her words: shown to her, or read out by an interpreter, before any are taken (VIC-11)."""
    by = acting(request, Scope.TAKE_VIEWS)
    return told_of(by, victim, events.VIEWS_VIEWED, lambda by, found: _notice(by, found, language))


@router.post(
    "/victims/{victim}/views",
    response={200: ViewRecorded, **REFUSED, 409: Problem, 412: Problem, 422: Problem},
    url_name="victim_view",
    operation_id="victim_view",
    openapi_extra=decided_on(
        "Not asked for: what she says is added. Where the ETag of her views is sent, it is held to that.",
        is_asked_for=False,
    ),
)
def victim_view(request: HttpRequest, victim: str, given: NewViewSaid) -> Any:
    """Keep what she says, word for word, once the notice was shown (VIC-08, VIC-11). The same sent twice is kept once."""
    by = acting(request, Scope.TAKE_VIEWS)
    found = open_victim(by, victim)
    check_can_look_after(by)
    if is_decided_on_something(request):
        check_is_as_read(request, _views(by, found))
    read = carried(by, given.shown)
    if read is None or read.victim != victim:
        check_notice_was_shown(["not_told"])
    assert read is not None  # noqa: S101 - refused above
    said = NewView(
        subject=given.subject, words=given.words, language=read.notice.language, route=given.route, notice=read.notice,
        may_see=tuple(dict.fromkeys(given.may_see)), case=given.case,
    )  # fmt: skip
    return ViewRecorded(view=record_view(by=by, victim=victim, given=said).pk)


def _contacts(by: Acting, victim: Victim, page: int) -> ContactsAnswer:
    story = story_of(by, victim, clock.now())
    total = len(story.contacts)
    return ContactsAnswer(
        victim=victim.reference, promises=[_promise(one) for one in reversed(story.promises)],
        contacts=[_contact(one) for one in rows_on(story.contacts[::-1], page)],
        page=page, pages=pages_of(total), total=total,
    )  # fmt: skip


def _notice(by: Acting, victim: Victim, language: str) -> NoticeShown:
    """Raises NotPermitted for whoever takes nobody's words."""
    check_can_look_after(by)
    shown = [
        NoticeAnswer(
            language=one.language, title=one.title, begins=one.begins, readers=list(one.readers), ends=list(one.ends)
        )
        for one in notices()
    ]
    return NoticeShown(shown=carry(by, victim.reference, language), notices=shown)


def _line(story: Story) -> VictimLine:
    last = story.versions[-1]
    return VictimLine(
        reference=story.victim.reference, stands="declined" if last.declined_on else "agreed", day=day_of_agreement(last),
        promised=_promise(story.next_promise) if story.next_promise else None,
    )  # fmt: skip


def _told(by: Acting, victim: Victim) -> VictimAnswer:
    """A victim as she is told to whoever asks."""
    story = story_of(by, victim, clock.now())
    cases = sorted(victim.cases.values()) if allows(check_can_view_case, by) else []
    part = VictimAnswer(
        reference=victim.reference, cases=cases, safe_contact=_safe(story), agreement=None, entitlement=None, promised=None,
        contacts=None, last_reached_at=None, due=None,
    )  # fmt: skip
    if not allows(check_can_view_all, by):
        return part
    last = story.last_contact
    return part.model_copy(
        update={
            "agreement": _agreement(story.versions), "entitlement": story.entitled.value,
            "promised": _promise(story.next_promise) if story.next_promise else None,
            "contacts": len(story.contacts), "last_reached_at": last.at if last else None, "due": list(_due(story)),
        }
    )  # fmt: skip


def _safe(story: Story) -> SafeContact | None:
    """None where nobody has asked her yet."""
    last = next((one for one in reversed(story.versions) if one.channels), None)
    if last is None:
        return None
    said = terms(last)
    now = [
        one
        for one in said.channels
        if not story.is_reach_in_doubt
        and safety_check(story, one, story.now, leaves_message=False, is_danger=False).allowed
    ]
    return SafeContact(
        channels=list(said.channels), times=[(start, end) for start, end in said.times], safe_now=now,
        may_leave_message=said.may_leave_message, at_any_hour=said.urgent_reach, language=said.language,
        says_more=bool(said.never_say or said.urgent_words), is_in_doubt=story.is_reach_in_doubt,
    )  # fmt: skip


def _agreement(versions: list[AgreementVersion]) -> AgreementStands:
    if not versions:
        return AgreementStands(
            stands="none", version=0, day=None, frequency="", links=[], asking="", not_wanted=[], survey=None,
            next_revisit_on=None,
        )  # fmt: skip
    last = versions[-1]
    is_declined = last.declined_on is not None
    return AgreementStands(
        stands="declined" if is_declined else "agreed", version=len(versions), day=day_of_agreement(last),
        frequency="" if is_declined else terms(last).frequency, links=list(last.link_channels), asking=last.asking,
        not_wanted=list(last.not_wanted), survey=last.survey_consent, next_revisit_on=last.next_revisit_on,
    )  # fmt: skip


def _due(story: Story) -> Iterator[VictimDue]:
    """What is due to her, the worst first, as her page has it."""
    if not story.versions and story.live_cases:
        yield VictimDue(what="offer", why=[], status=Told.RUNNING.value)
    for answered, why in story.still_follows():
        yield VictimDue(what="answer", why=[why.value], status=Told.RUNNING.value, by=contact_by(answered.given_at))
    owed = [one for one in story.news if one.is_owed]
    for one in owed:
        if one.safety is not None:
            yield VictimDue(
                what="safety_news", why=[one.happened.kind.value], key=one.happened.key, status=one.safety.status.value,
                by=one.safety.warn_before or one.safety.tell_by, by_day=one.safety.outer_due_day,
            )  # fmt: skip
    if story.next_promise is not None:
        promised = story.next_promise
        yield VictimDue(what="promise", why=[], status=promised.stands.status.value, by=promised.promise.due_at)
    for one in owed:
        if one.safety is None and one.code is not None:
            yield VictimDue(
                what="code_news", why=[one.happened.kind.value], key=one.happened.key,
                status=code_status(one.code, None, story.now).value, by_day=one.code.due_day,
            )  # fmt: skip
    for again in story.revisits:
        if again.status in (Told.RUNNING, Told.MISSED):
            yield VictimDue(
                what="revisit", why=[one.value for one in again.contact.occasions], status=again.status.value,
                by_day=again.contact.due_day,
            )  # fmt: skip


def _promise(one: PromiseStands) -> PromiseAnswer:
    return PromiseAnswer(
        promise=one.promise.pk, due_at=one.promise.due_at, status=one.stands.status.value,
        is_breached=one.stands.agreement_breached, made_at=one.made.at if one.made else None,
        excuse=one.excuse.reason if one.excuse else None,
    )  # fmt: skip


def _contact(one: Contact) -> ContactAnswer:
    return ContactAnswer(
        at=one.at, channel=one.channel, how=_how(one), promise=one.promise_id, why_unsafe=list(one.why_unsafe),
        is_danger=one.is_danger, language=one.language, known_from=one.known_from,
    )  # fmt: skip


def _how(one: Contact) -> Any:
    if one.is_hers:
        return "hers"
    if one.was_reached:
        return "reached"
    return "left_message" if one.left_message else "tried"


def _given(said: NewContactSaid) -> NewContact:
    return NewContact(
        channel=said.channel.value, at=said.at.astimezone(UTC), is_hers=said.how == "hers",
        was_reached=said.how in ("reached", "hers"), left_message=said.how == "left_message",
        is_danger=said.anyway == "danger", was_made_anyway=said.anyway == "made", language=said.language or "",
        told_of=tuple(said.told_of), told=said.told, response=said.response,
        next_due_at=said.next_due_at.astimezone(UTC) if said.next_due_at else None,
    )  # fmt: skip


def _views(by: Acting, victim: Victim, page: int = 1) -> ViewsPage:
    """Her views as they are told to whoever asks, without where she can be reached, whoever wrote it into them."""
    views = views_of(by, victim)
    reached = contacts_of(by, victim.records) if views else []
    shown = [_view(one, reached) for one in rows_on(views, page)]
    return ViewsPage(
        victim=victim.reference, views=shown, page=page, pages=pages_of(len(views)), total=len(views)
    )  # fmt: skip


def _view(one: ViewStands, reached: list[tuple[str, str]]) -> ViewAnswer:
    def said(words: str, *, is_there: bool = True) -> str | None:
        return without(words, reached, CUT_OUT) if is_there and not one.is_withheld else None

    return ViewAnswer(
        view=one.number, subject=one.subject.value, case=one.case or None, language=one.language, given_at=one.given_at,
        route=one.route.value, may_see=[each.value for each in one.may_see], notice_version=one.notice_version,
        is_withheld=one.is_withheld, words=said(one.words), is_answered=one.is_answered,
        decided=said(one.decided, is_there=one.is_answered), why=said(one.why, is_there=one.is_answered), told_at=one.told_at,
    )  # fmt: skip
