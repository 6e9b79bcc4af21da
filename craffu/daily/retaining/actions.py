"""The only writes of keeping and erasing: reviews open, somebody holds, keeps or asks, another decides, and then it is gone.

Nothing is ever erased by a clock (SEC-08), and never by one person (SEC-09).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_fresh_factor, check_is_there
from craffu.access.retention.events import RETENTION_EVENTS
from craffu.access.retention.kinds import ERASES, HOLDS, Authority, Step
from craffu.access.retention.models import RetentionLook, RetentionStep
from craffu.access.retention.queries import Stands, stands_of
from craffu.access.retention.rules import clear, group_of
from craffu.access.rights_requests.actions import RIGHTS
from craffu.access.rights_requests.models import RightsEnding, RightsRequest, RightsStep
from craffu.audit import actions as audit
from craffu.audit.events import Entry
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action, bookkeeping
from craffu.common.locks import lock_until_commit
from craffu.daily.retaining import policies
from craffu.daily.retaining.due import RETENTION
from craffu.daily.retaining.formerly import asking_among, held_among, restricted_among
from craffu.daily.retaining.going import Going, going_with
from craffu.daily.retaining.known import known_of, long_quiet, people_called
from craffu.daily.retaining.permissions import check_asked_by_another, check_can_review
from craffu.daily.retaining.removing import Rows, drop_copies, files_waiting, remove, rows_of, said_of, unlink
from craffu.daily.retaining.tasks import build_snapshot_again
from craffu.measures.places import folder_of
from craffu.messages.models import Message
from craffu.outbox.actions import tell
from craffu.people.models import Person
from craffu.work.actions import wake_subjects

_LOOKED_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Said:
    """What is said with a step: why, by which authority, of which hold, and when to look again."""

    words: str = ""
    authority: Authority | None = None
    hold: int | None = None
    next_on: date | None = None


@bookkeeping
def open_reviews(by: Acting, now: datetime) -> int:
    """Once a day: everybody whose clear period is over, and of whom no review is open, comes up for one. Returns how many."""
    today = day_of(now)
    looks = RetentionLook.objects.filter(force=by.force, on=today)
    if looks.exists():
        return 0
    lock_until_commit("retention", by.force.code, "look")
    # Of several clocks at once those that waited for the first find its look.
    if looks.exists():
        return 0
    opened = 0
    quiet = long_quiet(by, today)
    for first in range(0, len(quiet), _LOOKED_AT_ONCE):
        opened += _open_some(by, quiet[first : first + _LOOKED_AT_ONCE], today, now)
    RetentionLook.objects.create(force=by.force, on=today, opened=opened)
    return opened


def _open_some(by: Acting, people: Collection[int], today: date, now: datetime) -> int:
    known = known_of(by.joining(), people, today)
    named = dict(Person.objects.for_user(by).filter(pk__in=list(people)).values_list("pk", "reference"))
    stands = stands_of(by, set(named.values()))
    rows = []
    for person, one in known.items():
        how = stands[named[person]]
        found = clear(one, today, on_hold=bool(how.holds), kept_until=how.kept_until)
        if found is not None and found.due and how.open_review is None:
            rows.append(
                RetentionStep(
                    force=by.force, person=how.person, number=len(how.steps) + 1, step=Step.OPENED, group=group_of(one),
                    known_from=now,
                )
            )  # fmt: skip
    RetentionStep.objects.bulk_create(rows)
    entries = [Entry(refs=[f"person/{row.person}"]) for row in rows]
    audit.record_many(kind=RETENTION_EVENTS[Step.OPENED], actor=by.actor, entries=entries, now=now)
    tell(force=by.force.code, topic=RETENTION, subjects=[row.person for row in rows], at=now)
    return len(rows)


@action
def place_hold(*, by: Acting, person: str, said: Said, now: datetime | None = None) -> RetentionStep:
    """Hold somebody's records: nothing of them is erased while it stands. Raises NotPermitted and NotNow."""
    policies.check_authority(_authority(said), HOLDS)
    policies.check_says_why(said.words)
    return _step(by, person, Step.HOLD_PLACED, said, now)[0]


@action
def lift_hold(*, by: Acting, person: str, said: Said, now: datetime | None = None) -> RetentionStep:
    """End a hold, with the authority and the reason. Raises Conflict where it does not stand, and NotNow."""
    policies.check_authority(_authority(said), HOLDS)
    policies.check_says_why(said.words)
    return _step(by, person, Step.HOLD_LIFTED, said, now)[0]


@action
def keep_records(*, by: Acting, person: str, said: Said, now: datetime | None = None) -> RetentionStep:
    """Keep somebody's records until they are looked at again; an erasure that was asked for is over with it. Raises NotNow."""
    at = now or clock.now()
    policies.check_says_why(said.words)
    policies.check_next_review(said.next_on or day_of(at), day_of(at))
    return _step(by, person, Step.KEPT, said, at)[0]


@action
def ask_to_erase(*, by: Acting, person: str, said: Said, now: datetime | None = None) -> RetentionStep:
    """Ask that somebody's records are erased: somebody else decides. Raises Conflict where it is asked already, and NotNow."""
    policies.check_authority(_authority(said), ERASES)
    policies.check_says_why(said.words)
    return _step(by, person, Step.ERASURE_ASKED, said, now)[0]


@action
def refuse_erasure(*, by: Acting, person: str, said: Said, now: datetime | None = None) -> RetentionStep:
    """Not erase what was asked to be: the review is open again. Raises Conflict, NotNow, and NotPermitted to whoever asked."""
    policies.check_says_why(said.words)
    return _step(by, person, Step.ERASURE_REFUSED, said, now)[0]


