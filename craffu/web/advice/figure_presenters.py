"""What the page of figures about advice shows: how fast it comes, whether it is followed, and of how many (P38, P39; R1b)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.measures.statistics.survival import Free, Spell, kaplan_meier
from craffu.measures.statistics.survival import median as half_of
from craffu.orders.advising.figures import Waited, became
from craffu.published.intervals import wilson
from craffu.resourcing.posts.rules import FEWEST, grouped
from craffu.web import cells
from craffu.web.advice import words
from craffu.web.presenters import Params, Text
from craffu.web.profiles.words import number_words, percent_words

_NINE_TENTHS = 0.1 + 1e-12


def adviser_table(every: Sequence[Waited]) -> Params | None:
    """By whose advice it is; those asked fewer than five times are put together. All together come first."""
    by_adviser: dict[str, list[Waited]] = defaultdict(list)
    for one in every:
        by_adviser[one.adviser].append(one)
    if not every:
        return None
    head: list[cells.Heading] = [
        _("Whose advice"),
        (_("Asked"), "numeric"),
        (_("Still pending"), "numeric"),
        _("Half answered within"),
        _("Nine in ten answered within"),
        _("What became of it"),
    ]
    rows = [_row(_("All"), every)]
    for names in grouped({name: len(some) for name, some in by_adviser.items()}):
        told = ", ".join(str(words.ADVISERS[name]) for name in names)
        name = words.ADVISERS[names[0]] if len(names) == 1 else _("Together: %(advisers)s") % {"advisers": told}
        if len(names) < len(by_adviser):
            rows.append(_row(name, [one for each in names for one in by_adviser[each]]))
    return cells.table(_("Advice by whose it is"), head, rows, is_hidden=True)


def _row(name: Text, several: Sequence[Waited]) -> list[Params]:
    pending = sum(not one.is_answered for one in several)
    curve = kaplan_meier(Spell(one.hours, int(one.is_answered)) for one in several)
    return [
        cells.words(name),
        cells.number(len(several)),
        cells.number(pending),
        cells.words(hours_words(half_of(curve), len(several))),
        cells.words(hours_words(nine_tenths(curve), len(several))),
        cells.lines(became_words(several)),
    ]


def nine_tenths(curve: Sequence[Free]) -> float | None:
    """When nine in ten have been answered; None where it does not come so far."""
    return next((one.time for one in curve if one.share <= _NINE_TENTHS), None)


def hours_words(hours: float | None, of: int) -> str:
    """In hours; of fewer than five questions nothing is said, and what waits still may never come so far."""
    if of < FEWEST:
        return _("Too few to say")
    if hours is None:
        return _("Not reached yet")
    number = round(hours, 1)
    return ngettext("%(number)s hour", "%(number)s hours", round(number)) % {"number": number_words(number)}


def became_words(several: Iterable[Waited]) -> list[str]:
    found = became(several)
    if not found.answered:
        return [_("None was answered")]
    told = {"yes": found.yes, "partly": found.partly, "no": found.no, "said": found.said, "unsaid": found.unsaid}
    said = [_("Followed %(yes)s, in part %(partly)s, not %(no)s, of %(said)s of which it is said") % told]
    if found.said >= FEWEST:
        low, high = wilson(found.yes, found.said)
        shares = {
            "share": percent_words(found.yes / found.said),
            "low": percent_words(low),
            "high": percent_words(high),
        }
        said.append(_("%(share)s followed whole (95 in a hundred: %(low)s to %(high)s)") % shares)
    if found.unsaid:
        said.append(_("Nothing said yet of %(unsaid)s") % told)
    return said


def high_risk_words(counted: int, of: int) -> str:
    if not of:
        return _("No case is assessed as at high risk now.")
    told = {"counted": counted, "of": of, "share": percent_words(counted / of)}
    return _("Of %(of)s cases assessed as at high risk now, advice was asked for in %(counted)s (%(share)s).") % told
