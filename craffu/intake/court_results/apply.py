"""From a court result to the register: whose it is, which case, and whether it is news (INT-01, INT-04).

A message's own identifier and time are the same in every message, so neither is used: an exact copy is known by what it
says, and a replacement by case, defendant and day of hearing.
"""

from collections.abc import Iterator

from craffu.access.acting import Acting
from craffu.cases.actions import case_for_reference, join_defendant, record_hearing
from craffu.cases.models import CaseReference
from craffu.cases.queries import HearingKnown, hearing_known, known_defendants, message_known
from craffu.cases.rules import Decided, Described, Match, candidates, which_defendant
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.intake.actions import close_if_stored, hold_row
from craffu.intake.court_results.codes import StoredCodeLists
from craffu.intake.court_results.facts import hearing_facts, person_facts
from craffu.intake.court_results.raw import RawDefendant, totals_of_defendant
from craffu.intake.court_results.read import read_message
from craffu.intake.court_results.records import AsnStanding, DefendantHearing
from craffu.intake.court_results.shape import Rejected, Shaped, shape
from craffu.intake.court_results.tokens import name_key, person_token, person_tokens_to_look_for
from craffu.intake.models import HeldDecision, HeldRow
from craffu.intake.opening import Document
from craffu.intake.queries import held_before, record_called
from craffu.intake.refused import Refused
from craffu.intake.rules import HeldVersion, OutcomeKind, row_outcome
from craffu.intake.safe_xml import decode_xml, without_declaration
from craffu.intake.storing import stored_or_held
from craffu.intake.taking import NOT_STORABLE, RowResult, Taking
from craffu.people.actions import receive_record, receive_record_again
from craffu.people.queries import find_record

KIND = "court-results"
COUNTED = ("defendants", "offences", "results")


def take_in(taking: Taking, document: Document) -> Iterator[RowResult] | Refused:
    """One message: refused whole, or what became of each defendant in it."""
    message = read_message(document.data, document.name)
    if isinstance(message, Refused):
        return message
    taking.totals["messages"] += 1
    return _take_in_defendants(taking, document, message.defendants)


def _take_in_defendants(
    taking: Taking, document: Document, defendants: tuple[RawDefendant, ...]
) -> Iterator[RowResult]:
    codes = taking.once(StoredCodeLists)
    for raw in taking.tally.receiving(defendants):
        counted = totals_of_defendant(raw)
        for name in counted.__slots__:
            if name != "messages":
                taking.totals[name] += getattr(counted, name)
        shaped = shape(raw, codes)
        flags = tuple(flag.code for flag in shaped.flags)
        if isinstance(shaped, Rejected):
            why = HeldRow.Why.PARKED if shaped.parked else HeldRow.Why.REJECTED
            taking.next_row()
            yield _hold(taking, document, raw, why, shaped.reason, shaped.field, shaped.line, shaped.value_class, flags)
        else:
            yield _take_in_shaped(taking, document, raw, shaped, flags)


def _take_in_shaped(
    taking: Taking, document: Document, raw: RawDefendant, shaped: Shaped, flags: tuple[str, ...]
) -> RowResult:
    def store() -> RowResult:
        return take_in_defendant(taking=taking, document=document, raw=raw, shaped=shaped)

    def hold() -> RowResult:
        return _hold(taking, document, raw, HeldRow.Why.REJECTED, NOT_STORABLE, "", shaped.record.line, "", flags)

    return stored_or_held(store, hold)


@action
def take_in_defendant(
    *, taking: Taking, document: Document, raw: RawDefendant, shaped: Shaped, decided: Decided | None = None
) -> RowResult:
    """Store one defendant's hearing, or park it where nobody but a person can say whose it is.

    `decided` is a person's word on that, when they release a parked row.
    """
    record = shaped.record
    flags = tuple(flag.code for flag in shaped.flags)
    lock_case(taking.by, record.ptiurn)
    taking.next_row()
    if message_known(taking.by, CaseReference.Kind.PTIURN, record.ptiurn, record.content_hash):
        return RowResult(record.line, OutcomeKind.UNCHANGED, "same_content", flags)
    told = described(record)
    found = decided or _whose(taking.by, record)
    known = hearing_known(taking.by, found.record, CaseReference.Kind.PTIURN, record.ptiurn, record.hearing_date)
    outcome = row_outcome(
        key=record.ptiurn,
        content=record.content_hash,
        held=_held(known),
        place=(taking.received_at, known.number + 1 if known else 1),
        undecided=found.reason if found.match is Match.UNDECIDED else None,
    )
    if outcome.kind is OutcomeKind.PARKED:
        return _hold(taking, document, raw, HeldRow.Why.PARKED, outcome.reason, "PersonName", record.line, "", flags)
    _store(taking, document, shaped, told, found)
    close_if_stored(taking=taking, content_sha256=raw.content_hash, line=record.line)
    return RowResult(record.line, outcome.kind, outcome.reason, flags)


