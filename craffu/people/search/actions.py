"""The only writes to the index of the search: in the transaction that stores a name, or all of it anew.

The index says nothing that the register does not: it has no audit row of its own.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import batched
from typing import Final

from django.db import connection, transaction

from craffu.access.keys.policies import check_sees_every_row
from craffu.access.models import Force
from craffu.common.actions import next_reference
from craffu.common.door import bookkeeping, remove_rows
from craffu.common.models import Counter
from craffu.people.models import RecordedName, RecordVersion
from craffu.people.search.folding import fold_lines
from craffu.people.search.keys import keys_kept
from craffu.people.search.models import SearchWord
from craffu.people.search.tables import NAMES, WORDS, index, keys_terms, names_terms, rows_naming

_BATCH: Final = 20_000
# No word of a name is longer; what is, is cut in the vocabulary and stands whole in the index.
_LONGEST: Final = 40
_MOST_AT_ONCE: Final = 500
_WHY_LESS: Final = "names that are erased are taken out of the search's index"
_WHY: Final = "the search's index is made anew from every name that is held"

# Words that this process knows to be in the vocabulary of a force, so that a batch asks only about those it never met; and as of
# which erasure: another process may have taken some of them out since.
_known: dict[tuple[str, int], tuple[int, set[str]]] = {}


@bookkeeping
def index_names(*, force: Force, versions: Iterable[int], names: Iterable[str], born: Iterable[str]) -> None:
    """Make versions of records findable: `names` holds all the names of each, `born` its date of birth as it is kept.

    Joins the transaction of whoever stores them, so a name is findable as soon as it is there, and no sooner.
    """
    folded = fold_lines(names)
    index().add(NAMES, zip(versions, names_terms(force.pk, folded, born), strict=True))
    _learn(force, set(folded.split()))


@bookkeeping
def forget_names(*, force: Force, versions: Iterable[int]) -> None:
    """Take versions of records out of the index before they are erased, and every word that no other name holds (SEC-09)."""
    rows = RecordVersion.objects.for_system(_WHY_LESS).filter(pk__in=sorted(versions), force=force).order_by("pk")
    told = list(rows.values_list("pk", "given_names", "family_name", "born_on"))
    if not told:
        return
    others: dict[int, list[tuple[str, str]]] = {}
    aliases = RecordedName.objects.for_system(_WHY_LESS).filter(version__in=[row[0] for row in told]).order_by("id")
    for version, given, family in aliases.values_list("version_id", "given_names", "family_name"):
        others.setdefault(version, []).append((given, family))
    folded = fold_lines([all_names(given, family, others.get(row, ())) for row, given, family, _born in told])
    terms = names_terms(force.pk, folded, [row[3] for row in told])
    index().remove(NAMES, list(zip([row[0] for row in told], terms, strict=True)))
    held = SearchWord.objects.for_system(_WHY_LESS).filter(force=force, word__in=sorted(set(folded.split())))
    gone = {
        number: word
        for number, word in held.order_by("id").values_list("pk", "word")
        if not rows_naming(force.pk, [(((word,),),)], (), 1)
    }
    if gone:
        index().remove(WORDS, [(number, keys_terms(force.pk, keys_kept(word))) for number, word in gone.items()])
        remove_rows(SearchWord, gone)
        next_reference(kind=_forgotten(force), prefix="")
    # Only once it is sure that they are gone: until then another name may hold them.
    transaction.on_commit(forget)


def _learn(force: Force, words: set[str]) -> None:
    place = (connection.settings_dict["NAME"], force.pk)
    as_of = Counter.objects.filter(pk=_forgotten(force)).values_list("last", flat=True).first() or 0
    then, known = _known.get(place, (as_of, set()))
    if then != as_of:
        known = set()
    _known[place] = (as_of, known)
    new = sorted(word for word in words - known if len(word) <= _LONGEST)
    for some in batched(new, _MOST_AT_ONCE):
        made = _made(force, some)
        index().add(WORDS, ((number, keys_terms(force.pk, keys_kept(word))) for number, word in made))
    # Only once it is sure that they stay.
    transaction.on_commit(lambda: known.update(new))


def _forgotten(force: Force) -> str:
    """What counts how often words were taken out of a force's vocabulary."""
    return f"search-forgotten/{force.code}"


