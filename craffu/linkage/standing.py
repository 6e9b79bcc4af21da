"""How records hang together by all that was said of them: who they are, which links hold, and what holds a link (IDN-04).

A reading: `actions` keeps what comes of it, and whoever asks why two records are or are not one person is answered from it.
"""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from craffu.access.acting import Acting
from craffu.linkage.facts import RolesOf
from craffu.linkage.forming import Ends, Known, given_links, held_apart, links_of, stands
from craffu.linkage.queries import PairStory, linked_to, stories_among, thresholds_in_use
from craffu.linkage.rules import Clusters, Decided, Held, Link, Thresholds, cluster
from craffu.people.queries import Belonging, belonging, hard_identifiers, mates


@dataclass(frozen=True, slots=True)
class Together:
    """Some records and whatever hangs together with them: each pair with how it stands, the links, and who comes of them."""

    stories: Sequence[PairStory]
    decided: Sequence[tuple[Ends, Decided, float | None]]
    links: Sequence[Link]
    formed: Clusters
    known: Known
    belongs: Belonging

    @property
    def held(self) -> Mapping[Ends, Held]:
        return {(one.link.left, one.link.right): one for one in self.formed.held}

    def would_hold(self, ends: Ends) -> Held | None:
        """What would hold a link between these two, were there one by no person's word; None where nothing would."""
        known, link = self.known, Link(*ends, probability=0.0)
        formed = cluster(
            {record for person in self.formed.persons for record in person},
            [*self.links, link],
            not_same=held_apart(self.decided),
            identifiers=known.identifiers,
            roles=known.roles,
            named=known.named,
        )
        return next((one for one in formed.held if one.link is link), None)

    def way(self, left: Collection[int], right: Collection[int]) -> list[Link]:
        """The shortest way from any of these records to any of those, by links that hold; none where there is none."""
        refused = {one.link for one in self.formed.held}
        steps: dict[int, list[tuple[int, Link]]] = {}
        for link in self.links:
            if link not in refused:
                steps.setdefault(link.left, []).append((link.right, link))
                steps.setdefault(link.right, []).append((link.left, link))
        found: dict[int, list[Link]] = {record: [] for record in sorted(left)}
        edge = deque(found)
        while edge:
            here = edge.popleft()
            if here in right:
                return found[here]
            for there, link in steps.get(here, ()):
                if there not in found:
                    found[there] = [*found[here], link]
                    edge.append(there)
        return []


def as_they_stand(by: Acting, records: Collection[int], roles_of: RolesOf) -> Together:
    """These records, by every word and score there is of them and of whatever hangs together with them."""
    together = hanging_together(by, records)
    return stands_by(by, together, stories_among(by, together), thresholds_in_use(by), roles_of)


def stands_by(
    by: Acting, together: Collection[int], stories: Sequence[PairStory], thresholds: Thresholds, roles_of: RolesOf
) -> Together:
    """The same of records that were found to hang together, by these stories of every pair among them. Three queries."""
    played = roles_of(by, together)
    known = Known(
        hard_identifiers(by, together), {record: one.roles for record, one in played.items()},
        {record: one.named for record, one in played.items()},
    )  # fmt: skip
    decided = [
        (one.ends, stands(one.ends, one.human, one.probability, thresholds, known), one.probability) for one in stories
    ]
    apart = held_apart(decided)
    belongs = belonging(by, together)
    links = [*links_of(decided), *given_links(belongs.first, belongs.home, apart)]
    formed = cluster(
        together, links, not_same=apart, identifiers=known.identifiers, roles=known.roles, named=known.named
    )
    return Together(stories, decided, links, formed, known, belongs)


def hanging_together(by: Acting, records: Collection[int]) -> set[int]:
    """These records and every record that a person or a link joins to them, by however many steps."""
    found: set[int] = set()
    edge = set(records)
    while edge:
        found |= edge
        edge = (mates(by, edge) | linked_to(by, edge)) - found
    return found
