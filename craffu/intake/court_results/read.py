"""Bytes to the values of a court result message as they stand, nothing guessed (INT-02, INT-03).

Elements are matched by namespace, never by prefix; a document that is not exactly one such message is refused whole
with its line and one sentence on what to do.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from craffu.intake.court_results.raw import Raw, RawDefendant, RawMessage, content_hash
from craffu.intake.opening import Wanted
from craffu.intake.refused import Refused, Unfit, safe_to_show
from craffu.intake.safe_xml import parse_xml

LIBRA = "http://www.dca.gov.uk/xmlschemas/libra"
DELIVER = "http://schemas.cjse.gov.uk/messages/deliver/2006-05"
WANTED = Wanted(kind="xml", suffixes=(".xml",))

LONGEST_FIELD = 1_000_000
DEEPEST = 32
MOST_ELEMENTS = 100_000

_MESSAGE = f"{{{LIBRA}}}ResultedCaseMessage"
_WRAPPER = f"{{{DELIVER}}}DeliverRequest"
_FLOW = "ResultedCasesForThePolice"
_LONGEST_NAME = 60


@dataclass(slots=True)
class _Budget:
    elements: int = MOST_ELEMENTS


def read_message(data: bytes, shown: str = "") -> RawMessage | Refused:
    """One message out of a document shown to people as `shown`; never raises for bad data."""
    try:
        return _read(data)
    except Unfit as unfit:
        return unfit.refused(shown)


def _read(data: bytes) -> RawMessage:
    message = _raw(_message_element(parse_xml(data)), 1, _Budget())
    defendants = tuple(_defendants(message))
    if not defendants:
        raise Unfit("no_case", line=message.line)
    schema_version = dict(message.attributes).get("SchemaVersion", "")
    return RawMessage(defendants, content_hash(message), schema_version)


def _message_element(root: etree._Element) -> etree._Element:
    if root.tag not in (_WRAPPER, _MESSAGE):
        raise Unfit("wrong_root", line=_line(root), found=_shown_name(root), wanted="DeliverRequest")
    found = list(root.iter(_MESSAGE))
    if not found:
        raise Unfit("no_message", line=_line(root), wanted="ResultedCaseMessage")
    if len(found) > 1:
        raise Unfit("several_messages", line=_line(found[1]), found=len(found))
    flow = found[0].get("Flow", _FLOW)
    if flow != _FLOW:
        raise Unfit("wrong_message", line=_line(found[0]), found=safe_to_show(flow, _LONGEST_NAME), wanted=_FLOW)
    return found[0]


def _raw(element: etree._Element, depth: int, budget: _Budget) -> Raw:
    line = _line(element)
    budget.elements -= 1
    if budget.elements < 0:
        raise Unfit("too_many_elements", line=line, limit=MOST_ELEMENTS)
    if depth > DEEPEST:
        raise Unfit("too_deep", line=line)
    children = tuple(_raw(child, depth + 1, budget) for child in element)
    text = "".join([element.text or "", *(child.tail or "" for child in element)])
    attributes = tuple(sorted((str(name), str(value)) for name, value in element.attrib.items()))
    if max(len(text), *(len(value) for _, value in attributes), 0) > LONGEST_FIELD:
        raise Unfit("field_too_large", line=line, field=_shown_name(element), limit=f"{LONGEST_FIELD:,}")
    return Raw(
        name=str(element.tag).removeprefix(f"{{{LIBRA}}}"),
        line=line,
        text="" if children and not text.strip() else text,
        children=children,
        attributes=attributes,
    )


def _defendants(message: Raw) -> Iterator[RawDefendant]:
    """One row for each defendant; a case that names nobody is a row too, so that it is not lost."""
    position = 0
    for session in message.all("Session"):
        sitting = replace(session, children=_without(session, "Case"))
        for case in session.all("Case"):
            alone = replace(case, children=_without(case, "Defendant"))
            for defendant in case.all("Defendant") or (None,):
                position += 1
                said = (sitting, alone) if defendant is None else (sitting, alone, defendant)
                yield RawDefendant(sitting, alone, defendant, position, content_hash(*said))


def _without(element: Raw, name: str) -> tuple[Raw, ...]:
    return tuple(child for child in element.children if child.name != name)


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1


def _shown_name(element: etree._Element) -> str:
    return safe_to_show(etree.QName(element).localname, _LONGEST_NAME)
