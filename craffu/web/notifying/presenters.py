"""What a respondent notified, whether it counts, and what has become of it (MON-05; page map, P11)."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.models import Force
from craffu.clocks.london import day_of
from craffu.orders.clocks.notifications import Standing
from craffu.orders.notifying.queries import Received
from craffu.orders.notifying.rules import Asked
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.notifying import words
from craffu.web.notifying.forms import area_name
from craffu.web.presenters import Link, Params


def notifications_table(order: str, received: Sequence[Received], *, has_links: bool) -> Params | None:
    """Every notification, the newest first: what, when and where; whether it counts, and is true. No name and no address."""
    head: list[cells.Heading] = [_("What was notified"), _("Given"), _("Whether it counts"), _("Whether it is true")]
    rows = [
        [
            _about_cell(order, one, has_link=has_links),
            cells.lines([instant_words(one.row.given_at), *([one.row.station] if one.row.station else [])]),
            counts_cell(one),
            _verified_cell(one),
        ]
        for one in reversed(received)
    ]
    return cells.table(_("Notifications"), head, rows, is_hidden=True) if rows else None


def _about_cell(order: str, one: Received, *, has_link: bool) -> Params:
    said = str(words.ABOUT[one.about])
    if not has_link:
        return cells.words(said)
    return cells.link(Link(said, reverse("order_notification", kwargs={"order": order, "number": one.row.pk})))


def counts_cell(one: Received) -> Params:
    """Counts; not acknowledged yet; or not, and why."""
    validity = one.validity
    if not validity.valid:
        return cells.tag(words.COUNTS_NOT.tag, " ".join(str(words.NOT_VALID[why]) for why in validity.why))
    if one.acknowledged is None:
        return cells.tag(words.NOT_ACKNOWLEDGED.tag, _("It counts once it is acknowledged in writing."))
    said = _("Acknowledged in writing %(when)s (%(name)s)") % {
        "when": instant_words(one.acknowledged.at), "name": one.acknowledged.by.name
    }  # fmt: skip
    return cells.tag(words.COUNTS.tag, said)


def _verified_cell(one: Received) -> Params:
    if not one.validity.valid or one.validity.verify_by is None:
        return cells.words(_("Nothing to verify"))
    if not one.verified:
        return cells.tag(words.FOUND[one.found].tag, _("by %(day)s") % {"day": day_words(one.validity.verify_by)})
    last = one.verified[-1]
    return cells.tag(words.FOUND[one.found].tag, f"{day_words(last.on)} ({last.by.name})")


def notification_list(one: Received, areas: Mapping[str, Force]) -> Params:
    """One notification whole, with the names and addresses that were told."""
    row = one.row
    rows = [
        (_("What was notified"), cells.words(words.ABOUT[one.about])),
        (
            _("Given"),
            cells.lines([instant_words(row.given_at), _("In person") if row.in_person else _("Not in person")]),
        ),
        (_("Police station"), cells.lines([row.station or _("None"), _area(row.station_area, areas)])),
        (
            _("Where it has to be"),
            cells.lines(
                [
                    _area(row.area, areas),
                    _("The area of the court that last made the order")
                    if row.has_no_home
                    else _("The area of their home"),
                ]
            ),
        ),
        (_("Names"), cells.lines(row.names.splitlines())),
        (_("Addresses"), cells.lines(row.addresses.splitlines() or [_("None")])),
        (_("Fingerprints"), cells.words(words.ASKED[Asked(row.fingerprints)])),
        (_("Photograph"), cells.words(words.ASKED[Asked(row.photographs)])),
        (_("Whether it counts"), counts_cell(one)),
        (_("Whether it is true"), _verified_cell(one)),
        (_("Recorded by"), cells.words(row.by.name)),
    ]
    if row.event_on is not None:
        rows.insert(1, (_("Day of the change"), cells.lines([day_words(row.event_on), *_lateness(one)])))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def _lateness(one: Received) -> list[str]:
    ran = one.clock
    if ran is None or ran.last_day is None:
        return []
    said = _("Late: it was due by %(day)s") if ran.status is Standing.LATE else _("In time: it was due by %(day)s")
    return [said % {"day": day_words(ran.last_day)}]


def _area(code: str, areas: Mapping[str, Force]) -> str:
    return area_name(areas[code]) if code in areas else code


def verified_table(one: Received) -> Params | None:
    """Every time that somebody looked, the newest first."""
    head: list[cells.Heading] = [_("When"), _("What was found"), _("How"), _("By")]
    rows = [
        [
            cells.words(day_words(each.on)),
            cells.words(words.FOUND_SAID[type(one.found)(each.found)]),
            cells.words(each.words),
            cells.words(each.by.name),
        ]
        for each in reversed(one.verified)
    ]
    return cells.table(_("Whether it is true"), head, rows, is_hidden=True) if rows else None


def first_words(received: Iterable[Received], *, is_asked: bool = True) -> str:
    """Whether the first notification that counts has come, or that this kind of order asks for none."""
    if not is_asked:
        return _("This kind of order asks the respondent for no notification.")
    first = next((one for one in received if one.counts and one.about.value == "initial"), None)
    if first is None:
        return _("No first notification that counts is recorded.")
    return _("First notified %(day)s.") % {"day": day_words(day_of(first.row.given_at))}
