"""What the log holds of who read how much and when, for the rules of unusual reading (P40)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection

from craffu.audit.events import ABOUT_THE_LOG
from craffu.audit.models import Event
from craffu.audit.naming import SAID
from craffu.audit.queries import of_verbs
from craffu.audit.rules import Verb, instant_text
from craffu.audit.unusual import LIMITS, Finding, Hour, Refusal, unusual

MOST_REFUSALS = 10_000
KIND_OF_ACTOR = {
    "sqlite": "json_extract(e.payload, '$.actor_kind')",
    "postgresql": "(e.payload::jsonb ->> 'actor_kind')",
}
# Only what people read counts: not jobs, and not the reading of the log itself.
HOURS = """
    SELECT e.actor, e.role, substr(e.at, 1, 13) AS began, count(DISTINCT said.value)
    FROM audit_event e, {said}
    WHERE e.force = %s AND e.verb = 'consultation' AND e.at >= %s AND e.at < %s
        AND {actor_kind} = 'user' AND e.actor <> %s
        AND e.kind NOT IN ({about_the_log}) AND ({records})
    GROUP BY e.actor, e.role, began ORDER BY began, e.actor, e.role
"""


def hours_of_reading(
    *, force: str, since: datetime, until: datetime, records: tuple[str, ...], asker: str
) -> list[Hour]:
    """How many different records of these kinds each person looked at in each hour."""
    sql = HOURS.format(
        said=SAID[connection.vendor],
        actor_kind=KIND_OF_ACTOR[connection.vendor],
        about_the_log=", ".join(["%s"] * len(ABOUT_THE_LOG)),
        records=" OR ".join(["said.value LIKE %s"] * len(records)),
    )
    given = [force, instant_text(since), instant_text(until), asker, *ABOUT_THE_LOG, *(f"{kind}/%" for kind in records)]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [
            Hour(actor, role, datetime.fromisoformat(f"{began}:00:00Z"), number)
            for actor, role, began, number in cursor.fetchall()
        ]


def acts_of_kinds(*, force: str, kinds: Iterable[str], since: datetime, until: datetime) -> list[tuple[str, datetime]]:
    """Who did something of these kinds, and when, in no order. One query."""
    rows = Event.objects.filter(
        force=force, at__gte=instant_text(since), at__lt=instant_text(until), kind__in=sorted(kinds)
    )
    return [(actor, datetime.fromisoformat(at)) for actor, at in rows.order_by().values_list("actor", "at")]


def refusals(*, force: str, since: datetime, until: datetime, asker: str) -> list[Refusal]:
    """The newest refusals that the log holds."""
    rows = (
        of_verbs(Event.objects.all(), [Verb.DENIED])
        .filter(force=force, at__gte=instant_text(since), at__lt=instant_text(until))
        .exclude(actor=asker)
        .order_by("-at")
        .values_list("actor", "role", "at")
    )
    return [Refusal(actor, role, datetime.fromisoformat(at)) for actor, role, at in rows[:MOST_REFUSALS]]


def unusual_reading(*, force: str, now: datetime, records: tuple[str, ...], asker: str) -> list[Finding]:
    """What the rules find in the last days, without the acts of whoever asks."""
    recent = now - timedelta(days=LIMITS.looked_at_days)
    since = recent - timedelta(days=LIMITS.compared_days)
    hours = hours_of_reading(force=force, since=since, until=now, records=records, asker=asker)
    return unusual(hours, refusals(force=force, since=recent, until=now, asker=asker), now)
