"""What needs doing today, row by row, and which roles each kind of row is for (page map, P01).

A row is a task: a verb and its object, why, and by when. The table `PROVIDED` says who gives rows to whom; a later
part of Craffu adds a line to it. Each provider asks the database a number of times that does not grow with its rows.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.emergency.queries import reviewed_by, reviews_waiting
from craffu.access.emergency.reasons import REASONS
from craffu.access.notices.models import Notice
from craffu.access.notices.queries import notices_for
from craffu.access.permissions import BREAK_GLASS, KEEPERS, REVIEWERS
from craffu.access.rights_requests.queries import requests_open
from craffu.access.rights_requests.states import RightsStatus
from craffu.access.roles import OPS, ROLE_KEYS
from craffu.cases.queries import Ahead, NewHearing, cases_nowhere, hearings_listed, newest_hearings
from craffu.clocks.london import day_of, local_time
from craffu.common import clock
from craffu.intake.models import HeldRow, Run
from craffu.intake.queries import runs_under_way, sources, troubled_runs, waiting_by_run
from craffu.intake.rules import Shown
from craffu.measures.digests.rules import WORK_ALONE
from craffu.measures.permissions import SEE as SEE_MEASURES
from craffu.people.queries import Identity, identities, people_of_records
from craffu.published.queries import court_names
from craffu.resourcing.permissions import LEADS
from craffu.web.court.words import day_and_time, day_words, instant_words
from craffu.web.home.digest import digest_ready
from craffu.web.home.row import MOST_OF_WORK, SOON, Row, Section, by_when
from craffu.web.home.staffing import staffing
from craffu.web.home.unattended import services_to_approve, tokens_to_approve, webhooks_to_look_at
from craffu.web.presenters import Text
from craffu.web.references import address_of
from craffu.web.rights.presenters import due_words
from craffu.web.rights.words import KINDS as RIGHTS_KINDS
from craffu.web.rights.words import STATUS as RIGHTS_STATUS
from craffu.web.statuses import RUN_STATUS, SOURCE_WORDS
from craffu.web.work.presenters import by_when_words, due_tag, queue_href, task_href, task_words
from craffu.web.work.words import QUEUES as QUEUE_WORDS
from craffu.web.work.words import WHYS
from craffu.work.models import WorkItem
from craffu.work.queries import Others, Tab, away_now, others_work, taken_to_inspector, todays
from craffu.work.queues import QUEUES
from craffu.work.rules import Part, part_of

MOST_NEW_RESULTS = 50
MOST_UNPLACED = 20


def _run_href(run: str, anchor: str = "") -> str:
    return reverse("intake_run", kwargs={"run": run}) + anchor


def _source_words(kind: str) -> Text:
    return SOURCE_WORDS.get(kind, kind)


def _run_row(section: Section, words: str, run: Run) -> Row:
    """A run as a task: which, whence, since when, and how it stands."""
    return Row(
        section,
        words % {"run": run.reference},
        _run_href(run.reference),
        _("%(source)s, started %(when)s") % {"source": _source_words(run.kind), "when": instant_words(run.started_at)},
        RUN_STATUS[run.state].tag,
        (f"run/{run.reference}",),
    )


def troubled(by: Acting, _today: date) -> list[Row]:
    """Runs that went wrong, until one of the same kind has gone right."""
    return [_run_row(Section.NOW, _("Look at intake run %(run)s"), run) for run in troubled_runs(by)]


def silent_sources(by: Acting, _today: date) -> list[Row]:
    """The sources that have sent nothing yet, in one row that names them (INT-06).

    How often a source is expected is recorded nowhere, so none that was heard is said to be late: pages say when it last was.
    """
    never = [str(_source_words(source.kind)) for source in sources(by) if source.shown.shown is Shown.NOT_AVAILABLE]
    if not never:
        return []
    words = _("Get the sources taken in that have sent nothing yet: %(number)s") % {"number": len(never)}
    tag = {"text": _("Not available"), "classes": "govuk-tag--orange"}
    return [Row(Section.NOW, words, reverse("intake_list"), ", ".join(never), tag)]


def parked(by: Acting, _today: date) -> list[Row]:
    """Rows that only a person can decide."""
    return _held_back(by, HeldRow.Why.PARKED, _("Decide parked rows of %(run)s: %(number)s"), "#parked")


def rejected(by: Acting, _today: date) -> list[Row]:
    """Rows that their sender must correct."""
    words = _("Have rejected rows of %(run)s corrected: %(number)s")
    return _held_back(by, HeldRow.Why.REJECTED, words, "#rejected")


def _held_back(by: Acting, why: str, words: str, anchor: str) -> list[Row]:
    return [
        Row(
            Section.TODAY,
            words % {"run": one.run, "number": one.number},
            _run_href(one.run, anchor),
            _("%(source)s, waiting since %(when)s")
            % {"source": _source_words(one.kind), "when": instant_words(one.since)},
            refs=(f"run/{one.run}",),
        )
        for one in waiting_by_run(by)
        if one.why == why
    ]


def under_way(by: Acting, _today: date) -> list[Row]:
    """Runs that wait or take data in."""
    return [_run_row(Section.OTHERS, _("Intake run %(run)s is under way"), run) for run in runs_under_way(by)]


def from_courts(by: Acting, today: date) -> list[Row]:
    """Hearings ahead, and the court results received last; whose they are is asked once for both."""
    ahead, newest = hearings_listed(by, today, today + SOON), newest_hearings(by, MOST_NEW_RESULTS)
    records = {one.set_at.role.record_id for one in ahead} | {one.record for one in newest}
    people = people_of_records(by, records)
    known = identities(by, dict.fromkeys(people.values()))
    whose = {record: known[person.pk] for record, person in people.items()}
    return [*_hearings_soon(ahead, whose, today), *_new_results(newest, whose)]


def _hearings_soon(ahead: list[Ahead], whose: Mapping[int, Identity], today: date) -> Iterator[Row]:
    """Hearings that the courts' latest word sets for today and the seven days after, each defendant's once a day."""
    courts = court_names(one.listing.court for one in ahead)
    for one in ahead:
        listing, case, person = one.listing, one.set_at.case.reference, whose[one.set_at.role.record_id]
        name = courts.get(listing.court, "")
        place = "" if name else listing.court
        yield Row(
            Section.TODAY if listing.on == today else Section.WEEK,
            _("Prepare for the hearing of %(person)s in case %(case)s") % {"person": person.reference, "case": case},
            address_of("person_detail", "person", person.reference),
            ". ".join(part for part in (person.name, day_and_time(listing.on, listing.at), place) if part),
            by_when(listing.on, today),
            (f"case/{case}", f"person/{person.reference}"),
            name,
        )


def _new_results(newest: list[NewHearing], whose: Mapping[int, Identity]) -> Iterator[Row]:
    """The court results received last."""
    for new in newest:
        person = whose[new.record]
        received = _("Received: %(when)s") % {"when": instant_words(new.received_at)}
        yield Row(
            Section.NEW,
            _("Read the result of %(day)s for %(person)s in case %(case)s")
            % {"day": day_words(new.held_on), "person": person.reference, "case": new.case},
            address_of("person_detail", "person", person.reference),
            ". ".join(part for part in (person.name, received) if part),
            {"text": _("Amended"), "classes": ""} if new.amends else None,
            (f"case/{new.case}", f"person/{person.reference}"),
        )


def emergencies_to_review(by: Acting, today: date) -> list[Row]:
    """Emergency accesses that somebody else has to look into: done within a day (SEC-03)."""
    now = clock.now()
    rows = []
    for one in reviews_waiting(by):
        access, is_overdue = one.access, one.is_overdue(now)
        due = day_of(one.review.due_at)
        in_time = Section.TODAY if due <= today else Section.WEEK
        rows.append(
            Row(
                Section.NOW if is_overdue else in_time,
                _("Review emergency access %(number)s to %(reference)s")
                % {"number": access.number, "reference": access.reference},
                reverse("emergency_review", kwargs={"emergency": access.number}),
                f"{access.user.name}, {instant_words(access.granted_at)}. {REASONS[access.reason]}",
                {"text": _("Overdue"), "classes": "govuk-tag--red"} if is_overdue else by_when(due, today),
                (f"emergency/{access.number}", f"{access.kind}/{access.reference}"),
            )
        )
    return rows


def unplaced(by: Acting, _today: date) -> list[Row]:
    """Cases that belong nowhere yet, and so are beyond every role that its force has narrowed (SEC-01)."""
    return [
        Row(
            Section.TODAY,
            _("Say where case %(case)s belongs") % {"case": case.reference},
            reverse("case_place", kwargs={"case": case.reference}),
            _("It belongs to no area yet. Known since %(when)s") % {"when": instant_words(case.known_from)},
            refs=(f"case/{case.reference}",),
        )
        for case in cases_nowhere(by, MOST_UNPLACED)
    ]


def told(by: Acting, _today: date) -> list[Row]:
    """What happened to what the reader answers for, and they have to know (SEC-03). Who has reviewed it knows."""
    notices = {one.cause.removeprefix("emergency/"): one for one in notices_for(by, clock.now())}
    known = reviewed_by(by, list(notices))
    return [_notice_row(emergency, one) for emergency, one in notices.items() if emergency not in known]


def _notice_row(emergency: str, notice: Notice) -> Row:
    words = _("Read that %(reference)s was opened in an emergency (%(number)s)")
    return Row(
        Section.TODAY,
        words % {"reference": notice.reference, "number": emergency},
        reverse("emergency_review", kwargs={"emergency": emergency}),
        _("You look after it. Opened %(when)s") % {"when": instant_words(notice.at)},
        {"text": _("Notice"), "classes": ""},
        (notice.cause, f"{notice.kind}/{notice.reference}"),
    )


def rights_requests(by: Acting, today: date) -> list[Row]:
    """Requests about people's own data that are due within the week, and answers that wait for the reader's approval (SEC-11)."""
    rows = []
    for one in requests_open(by, today):
        due = one.clock(today).due_day
        waits = one.status is RightsStatus.PREPARED and one.preparer != by.user
        if due > today + SOON and not waits:
            continue
        words = _("Approve or send back the answer to %(number)s") if waits else _("Answer rights request %(number)s")
        is_mine = one.status is not RightsStatus.PREPARED or waits
        in_time = Section.TODAY if due == today or waits else Section.WEEK if is_mine else Section.OTHERS
        rows.append(
            Row(
                Section.NOW if due < today else in_time,
                words % {"number": one.request.number},
                reverse("rights_detail", kwargs={"rights_request": one.request.number}),
                f"{RIGHTS_KINDS[one.request.kind]}. {RIGHTS_STATUS[one.status].words}. {due_words(one, today)}",
                {"text": _("Overdue"), "classes": "govuk-tag--red"} if due < today else by_when(due, today),
                (f"rights_request/{one.request.number}",),
            )
        )
    return rows


def open_in_emergency(by: Acting, _today: date) -> list[Row]:
    """What the reader has open in an emergency: the way back to it, or out of it, until it ends by itself (SEC-03)."""
    return [
        Row(
            Section.NOW,
            _("Finish with %(reference)s, and leave it") % {"reference": one.reference},
            reverse("case_detail", kwargs={"case": one.reference}),
            _("Open to you in an emergency until %(time)s") % {"time": f"{local_time(one.until):%H:%M}"},
            {"text": _("Emergency access"), "classes": "govuk-tag--red"},
            (f"{one.kind}/{one.reference}",),
        )
        for one in by.emergency
    ]


_PARTS: Mapping[Part, Section] = {Part.NOW: Section.NOW, Part.TODAY: Section.TODAY, Part.WEEK: Section.WEEK}


def due_work(by: Acting, today: date) -> list[Row]:
    """What the reader has to do or covers, what nobody has in their queues, and what others miss (MON-04). Six queries.

    What is theirs is a row each; of the rest each queue is one, however much it holds.
    """
    now = clock.now()
    away = away_now(by, now)
    mine = todays(by, now, away, MOST_OF_WORK)
    rows = [_work_row(item, by, now, today) for item in mine]
    for others in others_work(by, now, away):
        rows += _queue_rows(others)
    return rows


def taken_to_inspectors(by: Acting, today: date) -> list[Row]:
    """What was missed and not done for three days more, for the duty inspector (MON-04)."""
    now = clock.now()
    return [_work_row(item, by, now, today) for item in taken_to_inspector(by, MOST_OF_WORK) if item.owner != by.user]


def _work_row(item: WorkItem, by: Acting, now: datetime, today: date) -> Row:
    section = _PARTS[part_of(item.due_at, item.overdue_from, now)]
    covered = item.owner.name if item.owner and item.owner != by.user else ""
    hint = [WHYS[item.why], _("Due %(when)s") % {"when": by_when_words(item)}]
    if covered:
        hint.append(_("For %(name)s") % {"name": covered})
    return Row(
        section,
        task_words(item),
        task_href(item),
        ". ".join(map(str, hint)),
        due_tag(item, now) if section is Section.NOW else by_when(item.last_day, today),
        item.refs,
    )


def _queue_rows(others: Others) -> Iterator[Row]:
    """A queue as tasks: what nobody has, and, for a supervisor, what others miss or soon will."""
    title, late = QUEUE_WORDS[others.queue], {"text": _("Overdue"), "classes": "govuk-tag--red"}
    if others.free:
        words = _("Take on, or give to somebody, what nobody has in %(queue)s: %(number)s")
        yield Row(
            Section.NOW if others.free_late else Section.TODAY,
            words % {"queue": title, "number": f"{others.free:,}"},
            queue_href(others.queue, tab=Tab.UNASSIGNED.value),
            _("Overdue: %(number)s") % {"number": f"{others.free_late:,}"} if others.free_late else "",
            late if others.free_late else None,
        )
    if others.late:
        words = _("See to what others have not done in %(queue)s: %(number)s")
        yield Row(
            Section.NOW,
            words % {"queue": title, "number": f"{others.late:,}"},
            queue_href(others.queue, tab=Tab.TEAM.value),
            tag=late,
        )
    if others.soon:
        words = _("Others will soon be late in %(queue)s: %(number)s")
        yield Row(
            Section.OTHERS,
            words % {"queue": title, "number": f"{others.soon:,}"},
            queue_href(others.queue, tab=Tab.TEAM.value),
            tag={"text": _("Due soon"), "classes": "govuk-tag--orange"},
        )


@dataclass(frozen=True, slots=True)
class Provided:
    """Which roles get rows from a provider. One that is `of_all` shows only what is somebody's own, and no role comes with it."""

    roles: frozenset[str]
    rows: Callable[[Acting, date], list[Row]]
    of_all: bool = False


