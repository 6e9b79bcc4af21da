"""A shaped court result in the words of the register: the person it names, and what the court said of them."""

from dataclasses import asdict

from craffu.cases.facts import ChargeFacts, HearingFacts, ResultFacts
from craffu.intake.court_results.picking import Flag
from craffu.intake.court_results.records import (
    AsnStanding,
    ChargedOffence,
    CourtResult,
    DefendantHearing,
    Duration,
    Text,
)
from craffu.people.facts import Contact, Identifier, PersonFacts


def person_facts(record: DefendantHearing) -> PersonFacts:
    """The defendant as this message describes them, true from the day of the hearing."""
    identifiers = []
    if record.asn_standing in (AsnStanding.VALID, AsnStanding.MALFORMED) and record.asn_as_given.strip():
        normalised = record.asn or record.asn_as_given.strip()
        identifiers.append(Identifier("asn", record.asn_as_given, normalised, record.asn_standing.value))
    if record.pnc_id:
        identifiers.append(Identifier("pnc", record.pnc_id, record.pnc_id.upper(), "valid"))
    contacts = [Contact("phone", phone.number.given) for phone in record.telephones]
    contacts += [Contact("email", email.given) for email in record.emails]
    if record.address:
        contacts.append(Contact("address", "\n".join(line.given.strip() for line in record.address)))
    return PersonFacts(
        title=_words(record.title),
        given_names=" ".join(name.given.strip() for name in record.given_names),
        family_name=record.family_name.given.strip(),
        born_on=record.birth_date.isoformat() if record.birth_date else "",
        sex=record.gender or "",
        identifiers=tuple(identifiers),
        contacts=tuple(contacts),
        true_from=record.hearing_date,
    )


def hearing_facts(record: DefendantHearing, flags: tuple[Flag, ...]) -> HearingFacts:
    return HearingFacts(
        content_sha256=record.content_hash,
        held_on=record.hearing_date,
        held_at=record.hearing_time,
        court=record.court_code or "",
        psa=record.psa_code or "",
        presence=record.present or "",
        bail_status=record.bail_status or "",
        bail_conditions=_words(record.bail_conditions_as_given),
        bail_reason=_words(record.bail_reason),
        flags=tuple(asdict(flag) for flag in flags),
        charges=tuple(_charge(offence) for offence in record.offences),
    )


def _charge(offence: ChargedOffence) -> ChargeFacts:
    return ChargeFacts(
        number="" if offence.sequence is None else f"{offence.sequence:03}",
        code=offence.code or "",
        title=_words(offence.title),
        wording=_words(offence.wording),
        location=_words(offence.location),
        date_code=offence.date_code or "",
        started_on=offence.start_date,
        started_at=offence.start_time,
        ended_on=offence.end_date,
        ended_at=offence.end_time,
        charged_on=offence.charge_date,
        arrested_on=offence.arrest_date,
        initiated_on=offence.initiated_date,
        plea=offence.plea or "",
        mode_of_trial=offence.mode_of_trial or "",
        finding=offence.finding or "",
        convicted_on=offence.conviction_date,
        convicting_court=offence.convicting_court or "",
        final=offence.final,
        results=tuple(_result(result) for result in offence.results),
    )


def _result(result: CourtResult) -> ResultFacts:
    after = result.next_hearing
    return ResultFacts(
        code=result.code or "",
        text=_words(result.text),
        qualifiers=result.qualifiers,
        durations=tuple(_duration(duration) for duration in result.durations),
        amounts=tuple(str(amount) for amount in result.amounts),
        penalty_points=result.penalty_points,
        next_court=(after.court_code or "") if after else "",
        next_on=after.hearing_date if after else None,
        next_at=after.hearing_time if after else None,
        next_reason=_words(after.reason) if after else "",
        next_bail_status=(after.bail_status or "") if after else "",
    )


def _duration(duration: Duration) -> dict[str, object]:
    return {
        "value": duration.value,
        "unit": duration.unit or "",
        "secondary_value": duration.secondary_value,
        "secondary_unit": duration.secondary_unit or "",
        "starts": [day.isoformat() for day in duration.starts],
        "ends": [day.isoformat() for day in duration.ends],
    }


def _words(text: Text | None) -> str:
    return text.given if text else ""
