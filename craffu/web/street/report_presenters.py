"""What a report of a possible breach asks from, and what is said once it is sent: the clock, who has it, what has begun (P08)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.access.models import User
from craffu.access.roles import BY_KEY
from craffu.breaches.detecting.clocks import DECIDE_WITHIN, DECIDE_WITHIN_AT_HIGH, contact_by, decide_by
from craffu.breaches.ledger.states import Status
from craffu.breaches.models import Breach
from craffu.cases.risk.rules import Grade
from craffu.clocks.london import day_of
from craffu.common.languages import Language
from craffu.orders.following.rules import heightened_until
from craffu.orders.models import Condition, Order
from craffu.orders.queries import OrderStory
from craffu.people.queries import Identity
from craffu.web.court.words import day_words, instant_words
from craffu.web.orders import words as order_words
from craffu.web.orders.presenters import until_words
from craffu.web.people.presenters import name_shown
from craffu.web.profiles.words import language
from craffu.web.street.presenters import standing_at
from craffu.work.queues import roles_of


@dataclass(frozen=True, slots=True)
class OrderChoice:
    """An order as it is offered: its reference, its name, and how it stands."""

    reference: str
    name: str
    said: str


def choices_of(orders: Sequence[Order]) -> list[OrderChoice]:
    return [
        OrderChoice(
            one.reference,
            order_words.kind_words(one.kind, is_interim=one.is_interim),
            _("%(status)s. Until: %(until)s")
            % {"status": order_words.ORDER_STATUS[one.status].words, "until": until_words(one)},
        )
        for one in orders
    ]


def conditions_offered(story: OrderStory, now: datetime) -> list[tuple[str, str]]:
    """The conditions in the words that stand, each with its number: in the reader's language where the court gave them in it,
    else marked as in the court's.
    """
    terms = standing_at(story, now)
    if terms is None:
        return []
    return [(str(one.pk), _offered(one, terms.language)) for one in terms.conditions.all()]


def _offered(one: Condition, spoken: str) -> str:
    written = Language.WELSH if spoken == Language.WELSH else Language.ENGLISH
    words, of_words = (
        (one.words_cy, Language.WELSH) if one.words_cy and language() == Language.WELSH else (one.words, written)
    )
    if of_words == language():
        return f"{one.number}. {words}"
    return format_html('<span lang="{}">{}. {}</span>', of_words.value, one.number, words)


def people_offered(protected: Mapping[int, Sequence[tuple[int, Identity]]]) -> list[tuple[str, str]]:
    """Whoever these orders protect, each once, under the record that names them."""
    first = {one.reference: (record, one) for several in protected.values() for record, one in several}
    return [(str(record), f"{name_shown(one)} ({one.reference})") for record, one in first.values()]


def runs(breach: Breach) -> bool:
    """Whether anybody's hours run: not for what lies so far back that nothing is urgent."""
    return not breach.is_past


def sent_words(
    breach: Breach, followed: Sequence[str], owner: User | None, *, names_somebody: bool, holds_any: bool
) -> list[str]:
    """What happens with it now, each a sentence: by when it is decided, who has it, what has begun.

    `followed` are the orders watched more closely; `names_somebody` is that whoever reads it can see who is to be reached, and
    `holds_any` that they see an order that it may have broken: without, nothing is claimed to run (BRC-05).
    """
    grade = Grade(breach.risk) if breach.risk else None
    if not runs(breach):
        return [_("It lies far back and no order stands that it may have broken: it is kept, and no hours run.")]
    said = []
    if breach.status == Status.POSSIBLE:
        within = _hours(DECIDE_WITHIN_AT_HIGH if grade in {None, Grade.HIGH} else DECIDE_WITHIN)
        decided = {"when": instant_words(decide_by(breach.raised_at, grade)), "hours": within}
        said.append(_because(grade) % decided)
        said.append(_has_it(owner))
        said.append(_("If nobody has decided by then, it goes to the duty inspector."))
    else:
        said.append(_("It has been decided since, or joined to a report of the same incident."))
    contact = {"when": instant_words(contact_by(breach.raised_at, grade))}
    if names_somebody:
        said.append(
            _("Safeguarding contact is to be made: whoever is protected is to be reached by %(when)s.") % contact
        )
    else:
        said.append(
            _(
                "Nobody whom you can see is named to be reached. If an order protects somebody all the same, they are to be "
                "reached by %(when)s. If somebody may be at risk, tell the control room now who it is."
            )
            % contact
        )
    if followed:
        until = {"orders": ", ".join(followed), "day": day_words(heightened_until(day_of(breach.raised_at)))}
        said.append(_("Heightened follow-up of %(orders)s has started, until %(day)s.") % until)
    elif holds_any:
        said.append(_("No order that it may have broken stands now. It is decided all the same."))
    else:
        said.append(_("No order that you can see bound them then. It is kept as a report and decided all the same."))
    return said


def _hours(length: timedelta) -> str:
    hours = length // timedelta(hours=1)
    return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": f"{hours:,}"}


def _because(grade: Grade | None) -> str:
    if grade is None:
        return _(
            "Somebody decides whether it is a breach by %(when)s: within %(hours)s, as nobody has assessed the risk."
        )
    if grade is Grade.HIGH:
        return _("Somebody decides whether it is a breach by %(when)s: within %(hours)s, as the risk is high.")
    return _("Somebody decides whether it is a breach by %(when)s: within %(hours)s, as the risk is not high.")


def _has_it(owner: User | None) -> str:
    if owner is not None:
        return _("%(name)s has it.") % {"name": owner.name}
    roles = ", ".join(sorted(str(BY_KEY[one].title) for one in roles_of("breaches") if one in BY_KEY))
    return _("It is in the queue of possible breaches, and nobody has taken it yet. Who works on it: %(roles)s.") % {
        "roles": roles
    }
