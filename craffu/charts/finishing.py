"""The last hand on a picture: a title and a description for those who do not see it, and nothing that a strict policy refuses.

Only the elements and attributes listed here pass: no script, no style, no address and no font of somebody else's is among them.
"""

from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
FONT = "Arial, sans-serif"
ELEMENTS = frozenset({"svg", "g", "path", "text", "tspan", "rect", "line", "title", "desc"})
# Attributes that say nothing to a reader here: the picture as a whole has one role and one description.
LEFT_OUT = frozenset(
    {"class", "role", "aria-hidden", "aria-label", "aria-roledescription", "pointer-events", "version"}
)
ATTRIBUTES = frozenset(
    {
        "d", "dx", "dy", "fill", "fill-opacity", "font-family", "font-size", "font-style", "font-weight", "height",
        "opacity", "stroke", "stroke-dasharray", "stroke-miterlimit", "stroke-width", "text-anchor", "transform",
        "viewBox", "width", "x", "x2", "y", "y2",
    }
)  # fmt: skip


class NotPlain(ValueError):
    """A picture holds something that none of ours may hold."""


def finished(svg: str, *, title: str, description: str, language: str) -> str:
    """The picture, reduced to what is listed, with its title and description. Raises NotPlain."""
    ElementTree.register_namespace("", SVG)
    # The text comes from our own drawing, not from anybody's file.
    root = ElementTree.fromstring(svg)  # noqa: S314  # nosec B314
    _remove_empty(root)
    for element in root.iter():
        _reduce(element)
    root.set("role", "img")
    root.set("lang", language)
    root.set("aria-labelledby", "title desc")
    for place, (name, words) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{SVG}}}{name}", {"id": name})
        element.text = words
        root.insert(place, element)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _remove_empty(parent: ElementTree.Element) -> None:
    """Leave out what the renderer draws invisibly: empty grounds and groups."""
    for child in list(parent):
        _remove_empty(child)
        is_empty_group = child.tag == f"{{{SVG}}}g" and not len(child)
        if is_empty_group or child.get("display") == "none" or child.get("class") in {"background", "foreground"}:
            parent.remove(child)


def _reduce(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name not in ELEMENTS:
        raise NotPlain(f"the element {name}")
    for attribute in list(element.attrib):
        if attribute in LEFT_OUT:
            del element.attrib[attribute]
        elif attribute not in ATTRIBUTES or "url(" in element.attrib[attribute]:
            raise NotPlain(f"the attribute {attribute} of {name}")
    if "font-family" in element.attrib:
        element.set("font-family", FONT)
