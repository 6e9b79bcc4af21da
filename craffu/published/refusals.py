"""The refusal that carries the figure somebody else entered, so that both can be shown (T30)."""

from django.utils.translation import gettext as _

from craffu.common.edits import CHANGED
from craffu.common.refusals import Conflict
from craffu.published.models import PublishedFigure


class FigureStands(Conflict):
    """Another value stands for this figure, and the person has not seen it."""

    def __init__(self, figure: PublishedFigure) -> None:
        super().__init__(CHANGED, _("Somebody entered another value for this figure. What they entered stands."))
        self.figure = figure