@action
def erase_person(*, by: Acting, person: str, now: datetime | None = None) -> RetentionStep:
    """Erase somebody wherever the register holds them, and what goes with them (SEC-09).

    Raises NotPermitted to whoever asked for it, FactorNotFresh, Conflict where nobody asks, NotNow where a hold, an unanswered
    request about somebody who would go or a restriction of use blocks it, where other records need all of it, or where another
    than was shown to whoever decides would go (SEC-02).
    """
    at = now or clock.now()
    user = check_can_review(by)
    check_fresh_factor(by, at)
    lock_until_commit("retention", by.force.code, person)
    found = check_is_there(people_called(by, [person]).get(person))
    stands = stands_of(by, [person])[person]
    policies.check_is_asked(stands)
    asked = check_is_there(stands.asked)
    check_asked_by_another(user, asked.by)
    going = going_with(by.telling(), found)
    check_may_go(by, going, at)
    policies.check_is_told_all(is_all=going == going_with(by.joining(), found))
    rows, files = _removed(by, going, at)
    group = stands.open_review.group if stands.open_review is not None else ""
    row: RetentionStep = RetentionStep.objects.create(
        force=by.force, person=person, number=len(stands.steps) + 1, step=Step.ERASED, group=group, authority=asked.authority,
        rows=rows, files=files, asked_by=asked.by, by=user, known_from=at,
    )  # fmt: skip
    counts = {"rows": rows, "files": files, "people": len(going.people), "cases": len(going.cases)}
    audit.record(
        kind=RETENTION_EVENTS[Step.ERASED], actor=by.actor, refs={*going.refs, f"person/{person}"}, purpose=asked.authority,
        counts=counts, request=by.request, now=at,
    )  # fmt: skip
    people = sorted({person, *going.people.values()})
    tell(force=by.force.code, topic=RETENTION, subjects=people, at=at)
    asked_about = RightsRequest.objects.filter(force=by.force, person__in=people).order_by("id")
    tell(force=by.force.code, topic=RIGHTS, subjects=asked_about.values_list("number", flat=True), at=at)
    return row


def check_may_go(by: Acting, going: Going, at: datetime) -> None:
    """That something goes, and nothing holds any of it. Raises NotNow."""
    policies.check_nothing_holds(held_among(by, going), asking_among(by, going, at), restricted_among(by, going))
    policies.check_no_files_wait(files_waiting(by))
    policies.check_something_goes(going.people, going.cases)


def _removed(by: Acting, going: Going, at: datetime) -> tuple[int, int]:
    """Rows, words that name them in steps of ours, files and copies; a copy that is made meanwhile goes after the commit too."""
    found = rows_of(by, going)
    said = said_of(by, found)
    wake_subjects(by=by, subjects=_subjects(going, found), at=at)
    had_snapshot = folder_of(by).is_dir()
    removed = remove(by, found)
    people = sorted(going.people.values())
    RetentionStep.objects.filter(force=by.force, person__in=people).erase(words="")
    requests = RightsRequest.objects.filter(force=by.force, person__in=people)
    RightsStep.objects.filter(request__in=requests.values("pk")).erase(words="", text_digest="")
    RightsEnding.objects.filter(request__in=requests.values("pk")).erase(words="")
    requests.erase(words="")
    messages = found.get(Message, ())
    files = unlink(said, messages)
    drop_copies(by)

    def after() -> None:
        unlink(said, messages)
        drop_copies(by)
        if had_snapshot:
            build_snapshot_again.enqueue(by.force.code)

    transaction.on_commit(after)
    return sum(removed.values()), files


def _subjects(going: Going, found: Rows) -> set[str]:
    """By what work may know any of what goes: row numbers, whosever they are, and references. Too much is only asked again."""
    numbers = {str(row) for rows in found.values() for row in rows}
    return {*numbers, *going.people.values(), *going.cases.values()}


def _authority(said: Said) -> Authority:
    return said.authority or Authority.RETENTION_REVIEW


def _step(by: Acting, person: str, step: Step, said: Said, now: datetime | None) -> tuple[RetentionStep, Stands]:
    user: User = check_can_review(by)
    at = now or clock.now()
    lock_until_commit("retention", by.force.code, person)
    check_is_there(people_called(by, [person]).get(person))
    stands = stands_of(by, [person])[person]
    if step is Step.HOLD_LIFTED:
        policies.check_hold_stands(stands, said.hold or 0)
    if step is Step.ERASURE_ASKED:
        policies.check_may_be_asked(stands)
    if step is Step.ERASURE_REFUSED:
        policies.check_is_asked(stands)
        check_asked_by_another(user, check_is_there(stands.asked).by)
    row: RetentionStep = RetentionStep.objects.create(
        force=by.force, person=person, number=len(stands.steps) + 1, step=step, authority=said.authority or "",
        words=" ".join(said.words.split()), hold=said.hold if step is Step.HOLD_LIFTED else None,
        next_on=said.next_on if step is Step.KEPT else None, by=user, known_from=at,
    )  # fmt: skip
    tell(force=by.force.code, topic=RETENTION, subjects=[person], at=at)
    audit.record(
        kind=RETENTION_EVENTS[step], actor=by.actor, refs=[f"person/{person}"], purpose=said.authority or "",
        request=by.request, now=at,
    )  # fmt: skip
    return row, stands
