"""The wording of papers as tables: what stands, and each version that a force has made."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from craffu.orders.wording.queries import Worded
from craffu.web import cells
from craffu.web.court.words import instant_words
from craffu.web.papers import words
from craffu.web.presenters import Link, Params


def table(pieces: Iterable[Worded], *, may_edit: bool) -> Params:
    head: list[cells.Heading] = [_("Piece"), _("Language"), _("Words"), _("Version")]
    rows = [
        [
            cells.link(Link(words.PIECES[one.piece.key], _address(one)))
            if may_edit
            else cells.words(words.PIECES[one.piece.key]),
            cells.words(words.LANGUAGES[one.language]),
            _spoken(one.language, one.words),
            cells.words(str(one.number)),
        ]
        for one in pieces
    ]
    return cells.table(_("Wording of papers"), head, rows, is_hidden=True)


def versions_table(one: Worded) -> Params | None:
    """The versions made here, the newest first."""
    head: list[cells.Heading] = [_("Version"), _("Words"), _("Why"), _("By"), _("When")]
    rows = [
        [
            cells.words(str(version.number)),
            _spoken(one.language, version.words),
            cells.words(version.reason),
            cells.words(version.by.name),
            cells.words(instant_words(version.known_from)),
        ]
        for version in reversed(one.versions)
    ]
    return cells.table(_("Versions"), head, rows, is_hidden=True) if rows else None


def _address(one: Worded) -> str:
    return reverse("order_wording", kwargs={"key": one.piece.key, "spoken": one.language})


def _spoken(language: str, said: str) -> Params:
    return {"html": format_html('<span lang="{}">{}</span>', language, said)}
