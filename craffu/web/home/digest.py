"""What today says of the weekly digest: that the one of this week is there to be read (issue L, item 8)."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.measures.digests.reading import file_of
from craffu.measures.digests.rules import week_of
from craffu.measures.places import digests_of
from craffu.web.court.words import day_words
from craffu.web.home.row import Row, Section


def digest_ready(by: Acting, today: date) -> list[Row]:
    """One row for as long as its week lasts. No query."""
    week = week_of(today)
    if not file_of(digests_of(by), week).exists():
        return []
    words = _("Read the digest of the week from %(day)s") % {"day": day_words(week)}
    return [Row(Section.WEEK, words, reverse("digest_newest"), _("What is due, what moved, and your figures"))]
