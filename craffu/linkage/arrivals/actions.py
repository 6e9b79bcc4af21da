"""The only writes of what arrivals are compared by. It is derived, says nothing about anybody and is made anew by a run."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Final

from craffu.access.acting import Acting
from craffu.common.door import bookkeeping
from craffu.linkage.arrivals.facts import Basis, Keyed, Often
from craffu.linkage.arrivals.models import ArrivalBasis, RecordKey, RecordKeyed, SaidOften
from craffu.linkage.arrivals.queries import basis_of, versions_keyed
from craffu.linkage.arrivals.tokens import key_in_use, tokens_of, value
from craffu.linkage.models import LinkModel

# Records keyed, and values counted, in one statement.
_AT_ONCE: Final = 50_000


@bookkeeping
def keep_basis(
    *, by: Acting, model: LinkModel, digest: str, basis: Basis, seen: int, keyed: Iterable[Keyed], often: Often
) -> bool:
    """What a run found is what arrivals are compared by from now on. Whether anything changed.

    `keyed` are all records as the run read them, `often` the values that more than one of them says, `digest` that of all that
    was read, `seen` the last version of any of them. Keys of records that say the same still are left as they are.
    """
    last, key = basis_of(by), key_in_use()
    if last is not None and (last.model_id, last.index_key, last.digest) == (model.pk, key, digest):
        return False
    stays = last is not None and last.index_key == key and Basis.of_json(last.figures).reads_alike(basis)
    if not stays:
        RecordKey.objects.for_user(by).delete()
        RecordKeyed.objects.for_user(by).delete()
    _keep_keys(by, keyed, versions_keyed(by) if stays else {})
    SaidOften.objects.for_user(by).delete()
    for some in batched(often, _AT_ONCE):
        tokens = tokens_of(value(column, said) for column, said, _ in some)
        rows = sorted(zip(tokens, (number for *_, number in some), strict=True))
        SaidOften.objects.append_rows(("token", "number"), rows, {"force": by.force.pk})
    kept = {"model": model, "index_key": key, "digest": digest, "seen": seen, "figures": basis.as_json()}
    if last is None:
        ArrivalBasis.objects.create(force=by.force, **kept)
    else:
        ArrivalBasis.objects.for_user(by).update(**kept)
    return True


@bookkeeping
def key_records(*, by: Acting, keyed: Sequence[Keyed]) -> None:
    """Records that arrived, or say something else than before, are found by what they say from now on."""
    _keep_keys(by, keyed, versions_keyed(by, [one.record for one in keyed]))


@bookkeeping
def note_seen(*, by: Acting, seen: int) -> None:
    """No version up to this one needs a look any more. It never goes back."""
    ArrivalBasis.objects.for_user(by).filter(seen__lt=seen).update(seen=seen)


def _keep_keys(by: Acting, keyed: Iterable[Keyed], before: dict[int, int]) -> None:
    for some in batched((one for one in keyed if before.get(one.record) != one.version), _AT_ONCE):
        new = [one for one in some if one.record not in before]
        same = {"force": by.force.pk}
        RecordKeyed.objects.append_rows(("record", "version"), [(one.record, one.version) for one in new], same)
        # In the order of the index, so that it grows in few places.
        RecordKey.objects.append_rows(("token", "record"), sorted(_tokens(new)), same)
        changed = [one for one in some if one.record in before]
        for one in changed:
            RecordKeyed.objects.for_user(by).filter(record=one.record).update(version=one.version)
        rows = [RecordKey(force=by.force, token=token, record_id=record) for token, record in _tokens(changed)]
        RecordKey.objects.bulk_create(rows, ignore_conflicts=True)


def _tokens(keyed: Sequence[Keyed]) -> Iterable[tuple[int, int]]:
    """Each token of each record, once."""
    tokens = tokens_of(key for one in keyed for key in one.keys)
    records = [one.record for one in keyed for _ in one.keys]
    return set(zip(tokens, records, strict=True))
