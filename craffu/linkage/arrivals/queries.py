"""Reads of what arrivals are compared by, each for a job of one force."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from craffu.access.acting import Acting
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.linkage.arrivals.models import ArrivalBasis, RecordKey, RecordKeyed, SaidOften
from craffu.linkage.arrivals.tokens import key_in_use
from craffu.linkage.model.drift import MODEL_VERSION
from craffu.linkage.models import LinkModel
from craffu.people.models import RecordVersion


def basis_of(by: Acting) -> ArrivalBasis | None:
    """What the last run left, None where no run was made yet. One query."""
    found: ArrivalBasis | None = ArrivalBasis.objects.for_user(by).first()
    return found


def is_in_use(by: Acting, basis: ArrivalBasis) -> bool:
    """Whether what was kept is of the model in use, read as this version reads records, and under the key in use: else the next
    run makes it anew. One query.
    """
    last = LinkModel.objects.for_user(by).order_by("-number").first()
    if last is None or last.pk != basis.model_id:
        return False
    return bool(last.drift["version"] == MODEL_VERSION) and basis.index_key == key_in_use()


def versions_keyed(by: Acting, records: Collection[int] | None = None) -> dict[int, int]:
    """Which version of each record, or of these, its keys were made of."""
    rows = RecordKeyed.objects.for_user(by)
    if records is not None:
        rows = rows.filter(record__one_of=frozenset(records))
    return dict(rows.order_by().values_list("record_id", "version"))


def records_waiting(by: Acting, seen: int, most: int) -> list[int]:
    """Records that are new, or say something else, since their keys were made, at most so many, in order. One query.

    `seen` is the last version that needs no look any more.
    """
    made = RecordKeyed.objects.for_user(by).filter(record=OuterRef("record"), version__gte=OuterRef("pk"))
    rows = RecordVersion.objects.for_user(by).filter(~Exists(made), pk__gt=seen).order_by()
    return sorted(rows.values_list("record_id", flat=True).distinct()[:most])


@dataclass(frozen=True, slots=True)
class Near:
    """The records that agree with some on a key, by token, and how many tokens had too many of them."""

    records: Mapping[int, frozenset[int]]
    left_out: int


def records_near(by: Acting, tokens: Iterable[int], most: int) -> Near:
    """Counted before any is read: where more than `most` records agree on a token, it is left out. Two queries."""
    rows = RecordKey.objects.for_user(by).order_by()
    asked = frozenset(tokens)
    if not asked:
        return Near({}, 0)
    counted = dict(rows.filter(token__one_of=asked).values_list("token").annotate(number=Count("id")))
    few = frozenset(token for token, number in counted.items() if number <= most)
    found: dict[int, set[int]] = {}
    for token, record in rows.filter(token__one_of=few).values_list("token", "record_id"):
        found.setdefault(token, set()).add(record)
    return Near({token: frozenset(some) for token, some in found.items()}, len(counted) - len(few))


def said_often(by: Acting, tokens: Iterable[int]) -> dict[int, int]:
    """How many records said each of these values; one that is not there was said by one record, or by none. One query."""
    rows = SaidOften.objects.for_user(by).filter(token__one_of=frozenset(tokens))
    return dict(rows.order_by().values_list("token", "number"))
