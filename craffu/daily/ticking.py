"""The tick: what is due, missed or taken further at an instant, once for each instant however often and by whom it is run.

MON-04, T29. It takes what was told since, and asks anew only of what that is about and of what changes by itself meanwhile;
everything else is as it was settled last. Work is done in batches, each a transaction of its own under the force's lock, so that
nobody waits long for it and a tick that was killed goes on where it was.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from itertools import batched

from django.db import OperationalError

from craffu.access.acting import Acting, acting_system
from craffu.access.models import Force
from craffu.access.wall.reach import working_for
from craffu.common import clock
from craffu.common.door import bookkeeping
from craffu.common.once import reading_once
from craffu.daily.sources import BEFORE_ASKING, SOURCES
from craffu.daily.webhooks import spread
from craffu.outbox.actions import forget, take
from craffu.outbox.queries import Told, next_waiting
from craffu.work.actions import lock_work, note_all_asked, settle, wake
from craffu.work.facts import Answer, Named, Source
from craffu.work.models import Watch
from craffu.work.queries import asked_about, awake, awake_among, awake_if_few, awake_of
from craffu.work.rules import Taken

# Subjects settled, pieces of news heard, subjects waked and old news forgotten in one transaction.
AT_ONCE = 200
HEARS_AT_ONCE = 20
# An intake of thousands of records tells of them in few pieces, and each subject may be asked about by many sources: a page that
# writes waits five seconds for the database and no longer.
HEARS_ABOUT_AT_ONCE = 1000
WAKES_AT_ONCE = 5000
FORGETS_AT_ONCE = 500
# So many subjects of one source are set aside in a tick: where more are at fault, the source itself is.
SET_ASIDE_AT_MOST = 20

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did: items raised and taken to the inspector, items that ran out and so were missed, subjects left alone."""

    raised: int = 0
    escalated: int = 0
    expired: int = 0
    unchanged: int = 0

    def __add__(self, other: "Ticked") -> "Ticked":
        mine, theirs = asdict(self), asdict(other)
        return Ticked(**{name: number + theirs[name] for name, number in mine.items()})


def tick(*, force: Force, at: datetime, everything: bool = False, sources: Iterable[Source] | None = None) -> Ticked:
    """Bring a force's due work to where it stands at an instant. A second tick at the same instant changes nothing.

    What time alone ends, such as an order after its last day, ends first, and records that nobody compared yet are linked.

    `everything` asks of every subject anew, as the first tick of a force does by itself. Neither a source at fault nor a subject
    at fault holds up any other: it is said in the log, and what it raised is raised once whatever else is due was settled.
    """
    asked = SOURCES if sources is None else tuple(sources)
    with working_for(force.pk):
        by = acting_system(force, "tick")
        faults: list[Exception] = []
        for does in BEFORE_ASKING:
            _tried(faults, does.__name__, partial(does, by, at))
        _hear_all(by, asked, at, faults)
        keys = [source.key for source in asked]
        known = frozenset() if everything else asked_about(by, keys)
        for source in asked:
            if source.key not in known:
                _tried(faults, source.key, partial(_wake_all, by, source, at))
        done, able = Ticked(), list(asked)
        # What one source kept may be news for those before it: how often an order is checked hangs on what follow-up, asked
        # last, has raised.
        while wanted := set(awake_among(by, [source.key for source in able], at)):
            few = None if faults else _settle_few(by, able, at)
            if few is not None:
                done += few
                _hear_all(by, asked, at, faults)
                continue
            for source in tuple(able):
                if source.key in wanted:
                    settled, apart = _settle(by, source, at)
                    done += settled
                    if apart:
                        log.error("%s: %d subjects at fault (%s)", source.key, len(apart), _names(apart.values()))
                        faults += apart.values()
                        able.remove(source)
                    # And for those after it.
                    wanted |= _hear_all(by, asked, at, faults)
        while forget(force=force.code, now=clock.now(), most=FORGETS_AT_ONCE):
            pass
        if faults:
            raise faults[0]
        return done


def follow(*, force: Force, now: datetime | None = None, sources: Iterable[Source] | None = None) -> Ticked:
    """Settle at once what was just told; what is due by itself waits for the tick, as does news of very many subjects."""
    asked = SOURCES if sources is None else tuple(sources)
    with working_for(force.pk):
        return _follow(acting_system(force, "follow"), asked, now or clock.now())


@bookkeeping
def _follow(by: Acting, sources: Iterable[Source], at: datetime) -> Ticked:
    """Under one lock from the news to its last consequence, so that sources which ask the same are answered once."""
    lock_work(by)
    with reading_once():
        told = _hear(by, sources, at, newest=True)
        if not told:
            return Ticked()
        found = awake_of(by, told, at, AT_ONCE)
        return _settled(by, [(source, found[source.key]) for source in sources if source.key in found], at)


