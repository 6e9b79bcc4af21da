"""From which file each section's figures came and when it was received (INT-02): one query for a whole page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from craffu.published.areas import COUNTRY, ENGLAND_AND_WALES, FORCE, Area, police_forces
from craffu.published.definitions import Words
from craffu.published.models import PublishedFigure
from craffu.web.court.words import instant_words
from craffu.web.profiles.words import said

DIGITS_OF_A_DIGEST = 12


@dataclass(frozen=True, slots=True)
class File:
    """The file of a series that was received last."""

    received_at: datetime
    sha256: str


def files_of(series: Iterable[str], area: Area) -> dict[str, File]:
    """By series, the newest file with a figure of the area or of England and Wales, whose figure may be a sum of the forces."""
    country = Q(area_kind=COUNTRY, area=ENGLAND_AND_WALES)
    summed = Q(area_kind=FORCE, area__in=[force.code for force in police_forces()])
    own = summed if area.kind == COUNTRY else Q(area_kind=area.kind, area=area.code)
    concerned = own | country
    rows = PublishedFigure.objects.filter(concerned, series__in=list(series)).order_by()
    found: dict[str, File] = {}
    for key, sha256, at in rows.values_list("series", "file_sha256").annotate(at=Max("received_at")):
        if key not in found or at > found[key].received_at:
            found[key] = File(at, sha256)
    return found


def source_words(source: Words, file: File | None) -> str:
    """Who published the figures and when the file came to us."""
    if file is None:
        return _("Source: %(source)s. Not received yet.") % {"source": said(source)}
    return _("Source: %(source)s. Received: %(when)s, file %(digest)s.") % {
        "source": said(source),
        "when": instant_words(file.received_at),
        "digest": file.sha256[:DIGITS_OF_A_DIGEST],
    }
