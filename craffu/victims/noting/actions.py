"""The only write of her own log by somebody for her: an officer who takes it down, or her advocate (BRC-01, VIC-10, VIC-11)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.outbox.actions import tell
from craffu.victims import events
from craffu.victims.advocates.policies import check_may_speak
from craffu.victims.advocates.queries import advocates_of, standing_now
from craffu.victims.advocates.rules import AdvocateMay
from craffu.victims.agreements.actions import locked, log
from craffu.victims.models import LogEntry
from craffu.victims.noting.facts import NewEntry
from craffu.victims.noting.policies import check_has_happened
from craffu.victims.permissions import check_can_look_after, check_is_advocate, speaks_only
from craffu.victims.queries import Victim
from craffu.victims.topics import VICTIM_LOG
from craffu.victims.voice.policies import check_notice_was_shown, check_words_are_there
from craffu.victims.voice.rules import why_words_are_not_taken
from craffu.victims.voice.subjects import Route


@action
def note_for_her(*, by: Acting, victim: str, given: NewEntry, now: datetime | None = None) -> LogEntry:
    """Enter in her log what she tells, word for word. The same sent twice is kept once: it bears the same notice.

    Raises NotNow where she was not told who may read it, where nothing is told, or for what lies ahead; NotPermitted where an
    advocate may not speak for her.
    """
    user, at = (check_is_advocate if speaks_only(by) else check_can_look_after)(by), now or clock.now()
    found = locked(by, victim)
    if given.route is Route.ADVOCATE:
        _check_speaks(by, found, given.advocate, user, at)
    check_notice_was_shown(why_words_are_not_taken(given.language, at, given.notice))
    notice = check_is_there(given.notice)
    check_words_are_there(given.words)
    check_has_happened(given.span.first_at, at)
    same = (
        LogEntry.objects.for_user(by).filter(record__in=found.records, notice_shown_at=notice.shown_at).order_by("id")
    )
    for one in same:
        if one.words == given.words and one.happened_from == given.span.first_at:
            held: LogEntry = one
            return held
    row: LogEntry = LogEntry.objects.create(
        force=by.force, record_id=found.record, happened_from=given.span.first_at,
        happened_to=min(max(given.span.last_at, given.span.first_at), at), is_day_only=given.span.is_day_only,
        way=given.way.value, through_others=given.through_others, words=given.words.strip(), language=given.language,
        proof=given.proof.value, proof_words=given.proof_words.strip(), for_ledger=given.for_ledger, given_at=at,
        route=given.route.value, advocate_id=given.advocate if given.route is Route.ADVOCATE else None,
        notice_version=notice.version, notice_shown_at=notice.shown_at, recorded_by=user, known_from=at,
    )  # fmt: skip
    log(by, events.LOG_ENTRY_RECORDED, found, at)
    tell(force=by.force.code, topic=VICTIM_LOG, subjects=[row.pk], at=at)
    return row


def _check_speaks(by: Acting, victim: Victim, advocate: int | None, user: User, at: datetime) -> None:
    """An advocate who is signed in speaks as themselves alone."""
    named = advocates_of(by, victim.records)
    speaks = check_is_there(next((one for one in named if one.pk == advocate), None))
    if speaks_only(by):
        check_is_there(speaks if speaks.user_id == user.pk else None)
    check_may_speak(standing_now(speaks, victim, AdvocateMay.GIVE_HER_VIEW, day_of(at)))
