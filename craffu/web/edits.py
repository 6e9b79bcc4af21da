"""What somebody sees whose change was refused because somebody else was there first: both versions, side by side (T30)."""

from collections.abc import Iterable
from http import HTTPStatus

from django.http import HttpRequest
from django.utils.translation import gettext as _

from craffu.web import cells
from craffu.web.presenters import Params, Text

# The name of the hidden field in which a page says which version it was made from.
VERSION = "version"
STATUS = HTTPStatus.CONFLICT


def seen_version(request: HttpRequest, standing: str = "") -> str:
    """The version that a form was made from. A form without one is none of ours, and is taken as made from `standing`."""
    return request.POST.get(VERSION, standing)


def both_versions(rows: Iterable[tuple[Text, Text, Text]]) -> Params:
    """What stands now and what the person gave, value by value. A row is its name, theirs and yours."""
    heads: list[cells.Heading] = [_("What"), _("As it stands now"), _("What you gave")]
    return cells.table(
        _("The two versions"), heads, [[cells.words(part or _("nothing")) for part in row] for row in rows]
    )
