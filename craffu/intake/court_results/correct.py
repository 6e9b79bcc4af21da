"""Put one value of a held message right, where the reject file says how (INT-03)."""

from lxml import etree

from craffu.intake.refused import Unfit
from craffu.intake.safe_xml import parse_xml


def correct(message: str, field: str, line: int, value: str) -> str | None:
    """The message with the value of `field` at `line` replaced, or None where it has no such value to replace."""
    try:
        root = parse_xml(message.encode())
    except Unfit:
        return None
    name = field.rsplit("/", 1)[-1]
    for element in root.iter("{*}" + name):
        at: object = element.sourceline
        if at == line and len(element) == 0:
            element.text = value
            return etree.tostring(root, encoding="unicode")
    return None
