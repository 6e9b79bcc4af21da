"""What is due and not raised yet: kept beside its subject, so that a list of what is to come asks no source anew (P03)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from craffu.access.acting import Acting
from craffu.work.facts import Due
from craffu.work.models import Watch, WorkItem
from craffu.work.states import ItemState


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing to be done, raised or not: of which record, by when and by which rule. It is late from `overdue_from` on."""

    about: str
    kind: str
    rule: str
    due_at: datetime
    overdue_from: datetime
    facts: Mapping[str, str]


def written(dues: Iterable[Due], rules: Mapping[str, str], now: datetime) -> list[list[object]]:
    """Those of a subject's dues that are neither raised nor over, as its watch keeps them."""
    return [
        [*one.about, one.kind, rules[one.kind], one.due_at.isoformat(), one.overdue_from.isoformat(), dict(one.facts)]
        for one in dues
        if one.raised_at > now and one.done_at is None
    ]


def listed(by: Acting, sources: Collection[str], about_kind: str, about: Collection[str]) -> Iterator[Listed]:
    """What is to be done of these records by what these sources said last, raised or not. Two queries.

    `about` are the references of the records that whoever asks may see: nothing else is answered.
    """
    known = frozenset(about)
    items = WorkItem.objects.for_user(by).filter(
        watch__source__in=sorted(sources), about_kind=about_kind, state=ItemState.OPEN
    )
    for one in items.order_by().values_list("about", "kind", "rule", "due_at", "overdue_from", "facts"):
        if one[0] in known:
            yield Listed(*one)
    ahead = Watch.objects.for_user(by).filter(source__in=sorted(sources)).exclude(ahead=[]).order_by()
    for each in ahead.values_list("ahead", flat=True):
        for kind_of, record, kind, rule, due_at, overdue_from, facts in each:
            if kind_of == about_kind and record in known:
                yield Listed(
                    record, kind, rule, datetime.fromisoformat(due_at), datetime.fromisoformat(overdue_from), facts
                )
