"""The courts of England and Wales out of the list of organisation units: what each is called, and its area (PSA).

A place in a message is a court and a room; the court is the first letter and two pairs, as the unit's own codes are.
"""

import re
from collections.abc import Iterable

from craffu.intake.code_tables.values import Entry, Value, text_of

_KINDS = {"Magistrates' Courts": ("magistrates", "Magistrates' Court"), "Crown Courts": ("crown", "Crown Court")}
_IN_BRACKETS = re.compile(r"\(.*\)")
_NO_UNIT = "00"


def court_name(entry: Entry) -> str:
    """The name as published, of the court or, for a heading of the list, of the area or kind of court."""
    names = (text_of(entry, key) for key in ("thirdLevelName", "secondLevelName", "topLevelName"))
    return next((name for name in names if name), "")


def court_title(entry: Entry) -> Value:
    """The name to show. Two courts of one town are told apart by kind, where the name itself does not say it."""
    name = court_name(entry)
    _, kind = _kind(entry)
    if court_level(entry) != "court" or not kind or "court" in _IN_BRACKETS.sub("", name).lower():
        return name
    return f"{name}, {kind}"


def court_kind(entry: Entry) -> Value:
    """'magistrates', 'crown', or what else the list calls it."""
    return _kind(entry)[0]


def court_level(entry: Entry) -> Value:
    """'court', or 'area' or 'kind' for the headings that the list holds among its courts."""
    if text_of(entry, "thirdLevelCode") != _NO_UNIT:
        return "court"
    return "area" if text_of(entry, "secondLevelCode") != _NO_UNIT else "kind"


def court_areas(courts: Iterable[tuple[int, str, Entry]]) -> list[tuple[int, Entry]]:
    """Every area (PSA) that serves a court, at the line of its first court, with the courts it serves.

    `courts` are (line, code, entry).
    """
    served: dict[str, list[tuple[str, str, int]]] = {}
    for line, code, entry in courts:
        area = text_of(entry, "thirdLevelPsaCode")
        if area:
            served.setdefault(area, []).append((code, court_name(entry), line))
    return [
        (
            min(line for _, _, line in found),
            {
                "code": area,
                "title": "; ".join(name for _, name, _ in sorted(found)),
                "courts": ",".join(code for code, _, _ in sorted(found)),
            },
        )
        for area, found in sorted(served.items())
    ]


def _kind(entry: Entry) -> tuple[str, str]:
    name = text_of(entry, "topLevelName").replace("’", "'")
    return _KINDS.get(name, (name.lower(), ""))
