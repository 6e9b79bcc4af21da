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
from craffu.measures.kept.counted import OF_BREACHES, OF_ORDERS, SIGNAL, Counted, Signalled
from craffu.measures.kept.reading import Kept
from craffu.measures.statistics.signals import Kind
from craffu.published.disclosure import To
from craffu.web import cells
from craffu.web.measures.presenters import records_link
from craffu.web.presenters import Link, Params, Text
from craffu.web.profiles.words import number_words, percent_words, rate_words, said

RULES: Final[Mapping[str, Text]] = {
    Kind.BEYOND_LIMIT: gettext_lazy("Beyond the limits of ordinary variation"),
    Kind.TREND: gettext_lazy("Seven months that each go the same way"),
    Kind.TWO_OF_THREE: gettext_lazy("Two of three months near a limit"),
    Kind.ONE_SIDE: gettext_lazy("Seven months on one side of the mean"),
}


def signals_table(kept: Kept, counted: Counted | None, by: Acting, *, is_standing: bool = True) -> Params | None:
    """None where there is none that the reader may be told of. What a month counted is listed of the snapshot that stands."""
    if counted is None or counted.snapshot != kept.snapshot:
        return None
    mine = [one for one in counted.signals if kept.to(by, one.code) is To.ROWS]
    head = [_("Measure"), _("Month"), _("Figure"), _("Rule"), _("Records")]
    return (
        cells.table(
            _("More than ordinary variation"),
            head,
            [_row(one, is_standing=is_standing) for one in mine],
            is_hidden=True,
        )
        if mine
        else None
    )


def _row(one: Signalled, *, is_standing: bool) -> list[Params]:
    defined = definition(one.code)
    rule = str(RULES[one.rule])
    return [
        cells.link(Link(_named(defined, one.part), reverse("measure_detail", kwargs={"code": one.code}))),
        cells.words(date_format(one.month, "F Y")),
        cells.words(_figure(one)),
        cells.words(_("%(rule)s; trial limits, of fewer than 13 months") % {"rule": rule} if one.is_trial else rule),
        _records(one, is_standing=is_standing),
    ]


def _figure(one: Signalled) -> str:
    if not one.denominator:
        counted = {"counted": number_words(one.numerator), "mean": rate_words(one.mean)}
        return _("%(counted)s; the mean is %(mean)s") % counted
    shares = {
        "share": percent_words(one.numerator / one.denominator), "counted": number_words(one.numerator),
        "of": number_words(one.denominator), "mean": percent_words(one.mean),
    }  # fmt: skip
    return _("%(share)s, %(counted)s of %(of)s; the mean is %(mean)s") % shares


def _records(one: Signalled, *, is_standing: bool) -> Params:
    """The records that the month counted; where its rows name none, the list that they are in."""
    if one.code not in (*OF_ORDERS, *OF_BREACHES):
        found = records_link(one.code, To.ROWS)
        return cells.link(found) if found else cells.words("")
    if not is_standing:
        return cells.words(_("Of an earlier snapshot"))
    lists = f"{reverse('measure_records', kwargs={'code': one.code})}?part={SIGNAL}{one.part}"
    return cells.link(Link(_("What it counted"), lists))


def _named(defined: Definition, part: str) -> str:
    if len(defined.parts) == 1:
        return said(defined.name)
    return f"{said(defined.name)}: {said(next(one.words for one in defined.parts if one.key == part))}"