def _tried(faults: list[Exception], name: str, does: Callable[[], object]) -> bool:
    """Do something that holds up nothing else where it fails: its fault is said, and raised once whatever else is due was."""
    try:
        does()
    except OperationalError:
        raise
    except Exception as fault:
        log.error("%s: %s", name, type(fault).__name__)
        faults.append(fault)
        return False
    return True


def _hear_all(by: Acting, sources: Iterable[Source], at: datetime, faults: list[Exception]) -> set[str]:
    """Take all that was told. Returns the sources of which somebody is to be asked anew.

    News that fails is heard by itself. Where even that fails it waits, with all that was told after it.
    """
    woken: set[str] = set()
    while (first := next_waiting(by.force.code, at)) is not None:
        try:
            woken.update(_hear_some(by, sources, first, at))
        except OperationalError:
            raise
        except Exception:  # which source it is that fails is said there
            alone = _hear_alone(by, sources, first, at, faults)
            if alone is None:
                break
            woken |= alone
    return woken


def _hear_some(by: Acting, sources: Iterable[Source], first: Told, at: datetime) -> set[str]:
    """Take some of what was told, from the first on; news about very many is waked in parts before it is taken."""
    woken: set[str] = set()
    waked = 0
    if len(first.subjects) > HEARS_ABOUT_AT_ONCE:
        # It is taken only once all were waked: where that breaks off, the next tick wakes them again.
        for some in batched(first.subjects, HEARS_ABOUT_AT_ONCE):
            woken.update(_wake_of(by, sources, first.topic, some, at))
        waked = first.number
    woken.update(_hear(by, sources, at, waked=waked) or ())
    return woken


def _hear_alone(
    by: Acting, sources: Iterable[Source], first: Told, at: datetime, faults: list[Exception]
) -> set[str] | None:
    """Take one piece of news. A source that cannot read it is asked of everybody, so that nobody whom it is about is missed.

    None where a source cannot say of whom that is: the news is left. A webhook that cannot be told of it is not.
    """
    woken: set[str] = set()
    for source in sources:
        if first.topic not in source.topics:
            continue
        for some in batched(first.subjects, HEARS_ABOUT_AT_ONCE):
            if not _tried(faults, source.key, partial(_wake_of, by, (source,), first.topic, some, at)):
                if not _tried(faults, source.key, partial(_wake_all, by, source, at)):
                    return None
                break
        woken.add(source.key)
    if not _tried(faults, "webhooks", partial(_take_one, by, at, spreads=True)):
        _take_one(by, at, spreads=False)
    return woken


@bookkeeping
def _take_one(by: Acting, at: datetime, *, spreads: bool) -> None:
    """Take the first that was told: whoever is to be asked anew by it was waked already."""
    lock_work(by)
    heard = take(force=by.force.code, until=at, now=clock.now(), most=1, most_about=1)
    if spreads:
        spread(by=by, heard=heard, at=at)


@bookkeeping
def _wake_of(by: Acting, sources: Iterable[Source], topic: str, about: tuple[str, ...], at: datetime) -> set[str]:
    """Have asked anew whatever some of the subjects of one piece of news name."""
    lock_work(by)
    found = _named(by, sources, {topic: about})
    wake(by=by, subjects=found, at=at)
    return set(found)


def _wake_all(by: Acting, source: Source, at: datetime) -> None:
    """Have asked about every subject, some thousands at a time; where that breaks off, the next tick begins it anew."""
    for subjects in batched(source.every(by), WAKES_AT_ONCE):
        wake(by=by, subjects={source.key: subjects}, at=at)
    note_all_asked(by=by, source=source.key, at=at)


def _settle_few(by: Acting, sources: Iterable[Source], at: datetime) -> Ticked | None:
    """Settle all that wait under one lock, as what follows an act is; None where they are more than a batch or one fails."""
    try:
        return _settle_together(by, sources, at)
    except OperationalError:
        raise
    except Exception:  # each is settled by itself then, and says its fault there
        return None


@bookkeeping
def _settle_together(by: Acting, sources: Iterable[Source], at: datetime) -> Ticked | None:
    lock_work(by)
    found = awake_if_few(by, [source.key for source in sources], at, AT_ONCE)
    if found is None:
        return None
    with reading_once():
        return _settled(by, [(source, found[source.key]) for source in sources if source.key in found], at)


