"""What every page shows around its own content: the head of a page, and the frame that all pages share.

A view gives its template one `PageHead`; the context processor adds the `PageFrame`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Text = str | Promise
type Params = Mapping[str, Any]


class Marking(StrEnum):
    """The protective marking a page bears, by what it holds. Public pages bear none."""

    OFFICIAL_SENSITIVE = "official_sensitive"
    OFFICIAL = "official"
    NONE = "none"

    @property
    def words(self) -> Text:
        return MARKING_WORDS[self]


MARKING_WORDS: dict[Marking, Text] = {
    Marking.OFFICIAL_SENSITIVE: _("OFFICIAL-SENSITIVE"),
    Marking.OFFICIAL: _("OFFICIAL"),
    Marking.NONE: "",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    text: Text
    href: str


def today_link() -> Link:
    """The first breadcrumb of every page: what needs doing today."""
    return Link(_("Today"), reverse("home"))


@dataclass(frozen=True, slots=True)
class DataAsOf:
    """When a source was last received, or that it never was."""

    source: Text
    at: datetime | None


@dataclass(frozen=True, slots=True)
class PageHead:
    """The top of one page.

    `title` names the page in the tab and, unless `heading` differs, in its H1: references only, never a name.
    A page has breadcrumbs or a back link, never both.
    """

    title: Text
    heading: Text = ""
    breadcrumbs: tuple[Link, ...] = ()
    back: Link | None = None
    marking: Marking = Marking.OFFICIAL_SENSITIVE
    has_errors: bool = False
    data_as_of: tuple[DataAsOf, ...] = ()

    def __post_init__(self) -> None:
        if self.breadcrumbs and self.back:
            raise ValueError("a page has breadcrumbs or a back link, never both")

    @property
    def shown_heading(self) -> Text:
        return self.heading or self.title

    @property
    def breadcrumb_params(self) -> Params:
        return {"items": [{"text": crumb.text, "href": crumb.href} for crumb in self.breadcrumbs]}

    @property
    def back_params(self) -> Params:
        return {"text": self.back.text, "href": self.back.href} if self.back else {}


@dataclass(frozen=True, slots=True)
class EmergencyShown:
    """A record on this page that is open in an emergency alone: until when, and the minutes left when the page was made."""

    reference: str
    href: str
    leave: str
    until: str
    minutes: int


@dataclass(frozen=True, slots=True)
class SessionShown:
    """How many seconds a session lasts without use and at the most; where it is put off, and where its end leads."""

    idle: int
    longest: int
    words: str
    stay: str
    over: str


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What the frame shows whatever the page: languages, the reader, the reader's navigation."""

    language: str
    languages: Params
    force_name: str = ""
    reader_name: str = ""
    navigation: tuple[Params, ...] = ()
    menu: str = ""
    emergencies: tuple["EmergencyShown", ...] = ()
    shows_draft_tag: bool = False
    done: tuple[str, ...] = ()
    to_know: tuple[str, ...] = ()
    session: SessionShown | None = None
