"""What the pages of the catalogue show: each kind with its rules, whence they come, and what of them nobody has confirmed."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.clocks.periods import NOT_CONFIRMED
from craffu.orders.catalogue.kinds import Kind, RankBy
from craffu.orders.catalogue.policies import words_of_why
from craffu.orders.catalogue.queries import KindNow
from craffu.web import cells
from craffu.web.catalogue.words import BEGINS, BREACHES, CHANGES, EDITABLE, FAMILIES, KNOWN_FROM, OFFERED, RANK_BY
from craffu.web.court.words import day_words, instant_words
from craffu.web.orders.words import kind_words
from craffu.web.presenters import Link, Params, Text

type Row = tuple[Text, Params]


def kinds_table(kinds: Iterable[KindNow], area: str, today: date) -> Params:
    head: list[cells.Heading] = [_("Kind"), _("Whence it comes"), _("Here and now"), _("A breach is"), _("Checked on")]
    rows = [_row(one, area, today) for one in kinds]
    return cells.table(_("Kinds of orders, notices and conditions"), head, rows, is_hidden=True)


def _row(one: KindNow, area: str, today: date) -> list[Params]:
    code = one.kind.code
    return [
        cells.link(Link(kind_words(code), reverse("order_kind", kwargs={"kind": code})), f" ({code})"),
        cells.words(FAMILIES[one.kind.family]),
        cells.tag(OFFERED[one.available(area, today).why].tag),
        cells.words(BREACHES[one.kind.effect.breach_is]),
        cells.words(day_words(checked_on(one))),
    ]


def checked_on(one: KindNow) -> date:
    return one.versions[-1].verified_on if one.versions else one.kind.standing.verified_on


def _summary(rows: Iterable[Row]) -> Params:
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def standing(one: KindNow, area: str, today: date) -> Params:
    """Whether it may be asked for here today, and since when by what was entered or what ships."""
    found = one.available(area, today)
    begins = one.entered.effective_from if one.entered else one.kind.standing.effective_from
    rows: list[Row] = [
        (_("Here and now"), cells.tag(OFFERED[found.why].tag, words_of_why(found.why))),
        (_("In force from"), cells.words(day_words(begins) if begins else _("Not known"))),
        (_("Statute"), _law(one.kind.statute)),
        (_("Checked on"), cells.words(day_words(checked_on(one)))),
        (_("Version"), cells.words(str(one.number))),
    ]
    return _summary(rows)


def rules(one: KindNow) -> Params:
    """What is known of a kind, in the order in which an order lives. Words of the law are English."""
    kind, words = one.kind, one.words
    rows: list[Row] = [
        (_("Whence it comes"), cells.words(FAMILIES[kind.family])),
        (_("Who applies"), _law(kind.applying.by_whom)),
        (_("Court"), _law(kind.applying.court_in_words)),
        (EDITABLE["test"], _law(words["test"])),
        (_("Standard of proof"), _law(kind.applying.proof)),
        (
            _("Youngest respondent"),
            cells.words(str(kind.applying.min_age) if kind.applying.min_age else _("Not stated")),
        ),
        (_("Authorised by"), cells.words(_rank(kind))),
        (EDITABLE["term"], _law(words["term"])),
        (_("May require something"), cells.words(_("Yes") if kind.conditions.requirements else _("No"))),
        (_("Begins"), cells.words(BEGINS[kind.effect.begins])),
        (_("A breach counts"), cells.words(KNOWN_FROM[kind.effect.known_from])),
        (_("A breach is"), cells.words(BREACHES[kind.effect.breach_is])),
        (EDITABLE["arrest"], _law(words["arrest"] or "-")),
        (EDITABLE["service"], _law(words["service"] or "-")),
        (_("Varied"), cells.words(CHANGES[kind.changing.vary])),
        (_("Renewed"), cells.words(CHANGES[kind.changing.renew])),
        (_("Discharged"), cells.words(CHANGES[kind.changing.discharge])),
        (_("The victim’s view"), _law(kind.victim.views)),
        (EDITABLE["notes"], _law(words["notes"] or "-")),
    ]
    return _summary(rows)


def _law(words: str) -> Params:
    """Words of the law, which are English; what nobody has read in its source is called as it is everywhere (CLK-14)."""
    return cells.english(words.replace("UNVERIFIED", NOT_CONFIRMED))


def _rank(kind: Kind) -> str:
    if kind.applying.rank is None:
        return _("No rank is stated")
    said = {"rank": kind.applying.rank.replace("_", " "), "by": RANK_BY[kind.applying.rank_by or RankBy.POLICY]}
    return _("%(rank)s, %(by)s") % said


def versions_table(one: KindNow) -> Params | None:
    """The edits of a kind, the newest first; what ships is the first version and has no row."""
    if not one.versions:
        return None
    head: list[cells.Heading] = [_("Version"), _("Changed"), _("Why"), _("Source"), _("By whom and when")]
    rows = [
        [
            cells.words(str(row.number)),
            cells.lines(_changed(row.row)),
            cells.words(row.reason),
            cells.words(row.source),
            cells.lines([row.by.name, instant_words(row.known_from)]),
        ]
        for row in reversed(one.versions)
    ]
    return cells.table(_("Versions"), head, rows, is_hidden=True)


def _changed(row: dict[str, dict[str, str]]) -> list[str]:
    found = [str(EDITABLE[name]) for name in row.get("words", {})]
    if commenced := row.get("commenced"):
        found.append(_("In force from %(day)s") % {"day": day_words(date.fromisoformat(commenced["effective_from"]))})
    return found
