"""Each kind of record with its controller, law and sharing; and an arrangement with one partner, from the same data (SEC-10)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from craffu.access.boundaries.rules import BOUNDARIES, JOINT, Of, With, seen_by, unseen_by
from craffu.access.models import Force
from craffu.intake.feeds import FEEDS
from craffu.web import cells
from craffu.web.boundaries.words import BASES, KINDS, NOT_CONFIRMED, NOT_SHARED, PARTNERS
from craffu.web.court.held_words import in_our_words
from craffu.web.court.sources import REGIMES
from craffu.web.presenters import Params
from craffu.web.profiles.words import language
from craffu.web.statuses import SOURCE_WORDS


def made_here(force: Force) -> Params:
    head: list[cells.Heading] = [_("Kind of record"), _("Controller"), _("Law"), _("Shared with, and on what basis")]
    rows = [
        [
            cells.words(KINDS[of]),
            cells.words(force.controller),
            cells.words(REGIMES[one.regime]),
            cells.lines(_shared(of)),
        ]
        for of, one in BOUNDARIES.items()
    ]
    return cells.table(_("Records that are made here"), head, rows)


def _shared(of: Of) -> list[str]:
    shared = BOUNDARIES[of].shared
    return [f"{PARTNERS[who]}: {BASES[basis]}" for who, basis in shared.items()] or [str(NOT_SHARED)]


def received(force: Force) -> Params:
    """What other systems send; a row that was received keeps what it was received under."""
    head: list[cells.Heading] = [_("What was received"), _("Controller"), _("Law"), _("Basis of sharing")]
    rows = [
        [
            cells.words(SOURCE_WORDS.get(key, key)),
            cells.words(in_our_words(one.controller) if one.controller else force.controller),
            cells.words(REGIMES[one.regime]),
            cells.words(in_our_words(one.sharing_basis)),
        ]
        for key, one in FEEDS.items()
    ]
    return cells.table(_("Records that were received"), head, rows)


def arrangement(force: Force, who: With) -> list[str]:
    """A draft of what the force and one partner agree, line by line, as Markdown in the language that is active."""
    name = force.name_cy if language() == "cy" else force.name_en
    other = str(PARTNERS[who])
    said = {"force": name, "partner": other}
    return [
        f"# {_('Arrangement between %(force)s and %(partner)s') % said}",
        "",
        _("A draft, made from what Craffu does. It is no legal advice: the lawyers of both agree the words first."),
        str(NOT_CONFIRMED),
        "",
        f"## {_('Who decides what')}",
        "",
        _("%(controller)s is the controller of every record in this installation that its own people make.")
        % {"controller": force.controller},
        _("%(partner)s uses the same installation and is the controller of what it makes of what it is given.") % said,
        *_list(_("Why and how these are used is decided together:"), (str(KINDS[of]) for of in JOINT[who])),
        f"## {_('What %(partner)s is given') % said}",
        "",
        *(f"- {KINDS[of]} ({REGIMES[BOUNDARIES[of].regime]}): {BASES[basis]}." for of, basis in seen_by(who).items()),
        "",
        f"## {_('What %(partner)s is never given') % said}",
        "",
        *(f"- {KINDS[of]}." for of in unseen_by(who)),
        "",
        _("Craffu itself refuses it: by role, by record and by the database. Every refusal is in the log."),
        "",
        f"## {_('People’s rights')}",
        "",
        _(
            "Whoever is asked tells the other the same day. %(controller)s answers within a month, two people see the answer, and"
            " nothing of anybody else is in it."
        )
        % {"controller": force.controller},
        _(
            "Records are kept for their clear period and erased only by two people; a legal hold of either side blocks it."
        ),
        "",
        f"## {_('When something goes wrong')}",
        "",
        _(
            "Whoever notices tells the other at once. The log says who saw what: the data protection officer of either may ask"
            " for it."
        ),
    ]


def _list(first: str, rest: Iterable[str]) -> list[str]:
    return [first, "", *(f"- {one}." for one in rest), ""]
