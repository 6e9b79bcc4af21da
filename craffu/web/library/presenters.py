"""What the pages of the library show: words in both languages, what they need, answer and prove, and what of them is vague."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from craffu.orders.library.rules import LANGUAGES, Worded, filled
from craffu.orders.models import LibraryVersion
from craffu.web import cells
from craffu.web.court.words import instant_words
from craffu.web.library import words
from craffu.web.orders.terms_forms import pointed_out
from craffu.web.orders.words import CONDITION_TYPES
from craffu.web.presenters import Link, Params, Text

# What stands for each input where words are looked at without a case: a name, a street, a number, a time.
EXAMPLE: Final[Mapping[str, str]] = {
    "person": "Sian Rees", "channel": "Evans a’i Gwmni", "subject": "1", "distance": "100", "boundary": "Heol Newydd, Stryd Fawr",
    "street": "Heol Newydd", "from": "21:00", "until": "06:00", "days": "2", "name": "Huw Morgan", "date": "1.12.2026",
    "address": "1 Stryd Fawr", "station": "Llanelli", "device": "1", "time": "12:00", "programme": "1", "provider": "Llanelli",
    "supervisor": "PC 44", "assessor": "Dr Jones", "end": "1.6.2027", "number": "1",
}  # fmt: skip


def library_table(every: Iterable[Worded], order: str = "") -> Params:
    """Every condition in the reader's language; in an order's draft each leads to where it is filled in."""
    head: list[cells.Heading] = [_("Condition"), _("Type"), _("It answers")]
    rows = [
        [
            cells.link(Link(in_words(one), _address(one, order))),
            cells.words(CONDITION_TYPES[one.type]),
            cells.lines(words.BEHAVIOURS[each] for each in one.answers),
        ]
        for one in every
    ]
    return cells.table(_("Conditions"), head, rows, is_hidden=True)


def in_words(one: Worded) -> str:
    """The words with each input shown by what it is called, in square brackets."""
    language = "cy" if (get_language() or "").startswith("cy") else "en"
    return filled(one, {name.value: f"[{words.INPUTS[name]}]" for name in one.inputs}, language)


def _address(one: Worded, order: str) -> str:
    if order:
        return reverse("order_library_take", kwargs={"order": order, "key": one.key})
    return reverse("library_condition", kwargs={"key": one.key})


def _worded(one: Worded, language: str) -> Params:
    return {"html": format_html('<span lang="{}">{}</span>', language, one.words[language])}


def condition_list(one: Worded) -> Params:
    """One condition whole."""
    rows: list[tuple[Text, Params]] = [
        (_("Type"), cells.words(CONDITION_TYPES[one.type])),
        *zip(
            (_("Words in English"), _("Words in Welsh")),
            (_worded(one, language) for language in LANGUAGES),
            strict=True,
        ),
        (_("What the words need"), cells.lines(words.INPUTS[name] for name in one.inputs)),
        (_("It answers"), cells.lines(words.BEHAVIOURS[each] for each in one.answers)),
        (_("How it is checked"), cells.lines(words.CHECKS[each] for each in one.checks)),
        (_("What proves a breach"), cells.words(words.EVIDENCE[one.evidence])),
        (_("Enforceable as worded?"), _enforceable(one)),
    ]
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def _enforceable(one: Worded) -> Params:
    vague = [said for language in LANGUAGES for said in pointed_out(one.type, filled(one, EXAMPLE, language))]
    if not vague:
        return cells.tag(words.ENFORCEABLE.tag)
    return {"html": cells.tag(words.VAGUE.tag)["html"] + cells.lines(dict.fromkeys(vague))["html"]}


def versions_table(every: Iterable[LibraryVersion]) -> Params | None:
    """The force's own versions, the first that ships left out."""
    head: list[cells.Heading] = [_("Version"), _("Since"), _("By"), _("Why")]
    rows = [
        [
            cells.words(str(one.number)),
            cells.words(instant_words(one.known_from)),
            cells.words(one.by.name),
            cells.words(one.reason),
        ]
        for one in every
    ]
    return cells.table(_("Versions of your force"), head, rows) if rows else None
