"""Writes a hearing as the message a court sends the police: ResultedCaseMessage 0.6g in its delivery envelope.

Like the real ones, every message has the same identifier and the same time of creation.
"""

from datetime import date
from typing import Any

from lxml import etree

from craffu.config.demo.hearings import Charge, Length, Next, Result, Sent
from craffu.config.demo.people import Defendant

LIBRA = "http://www.dca.gov.uk/xmlschemas/libra"
DELIVER = "http://schemas.cjse.gov.uk/messages/deliver/2006-05"
MESSAGING = "http://schemas.cjse.gov.uk/messages/messaging/2006-05"
METADATA = "http://schemas.cjse.gov.uk/messages/metadata/2006-05"
FORMAT = "http://schemas.cjse.gov.uk/messages/format/2006-05"

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'

type Element = etree._Element
type Part = Element | None

# None is the default namespace, which the stubs do not know of.
_PREFIXES: dict[Any, str] = {None: DELIVER, "msg": MESSAGING, "mm": METADATA, "mf": FORMAT}


def message(sent: Sent) -> bytes:
    """The whole document in UTF-8; the same hearing always gives the same bytes."""
    resulted = _node(
        "ResultedCaseMessage",
        _node("Session", _hearing(sent), _node("Case", _leaf("PTIURN", sent.case), _defendant(sent))),
    )
    resulted.set("Flow", "ResultedCasesForThePolice")
    resulted.set("Interface", "LibraStandardProsecutorPolice")
    resulted.set("SchemaVersion", "0.6g")
    root = etree.Element(etree.QName(DELIVER, "DeliverRequest"), nsmap=_PREFIXES)
    root.extend([*_envelope(), _element(DELIVER, "Message", resulted)])
    etree.indent(root, "\t")
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False) + b"\n"


def _envelope() -> tuple[Element, ...]:
    asked_by = (("Name", "CJSE"), ("OrgUnitCode", "Z000000"), ("Environment", "Production"))
    created = _text(METADATA, "CreationDateTime", "2001-12-17T09:30:47-05:00")
    kind = (_text(MESSAGING, "Type", "SPIResults"), _text(MESSAGING, "Version", "1.200"))
    return (
        _text(MESSAGING, "MessageIdentifier", "EXTERNAL_CORRELATION_ID"),
        _element(MESSAGING, "RequestingSystem", *(_text(MESSAGING, name, value) for name, value in asked_by)),
        _text(MESSAGING, "AckRequested", "1"),
        _element(METADATA, "MessageMetadata", created),
        _element(FORMAT, "MessageFormat", _element(FORMAT, "MessageType", *kind)),
    )


def _element(namespace: str, name: str, *parts: Part) -> Element:
    """An element with its children; a part that is None is left out."""
    made = etree.Element(etree.QName(namespace, name), nsmap={"DC": LIBRA} if namespace == LIBRA else _PREFIXES)
    made.extend(part for part in parts if part is not None)
    return made


def _text(namespace: str, name: str, value: str) -> Element:
    made = _element(namespace, name)
    made.text = value
    return made


def _node(name: str, *parts: Part) -> Element:
    return _element(LIBRA, name, *parts)


def _leaf(name: str, value: str | date | None) -> Part:
    return None if value is None else _text(LIBRA, name, value.isoformat() if isinstance(value, date) else value)


def _hearing(sent: Sent) -> Element:
    sitting = sent.sitting
    where = _node(
        "Hearing",
        _leaf("CourtHearingLocation", sitting.court.room),
        _leaf("DateOfHearing", sitting.held_on),
        _leaf("TimeOfHearing", sitting.at),
    )
    return _node("CourtHearing", where, _leaf("PSAcode", sitting.court.psa))


def _defendant(sent: Sent) -> Element:
    sitting = sent.sitting
    lines = (_leaf(f"AddressLine{number}", line) for number, line in enumerate(sent.defendant.address, 1))
    individual = _node(
        "CourtIndividualDefendant",
        _node(
            "PersonDefendant",
            _person(sent.defendant),
            _leaf("BailConditions", ";".join(sitting.conditions) or None),
        ),
        _leaf("BailStatus", sitting.bail),
        _node("Address", _node("SimpleAddress", *lines)),
        _leaf("PresentAtHearing", sitting.present),
        _leaf("ReasonForBailConditionsOrCustody", sitting.bail_reason),
    )
    offences = (_offence(number, charge) for number, charge in enumerate(sitting.charges, 1))
    return _node("Defendant", _leaf("ProsecutorReference", sent.arrest), individual, *offences)


def _person(person: Defendant) -> Element:
    given = (_leaf(f"PersonGivenName{number}", name) for number, name in enumerate(person.given_names, 1))
    name = _node(
        "PersonName", _leaf("PersonTitle", person.title), *given, _leaf("PersonFamilyName", person.family_name)
    )
    phone = _leaf("TelephoneNumberMobile", person.telephone)
    email = _leaf("EmailAddress1", person.email)
    return _node(
        "BasePersonDetails",
        name,
        _leaf("Birthdate", person.birth_date),
        _leaf("Gender", person.gender),
        None if phone is None else _node("TelephoneDetails", phone),
        None if email is None else _node("EmailDetails", email),
    )


def _offence(number: int, charge: Charge) -> Element:
    timing = _node(
        "OffenceTiming",
        _leaf("OffenceDateCode", "1" if charge.ended is None else "4"),
        _node("OffenceStart", _leaf("OffenceDateStartDate", charge.started)),
        None if charge.ended is None else _node("OffenceEnd", _leaf("OffenceEndDate", charge.ended)),
    )
    details = _node(
        "BaseOffenceDetails",
        _leaf("OffenceSequenceNumber", f"{number:03}"),
        _leaf("OffenceCode", charge.code),
        _leaf("OffenceWording", charge.wording),
        timing,
        _leaf("ChargeDate", charge.charged),
        _leaf("ArrestDate", charge.arrested),
        _leaf("LocationOfOffence", charge.place),
    )
    return _node(
        "Offence",
        details,
        _leaf("InitiatedDate", charge.charged),
        _leaf("Plea", charge.plea),
        _leaf("ModeOfTrial", charge.mode),
        _leaf("FinalDisposalIndicator", "Y" if charge.final else "N"),
        _leaf("ConvictionDate", charge.convicted),
        _leaf("ConvictingCourt", charge.convicted_by),
        _leaf("Finding", charge.finding),
        *(_result(result) for result in charge.results),
    )


def _result(result: Result) -> Element:
    outcome = _node(
        "Outcome", *(_duration(length) for length in result.lengths), _leaf("ResultAmountSterling", result.amount)
    )
    return _node(
        "Result",
        _leaf("ResultCode", result.code),
        _leaf("ResultText", result.text),
        *(_leaf("ResultCodeQualifier", qualifier) for qualifier in result.qualifiers),
        outcome if len(outcome) else None,
        None if result.next is None else _next(result.next),
    )


def _duration(length: Length) -> Element:
    return _node(
        "Duration",
        _leaf("DurationValue", None if length.value is None else str(length.value)),
        _leaf("DurationUnit", length.unit or None),
        _leaf("DurationStartDate", length.starts),
        _leaf("DurationEndDate", length.ends),
    )


def _next(after: Next) -> Element:
    details = _node(
        "NextHearingDetails",
        _leaf("CourtHearingLocation", after.court.room),
        _leaf("DateOfHearing", after.on),
        _leaf("TimeOfHearing", after.at),
    )
    return _node(
        "NextHearing", details, _leaf("NextHearingReason", f"{after.reason};"), _leaf("BailStatusOffence", after.bail)
    )
