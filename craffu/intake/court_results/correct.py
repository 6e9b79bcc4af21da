"""Put one value of one defendant of a held message right, where the reject file says how (INT-03).

The value is looked for under the defendant who was held back and nowhere else, and the others are left out of what is
taken in again: a message may name several people, all on one line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from craffu.intake.court_results.read import LIBRA, read_message
from craffu.intake.refused import Refused
from craffu.intake.safe_xml import parse_xml

_MESSAGE = f"{{{LIBRA}}}ResultedCaseMessage"
_NAME = "CourtIndividualDefendant/PersonDefendant/BasePersonDetails/PersonName"


@dataclass(frozen=True, slots=True)
class _Defendant:
    """The elements of one row. `own` is None where a case names nobody."""

    session: etree._Element
    case: etree._Element
    own: etree._Element | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the value of a field stands: under which element, at which path, and behind which neighbours."""

    under: str
    path: str
    behind: tuple[str, ...] = ()


_PLACES: Mapping[str, _Place] = MappingProxyType(
    {
        "Case/PTIURN": _Place("case", "PTIURN"),
        "Hearing/DateOfHearing": _Place("session", "CourtHearing/Hearing/DateOfHearing", ("CourtHearingLocation",)),
        "PersonName/PersonFamilyName": _Place(
            "own",
            f"{_NAME}/PersonFamilyName",
            ("PersonTitle", "PersonGivenName1", "PersonGivenName2", "PersonGivenName3"),
        ),
        **{
            f"PersonName/PersonGivenName{number}": _Place("own", f"{_NAME}/PersonGivenName{number}")
            for number in (1, 2, 3)
        },
    }
)


def correct(message: str, content: str, field: str, line: int, value: str) -> str | None:
    """The message with one value of one defendant replaced or filled in, and with nobody else in it.

    `content` is the hash of what the held defendant said. None where the value has no place of its own: no such
    defendant, no element around it, or several that stand for it. No line moves.
    """
    read = read_message(message.encode())
    if isinstance(read, Refused):
        return None
    position = next((one.position for one in read.defendants if one.content_hash == content), None)
    place = _PLACES.get(field)
    if position is None or place is None:
        return None
    root = parse_xml(message.encode())
    found = _defendants(root)[position - 1]
    element = _element(getattr(found, place.under), place, line)
    if element is None:
        return None
    element.text = value
    _leave_alone(root, found)
    return "\n" * (_line(root) - 1) + etree.tostring(root, encoding="unicode")


def _defendants(root: etree._Element) -> list[_Defendant]:
    """In the order in which they are read."""
    return [
        _Defendant(session, case, own)
        for message in root.iter(_MESSAGE)
        for session in _called(message, "Session")
        for case in _called(session, "Case")
        for own in _called(case, "Defendant") or (None,)
    ]


def _element(under: etree._Element | None, place: _Place, line: int) -> etree._Element | None:
    """The one element for the value; a missing one is made where the element around it is there once."""
    if under is None:
        return None
    *around, name = place.path.split("/")
    parents = [under]
    for step in around:
        parents = [child for parent in parents for child in _called(parent, step)]
    found = [child for parent in parents for child in _called(parent, name)]
    if not found:
        return _made(parents[0], name, place.behind) if len(parents) == 1 else None
    if len(found) > 1:
        found = [element for element in found if _line(element) == line]
    return found[0] if len(found) == 1 and len(found[0]) == 0 else None


def _made(parent: etree._Element, name: str, behind: tuple[str, ...]) -> etree._Element:
    before = [child for neighbour in behind for child in _called(parent, neighbour)]
    made = etree.Element(f"{{{LIBRA}}}{name}")
    parent.insert(max((parent.index(child) + 1 for child in before), default=0), made)
    return made


def _leave_alone(root: etree._Element, kept: _Defendant) -> None:
    """Take every other sitting, case and defendant out."""
    for other in _defendants(root):
        if other.session is not kept.session:
            _take_out(other.session)
        elif other.case is not kept.case:
            _take_out(other.case)
        elif other.own is not None and other.own is not kept.own:
            _take_out(other.own)


def _take_out(element: etree._Element) -> None:
    """Leave only the line breaks behind, so that what follows keeps its line."""
    parent = element.getparent()
    if parent is None:
        return
    breaks = "\n" * etree.tostring(element, encoding="unicode", with_tail=False).count("\n") + (element.tail or "")
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + breaks
    else:
        before.tail = (before.tail or "") + breaks
    parent.remove(element)


def _called(parent: etree._Element, name: str) -> list[etree._Element]:
    return list(parent.iterchildren(f"{{{LIBRA}}}{name}"))


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 1
