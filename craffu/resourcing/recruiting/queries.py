"""Reads of what was said of recruitment to posts (R1a)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from craffu.access.acting import Acting
from craffu.resourcing.models import Post, RecruitmentStep
from craffu.resourcing.posts.queries import Established, posts_of
from craffu.resourcing.recruiting.kinds import RecruitingStep
from craffu.resourcing.recruiting.rules import Taken, under_way


@dataclass(frozen=True, slots=True)
class Recruitment:
    """What was said of recruitment to one post since somebody last came into it, in the order it was said."""

    rows: Sequence[RecruitmentStep]

    @property
    def last(self) -> Taken | None:
        return taken(self.rows[-1]) if self.rows else None


def taken(row: RecruitmentStep) -> Taken:
    return Taken(RecruitingStep(row.step), row.taken_on, row.starts_on)


def steps_said(by: Acting, *, post_ref: str | None = None) -> Mapping[str, Sequence[RecruitmentStep]]:
    """Every step said of each post, or of one, in order. One query."""
    rows = RecruitmentStep.objects.for_user(by).select_related("by").order_by("id")
    found: dict[str, list[RecruitmentStep]] = defaultdict(list)
    for row in rows if post_ref is None else rows.filter(post_ref=post_ref):
        found[row.post_ref].append(row)
    return found


def recruitment_to(post: Established, said: Mapping[str, Sequence[RecruitmentStep]], today: date) -> Recruitment:
    """The recruitment that is under way, of all that was said of this post."""
    rows = said.get(post.post.post_ref, ())
    current = set(under_way(map(taken, rows), [span for _, span in post.held], today))
    return Recruitment([row for row in rows if taken(row) in current])


def post_numbered(by: Acting, number: int) -> Established | None:
    """The post of a row of the extract, as it was said last. Three queries."""
    ref = Post.objects.for_user(by).filter(pk=number).values_list("post_ref", flat=True).first()
    return next((one for one in posts_of(by) if one.post.post_ref == ref), None) if ref else None
