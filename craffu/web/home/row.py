"""One row of what needs doing today, and the sections in which rows stand (page map, P01)."""

from dataclasses import dataclass
from enum import StrEnum

from craffu.web.presenters import Params


class Section(StrEnum):
    """Where a row stands; the value is part of an address."""

    NOW = "now"
    TODAY = "due-today"
    WEEK = "next-7-days"
    OTHERS = "waiting"
    NEW = "new-results"


@dataclass(frozen=True, slots=True)
class Row:
    """One task. `refs` are the records it names, for the log."""

    section: Section
    text: str
    href: str
    hint: str = ""
    tag: Params | None = None
    refs: tuple[str, ...] = ()
