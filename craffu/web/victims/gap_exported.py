"""The figures of the gap as a file: as anybody may read them, whoever takes them out (SEC-07, MSR-03)."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.access.exports.reasons import PURPOSES
from craffu.common.models import Regime
from craffu.published.disclosure import To
from craffu.victims.events import GAP_EXPORTED
from craffu.victims.gap.kinds import Split
from craffu.victims.gap.queries import gap_of
from craffu.web.court.sources import REGIMES, Held
from craffu.web.court.words import day_words
from craffu.web.exports.kinds import Column, Content, Export, Sheet
from craffu.web.victims.gap_presenters import reader_of, rows_to_take_out

GAP = Export(
    key="felt-safe",
    title=gettext_lazy("Safe, and felt safe"),
    kind=GAP_EXPORTED,
    purposes=PURPOSES,
    sheets=(
        Sheet(
            gettext_lazy("Figures"),
            (
                Column(gettext_lazy("Figure"), "gap_figure"),
                Column(gettext_lazy("Survey"), "gap_survey"),
                Column(gettext_lazy("Split by"), "gap_split"),
                Column(gettext_lazy("Which"), "gap_value"),
                Column(gettext_lazy("Number"), "gap_numerator"),
                Column(gettext_lazy("Of"), "gap_denominator"),
                Column(gettext_lazy("Share"), "gap_share"),
                Column(gettext_lazy("Interval from"), "gap_interval_low"),
                Column(gettext_lazy("Interval to"), "gap_interval_high"),
                Column(gettext_lazy("Note"), "gap_note"),
                Column(gettext_lazy("Valid answers"), "gap_valid"),
                Column(gettext_lazy("Delivered"), "gap_delivered"),
            ),
        ),
    ),
)


def figures_of(by: Acting, first: date, last: date, now: datetime) -> Content:
    """Every figure of these days; nobody is in them."""
    found = gap_of(by, first, last, now)
    days = _("%(first)s to %(last)s") % {"first": day_words(first), "last": day_words(last)}
    return Content(
        rows=(rows_to_take_out(found, reader_of(by, To.PUBLIC, Split.WHOLE).areas),),
        refs=(),
        held=(Held(gettext_lazy("Craffu"), by.force.controller, REGIMES[Regime.PART_3], str(_BASIS)),),
        said=(
            (_("Days"), days),
            (_("Small counts"), _("Counts below 10 are hidden, nought too; others are to the nearest 5.")),
        ),
    )


_BASIS = gettext_lazy("Figures that name nobody")
