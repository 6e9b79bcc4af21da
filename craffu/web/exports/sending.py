"""The page that takes records out, and the file: made whole, then logged, then sent (SEC-04, SEC-07, SEC-10; T17, T20).

Whoever sends the form too late is asked who they are and comes back to it filled in (`web/access/stepping_up.py`).
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.events import EXPORT_BEGUN
from craffu.access.exports.actions import disclose
from craffu.access.exports.rules import Asked
from craffu.access.policies import check_fresh_factor
from craffu.access.roles import BY_KEY
from craffu.clocks.london import local_time
from craffu.common import clock
from craffu.common.refusals import NotNow
from craffu.documents.bundles import Bundle, Form, Table
from craffu.documents.writing import CellTooLong, written
from craffu.web.consulting import looked_at
from craffu.web.court.sources import Held
from craffu.web.court.words import instant_words
from craffu.web.exports.forms import ExportForm
from craffu.web.exports.kinds import MOST_ROWS, Content, Export
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking, PageHead, Text
from craffu.web.profiles.words import language

type Read = Callable[[], Content]


def export_page(
    request: HttpRequest, export: Export, read: Read, *, back: Link, subject: str = "", refs: Iterable[str] = ()
) -> HttpResponse:
    """The form, and the file once it is filled in. Who may read the records was checked before; `read` reads them."""
    by = acting(request)
    check_fresh_factor(by)
    form = ExportForm(export.purposes, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return _sent(by, export, form.asked, Form(form.cleaned_data["form"]), read())
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        except CellTooLong:
            form.add_error("form", _("One of the cells is too long for a workbook. Choose CSV or JSON."))
    looked_at(request, EXPORT_BEGUN, refs)
    title = _("Take out: %(what)s") % {"what": titled(export, subject)}
    page = {
        "head": PageHead(title, back=back, has_errors=bool(form.errors)),
        "form": form,
        "purpose": export.purposes[form.only] if form.only else "",
        "sheets": [(str(sheet.title), ", ".join(str(one.title) for one in sheet.columns)) for sheet in export.sheets],
        "most": f"{MOST_ROWS:,}",
    }
    return render(request, "exports/export.html", page)


def titled(export: Export, subject: str) -> str:
    return f"{export.title}, {subject}" if subject else str(export.title)


def _sent(by: Acting, export: Export, asked: Asked, form: Form, content: Content) -> HttpResponse:
    if content.number > MOST_ROWS:
        words = _("That is more than %(most)s rows. Ask for fewer days, or for one record.")
        raise NotNow("too_many_rows", words % {"most": f"{MOST_ROWS:,}"})
    now = clock.now()
    file = written(bundle(by, export, asked, content, now), form)
    counts = {"rows": content.number, **({"left_out": content.left_out} if content.left_out else {})}
    disclose(
        by=by,
        kind=export.kind,
        asked=asked,
        purposes=export.purposes,
        refs=content.refs,
        fields=export.fields,
        counts=counts,
        now=now,
    )
    return sent_file(file.getvalue(), form, export.key, now)


def sent_file(content: bytes, form: Form, key: str, now: datetime) -> HttpResponse:
    """A file to keep. Its name says what sort it is and when it was made, and names nobody."""
    response = HttpResponse(content, content_type=form.content_type)
    name = f"craffu-{key}-{local_time(now):%Y%m%d-%H%M}.{form.value}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def bundle(by: Acting, export: Export, asked: Asked, content: Content, now: datetime) -> Bundle:
    """The export with everything it has to say of itself, in the reader's language."""
    tables = tuple(
        Table(str(sheet.title), tuple(str(column.title) for column in sheet.columns), rows)
        for sheet, rows in zip(export.sheets, content.rows, strict=True)
    )
    lines = [(str(name), str(words)) for name, words in _about(by, export, asked, content, now)]
    return Bundle(str(Marking.OFFICIAL_SENSITIVE.words), str(export.title), tuple(lines), tables)


def _about(by: Acting, export: Export, asked: Asked, content: Content, now: datetime) -> list[tuple[Text, Text]]:
    force = by.force.name_cy if language() == "cy" else by.force.name_en
    role = BY_KEY[by.actor.role].title if by.actor.role in BY_KEY else by.actor.role
    left_out = _("%(number)s. They are restricted or belong elsewhere: ask whoever looks after them.") % {
        "number": content.left_out
    }
    return [
        (_("Force"), force),
        (_("For"), export.purposes[asked.purpose]),
        (_("In words"), asked.words),
        (_("Recipient"), asked.told_to),
        (_("Taken out by"), f"{by.actor.name}, {role}"),
        (_("Taken out"), instant_words(now)),
        *content.said,
        (_("Rows"), f"{content.number:,}"),
        *([(_("Records not open to you, left out"), left_out)] if content.left_out else []),
        (_("Never in it"), _("addresses, telephones, e-mail, safe words, workplaces, schools; legal advice")),
        *((_("Controller: %(source)s") % {"source": one.source}, _held_words(one)) for one in content.held),
    ]


def _held_words(held: Held) -> str:
    said = {"controller": held.controller, "regime": held.regime, "basis": held.basis}
    return _("%(controller)s. %(regime)s. Shared under: %(basis)s") % said
