"""A case with a long story, stored through the product's own door: what its page is measured on (B6).

Three in five of its events are hearings, the others crimes of the force's own system, each with an outcome. Its eight
defendants and their offences are as many in a long case as in a short one, so that two of them differ in their events alone.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import batched

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.cases import events
from craffu.cases.actions import (
    case_for_reference,
    join_defendant,
    receive_crimes,
    receive_outcomes,
    record_hearing,
)
from craffu.cases.facts import ChargeFacts, CrimeRow, HearingFacts, OutcomeRow, ResultFacts
from craffu.cases.models import CaseReference, CaseRole
from craffu.common import clock
from craffu.common.door import action
from craffu.common.models import Provenance, Regime
from craffu.config.bench.misspelt import invented
from craffu.config.bench.names import SOURCE, fill
from craffu.people.models import SourceRecord

DEFENDANTS, OFFENCES_EACH, HEARD_AT_ONCE = 8, 4, 2
FEWEST = 50
FIRST_DAY = date(2015, 1, 5)
# So many hearings or crimes are stored at once.
BATCH = 200
# One message in so many leaves something in doubt.
DOUBT_EVERY = 25
WORDING = (
    "On that day at that place, pursued a course of conduct which amounted to the stalking of another person, which they knew "
    "or ought to have known amounted to harassment of that person."
)
TOLD = "Remanded on conditional bail to attend again on the day named, when the case goes on."
CONDITIONS = "Not to contact the person named by any means; not to go within 100 metres of the address named"


def make_case(by: Acting, ptiurn: str, number: int) -> str:
    """The reference of a new case of so many events."""
    hearings, crimes = number * 3 // 5, number * 2 // 5
    if number < FEWEST or hearings + crimes != number:
        raise ValueError(f"a case of the benchmark has {FEWEST} events or more, and their number is one of fives")
    now = clock.now()
    records = _defendants(by)
    reference = _open(by=by, ptiurn=ptiurn, records=records, now=now)
    for some in batched(range(hearings), BATCH):
        _hear(by=by, ptiurn=ptiurn, places=some, last=hearings - 1, now=now)
    for some in batched(range(crimes), BATCH):
        _report(by=by, ptiurn=ptiurn, places=some, now=now)
    return reference


def _defendants(by: Acting) -> list[SourceRecord]:
    """The same people in every case of the benchmark."""
    known = SourceRecord.objects.for_user(by).filter(source=SOURCE)
    if not known.exists():
        fill(by, invented(DEFENDANTS, 6))
    return list(known.order_by("id")[:DEFENDANTS])


def _provenance(source: str, ptiurn: str, first: int, now: datetime) -> Provenance:
    return Provenance(source, f"{ptiurn:0>64}", first + 1, now, "1", "bench", Regime.PART_3, "bench")


@action
def _open(*, by: Acting, ptiurn: str, records: Sequence[SourceRecord], now: datetime) -> str:
    case = case_for_reference(by=by, kind=CaseReference.Kind.PTIURN, value=ptiurn, now=now)
    for record in records:
        join_defendant(by=by, case=case, record=record, now=now)
    return case.reference


@action
def _hear(*, by: Acting, ptiurn: str, places: Sequence[int], last: int, now: datetime) -> None:
    roles = list(CaseRole.objects.for_user(by).filter(case__references__value=ptiurn).order_by("id"))
    for at in places:
        record_hearing(
            by=by,
            role=roles[at % DEFENDANTS],
            facts=_hearing(ptiurn, at, last),
            provenance=_provenance("court-results", ptiurn, at, now),
            now=now,
        )


def _hearing(ptiurn: str, at: int, last: int) -> HearingFacts:
    """The so-and-so-many-th hearing: of each defendant in turn, about two of the offences in turn, put off to the next."""
    turn = at // DEFENDANTS
    day = FIRST_DAY + timedelta(days=turn)
    numbers = [(turn * HEARD_AT_ONCE + one) % OFFENCES_EACH for one in range(HEARD_AT_ONCE)]
    doubts = ({"code": "offence_without_result", "field": "Result", "line": at + 1},) if at % DOUBT_EVERY == 0 else ()
    return HearingFacts(
        content_sha256=f"{ptiurn}{at:053}",
        held_on=day,
        held_at=None,
        court="B01CE",
        psa="",
        presence="Y",
        bail_status="B",
        bail_conditions=CONDITIONS,
        bail_reason="",
        flags=doubts,
        charges=tuple(_charge(one, day, is_last=at > last - DEFENDANTS) for one in numbers),
    )


def _charge(number: int, day: date, *, is_last: bool) -> ChargeFacts:
    put_off = ResultFacts("4004", TOLD, (), (), (), None, "B01CE", day + timedelta(days=1), None, "", "")
    # What a court last set lies a year ahead, so that a hearing is expected of each defendant.
    ahead = ResultFacts("4004", TOLD, (), (), (), None, "B01CE", day + timedelta(days=365), None, "", "")
    return ChargeFacts(
        number=f"{number + 1:03}",
        code=f"PH9700{number + 1}",
        title="Stalking",
        wording=WORDING,
        location="At that place",
        date_code="1",
        started_on=FIRST_DAY,
        started_at=None,
        ended_on=None,
        ended_at=None,
        charged_on=FIRST_DAY,
        arrested_on=FIRST_DAY,
        initiated_on=FIRST_DAY,
        plea="2",
        mode_of_trial="",
        finding="",
        convicted_on=None,
        convicting_court="",
        final=False,
        results=(ahead if is_last else put_off,),
    )


@action
def _report(*, by: Acting, ptiurn: str, places: Sequence[int], now: datetime) -> None:
    provenance = _provenance("rms", ptiurn, places[0], now)
    receive_crimes(by=by, source="rms", rows=list(_crimes(ptiurn, places)), provenance=provenance, now=now)
    receive_outcomes(by=by, source="rms", rows=list(_outcomes(ptiurn, places)), provenance=provenance, now=now)
    audit.record(kind=events.CASE_OPENED, actor=by.actor, refs=[], request=by.request, now=now)


def _crimes(ptiurn: str, places: Iterable[int]) -> Iterable[CrimeRow]:
    for at in places:
        when = f"{datetime(2015, 1, 5, 9, tzinfo=UTC) + timedelta(hours=12 * at):%Y-%m-%d %H:%M:%S}"
        yield CrimeRow(
            crime=f"{ptiurn}/{at}",
            content=f"{ptiurn}c{at:052}",
            said_at=when,
            line=at + 1,
            recorded_as="crime",
            home_office_class="8Q",
            offence_code="PH97001",
            offence_title="Stalking",
            occurred_from=when,
            occurred_to=None,
            reported_at=when,
            recorded_at=when,
            location="At that place",
            lsoa="",
            station="",
            officer="1001",
            flags='["stalking"]',
            risk_grade="high",
            risk_graded_at=when,
            ptiurn=ptiurn,
            stage="court",
            summary=WORDING,
        )


def _outcomes(ptiurn: str, places: Iterable[int]) -> Iterable[OutcomeRow]:
    for at in places:
        crime, day = f"{ptiurn}/{at}", FIRST_DAY + timedelta(days=at // 2)
        yield OutcomeRow(
            f"{crime}/1", f"{ptiurn}o{at:052}", f"{day} 12:00:00", at + 1, crime, "1", "1", f"{day}", "", TOLD
        )