def _whose(by: Acting, record: DefendantHearing) -> Decided:
    """Whose the message is; a person must say where a record that has changed since first came in these very words."""
    told = described(record)
    found = which_defendant(told, known_in_case(by, record.ptiurn))
    if found.match is Match.NEW and record_called(by, KIND, *_may_be_called(record.ptiurn, told)) is not None:
        return Decided(Match.UNDECIDED, "same_words_as_a_changed_record")
    return found


def _held(known: HearingKnown | None) -> HeldVersion | None:
    if known is None:
        return None
    return HeldVersion(content=known.latest, place=(known.received_at, known.number), earlier=frozenset(known.earlier))


def lock_case(by: Acting, ptiurn: str) -> None:
    """Nobody else decides who is who in this case until we have: two at once would make two records of one person."""
    lock_until_commit("case", by.force.code, ptiurn)


def known_in_case(by: Acting, ptiurn: str) -> list[Described]:
    """The defendants the case has already."""
    return known_defendants(by, CaseReference.Kind.PTIURN, ptiurn, name_key)


def candidates_for(by: Acting, record: DefendantHearing) -> list[int]:
    """The source records of the case that a message could be about: what a person compares and may choose from."""
    told = described(record)
    possible = [one.record for one in candidates(told, known_in_case(by, record.ptiurn))]
    first_called_so = record_called(by, KIND, *_may_be_called(record.ptiurn, told))
    return possible if possible or first_called_so is None else [first_called_so.pk]


def described(record: DefendantHearing) -> Described:
    """The defendant as the message describes them, by what tells one from another within a case."""
    given = " ".join(name.given for name in record.given_names)
    return Described(
        asn=record.asn or "" if record.asn_standing is AsnStanding.VALID else "",
        name=name_key(given, record.family_name.given),
        born_on=record.birth_date.isoformat() if record.birth_date else "",
    )


def _store(taking: Taking, document: Document, shaped: Shaped, told: Described, found: Decided) -> None:
    record = shaped.record
    by, now = taking.by, taking.now
    provenance = taking.provenance(document, record.line)
    case = case_for_reference(by=by, kind=CaseReference.Kind.PTIURN, value=record.ptiurn, now=now)
    facts = person_facts(record)
    source = find_record(by, found.record) if found.match is Match.SAME else None
    if source is None:
        source = receive_record(
            by=by,
            source_key=_source_key(record.ptiurn, told, *filter(None, [found.held])),
            facts=facts,
            provenance=provenance,
            why=found.reason,
            now=now,
        )
    else:
        receive_record_again(by=by, record=source, facts=facts, provenance=provenance, now=now)
    role = join_defendant(by=by, case=case, record=source, now=now)
    record_hearing(by=by, role=role, facts=hearing_facts(record, shaped.flags), provenance=provenance, now=now)


def _source_key(ptiurn: str, told: Described, *held: str) -> str:
    """What a record of a defendant is called from the words it first came in, whatever it says later."""
    return "/".join((ptiurn, told.asn or "-", person_token(told.name, _born(told)), *held))


def _may_be_called(ptiurn: str, told: Described) -> list[str]:
    """What it may be called while keys change."""
    return ["/".join((ptiurn, told.asn or "-", token)) for token in person_tokens_to_look_for(told.name, _born(told))]


def _born(told: Described) -> str:
    return "" if told.asn else told.born_on


def _hold(
    taking: Taking,
    document: Document,
    raw: RawDefendant,
    why: str,
    reason: str,
    field: str,
    line: int,
    value_class: str,
    flags: tuple[str, ...],
) -> RowResult:
    """Hold the row back once, however often it is sent; one that somebody set aside stays set aside."""
    before = held_before(taking.by, taking.kind, raw.content_hash, line)
    if before is not None and getattr(before, "decision", None) is not None:
        if before.decision.decision == HeldDecision.Decision.SET_ASIDE:
            return RowResult(line, OutcomeKind.UNCHANGED, "set_aside", flags, before.reference)
        if before.decision.decision == HeldDecision.Decision.CORRECTED:
            return RowResult(line, OutcomeKind.UNCHANGED, "corrected_before", flags, before.reference)
    held = before or hold_row(
        taking=taking,
        document=document,
        why=why,
        line=line,
        content_sha256=raw.content_hash,
        reason=reason,
        field=field,
        value_class=value_class,
        raw=without_declaration(decode_xml(document.data)),
    )
    outcome = OutcomeKind.PARKED if why == HeldRow.Why.PARKED else OutcomeKind.REJECTED
    return RowResult(line, outcome, reason, flags, held.reference)
