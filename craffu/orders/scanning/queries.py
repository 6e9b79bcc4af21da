"""What a service pack holds, what is protected about those whom the order protects, and how the search of it stands (VIC-09)."""

from collections.abc import Iterable

from craffu.access.acting import Acting, acting_system
from craffu.orders.facts import NewTerms
from craffu.orders.models import Order, PackScanned
from craffu.orders.queries import OrderStory, protected_by, story_of_order
from craffu.orders.scanning.rules import ZONES, Against, Found, Part, Scan, Stands, cover, found_in, stands
from craffu.people.queries import last_contact_of, records_of_whoever
from craffu.victims.agreements.queries import last_agreement_of
from craffu.victims.leaks.queries import values_of

# Advice is privileged, and no part of what goes to a respondent.
ADVICE = "advice"


def protected_of(by: Acting, order: Order) -> list[tuple[str, str]]:
    """Every contact that those whom it protects ever gave, and their safe word, in the clear: to compare with, never to show.

    Read as the system reads: whoever searches a pack need not know where somebody lives.
    """
    system = acting_system(by.force, by.actor.name)
    return values_of(system, records_of_whoever(system, protected_by(system, order)))


def parts_of(story: OrderStory) -> list[Part]:
    """Every text of the pack as it stands: the conditions and their limits of place, what was said of the pack, and titles."""
    found = []
    terms = story.standing
    if terms is not None:
        for one in terms.conditions.all():
            text = "\n".join((one.words, one.words_cy, one.inputs, one.supervisor))
            found.append(Part(f"condition-{one.number}", text, one.type in ZONES))
        found.append(Part("locality", terms.locality))
    said = {one.about: one.words for one in story.pack}
    found += [Part(f"pack-{about}", words) for about, words in said.items()]
    found += [Part(f"paper-{one.pk}", one.title) for one in story.papers if one.kind != ADVICE]
    return [one for one in found if one.text.strip()]


def papers_in(story: OrderStory) -> list[int]:
    return [one.pk for one in story.papers if one.kind != ADVICE]


def cover_of(by: Acting, story: OrderStory) -> str:
    """What a search made now would be of and against, read as the system reads."""
    system = acting_system(by.force, by.actor.name)
    records = records_of_whoever(system, story.protected)
    against = Against(tuple(records), last_contact_of(system, records), last_agreement_of(system, records))
    terms = story.standing.number if story.standing else 0
    return cover(terms, (one.pk for one in story.pack), papers_in(story), against)


def scans_of(by: Acting, order: Order) -> list[PackScanned]:
    """Every search of an order's pack and every release, in the order in which they were made. One query."""
    return list(PackScanned.objects.for_user(by).filter(order=order).select_related("by").order_by("id"))


def standing_of_pack(covers: str, scans: Iterable[PackScanned]) -> Stands:
    """How the search of the pack that has this cover stands."""
    return stands(covers, (Scan(one.covers, bool(one.found), one.is_release) for one in scans))


def last_search(covers: str, scans: Iterable[PackScanned]) -> PackScanned | None:
    """The last search of the pack that has this cover; None where there is none."""
    return next((one for one in reversed(list(scans)) if one.covers == covers and not one.is_release), None)


def pack_stands(by: Acting, order: Order) -> Stands:
    """Whether the pack of an order may go, as it is now."""
    return standing_of_pack(cover_of(by, story_of_order(by, order)), scans_of(by, order))


def zones_that_give_away(by: Acting, order: Order, given: NewTerms) -> list[Found]:
    """The zones of a draft whose words name a protected home."""
    zones = [
        Part(f"condition-{number}", "\n".join((one.words, one.words_cy, *one.inputs.values())), is_zone=True)
        for number, one in enumerate(given.conditions, start=1)
        if one.type in ZONES
    ]
    if not zones:
        return []
    homes = [(kind, value) for kind, value in protected_of(by, order) if kind in {"address", "postcode"}]
    return found_in(zones, homes)
