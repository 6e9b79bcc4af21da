"""Builds court result messages of the national shape, about invented people, for any test that needs one.

`court_message()` alone is a sound message: one man, one stalking offence, remanded on conditional bail. Every value
can be chosen; None leaves its element out.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

LIBRA = "http://www.dca.gov.uk/xmlschemas/libra"
DELIVER = "http://schemas.cjse.gov.uk/messages/deliver/2006-05"
MESSAGING = "http://schemas.cjse.gov.uk/messages/messaging/2006-05"

STALKING_WITHOUT_FEAR = "PH97006"
STALKING_SERIOUS_ALARM = "PH97008"
BREACH_OF_RESTRAINING_ORDER = "PH97003"
BREACH_OF_STALKING_PROTECTION_ORDER = "ST19001"
RESTRAINING_ORDER = "3047"
STALKING_PROTECTION_ORDER = "3307"
CONDITIONAL_BAIL = "4027"

type Element = etree._Element
type Words = str | None

_WRAPPER: dict[Any, str] = {None: DELIVER, "msg": MESSAGING}


def element(name: str, *content: Element | Words, namespace: str = LIBRA) -> Element:
    """One element of the message's namespace; anything None is left out."""
    made = etree.Element(f"{{{namespace}}}{name}", nsmap={"DC": LIBRA} if namespace == LIBRA else _WRAPPER)
    for part in content:
        if isinstance(part, str):
            made.text = part
        elif part is not None:
            made.append(part)
    return made


def _leaf(name: str, text: Words) -> Element | None:
    return None if text is None else element(name, text)


def duration(
    *,
    value: Words = "12",
    unit: Words = "M",
    secondary_value: Words = None,
    secondary_unit: Words = None,
    start: Words = None,
    end: Words = None,
) -> Element:
    return element(
        "Duration",
        _leaf("DurationValue", value),
        _leaf("DurationUnit", unit),
        _leaf("SecondaryDurationValue", secondary_value),
        _leaf("SecondaryDurationUnit", secondary_unit),
        _leaf("DurationStartDate", start),
        _leaf("DurationEndDate", end),
    )


def next_hearing(
    *,
    court: Words = "B63IE01",
    date: Words = "2025-04-14",
    time: Words = "10:00:00",
    reason: Words = "for trial;",
    bail_status: Words = "B",
) -> Element:
    details = element(
        "NextHearingDetails",
        _leaf("CourtHearingLocation", court),
        _leaf("DateOfHearing", date),
        _leaf("TimeOfHearing", time),
    )
    return element("NextHearing", details, _leaf("NextHearingReason", reason), _leaf("BailStatusOffence", bail_status))


def result(
    *,
    code: Words = CONDITIONAL_BAIL,
    text: Words = "Remanded on conditional bail.",
    qualifiers: Sequence[str] = (),
    durations: Sequence[Element] = (),
    amounts: Sequence[str] = (),
    penalty_points: Words = None,
    next_hearing: Element | None = None,
    extra: Sequence[Element] = (),
) -> Element:
    outcome = element(
        "Outcome",
        *durations,
        *(_leaf("ResultAmountSterling", amount) for amount in amounts),
        _leaf("PenaltyPoints", penalty_points),
    )
    return element(
        "Result",
        _leaf("ResultCode", code),
        _leaf("ResultText", text),
        *(_leaf("ResultCodeQualifier", qualifier) for qualifier in qualifiers),
        outcome if len(outcome) else None,
        next_hearing,
        *extra,
    )


def offence(
    *,
    sequence: Words = "001",
    code: Words = STALKING_WITHOUT_FEAR,
    wording: Words = "Between 01/02/2025 and 03/02/2025 at Llanelli pursued a course of conduct amounting to stalking.",
    start: Words = "2025-02-01",
    end: Words = None,
    charge: Words = "2025-02-20",
    arrest: Words = "2025-02-19",
    location: Words = "Llanelli",
    initiated: Words = "2025-02-20",
    plea: Words = "2",
    mode: Words = "01",
    final: Words = "N",
    conviction: Words = None,
    convicting_court: Words = None,
    finding: Words = None,
    results: Sequence[Element] | None = None,
    extra: Sequence[Element] = (),
) -> Element:
    timing = element(
        "OffenceTiming",
        _leaf("OffenceDateCode", "1" if end is None else "4"),
        None if start is None else element("OffenceStart", _leaf("OffenceDateStartDate", start)),
        None if end is None else element("OffenceEnd", _leaf("OffenceEndDate", end)),
    )
    details = element(
        "BaseOffenceDetails",
        _leaf("OffenceSequenceNumber", sequence),
        _leaf("OffenceCode", code),
        _leaf("OffenceWording", wording),
        timing,
        _leaf("ChargeDate", charge),
        _leaf("ArrestDate", arrest),
        _leaf("LocationOfOffence", location),
    )
    return element(
        "Offence",
        details,
        _leaf("InitiatedDate", initiated),
        _leaf("Plea", plea),
        _leaf("ModeOfTrial", mode),
        _leaf("FinalDisposalIndicator", final),
        _leaf("ConvictionDate", conviction),
        _leaf("ConvictingCourt", convicting_court),
        _leaf("Finding", finding),
        *([result(next_hearing=next_hearing())] if results is None else results),
        *extra,
    )


