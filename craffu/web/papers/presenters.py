"""What the page of an order's papers shows: what can be printed, what left, who was given what, what may become of a paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.orders.models import NationalEntry, OrderPaper, PaperGiven, PaperPrinted
from craffu.orders.printing.rules import ADVICE, AUDIENCES, LETTERS, Mark, Printed
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.letters import words as letter_words
from craffu.web.orders import words as order_words
from craffu.web.orders.presenters import paper_address
from craffu.web.papers import words
from craffu.web.presenters import Link, Params, Text

# So much of a digest tells two files apart for a person who compares them.
DIGITS = 12


@dataclass(frozen=True, slots=True)
class ToPrint:
    """A paper that can be taken out, and what it holds."""

    link: Link
    holds: Text
    is_card: bool


def to_print(order: str, *, is_made: bool) -> list[ToPrint]:
    found = []
    for kind in (one for one in AUDIENCES if one not in LETTERS):
        name = "order_card" if kind == Printed.CARD else "order_paper_print"
        parts = {"order": order} if kind == Printed.CARD else {"order": order, "kind": kind}
        found.append(
            ToPrint(
                Link(words.paper_named(kind, is_made=is_made), reverse(name, kwargs=parts)),
                words.paper_holds(kind, is_made=is_made),
                kind == Printed.CARD,
            )
        )
    return found


def systems(order: str) -> list[Link]:
    """Where the words are copied to."""
    return [
        Link(text, reverse("order_text", kwargs={"order": order, "system": key})) for key, text in words.SYSTEMS.items()
    ]


def printed_table(order: str, printed: Iterable[PaperPrinted]) -> Params | None:
    """What left, the newest first: the same file is opened again from here."""
    head: list[cells.Heading] = [_("Paper"), _("For"), _("Language"), _("Printed"), _("By"), _("SHA-256")]
    rows = [
        [
            cells.link(Link(words.left_as(one), printed_address(order, one.pk))),
            cells.words(words.AUDIENCES[one.audience]),
            cells.words(words.LANGUAGES[one.language]),
            cells.words(instant_words(one.known_from)),
            cells.words(one.by.name if one.by else ""),
            cells.words(one.sha256[:DIGITS]),
        ]
        for one in printed
    ]
    return cells.table(_("Papers that left"), head, rows, is_hidden=True) if rows else None


def printed_address(order: str, number: int) -> str:
    return reverse("order_paper_printed", kwargs={"order": order, "number": number})


def given_table(given: Iterable[PaperGiven]) -> Params | None:
    """Who received what, when and how."""
    head: list[cells.Heading] = [_("Paper"), _("Given to"), _("When"), _("How"), _("In words"), _("Recorded by")]
    rows = [
        [
            cells.words(words.left_as(one.printed)),
            cells.words(words.AUDIENCES[one.given_to]),
            cells.words(instant_words(one.given_at)),
            cells.words(order_words.METHODS.get(one.method) or letter_words.WAYS.get(one.method, one.method)),
            cells.words(one.words or _("None")),
            cells.words(one.by.name),
        ]
        for one in given
    ]
    return cells.table(_("Papers given"), head, rows, is_hidden=True) if rows else None


def kept_table(order: str, papers: Iterable[OrderPaper], marks: Mapping[int, str], *, may_mark: bool) -> Params | None:
    """The papers kept, and what may become of each."""
    head: list[cells.Heading] = [_("Paper"), _("Kept"), _("What may become of it")]
    rows = []
    for one in papers:
        said = mark_words(one.kind, marks.get(one.pk))
        is_open = may_mark and one.kind != ADVICE and marks.get(one.pk) != Mark.PRIVILEGED
        address = reverse("order_paper_mark", kwargs={"order": order, "number": one.pk})
        rows.append([
            cells.link(Link(order_words.PAPERS[one.kind], paper_address(order, one.pk)), one.title),
            cells.words(instant_words(one.known_from)),
            cells.link(Link(said, address)) if is_open else cells.words(said),
        ])  # fmt: skip
    return cells.table(_("Papers kept"), head, rows, is_hidden=True) if rows else None


def mark_words(kind: str, mark: str | None) -> Text:
    if kind == ADVICE:
        return words.MARKED[Mark.PRIVILEGED]
    return words.MARKED[mark] if mark else _("Nobody has said: in the court’s copy, and not yet in the respondent’s")


def printed_list(one: PaperPrinted) -> Params:
    """One printed paper: from which words of the order and of ours it was made, and its digest whole."""
    wording = ", ".join(f"{words.PIECES[key]} ({number})" for key, number in one.wording.items() if key in words.PIECES)
    rows = [
        (_("For"), words.AUDIENCES[one.audience]),
        (_("Printed"), instant_words(one.known_from)),
        (_("Version of the conditions"), str(one.terms_number or _("None"))),
        (_("Wording used, with its version"), wording or _("None")),
        (_("Papers put into it"), str(len(one.enclosed))),
        (_("SHA-256"), one.sha256),
    ]
    return {"rows": [{"key": {"text": str(key)}, "value": {"text": str(value)}} for key, value in rows]}


def entries_table(entries: Iterable[NationalEntry]) -> Params | None:
    """Where the order was entered, and from which version of its words."""
    head: list[cells.Heading] = [_("System"), _("Entered"), _("Reference"), _("Version of the conditions"), _("By")]
    rows = [
        [
            cells.words(words.SYSTEMS[one.system]),
            cells.words(day_words(one.entered_on)),
            cells.words(one.entry_reference),
            cells.words(str(one.terms_number)),
            cells.words(one.by.name),
        ]
        for one in entries
    ]
    return cells.table(_("Entries in other systems"), head, rows, is_hidden=True) if rows else None