def _made(force: Force, words: Sequence[str]) -> list[tuple[int, str]]:
    """Those of some words that were not in the vocabulary, with their row numbers."""
    rows = ", ".join(["(%s, %s)"] * len(words))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {SearchWord._meta.db_table} (force_id, word) VALUES {rows} "  # noqa: S608
            "ON CONFLICT DO NOTHING RETURNING id, word",
            [value for word in words for value in (force.pk, word)],
        )
        return list(cursor.fetchall())


@bookkeeping
def wipe() -> None:
    """Empty the index. What it held is in the register still."""
    index().wipe()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {SearchWord._meta.db_table}")  # noqa: S608
    forget()


def forget() -> None:
    """What this process knows of the vocabulary, where the database may have been changed behind it."""
    _known.clear()


def _owns_the_names() -> bool:
    """Whether this process may say that it works for every force: whoever sees less would leave out the rest (SEC-01)."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class WHERE oid = %s::regclass",
            [RecordVersion._meta.db_table],
        )
        return bool(cursor.fetchone()[0])


def unseen(done: int) -> None:
    """Nobody watches."""


def rebuild(progress: Callable[[int], None] = unseen) -> tuple[int, int]:
    """Make the index anew from every name that is held. Says how many names and words it holds.

    Batch by batch, so that nobody waits for it; until it ends, some names are not found. Run again, it begins again. Raises
    NotNow, before anything is wiped, where the database hides other forces' rows from whoever does it.
    """
    check_sees_every_row([] if _owns_the_names() else [RecordVersion._meta.db_table])
    _make_what_is_gone()
    wipe()
    versions = RecordVersion.objects.for_system(_WHY).order_by("id")
    forces = {force.pk: force for force in Force.objects.all()}
    columns = ("id", "force_id", "given_names", "family_name", "born_on")
    done, last = 0, 0
    while rows := list(versions.filter(id__gt=last).values_list(*columns)[:_BATCH]):
        last = rows[-1][0]
        others = _other_names([row[0] for row in rows])
        for number, force in forces.items():
            mine = [row for row in rows if row[1] == number]
            if mine:
                index_names(
                    force=force,
                    versions=[row[0] for row in mine],
                    names=[all_names(row[2], row[3], others.get(row[0], ())) for row in mine],
                    born=[row[4] for row in mine],
                )
        done += len(rows)
        progress(done)
    tidy()
    return done, SearchWord.objects.for_system(_WHY).count()


def _make_what_is_gone() -> None:
    """The tables of the index, where one of them is no longer there (T44)."""
    there = set(connection.introspection.table_names())
    if {NAMES, WORDS} <= there:
        return
    with connection.cursor() as cursor:
        for table in {NAMES, WORDS} & there:
            cursor.execute(f"DROP TABLE {table}")
        for statement in index().make:
            cursor.execute(statement)


def _other_names(versions: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    rows = RecordedName.objects.for_system(_WHY).filter(version__gte=versions[0], version__lte=versions[-1])
    found: dict[int, list[tuple[str, str]]] = {}
    for version, given, family in rows.order_by("id").values_list("version_id", "given_names", "family_name"):
        found.setdefault(version, []).append((given, family))
    return found


def all_names(given: str, family: str, others: Iterable[tuple[str, str]]) -> str:
    """Every word by which one version of a record is found."""
    return " ".join([given, family, *(name for other in others for name in other)])


@bookkeeping
def tidy() -> None:
    """Put the index together after many names came: each search then looks in one place. A second for a million names."""
    index().tidy()
