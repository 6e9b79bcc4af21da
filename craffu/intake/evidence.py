"""What a person compares before they say whose a parked row is: the row's own words beside whom the case already has.

INT-04, IDN-02. Only what tells one person from another is given: names, date of birth, arrest summons number, hearing.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.cases.models import CaseReference
from craffu.cases.queries import called
from craffu.common.refusals import NotPermitted
from craffu.intake.court_results.apply import candidates_for, described
from craffu.intake.court_results.codes import StoredCodeLists
from craffu.intake.court_results.read import read_message
from craffu.intake.court_results.shape import Shaped, shape
from craffu.intake.models import HeldRow
from craffu.intake.queries import open_rows
from craffu.intake.refused import Refused


@dataclass(frozen=True, slots=True)
class Told:
    """A defendant as the parked row tells of them."""

    name: str = field(repr=False)
    born_on: str = field(repr=False)
    arrest_number: str = field(repr=False)
    case: str = field(repr=False)
    heard_on: date


@dataclass(frozen=True, slots=True)
class Evidence:
    """The row's word, and the source records of the case it could be, the same as release chooses from."""

    told: Told
    candidates: tuple[int, ...]


def evidence_of(by: Acting, row: HeldRow) -> Evidence | None:
    """The evidence in a parked court result; None where it tells of no person that could be compared."""
    shaped = _told(row)
    return _evidence(by, shaped) if shaped else None


def check_may_compare(by: Acting, row: HeldRow) -> None:
    """Refuses where the row is about a case that is not open to the reader: they would decide blind (SEC-01, SEC-02).

    The same words whether others know of the case or not: the row itself came through this reader's hands.
    """
    if by.sees_all or (shaped := _told(row)) is None:
        return
    case = {shaped.record.ptiurn}
    if called(by.joining(), CaseReference.Kind.PTIURN, case) and not called(by, CaseReference.Kind.PTIURN, case):
        raise NotPermitted(
            "not_open", _("This row is about a case that is not open to you. Somebody who may see the case decides it.")
        )


def _told(row: HeldRow) -> Shaped | None:
    message = read_message(row.raw.encode(), row.file_name)
    if isinstance(message, Refused):
        return None
    for raw in message.defendants:
        shaped = shape(raw, StoredCodeLists())
        if raw.content_hash == row.content_sha256 and isinstance(shaped, Shaped):
            return shaped
    return None


def cases_of_parked(by: Acting) -> frozenset[int]:
    """The cases that parked court results, which somebody has yet to decide, are about."""
    told = [_told(row) for row in open_rows(by, HeldRow.Why.PARKED)]
    return frozenset(called(by, CaseReference.Kind.PTIURN, {one.record.ptiurn for one in told if one}).values())


def _evidence(by: Acting, shaped: Shaped) -> Evidence:
    record, told = shaped.record, described(shaped.record)
    names = [*(name.given for name in record.given_names), record.family_name.given]
    return Evidence(
        Told(
            name=" ".join(" ".join(names).split()),
            born_on=told.born_on,
            arrest_number=told.asn,
            case=record.ptiurn,
            heard_on=record.hearing_date,
        ),
        tuple(candidates_for(by, record)),
    )
