"""What the profile pages show, section by section: warning, chart, table, source, limits, found errors."""

from collections.abc import Iterable

from craffu.published.models import PublishedFigure
from craffu.published.periods import parse_period
from craffu.web.presenters import Params
from craffu.web.profiles.definition import figures_table
from craffu.web.profiles.words import area_words, full_period, number_words


def by_hand_figures(figures: Iterable[PublishedFigure]) -> Params | None:
    """Figures entered by hand under one definition."""
    return figures_table(
        (
            area_words(one.area_kind, one.area, one.area_name),
            full_period(parse_period(one.period)),
            number_words(one.value or 0),
            one.read_in,
            one.entered_by,
        )
        for one in figures
    )
