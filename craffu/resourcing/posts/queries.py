"""How posts stand: who is in post, how long they stood empty, absence and its cover, what each role is to carry (R1a, RES-03)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from craffu.access.acting import Acting
from craffu.resourcing.models import Away, CapacityStated, Post, PostHeld
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.posts.rules import Days, Span, uncovered, vacant, vacant_since
from craffu.resourcing.staff.queries import last_said


@dataclass(frozen=True, slots=True)
class Established:
    """A post as it was said last, with who held it from when to when."""

    post: Post
    held: Sequence[tuple[str, Span]]

    @property
    def span(self) -> Span:
        return Span(self.post.opened_on, self.post.closed_on)

    def holders(self, on: date) -> frozenset[str]:
        """Who is in post on a day; nobody where the post is not open then."""
        return frozenset(who for who, span in self.held if span.holds(on)) if self.span.holds(on) else frozenset()

    def vacant(self, first: date, last: date) -> Days:
        return vacant(self.span, [span for _, span in self.held], first, last)

    def vacant_since(self, on: date) -> date | None:
        return vacant_since(self.span, [span for _, span in self.held], on)


def posts_of(by: Acting) -> list[Established]:
    """Every post, by its reference. Names are not read. Two queries."""
    held: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for one in last_said(PostHeld.objects.for_user(by).defer("name")):
        held[one.post_ref].append((one.staff_ref, Span(one.from_on, one.to_on)))
    return [Established(one, held[one.post_ref]) for one in last_said(Post.objects.for_user(by))]


@dataclass(frozen=True, slots=True)
class Standing:
    """How some posts stand on the last day of a period, and how many of its days they stood empty."""

    posts: int
    in_post: int
    full_time: Fraction
    vacant: int
    days: Days


def standing_of(posts: Iterable[Established], first: date, last: date) -> Standing:
    """R1a: posts open on the last day, different people in them, their full-time equivalent, and vacancy days of all."""
    found, days = list(posts), Days(0, 0)
    people: set[str] = set()
    full_time = Fraction(0)
    is_open = is_vacant = 0
    for one in found:
        days += one.vacant(first, last)
        holders = one.holders(last)
        people |= holders
        is_open += one.span.holds(last)
        is_vacant += one.span.holds(last) and not holders
        full_time += Fraction(one.post.full_time_equivalent) if holders else 0
    return Standing(is_open, len(people), full_time, is_vacant, days)


def split[Key](posts: Iterable[Established], by: Callable[[Post], Key]) -> dict[Key, list[Established]]:
    """Posts by something that each says of itself."""
    found: dict[Key, list[Established]] = defaultdict(list)
    for one in posts:
        found[by(one.post)].append(one)
    return found


def absence(by: Acting, first: date, last: date) -> Days:
    """Days of long absence in a period, and of them those for which nobody was named to cover. One query."""
    rows = last_said(Away.objects.for_user(by).defer("kind"))
    return uncovered(((Span(one.from_on, one.to_on), bool(one.covered_by)) for one in rows), first, last)


def capacities(by: Acting) -> Mapping[str, CapacityStated]:
    """What was stated last of each role. One query."""
    return {one.role: one for one in CapacityStated.objects.for_user(by).select_related("by").order_by("id")}


def roles_of(by: Acting) -> list[str]:
    """Every role that a post has. One query."""
    return sorted({one.role for one in last_said(Post.objects.for_user(by))})


def in_post_for(posts: Iterable[Established], capacity: Mapping[str, CapacityStated], work: Work, on: date) -> int:
    """How many people are in a post that does this work on a day."""
    doing = {role for role, stated in capacity.items() if stated.work == work}
    return len(frozenset().union(*(one.holders(on) for one in posts if one.post.role in doing)))


def full_time_for(
    posts: Iterable[Established], capacity: Mapping[str, CapacityStated], work: Work, on: date
) -> Fraction:
    """The full-time equivalent of the posts that do this work and that somebody is in on a day."""
    doing = {role for role, stated in capacity.items() if stated.work == work}
    held = (one for one in posts if one.post.role in doing and one.holders(on))
    return sum((Fraction(one.post.full_time_equivalent) for one in held), Fraction(0))
