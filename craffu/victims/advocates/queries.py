"""The advocates whom a victim named, and for an advocate the victims who named them: promises and what they were told (VIC-10).

An advocate is shown nothing of a case. Of a victim in a case of which nobody may know, or that is shut, they are shown nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from craffu.access.acting import Acting
from craffu.cases.states import Stage
from craffu.clocks.london import start_of
from craffu.people.queries import Identity, identities
from craffu.victims.advocates.rules import Advocate as Named
from craffu.victims.advocates.rules import AdvocateMay, NotAllowed, why_not
from craffu.victims.contacts.queries import PromiseStands
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import STAGE_IS
from craffu.victims.models import Advocate, ToldOfHappening
from craffu.victims.queries import Victim, standing
from craffu.victims.stories import stories, victims_of_records


def advocates_of(by: Acting, records: Iterable[int]) -> list[Advocate]:
    """Every advocate she ever named, the last first. One query."""
    rows = Advocate.objects.for_user(by).filter(record__in=list(records)).select_related("ended", "user", "recorded_by")
    return sorted(standing(rows.order_by("id")), key=lambda one: (one.named_on, one.pk), reverse=True)


def ended_on(advocate: Advocate) -> date | None:
    ended = getattr(advocate, "ended", None)
    return ended.on if ended is not None else None


def standing_now(advocate: Advocate, victim: Victim, action: str, on: date) -> NotAllowed | None:
    """Why an advocate may not do this for this victim on a day; None where they may."""
    whose = victim.reference if advocate.record_id in victim.records else ""
    return why_not(
        Named(whose, advocate.named_on, advocate.consent_on, ended_on(advocate)), victim.reference, action, on
    )


def speakers_of(by: Acting, victim: Victim, on: date) -> list[Advocate]:
    """Those who may give her view on a day. One query."""
    named = advocates_of(by, victim.records)
    return [one for one in named if standing_now(one, victim, AdvocateMay.GIVE_HER_VIEW, on) is None]


@dataclass(frozen=True, slots=True)
class Client:
    """A victim who named the reader, who they are, and from which day on the reader may hear of them."""

    advocate: Advocate
    victim: Victim
    identity: Identity
    since: date


def clients_of(by: Acting, action: AdvocateMay, on: date) -> list[Client]:
    """The victims for whom the reader may do this on a day, in order of their reference. Seven queries, whatever their number."""
    if by.user is None:
        return []
    rows = Advocate.objects.for_user(by).filter(user=by.user).select_related("ended")
    named = standing(rows.order_by("id"))
    victims = [one for one in victims_of_records(by, {one.record_id for one in named}) if not one.shut]
    who = identities(by, [one.person for one in victims])
    found = []
    for victim in victims:
        speaks = [one for one in named if standing_now(one, victim, action, on) is None]
        if speaks:
            since = min(one.consent_on for one in speaks)
            found.append(Client(speaks[-1], victim, who[victim.person.pk], since))
    return found


def promises_to(by: Acting, clients: Sequence[Client], now: datetime) -> dict[str, list[PromiseStands]]:
    """The promises made to each victim since they agreed to the reader, the first due first, by reference. Eight queries."""
    told = stories(by, [one.victim for one in clients], now, answers=False)
    return {
        one.victim.reference: [
            each for each in told[one.victim.person.pk].promises if each.promise.due_at >= start_of(one.since)
        ]
        for one in clients
    }


@dataclass(frozen=True, slots=True)
class Update:
    """She was told something at an instant: of what happened, and in whose words."""

    at: datetime
    told_of: tuple[Happening, ...]
    words: str = field(repr=False)


def updates_for(by: Acting, clients: Sequence[Client], now: datetime) -> dict[str, list[Update]]:
    """What each victim was told since they agreed to the reader, the last first, by reference. Nine queries."""
    known = stories(by, [one.victim for one in clients], now, answers=False)
    told, apart = _told(by, [record for one in clients for record in one.victim.records])
    found = {}
    for client in clients:
        contacts = known[client.victim.person.pk].contacts
        updates = [Update(one.at, told.get(one.pk, ()), one.told) for one in contacts if one.was_reached]
        updates += [one for record, one in apart if record in client.victim.records]
        hers = [one for one in updates if (one.told_of or one.words) and start_of(client.since) <= one.at <= now]
        found[client.victim.reference] = sorted(hers, key=lambda one: one.at, reverse=True)
    return found


def _told(by: Acting, records: Iterable[int]) -> tuple[dict[int, tuple[Happening, ...]], list[tuple[int, Update]]]:
    """Of what each contact told her, and what another system says that she was told in no contact of ours."""
    rows = ToldOfHappening.objects.for_user(by).filter(record__in=records).select_related("happening", "stage")
    told: dict[int, tuple[Happening, ...]] = {}
    apart: list[tuple[int, Update]] = []
    for one in standing(rows.order_by("id")):
        kind = Happening(one.happening.kind) if one.happening_id else STAGE_IS[Stage(one.stage.stage)]
        if one.contact_id is None:
            apart.append((one.record_id, Update(one.at, (kind,), "")))
        elif kind not in told.get(one.contact_id, ()):
            told[one.contact_id] = (*told.get(one.contact_id, ()), kind)
    return told, apart