def defendant(
    *,
    asn: Words = "2563AA0100000000123K",
    title: Words = "Mr",
    given_names: Sequence[str] = ("Idris",),
    family_name: Words = "PENHALIGON",
    birth_date: Words = "1984-06-02",
    gender: Words = "1",
    telephones: dict[str, str] | None = None,
    emails: Sequence[str] = (),
    pnc_id: Words = None,
    bail_status: Words = "B",
    bail_conditions: Words = "Not to contact directly or indirectly Someone Else;Not to enter Somewhere Road",
    bail_reason: Words = None,
    address: Sequence[str] = ("1 Nowhere Street", "Llanelli"),
    address_parts: dict[str, str] | None = None,
    present: Words = "Y",
    offences: Iterable[Element] | None = None,
    organisation: str | None = None,
    extra: Sequence[Element] = (),
) -> Element:
    lines = [_leaf(f"AddressLine{number}", line) for number, line in enumerate(address, 1)]
    parts = [_leaf(name, part) for name, part in (address_parts or {}).items()]
    where = element("Address", element("ComplexAddress", *parts) if parts else element("SimpleAddress", *lines))
    offences = [offence()] if offences is None else offences
    if organisation is not None:
        named = element("OrganisationName", _leaf("OrganisationName", organisation))
        company = element("CourtCorporateDefendant", named, _leaf("BailStatus", "A"), where)
        return element("Defendant", _leaf("ProsecutorReference", asn), company, *offences)
    phones = [_leaf(f"TelephoneNumber{purpose}", number) for purpose, number in (telephones or {}).items()]
    name = element(
        "PersonName",
        _leaf("PersonTitle", title),
        *(_leaf(f"PersonGivenName{number}", given) for number, given in enumerate(given_names, 1)),
        _leaf("PersonFamilyName", family_name),
    )
    details = element(
        "BasePersonDetails",
        name,
        _leaf("Birthdate", birth_date),
        _leaf("Gender", gender),
        element("TelephoneDetails", *phones) if phones else None,
        element("EmailDetails", *(_leaf(f"EmailAddress{number}", mail) for number, mail in enumerate(emails, 1)))
        if emails
        else None,
    )
    person = element(
        "PersonDefendant", details, _leaf("PNCidentifier", pnc_id), _leaf("BailConditions", bail_conditions)
    )
    individual = element(
        "CourtIndividualDefendant",
        person,
        _leaf("BailStatus", bail_status),
        where,
        _leaf("PresentAtHearing", present),
        _leaf("ReasonForBailConditionsOrCustody", bail_reason),
    )
    return element("Defendant", _leaf("ProsecutorReference", asn), individual, *offences, *extra)


def case(*defendants: Element, ptiurn: Words = "63AA0100125", extra: Sequence[Element] = ()) -> Element:
    return element("Case", _leaf("PTIURN", ptiurn), *extra, *defendants)


def message(
    *cases: Element,
    court: Words = "B63IE01",
    psa_code: Words = "3252",
    hearing_date: Words = "2025-03-03",
    hearing_time: Words = "10:00:00",
    flow: str = "ResultedCasesForThePolice",
    wrapped: bool = True,
    identifier: str = "INVENTED",
) -> bytes:
    """A whole document, indented so that values have lines of their own."""
    hearing = element(
        "Hearing",
        _leaf("CourtHearingLocation", court),
        _leaf("DateOfHearing", hearing_date),
        _leaf("TimeOfHearing", hearing_time),
    )
    session = element("Session", element("CourtHearing", hearing, _leaf("PSAcode", psa_code)), *cases)
    resulted = element("ResultedCaseMessage", session)
    for name, value in (
        ("Flow", flow),
        ("Interface", "LibraStandardProsecutorPolice"),
        ("SchemaVersion", "0.6g"),
    ):
        resulted.set(name, value)
    root = resulted
    if wrapped:
        routing = element("MessageIdentifier", identifier, namespace=MESSAGING)
        root = element("DeliverRequest", routing, element("Message", resulted, namespace=DELIVER), namespace=DELIVER)
    etree.indent(root, "\t")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


_HEARING = frozenset({"court", "psa_code", "hearing_date", "hearing_time", "flow", "wrapped", "identifier"})


def court_message(*, ptiurn: Words = "63AA0100125", **values: object) -> bytes:
    """One message about one defendant; `values` are those of `defendant` and of `message`."""
    about_hearing = {name: value for name, value in values.items() if name in _HEARING}
    about_defendant = {name: value for name, value in values.items() if name not in _HEARING}
    one = case(defendant(**about_defendant), ptiurn=ptiurn)  # type: ignore[arg-type]
    return message(one, **about_hearing)  # type: ignore[arg-type]
