"""The list of victims, and small tables of their pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.people.models import RecordedContact
from craffu.people.queries import identities
from craffu.victims.queries import Victim
from craffu.victims.stories import Story, stories, victims_of_records
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.people.presenters import name_shown
from craffu.web.presenters import Link, Params, Text
from craffu.web.references import address_of
from craffu.web.victims.agreement_presenters import standing_words
from craffu.web.victims.words import PROMISES


@dataclass(frozen=True, slots=True)
class Row:
    """A victim in the list; one that is shut to the reader is not in it."""

    reference: str
    name: str = field(repr=False)
    story: Story = field(repr=False)


def rows(by: Acting, records: Sequence[int], now: datetime) -> list[Row]:
    """These victims, in their order, each once."""
    found: dict[int, Victim] = {one.person.pk: one for one in victims_of_records(by, records) if not one.shut}
    told = stories(by, list(found.values()), now)
    named = identities(by, [one.person for one in found.values()])
    order = {record: place for place, record in enumerate(records)}
    first = {one.person.pk: min(order[record] for record in one.records if record in order) for one in found.values()}
    return [
        Row(found[person].reference, name_shown(named[person]), told[person])
        for person in sorted(found, key=lambda each: first[each])
    ]


def table(rows: Iterable[Row]) -> Params | None:
    head: list[cells.Heading] = [_("Reference"), _("Name"), _("Agreement"), _("Promised next")]
    shown = [
        [
            cells.link(Link(one.reference, address_of("victim_detail", "victim", one.reference))),
            cells.words(one.name),
            cells.words(standing_words(one.story.versions)),
            _promised(one.story),
        ]
        for one in rows
    ]
    return cells.table(_("Victims"), head, shown, is_hidden=True) if shown else None


def _promised(story: Story) -> Params:
    promised = story.next_promise
    if promised is None:
        return cells.words(_("Nothing is promised"))
    return cells.tag(PROMISES[promised.stands.status].tag, instant_words(promised.promise.due_at))


KINDS: dict[str, Text] = {
    RecordedContact.Kind.ADDRESS: gettext_lazy("Address"),
    RecordedContact.Kind.PHONE: gettext_lazy("Telephone"),
    RecordedContact.Kind.EMAIL: gettext_lazy("E-mail"),
    RecordedContact.Kind.SAFE_WORD: gettext_lazy("Safe word"),
    RecordedContact.Kind.WORKPLACE: gettext_lazy("Workplace"),
    RecordedContact.Kind.SCHOOL: gettext_lazy("School"),
}


def reached_table(contacts: Iterable[tuple[str, str]]) -> Params | None:
    """Where they are reached, as the sources gave it; each once."""
    shown = [[cells.words(KINDS.get(kind, kind)), cells.words(value)] for kind, value in dict.fromkeys(contacts)]
    return cells.table(_("As the sources gave it"), [_("What"), _("Value")], shown) if shown else None


def since_words(story: Story) -> str:
    """What to say where there is no contact: since when there might have been one."""
    if story.contacts:
        return ""
    last = story.agreement
    if last is None or last.agreed_on is None:
        return _("No contact is recorded, and no agreement.")
    days = (day_of(story.now) - last.agreed_on).days
    return _("No contact since the agreement of %(day)s. Days since then: %(days)s") % {
        "day": day_words(last.agreed_on), "days": days,
    }  # fmt: skip
