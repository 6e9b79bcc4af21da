"""What the dashboard says of months that are more than ordinary variation: the measure, the rule and the records (MSR-08; P25).

It is told to whoever may open every row behind the measure: a month of a force is a small table.
"""

from collections.abc import Mapping
from typing import Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.measures.definitions import Definition, definition
from craffu.measures.kept.counted import SIGNAL, Counted, Signalled
from craffu.measures.kept.reading import Kept
from craffu.measures.statistics.signals import Kind
from craffu.published.disclosure import To
from craffu.web import cells
from craffu.web.presenters import Link, Params, Text
from craffu.web.profiles.words import number_words, percent_words, said

RULES: Final[Mapping[str, Text]] = {
    Kind.BEYOND_LIMIT: gettext_lazy("Beyond the limits of ordinary variation"),
    Kind.TREND: gettext_lazy("Seven months that each go the same way"),
    Kind.TWO_OF_THREE: gettext_lazy("Two of three months near a limit"),
    Kind.ONE_SIDE: gettext_lazy("Seven months on one side of the mean"),
}


def signals_table(kept: Kept, counted: Counted | None, by: Acting) -> Params | None:
    """None where there is none that the reader may be told of."""
    if counted is None or counted.snapshot != kept.snapshot:
        return None
    mine = [one for one in counted.signals if kept.to(by, one.code) is To.ROWS]
    head = [_("Measure"), _("Month"), _("Figure"), _("Rule"), _("Records")]
    return (
        cells.table(_("More than ordinary variation"), head, [_row(one) for one in mine], is_hidden=True)
        if mine
        else None
    )


def _row(one: Signalled) -> list[Params]:
    defined = definition(one.code)
    figures = {
        "share": percent_words(one.numerator / one.denominator), "counted": number_words(one.numerator),
        "of": number_words(one.denominator), "mean": percent_words(one.mean),
    }  # fmt: skip
    rule = str(RULES[one.rule])
    lists = reverse("measure_records", kwargs={"code": one.code})
    return [
        cells.link(Link(_named(defined, one.part), reverse("measure_detail", kwargs={"code": one.code}))),
        cells.words(date_format(one.month, "F Y")),
        cells.words(_("%(share)s, %(counted)s of %(of)s; the mean is %(mean)s") % figures),
        cells.words(_("%(rule)s; trial limits, of fewer than 13 months") % {"rule": rule} if one.is_trial else rule),
        cells.link(Link(_("What it counted"), f"{lists}?part={SIGNAL}{one.part}")),
    ]


def _named(defined: Definition, part: str) -> str:
    if len(defined.parts) == 1:
        return said(defined.name)
    return f"{said(defined.name)}: {said(next(one.words for one in defined.parts if one.key == part))}"