def _settle(by: Acting, source: Source, at: datetime) -> tuple[Ticked, dict[int, Exception]]:
    """Settle all that wait, and say which were set aside, by watch: those whose source fails when it is asked of them alone."""
    done = Ticked()
    apart: dict[int, Exception] = {}
    while len(apart) < SET_ASIDE_AT_MOST:
        try:
            settled = _settle_some(by, source, at, apart_from=apart)
        except OperationalError:
            raise
        except Exception:  # found among them by halves, and said by the caller
            waiting = [one.pk for one in awake(by, source.key, at, AT_ONCE, apart_from=apart)]
            settled = len(waiting), _settle_halves(by, source, at, waiting, apart)
        if settled is None:
            break
        done += settled[1]
        if settled[0] < AT_ONCE:
            break
    return done, apart


def _settle_halves(
    by: Acting, source: Source, at: datetime, watches: Sequence[int], apart: dict[int, Exception]
) -> Ticked:
    """Settle one half of those of whom some are at fault, then the other, and so on: who fails alone is set aside."""
    if not watches or len(apart) >= SET_ASIDE_AT_MOST:
        return Ticked()
    try:
        settled = _settle_some(by, source, at, among=watches)
    except OperationalError:
        raise
    except Exception as fault:
        if len(watches) == 1:
            apart[watches[0]] = fault
            return Ticked()
        half = len(watches) // 2
        first = _settle_halves(by, source, at, watches[:half], apart)
        return first + _settle_halves(by, source, at, watches[half:], apart)
    return settled[1] if settled else Ticked()


def _names(faults: Iterable[Exception]) -> str:
    """The kinds of faults: what they say may name somebody."""
    return ", ".join(sorted({type(one).__name__ for one in faults}))


@bookkeeping
def _hear(
    by: Acting, sources: Iterable[Source], at: datetime, *, newest: bool = False, waked: int = 0
) -> dict[str, frozenset[str]] | None:
    """Take some of what was told, and have asked anew whatever it is about, by source; None where nothing was told.

    Both are committed, or neither. `waked` is a piece of news of which that was done already.
    """
    lock_work(by)
    heard = take(
        force=by.force.code,
        until=at,
        now=clock.now(),
        most=HEARS_AT_ONCE,
        most_about=HEARS_ABOUT_AT_ONCE,
        newest=newest,
    )
    spread(by=by, heard=heard, at=at)
    found = _named(by, sources, _by_topic(news for news in heard if news.number != waked))
    wake(by=by, subjects=found, at=at)
    return found if heard else None


def _by_topic(heard: Iterable[Told]) -> dict[str, tuple[str, ...]]:
    """What was told of each topic, each subject once."""
    subjects: dict[str, dict[str, None]] = {}
    for news in heard:
        subjects.setdefault(news.topic, {}).update(dict.fromkeys(news.subjects))
    return {topic: tuple(about) for topic, about in subjects.items()}


def _named(by: Acting, sources: Iterable[Source], told: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Whom each source is to be asked of, by what was told. Several sources ask of the same subjects by one question."""
    found: dict[str, frozenset[str]] = {}
    for topic, about in told.items():
        named: dict[Named, frozenset[str]] = {}
        for source in sources:
            if topic in source.topics:
                if source.named not in named:
                    named[source.named] = frozenset(source.named(by, topic, about))
                found[source.key] = found.get(source.key, frozenset()) | named[source.named]
    return found


@bookkeeping
def _settle_some(
    by: Acting,
    source: Source,
    at: datetime,
    *,
    among: Collection[int] | None = None,
    apart_from: Collection[int] = (),
) -> tuple[int, Ticked] | None:
    """Settle a batch of those that wait, and say how many they were; None where nobody does. They are asked under the lock."""
    lock_work(by)
    watches = awake(by, source.key, at, AT_ONCE, among=among, apart_from=apart_from)
    if not watches:
        return None
    with reading_once():
        return len(watches), _settled(by, [(source, watches)], at)


def _settled(by: Acting, asked: Iterable[tuple[Source, list[Watch]]], at: datetime) -> Ticked:
    """Ask each source of its subjects, one source after another, and settle all that they answer together."""
    answers: dict[Watch, Answer] = {}
    rules: dict[str, str] = {}
    for source, watches in asked:
        subjects = [one.subject for one in watches]
        if source.keep is not None:
            source.keep(by, subjects, at)
        told = source.due(by, subjects, at)
        answers |= {one: told.get(one.subject, Answer()) for one in watches}
        rules |= source.rules
    done = settle(by=by, rules=rules, answers=answers, now=at)
    return Ticked(done.steps[Taken.RAISED], done.steps[Taken.INSPECTOR], done.steps[Taken.SUPERVISOR], done.unchanged)
