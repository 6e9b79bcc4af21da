"""What is given to record a report, a recommendation and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from craffu.scrutiny.recommending.kinds import Matter
from craffu.scrutiny.recommending.rules import Entry, ReportBy


@dataclass(frozen=True, slots=True)
class NewReport:
    """Whose report, what it is called in both languages, when it was published and where it can be read."""

    by: ReportBy
    title_en: str
    title_cy: str
    published_on: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class NewRecommendation:
    """What is recommended, in our own words where the text is another's; `measure` is the code of what shows whether it moved."""

    number: str
    matter: Matter
    text_en: str
    text_cy: str
    measure: str = ""
    target: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is said of a recommendation on a day, and what the public is told of it in both languages.

    `exception` is why it closes though its measure has not moved; `version` is the number of entries it was written from.
    """

    entry: Entry
    said_on: date
    version: int
    exception: str = ""
    public_en: str = ""
    public_cy: str = ""
    owned_by: str = ""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A report whose recommendations come with Craffu, by its key; `missing` is what is not held of it."""

    key: str
    report: NewReport
    recommendations: Sequence[NewRecommendation]
    missing_en: str
    missing_cy: str
