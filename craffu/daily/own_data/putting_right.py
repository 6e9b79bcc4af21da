"""What is to be put right where, after a rectification was agreed, and whether its sender has said something else since (SEC-11).

Nothing that a source said is overwritten here: whoever sent it puts it right in their own system, and the new version comes in.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from craffu.access.acting import Acting
from craffu.access.rights_requests.queries import Standing
from craffu.access.rights_requests.states import RightsStatus
from craffu.cases.models import CaseRole, CaseVersion
from craffu.daily.own_data.parts import records_asked_about
from craffu.people.models import RecordVersion
from craffu.people.queries import find_person


@dataclass(frozen=True, slots=True)
class SourceSaid:
    """One record that somebody's system sent: of themselves where `case` is empty, else of a crime in that case.

    `file_sha256` and `line` are where its sender finds it again. `received` is when what stood at the answer came, `newer`
    when it last said something else since; None, never.
    """

    source: str
    controller: str
    file_sha256: str
    line: int
    received: datetime
    newer: datetime | None
    case: str = ""


def records_to_put_right(by: Acting, standing: Standing) -> list[SourceSaid]:
    """Every record of whoever asked, with those of crimes in their cases that are open to the reader, as of the answer.

    Nothing where no answer was sent or nobody is called so. A number of queries that does not grow.
    """
    answered = standing.last(RightsStatus.ANSWERED)
    person = find_person(by, standing.request.person) if standing.request.person else None
    if answered is None or person is None:
        return []
    records = records_asked_about(by, person)
    of_them = RecordVersion.objects.for_user(by).filter(record__in=records).order_by("record_id", "id")
    cases = CaseRole.objects.for_user(by).filter(record__in=records).order_by().values("case")
    of_crimes = CaseVersion.objects.for_user(by).filter(case__in=cases).order_by("case_id", "source", "crime", "id")
    said = defaultdict[tuple[Any, ...], list[_Version]](list)
    for record, *version in of_them.values_list("record_id", *_FIELDS):
        said[("", record)].append(_Version(*version))
    for case, source, crime, *version in of_crimes.values_list("case__reference", "source", "crime", *_FIELDS):
        said[(case, source, crime)].append(_Version(*version))
    found = (_as_of(str(key[0]), versions, answered.at) for key, versions in said.items())
    return [one for one in found if one is not None]


class _Version(NamedTuple):
    source: str
    controller: str
    file_sha256: str
    line: int
    known_from: datetime


_FIELDS: Final = _Version._fields


def _as_of(case: str, versions: list[_Version], at: datetime) -> SourceSaid | None:
    """Of a record's versions, oldest first, what it said at an instant and whether it did since; None where it was not there."""
    then = [one for one in versions if one.known_from <= at]
    since = [one for one in versions if one.known_from > at]
    if not then:
        return None
    one, newer = then[-1], since[-1].known_from if since else None
    return SourceSaid(one.source, one.controller, one.file_sha256, one.line, one.known_from, newer, case)
