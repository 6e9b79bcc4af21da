"""The figures of a page of measures as a file, told as the page tells them; a disclosure, and logged as one (P25, SEC-04).

Whoever takes them out has read them already: nothing is told that the page hides (MSR-03).
"""

from collections.abc import Iterator, Sequence
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.common import clock
from craffu.documents.bundles import Bundle, Cell, Form, Table
from craffu.documents.writing import written
from craffu.measures.definitions import Slice, definition, shipped
from craffu.measures.kept.actions import log_shown_figures
from craffu.measures.kept.reading import Figure, Kept, Measured, kept_figures
from craffu.measures.permissions import check_can_see
from craffu.measures.places import folder_of
from craffu.web.court.words import instant_words
from craffu.web.exports.forms import FORMS
from craffu.web.exports.sending import sent_file
from craffu.web.measures import areas, figures, presenters
from craffu.web.measures.words import SPLITS, beside_words
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking
from craffu.web.profiles.words import said

# Everything that the dashboard tells of.
DASHBOARD: Final = (
    "MET02", "MET05", "MET07", "MET08", "MET09", "MET10", "MET11", "MET13", "MET16", "MET17", "MET20", "MET21", "MET24", "MET25",
)  # fmt: skip


def file_links(code: str = "") -> list[Link]:
    """The forms in which the figures of a measure, or of the dashboard, can be had."""
    name, kept = ("measure_figures", {"code": code}) if code else ("dashboard_figures", {})
    return [Link(str(words), reverse(name, kwargs={**kept, "form": form})) for form, words in FORMS]


@require_safe
def dashboard_figures(request: HttpRequest, form: str) -> HttpResponse:
    """Every figure of the dashboard."""
    return _file(request, _("Civil orders"), DASHBOARD, form)


@require_safe
def measure_figures(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every figure of one measure."""
    if code not in shipped():
        raise Http404
    return _file(request, said(definition(code).name), (code,), form)


def _file(request: HttpRequest, title: str, codes: Sequence[str], form: str) -> HttpResponse:
    by = acting(request)
    check_can_see(by)
    kept = kept_figures(folder_of(by))
    if kept is None or form not in set(Form):
        raise Http404
    now, names = clock.now(), areas.names_of(by)
    told = [
        (code, period, one) for code in codes if code in kept.measures for period, one in _of(kept, kept.of(by, code))
    ]
    hides = [words for words in dict.fromkeys(presenters.hides_words(kept.to(by, code)) for code in codes) if words]
    about = ((_("Of which days"), presenters.about(kept)[0]), (_("Snapshot"), kept.snapshot), (_("Hash"), kept.digest))
    bundle = Bundle(
        marking=str(Marking.OFFICIAL_SENSITIVE.words),
        title=title,
        about=(*about, *((_("What is hidden"), words) for words in hides), (_("Taken out"), instant_words(now))),
        tables=(
            Table(_("Figures"), _columns(), [_row(code, period, one, names) for code, period, one in told]),
            Table(_("Counted beside"), _beside_columns(), [row for one in told for row in _beside_rows(*one, names)]),
        ),
    )
    file = written(bundle, Form(form))
    log_shown_figures(
        by=by, snapshot=kept.snapshot, codes=codes, rows=len(told), hidden=sum(one.is_hidden for *_, one in told)
    )
    return sent_file(file.getvalue(), Form(form), "measures", now)


def _of(kept: Kept, measured: Measured) -> Iterator[tuple[str, Figure]]:
    yield from ((f"{kept.first} – {kept.last}", one) for one in measured.now)
    yield from ((f"{kept.first_before} – {kept.last_before}", one) for one in measured.before)


def _columns() -> tuple[str, ...]:
    return (
        _("Code"), _("Measure"), _("Part"), _("Period"), _("By what"), _("Of"), _("Counted"), _("Of how many"), _("Value"),
        _("95% from"), _("95% to"), _("In words"),
    )  # fmt: skip


def _beside_columns() -> tuple[str, ...]:
    return _("Code"), _("Part"), _("Period"), _("By what"), _("Of"), _("What"), _("Number")


def _row(code: str, period: str, one: Figure, names: areas.Names) -> list[Cell]:
    defined = definition(code)
    low, high = one.interval or (None, None)
    by, of = _split(one, names)
    return [
        code, said(defined.name), _part(code, one), period, by, of, one.numerator, one.denominator, one.value, low, high,
        figures.line_words(defined, one),
    ]  # fmt: skip


def _beside_rows(code: str, period: str, one: Figure, names: areas.Names) -> Iterator[list[Cell]]:
    by, of = _split(one, names)
    for name, number in one.beside.items():
        yield [code, _part(code, one), period, by, of, beside_words(name), number]


def _part(code: str, one: Figure) -> str:
    return said(next(part.words for part in definition(code).parts if part.key == one.part))


def _split(one: Figure, names: areas.Names) -> tuple[str, str]:
    """By what, and of which value of it; both are empty of the whole."""
    if not one.split:
        return "", ""
    is_place = one.split in (Slice.AREA, Slice.TEAM)
    return str(SPLITS[one.split]), areas.named(names, one.of) if is_place else figures.split_words(one.split, one.of)