_CASE_ROLES = frozenset({*OPS, "victim_officer"})
# Whoever may be given work of any queue: at a door, too.
_WORKERS = _CASE_ROLES.union(*QUEUES.values())
_ANALYST = frozenset({"analyst"})
_AUDITOR = frozenset({"auditor"})
# A volunteer has no queue: only what was given to them.
_SCRUTINY = frozenset({"scrutiny_officer", "volunteer_reviewer"})
_INTAKE_ROLES = frozenset({"analyst", "link_clerk"})


# In the order the page map gives; the first of each section comes first.
PROVIDED = (
    Provided(frozenset(BREAK_GLASS), open_in_emergency, of_all=True),
    Provided(frozenset({"administrator", *ROLE_KEYS}), services_to_approve, of_all=True),
    Provided(frozenset({"administrator"}), tokens_to_approve, of_all=True),
    Provided(frozenset({"administrator"}), webhooks_to_look_at, of_all=True),
    Provided(frozenset(REVIEWERS), emergencies_to_review),
    Provided(frozenset(KEEPERS), told),
    Provided(frozenset({"coordinator"}), unplaced),
    Provided(_AUDITOR, rights_requests),
    Provided(frozenset({"duty_inspector"}), taken_to_inspectors),
    Provided(_WORKERS | _AUDITOR | _SCRUTINY, due_work),
    Provided(_CASE_ROLES, from_courts),
    Provided(_ANALYST, troubled),
    Provided(_ANALYST, silent_sources),
    Provided(_INTAKE_ROLES, parked),
    Provided(_ANALYST, rejected),
    Provided(_INTAKE_ROLES, under_way),
    Provided(frozenset({LEADS}), staffing),
    Provided(frozenset({*SEE_MEASURES, *WORK_ALONE}), digest_ready, of_all=True),
)


def rows_for(by: Acting, today: date) -> list[Row]:
    """Every row for the reader's roles, each provider once."""
    return [row for provided in PROVIDED if by.holds_any(*provided.roles) for row in provided.rows(by, today)]
