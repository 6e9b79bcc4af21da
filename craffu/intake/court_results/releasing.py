"""A parked court result released: stored as the person it was held back for, as somebody else, or set aside (INT-04)."""

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.cases.rules import Decided, Match
from craffu.common import clock
from craffu.common.door import action
from craffu.common.refusals import NotNow
from craffu.intake.actions import decide_held
from craffu.intake.court_results.apply import candidates_for, lock_case, take_in_defendant
from craffu.intake.court_results.codes import StoredCodeLists
from craffu.intake.court_results.raw import RawDefendant
from craffu.intake.court_results.read import read_message
from craffu.intake.court_results.records import DefendantHearing
from craffu.intake.court_results.shape import Shaped, shape
from craffu.intake.models import HeldDecision, HeldRow
from craffu.intake.opening import Document
from craffu.intake.refused import Refused
from craffu.intake.rules import OutcomeKind
from craffu.intake.taking import RowResult, Taking

MATCHES = {
    HeldDecision.Decision.SAME_PERSON: Match.SAME,
    HeldDecision.Decision.OTHER_PERSON: Match.NEW,
}


@action
def release_defendant(*, by: Acting, row: HeldRow, decision: str, reason: str) -> RowResult:
    """Store one parked defendant as a person decided. Raises NotNow where the decision does not fit the row any more."""
    now = clock.now()
    decide_held(by=by, row=row, decision=decision, reason=reason, now=now)
    if decision == HeldDecision.Decision.SET_ASIDE:
        return RowResult(row.line, OutcomeKind.UNCHANGED, "set_aside", held=row.reference)
    raw, shaped = _read_again(row)
    match = MATCHES.get(HeldDecision.Decision(decision))
    if match is None:
        raise NotNow("decision_unknown", _("A parked row is the same person, another person, or set aside."))
    record = _candidate(by, shaped.record) if match is Match.SAME else 0
    taking = Taking(by, row.run, row.kind, row.run.mapping_version, now).for_held(row)
    document = Document(row.file_name, row.raw.encode(), row.file_sha256)
    return take_in_defendant(
        taking=taking,
        document=document,
        raw=raw,
        shaped=shaped,
        decided=Decided(match, f"decided:{row.reference}", record, row.reference),
    )


def _read_again(row: HeldRow) -> tuple[RawDefendant, Shaped]:
    message = read_message(row.raw.encode(), row.file_name)
    if not isinstance(message, Refused):
        for raw in message.defendants:
            shaped = shape(raw, StoredCodeLists())
            if raw.content_hash == row.content_sha256 and isinstance(shaped, Shaped):
                return raw, shaped
    raise NotNow(
        "row_not_storable", _("This row cannot be stored as it is. Set it aside, or correct it at its source.")
    )


def _candidate(by: Acting, record: DefendantHearing) -> int:
    """The one defendant the row could be about, of those the page shows beside it."""
    lock_case(by, record.ptiurn)
    same = candidates_for(by, record)
    if not same:
        raise NotNow("no_candidate", _("Nobody in the case fits this row any more. Release it as another person."))
    if len(same) > 1:
        raise NotNow(
            "several_candidates",
            _("There is more than one person it could be. Release it as another person and link it."),
        )
    return same[0]
