"""What custody suites and courts have told of the cases of some victims, and what of it is kept for them already (VIC-05)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from craffu.access.acting import Acting
from craffu.cases.custody.queries import releases_in_cases
from craffu.cases.models import CaseVersion
from craffu.cases.risk.kinds import of_the_kind
from craffu.cases.risk.told.queries import words_told
from craffu.clocks.london import start_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.victims.custody.rules import STILL_NEWS, ToTell, release_to_tell, to_tell
from craffu.victims.models import AgreementVersion, CaseHappening
from craffu.victims.models.recorded import OF_RECORDS
from craffu.victims.queries import Victim, day_of_agreement, not_struck, standing


@dataclass(slots=True)
class Kept:
    """What is kept of one event for one victim: every row of it, on however many records of hers; the last says how it stands."""

    rows: list[CaseHappening] = field(default_factory=list)

    @property
    def last(self) -> CaseHappening:
        return self.rows[-1]

    @property
    def standing(self) -> list[CaseHappening]:
        return not_struck(self.rows)


def looked_at_since(by: Acting, victims: Sequence[Victim], now: datetime) -> dict[int, datetime]:
    """From when on events are news for each of these, by the person's row number. Three queries.

    From the day of the first agreement or refusal, and always for a while back. Where there is neither, only victims of stalking
    or harassment are there.
    """
    whose = {record: one.person.pk for one in victims for record in one.records}
    rows = AgreementVersion.objects.for_user(by).filter(record__one_of=frozenset(whose), known_from__lte=now)
    first: dict[int, datetime] = {}
    asked_for = ("record_id", "source", "source_key", "agreed_on", "declined_on")
    for one in standing(rows.only(*asked_for).order_by("id")):
        person, day = whose[one.record_id], start_of(day_of_agreement(one))
        first[person] = min(day, first.get(person, day))
    recent = now - STILL_NEWS
    unasked = {case for one in victims if one.person.pk not in first for case in one.cases}
    kind = of_the_kind(by, unasked) if unasked else set()
    return {
        one.person.pk: min(recent, first.get(one.person.pk, recent))
        for one in victims
        if one.person.pk in first or kind.intersection(one.cases)
    }


def events_told(by: Acting, cases: Mapping[int, datetime], now: datetime) -> dict[int, dict[str, ToTell]]:
    """What was told of each case since an instant of its own, as known at another, by its key. Twelve queries at most."""
    crimes = dict(
        CaseVersion.objects.for_user(by)
        .filter(case__one_of=frozenset(cases))
        .order_by()
        .values_list("crime", "case_id")
    )
    found: dict[int, dict[str, ToTell]] = {case: {} for case in cases}
    for case, several in words_told(by, crimes, cases, now).items():
        for told in several:
            one = to_tell(told)
            if one is not None and one.at > cases[case]:
                found[case].setdefault(one.key, one)
    for case, releases in releases_in_cases(by, frozenset(cases), now).items():
        for each in releases:
            one = release_to_tell(each.source, each.key, each.on, each.said_at)
            if one.at > cases[case]:
                found[case].setdefault(one.key, one)
    return found


def kept_of_records(by: Acting, victims: Collection[Victim]) -> dict[tuple[int, int, str], Kept]:
    """What is kept already, by the person's row number, the case and the event's key. One query."""
    whose = {record: one.person.pk for one in victims for record in one.records}
    rows = CaseHappening.objects.for_user(by).filter(record__one_of=frozenset(whose), source__in=sorted(OF_RECORDS))
    found: dict[tuple[int, int, str], Kept] = {}
    for row in rows.order_by("id"):
        found.setdefault((whose[row.record_id], row.case_id, row.event), Kept()).rows.append(row)
    return found
