"""Reads of what arrivals are compared by, each for a job of one force."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

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


def basis_in_use(by: Acting) -> ArrivalBasis | None:
    """The same with its model, where it is of the model in use, read as this version reads records, and under the key in use:
    else the next run makes it anew. One query.
    """
    return _where_in_use(_of_the_last_model(by))


def seen_up_to(by: Acting) -> int | None:
    """The last version of any record that needs no look any more; None where no basis is in use. One query that reads little."""
    found = _where_in_use(_of_the_last_model(by).only("seen", "index_key", "model__drift"))
    return None if found is None else found.seen


def _of_the_last_model(by: Acting) -> QuerySet[ArrivalBasis]:
    later = LinkModel.objects.for_user(by).filter(number__gt=OuterRef("model__number"))
    rows: QuerySet[ArrivalBasis] = ArrivalBasis.objects.for_user(by).filter(~Exists(later)).select_related("model")
    return rows


def _where_in_use(rows: QuerySet[ArrivalBasis]) -> ArrivalBasis | None:
    found = rows.first()
    is_in_use = found is not None and found.model.drift["version"] == MODEL_VERSION and found.index_key == key_in_use()
    return found if is_in_use else None


def versions_keyed(by: Acting, records: Collection[int] | None = None) -> dict[int, int]:
    """Which version of each record, or of these, its keys were made of."""
    rows = RecordKeyed.objects.for_user(by)
    if records is not None:
        rows = rows.filter(record__one_of=frozenset(records))
    return dict(rows.order_by().values_list("record_id", "version"))


def records_waiting(by: Acting, seen: int, most: int, sources: Collection[str] = ()) -> list[int]:
    """Records that are new, or say something else, since their keys were made, at most so many, in order, where they are named of
    these sources alone. One query, and one more for each so many versions of them.

    `seen` is the last version that needs no look any more.
    """
    # By the number of the version, so that what was seen is not read: to find each record once, a database reads them all.
    rows = _waiting(by).order_by("pk").values_list("pk", "record_id")
    if sources:
        rows = rows.filter(record__source__in=sorted(sources))
    found: set[int] = set()
    while some := rows.filter(pk__gt=seen)[:most]:
        found.update(record for _, record in some)
        seen = some[len(some) - 1][0]
        if len(some) < most or len(found) >= most:
            break
    return sorted(found)[:most]


def number_waiting(by: Acting, seen: int) -> int:
    """How many records `records_waiting` would name, however many they are. One query, which reads all that came since."""
    return int(_waiting(by).filter(pk__gt=seen).aggregate(number=Count("record", distinct=True))["number"])


def _waiting(by: Acting) -> QuerySet[RecordVersion]:
    made = RecordKeyed.objects.for_user(by).filter(record=OuterRef("record"), version__gte=OuterRef("pk"))
    rows: QuerySet[RecordVersion] = RecordVersion.objects.for_user(by).filter(~Exists(made))
    return rows


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
