"""What the pages on the champions' programme show: versions, since when they count, and what was decided of each learning aim."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.resourcing.champions.kinds import PILLARS, Aim, Taught
from craffu.resourcing.champions.queries import Version
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Link, Params, Text
from craffu.web.resourcing.words import AIMS, TAUGHT
from craffu.web.statuses import Status

_COUNTS = Status(gettext_lazy("Counts"), "green")
_WITHDRAWN = Status(gettext_lazy("Withdrawn"), "grey")
_OPEN = Status(gettext_lazy("Not decided"), "yellow")


def title_of(version: Version) -> str:
    one = version.accepted
    return _("%(programme)s, version %(version)s") % {"programme": one.programme, "version": one.version}


def versions_table(versions: Iterable[Version]) -> Params | None:
    head: list[cells.Heading] = [_("Version"), _("Counts from"), _("Counts until"), _("Pillars decided"), _("Status")]
    rows = [
        [
            cells.link(Link(title_of(one), reverse("programme_version", kwargs={"number": one.accepted.pk}))),
            cells.words(day_words(one.accepted.first_day)),
            cells.words(day_words(one.withdrawn.last_day) if one.withdrawn else _("Further notice")),
            cells.words(_("%(part)s of %(whole)s") % {"part": _decided(one), "whole": len(PILLARS)}),
            cells.tag((_WITHDRAWN if one.withdrawn else _COUNTS).tag),
        ]
        for one in versions
    ]
    return cells.table(_("Versions of the programme"), head, rows, is_hidden=True) if rows else None


def _decided(version: Version) -> int:
    return sum(aim in version.aims for aim in PILLARS)


def pillars_words(version: Version) -> str:
    """R2c: pillars with a recorded decision, and pillars covered, of the six."""
    taught = sum(aim in version.aims and version.aims[aim].taught != Taught.NOT for aim in PILLARS)
    told = {"decided": _decided(version), "taught": taught, "whole": len(PILLARS)}
    return (
        _("Of the six pillars of Operation Soteria Bluestone %(decided)s are decided and %(taught)s are taught.") % told
    )


def facts(version: Version) -> Params:
    one = version.accepted
    rows: list[tuple[Text, Params]] = [
        (_("Counts from"), cells.words(day_words(one.first_day))),
        (_("Accepted by"), cells.lines([one.by.name, instant_words(one.known_from), one.reason])),
    ]
    if version.withdrawn:
        ended = version.withdrawn
        rows.append((_("Counts until"), cells.words(day_words(ended.last_day))))
        rows.append((_("Withdrawn by"), cells.lines([ended.by.name, instant_words(ended.known_from), ended.reason])))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def aims_table(version: Version) -> Params:
    """Every learning aim, decided or not."""
    head: list[cells.Heading] = [_("Learning aim"), _("Decision"), _("Module"), _("Why"), _("Change")]
    rows = []
    for aim in Aim:
        told = version.aims.get(aim)
        to = reverse("programme_aim", kwargs={"number": version.accepted.pk, "aim": aim.value})
        rows.append(
            [
                cells.words(AIMS[aim]),
                cells.words(TAUGHT[told.taught]) if told else cells.tag(_OPEN.tag),
                cells.words(told.module if told else ""),
                cells.lines([told.reason, told.by.name, instant_words(told.known_from)]) if told else cells.words(""),
                cells.link_about(Link(_("Change") if told else _("Decide"), to), AIMS[aim]),
            ]
        )
    return cells.table(_("Learning aims"), head, rows, is_hidden=True)
