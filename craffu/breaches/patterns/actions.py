"""The only write of what the coordinator says of crimes that together may be stalking (BRC-09). Nothing is reclassified."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.breaches import events, policies
from craffu.breaches.models import PatternDecided
from craffu.breaches.patterns.reading import suffered_by
from craffu.breaches.patterns.rules import COORDINATOR, why_not_decided
from craffu.breaches.permissions import check_can_decide_pattern
from craffu.breaches.topics import PATTERNS
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.common.locks import lock_until_commit
from craffu.outbox.actions import tell
from craffu.people.queries import find_person


@action
def decide_pattern(
    *, by: Acting, person: str, decision: str, reason: str, seen: str, now: datetime | None = None
) -> PatternDecided:
    """The coordinator decides what the crimes against one person are, of those that are open to them.

    `seen` is the version of what was shown. Raises NotPermitted, Conflict where somebody decided or a crime came since, and
    NotNow where there is nothing to decide or the reason is too short.
    """
    user, at = check_can_decide_pattern(by), now or clock.now()
    lock_until_commit("patterns", by.force.code)
    found = check_is_there(find_person(by, person))
    whole = suffered_by(by, {found.pk}, at)[found.pk]
    check_unchanged(seen, whole.version)
    policies.check_has_pattern(has_pattern=whole.pattern is not None)
    policies.check_pattern(why_not_decided(decision, COORDINATOR, reason))
    crimes = whole.in_pattern
    row: PatternDecided = PatternDecided.objects.create(
        force=by.force, victim_id=whole.record, crimes=sorted(one.crime for one in crimes), decision=decision,
        reason=reason.strip(), by=user, known_from=at,
    )  # fmt: skip
    tell(force=by.force.code, topic=PATTERNS, subjects=[found.pk], at=at)
    cases = sorted({f"case/{one.case_reference}" for one in crimes})
    audit.record(
        kind=events.PATTERN_DECIDED,
        actor=by.actor,
        refs=[f"person/{found.reference}", *cases],
        request=by.request,
        now=at,
    )
    return row
