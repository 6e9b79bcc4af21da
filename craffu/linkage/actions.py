"""The only writes of which records are one person: scores of the model, words of people, second opinions (IDN-01 to IDN-05).

Each ends by forming the persons anew over the links as they stand. Source records and what hangs on them are never touched,
so that whatever is taken back leaves everything as it was.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.actions import next_references
from craffu.common.door import action, bookkeeping
from craffu.common.edits import check_unchanged
from craffu.common.locks import lock_until_commit
from craffu.linkage import events
from craffu.linkage.facts import NewModel, NewWord, RolesOf, Scored
from craffu.linkage.forming import (
    UNSCORED,
    Ends,
    Scope,
    Word,
    moves,
    persons_of,
)
from craffu.linkage.models import LinkModel, Pair, PairAgreed, PairDecided, PairScored, PairWaited
from craffu.linkage.permissions import check_can_decide_pair, check_can_link
from craffu.linkage.policies import (
    check_can_be_taken_back,
    check_has_reason,
    check_is_a_pair,
    check_is_another,
    check_is_not_waiting,
    check_parts_one_person,
    check_waits_for_another,
)
from craffu.linkage.queries import (
    PairStory,
    find_pair,
    judged,
    model_in_use,
    pair_of,
    stories_among,
    stories_of_pairs,
    story_of_pair,
    thresholds_in_use,
    version_of_records,
)
from craffu.linkage.rules import USUAL, Harm, Thresholds, automatic_from
from craffu.linkage.standing import Together, as_they_stand, hanging_together, stands_by
from craffu.linkage.topics import PAIRS
from craffu.outbox.actions import tell
from craffu.people.actions import rehome
from craffu.people.models import Person
from craffu.people.queries import belonging, find_record, mates

# The reasons kept with a record's new person.
BY_MODEL, BY_PERSON = "linked_by_model", "decided_by_person"


@dataclass(frozen=True, slots=True)
class Linked:
    """What comparing records came to: pairs by how they stand, and how many records are another person's than before."""

    pairs: Counter[str]
    moved: int


@action
def keep_model(*, by: Acting, trained: NewModel, now: datetime | None = None) -> LinkModel:
    """A model just trained is the one in use, its automatic threshold raised where people found too many links wrong (IDN-02).

    Where the one in use is the same, of the same data and with the same threshold, it stays.
    """
    check_can_link(by)
    at = now or clock.now()
    _lock(by)
    last, auto = model_in_use(by), automatic_from(judged(by, USUAL.auto))
    settings = json.loads(json.dumps(trained.settings))
    if last is not None and (last.digest, last.settings, last.auto) == (trained.digest, settings, auto):
        return last
    model: LinkModel = LinkModel.objects.create(
        force=by.force, number=last.number + 1 if last else 1, engine=trained.engine, seed=trained.seed,
        digest=trained.digest, records=trained.records, settings=settings, drift=dict(trained.drift), auto=auto,
        clerical=USUAL.clerical, known_from=at,
    )  # fmt: skip
    audit.record(
        kind=events.MODEL_TRAINED, actor=by.actor, refs=[f"linkmodel/{model.number}"], request=by.request, now=at
    )
    return model


@action
def keep_scores(
    *, by: Acting, model: LinkModel, scored: Sequence[Scored], roles_of: RolesOf, now: datetime | None = None
) -> Linked:
    """What a model says of some pairs, and the persons that come of it. Said again, nothing changes (IDN-06).

    `roles_of` says which records are a victim's or a suspect's: those are never joined by a model (IDN-05).
    """
    check_can_link(by)
    at = now or clock.now()
    _lock(by)
    said, thresholds = {one.ends: one for one in scored}, thresholds_in_use(by)
    together = hanging_together(by, {record for ends in said for record in ends})
    stories = {one.ends: one for one in stories_among(by, together)}
    first = _new_pairs(by, [ends for ends in sorted(said) if ends not in stories], at)
    stories |= {ends: PairStory(pair, (), ()) for ends, pair in first.items()}
    new = [ends for ends in sorted(said) if _is_news(stories[ends], said[ends], model)]
    # What is said is kept as it then stands, in one go: a pair is not kept first and decided of afterwards.
    for ends in new:
        stories[ends] = _with_score(stories[ends], said[ends], model, thresholds, at)
    # Also where nothing was said anew: who is a victim or a suspect, and the thresholds, may have changed since (IDN-05).
    there = stands_by(by, together, [stories[ends] for ends in sorted(stories)], thresholds, roles_of)
    restood = _keep_standing(by, there, at)
    _append_scores(by, [stories[ends] for ends in new])
    moved = _keep_persons(by, there, BY_MODEL, at)
    if new or restood:
        audit.record(
            kind=events.PAIRS_SCORED, actor=by.actor, refs=[f"linkmodel/{model.number}"], request=by.request, now=at,
            counts={"pairs": len(new), "moved": moved},
        )  # fmt: skip
    return Linked(Counter(stories[ends].pair.stands for ends in said), moved)


def _with_score(story: PairStory, said: Scored, model: LinkModel, thresholds: Thresholds, at: datetime) -> PairStory:
    row = PairScored(
        force_id=story.pair.force_id, pair=story.pair, model=model, probability=said.probability, weight=said.weight,
        levels=[list(level) for level in said.levels], auto=thresholds.auto, clerical=thresholds.clerical, known_from=at,
    )  # fmt: skip
    return replace(story, scored=(*story.scored, row))


def _append_scores(by: Acting, stories: Sequence[PairStory]) -> None:
    """The last score of each of these pairs: all are of one model at one instant."""
    rows = [(one.pair.pk, one.scored[-1]) for one in stories]
    if not rows:
        return
    last = rows[0][1]
    same = {
        "force": by.force.pk, "model": last.model_id, "auto": last.auto, "clerical": last.clerical,
        "known_from": last.known_from,
    }  # fmt: skip
    said = [(pair, one.probability, one.weight, json.dumps(one.levels)) for pair, one in rows]
    PairScored.objects.append_rows(("pair", "probability", "weight", "levels"), said, same)


@bookkeeping
def keep_harm(*, by: Acting, harms: Mapping[int, Harm]) -> None:
    """How much harm a wrong word about these pairs would do, by their row numbers: by that they are put before people."""
    found: dict[Harm, set[int]] = {}
    for pair, harm in harms.items():
        found.setdefault(harm, set()).add(pair)
    for harm, pairs in found.items():
        rows = Pair.objects.for_user(by).filter(pk__one_of=frozenset(pairs))
        rows.exclude(harm=int(harm)).update(harm=int(harm))


@action
def decide_pair(
    *,
    by: Acting,
    left: int,
    right: int,
    given: NewWord,
    needs_another: bool,
    roles_of: RolesOf,
    seen: str | None = None,
    now: datetime | None = None,
) -> PairDecided:
    """A person's word about two records, from now on or, with `needs_another`, once somebody else agrees (IDN-04).

    `seen` is the version of the pair that was looked at. With the scope of persons it is said of every record of both alike.
    Raises NotPermitted for whoever may not or where there is no such record, NotNow where nothing can be decided or a second
    opinion is waited for, and Conflict where the pair has changed.
    """
    check_can_decide_pair(by)
    check_has_reason(given.reason)
    check_is_a_pair(left, right)
    at = now or clock.now()
    _lock(by)
    ends = (min(left, right), max(left, right))
    for record in ends:
        check_is_there(find_record(by, record))
    pair = pair_of(by, ends) or _pairs_for(by, [ends], at)[ends]
    story = story_of_pair(by, pair)
    if seen is not None:
        check_unchanged(seen, story.version)
    check_is_not_waiting(story.waiting is not None)
    check_can_be_taken_back(given.word, has_word=story.standing is not None)
    row = _say(by, story, given, needs_another, at)
    _log(by, events.PAIR_DECIDED, pair, at)
    _tell(by, [pair.pk], at)
    if not needs_another:
        _carry_out(by, row, _taken_back(row, story), roles_of, at)
    return row


@action
def agree_pair(
    *,
    by: Acting,
    pair: str,
    agrees: bool,
    words: str,
    roles_of: RolesOf,
    seen: str | None = None,
    now: datetime | None = None,
) -> PairAgreed:
    """A second opinion on the word that waits for one. Agreed, it counts from now on; else the pair is as it was.

    Raises NotPermitted for whoever may not, or said it themselves, NotNow where no word waits or the reason why not is missing,
    and Conflict where the pair has changed.
    """
    check_can_decide_pair(by)
    at = now or clock.now()
    _lock(by)
    story = story_of_pair(by, check_is_there(find_pair(by, pair)))
    if seen is not None:
        check_unchanged(seen, story.version)
    waiting = check_waits_for_another(story.waiting)
    check_is_another(waiting.by_id, by.user.pk if by.user else None)
    if not agrees:
        check_has_reason(words)
    row: PairAgreed = PairAgreed.objects.create(
        force=by.force, decided=waiting, agrees=agrees, words=words, by=by.user, known_from=at
    )
    _log(by, events.PAIR_SECOND_OPINION, story.pair, at)
    _tell(by, [story.pair.pk], at)
    if agrees:
        _carry_out(by, waiting, _taken_back(waiting, story), roles_of, at)
    return row


def _taken_back(row: PairDecided, story: PairStory) -> PairDecided | None:
    """The word that another takes back: the one that stood before it."""
    return story.standing if row.word == Word.TAKEN_BACK else None


@action
def part_records(
    *,
    by: Acting,
    records: Collection[int],
    reason: str,
    roles_of: RolesOf,
    seen: str | None = None,
    now: datetime | None = None,
) -> PairDecided:
    """Some of a person's records are somebody else's: said of each of them with each of the others, and taken back as one.

    `seen` is the version of the person's records that was looked at. Raises NotNow where they are not all one person's, or are
    all that the person has, and Conflict where others are the person's now.
    """
    check_can_decide_pair(by)
    check_has_reason(reason)
    at = now or clock.now()
    _lock(by)
    chosen = set(records)
    for record in chosen:
        check_is_there(find_record(by, record))
    belongs = belonging(by, chosen).now
    whole = mates(by, chosen)
    rest = whole - chosen
    if seen is not None:
        check_unchanged(seen, version_of_records(whole))
    check_parts_one_person(persons=len(set(belongs.values())), left=len(rest))
    first, *others = sorted((min(ends), max(ends)) for ends in product(chosen, rest))
    pair = pair_of(by, first) or _pairs_for(by, [first], at)[first]
    row = _say(by, story_of_pair(by, pair), NewWord(Word.NOT_SAME, reason, Scope.PERSONS), False, at)
    _say_with(by, row, others, at)
    _log(by, events.PAIR_DECIDED, pair, at)
    _form(by, chosen | rest, roles_of, BY_PERSON, at)
    return row


def _say(
    by: Acting,
    story: PairStory,
    given: NewWord,
    needs_another: bool,
    at: datetime,
    said_with: PairDecided | None = None,
) -> PairDecided:
    number = story.decided[-1].number + 1 if story.decided else 1
    row: PairDecided = PairDecided.objects.create(
        force=by.force, pair=story.pair, number=number, word=given.word.value, scope=given.scope.value,
        reason=given.reason, needs_another=needs_another, seen=story.score, said_with=said_with, by=by.user, known_from=at,
    )  # fmt: skip
    return row


def _carry_out(by: Acting, row: PairDecided, taken_back: PairDecided | None, roles_of: RolesOf, at: datetime) -> None:
    """What a word that counts comes to: with the scope of persons it is said of every pair concerned, and persons are formed."""
    ends = {row.pair.left_id, row.pair.right_id}
    if taken_back is not None:
        ends |= _take_back_with(by, row, taken_back, at)
    elif row.scope == Scope.PERSONS and row.word != Word.CANNOT_TELL:
        ours, theirs = mates(by, {row.pair.left_id}), mates(by, {row.pair.right_id})
        crossing = {(min(one), max(one)) for one in product(ours, theirs)} if ours.isdisjoint(theirs) else set()
        _say_with(by, row, sorted(crossing - {(row.pair.left_id, row.pair.right_id)}), at)
    _form(by, ends, roles_of, BY_PERSON, at)


def _say_with(by: Acting, row: PairDecided, others: Sequence[Ends], at: datetime) -> None:
    """The same word of other pairs. A word about one that waits for a second opinion waits no more: something later was said."""
    known = {one.ends: one for one in stories_among(by, {record for ends in others for record in ends})}
    made = _pairs_for(by, [ends for ends in others if ends not in known], at)
    given = NewWord(Word(row.word), row.reason, Scope.PERSONS)
    waited = []
    for ends in others:
        story = known.get(ends) or PairStory(made[ends], (), ())
        waited += [story.pair.pk] if story.waiting is not None else []
        _say(by, story, given, False, at, said_with=row)
    if waited:
        _tell(by, waited, at)


def _take_back_with(by: Acting, row: PairDecided, taken_back: PairDecided, at: datetime) -> set[int]:
    """Take back what was said of other pairs with a word, where it still stands there. Returns the records concerned."""
    companions = PairDecided.objects.for_user(by).filter(said_with=taken_back).select_related("pair")
    pairs = {one.pair_id: one.pair for one in companions.order_by("id")}
    concerned = set()
    for story in stories_of_pairs(by, list(pairs.values())):
        if story.standing is not None and story.standing.said_with_id == taken_back.pk:
            _say(by, story, NewWord(Word.TAKEN_BACK, row.reason, Scope.PERSONS), False, at, said_with=row)
            concerned |= set(story.ends)
    return concerned


def _pairs_for(by: Acting, wanted: Sequence[Ends], at: datetime) -> dict[Ends, Pair]:
    """New pairs, kept before anything is said of them."""
    made = _new_pairs(by, wanted, at)
    Pair.objects.bulk_create(made.values())
    return made


def _new_pairs(by: Acting, wanted: Sequence[Ends], at: datetime) -> dict[Ends, Pair]:
    """Pairs not kept yet, which stand for a person until something is said of them."""
    references = next_references(kind=f"pair/{by.force.code}", prefix="L", count=len(wanted))
    return {
        (left, right): Pair(
            force=by.force, reference=reference, left_id=left, right_id=right, stands=UNSCORED.decision.value,
            why=UNSCORED.why.value, known_from=at,
        )
        for reference, (left, right) in zip(references, wanted, strict=True)
    }  # fmt: skip


def _form(by: Acting, records: Collection[int], roles_of: RolesOf, why: str, at: datetime) -> None:
    """Bring pairs and persons to how they stand by all that was said of these records and of whatever hangs together with
    them.
    """
    there = as_they_stand(by, records, roles_of)
    _keep_standing(by, there, at)
    _keep_persons(by, there, why, at)


def _keep_persons(by: Acting, there: Together, why: str, at: datetime) -> int:
    """Returns how many records are another person's than before."""
    moved = moves(persons_of(there.formed.persons, there.belongs.first), there.belongs.now)
    if not moved:
        return 0
    before = set(there.belongs.now.values())
    left = {there.belongs.now[record] for _, records in moved for record in records}
    became = rehome(by=by, moves=moved, left=left, why=why, now=at)
    number = sum(len(some) for _, some in became)
    audit.record(
        kind=events.PERSONS_CHANGED, actor=by.actor, refs=_names(by, {*before, *(person.pk for person, _ in became)}),
        request=by.request, now=at, counts={"records": number},
    )  # fmt: skip
    return number


def _keep_standing(by: Acting, there: Together, at: datetime) -> int:
    """Returns how many pairs stand otherwise than before. A new pair waits before anything is said of it."""
    held = there.held
    changed, waited = [], []
    for story, (ends, found, probability) in zip(there.stories, there.decided, strict=True):
        pair = story.pair
        now = (found.decision.value, found.why.value, held[ends].why.value if ends in held else "", probability)
        if (pair.stands, pair.why, pair.held, pair.probability) != now:
            pair.stands, pair.why, pair.held, pair.probability = now
            changed.append(pair)
        elif pair.waits and pair.waits_from is None:
            waited.append(pair)
    before = [earlier for pair in changed + waited if (earlier := _count_waiting(pair, at))]
    if changed or waited:
        _keep_pairs(changed + waited)
        PairWaited.objects.bulk_create(before)
        _tell(by, [one.pk for one in changed + waited if one.waits_from is not None], at)
    return len(changed)


def _keep_pairs(pairs: Sequence[Pair]) -> None:
    """As they stand now, those not kept yet among them."""
    before = [one for one in pairs if one.pk is not None]
    Pair.objects.bulk_create([one for one in pairs if one.pk is None])
    if before:
        kept = ["stands", "why", "held", "probability", "waits_from", "waited_until"]
        Pair.objects.bulk_update(before, kept, batch_size=200)


def _count_waiting(pair: Pair, at: datetime) -> PairWaited | None:
    """Since when a pair waits, or until when it did. Where it waits again, what is to be kept of when it did before."""
    is_counted = pair.waits_from is not None and pair.waited_until is None
    if is_counted and not pair.waits:
        pair.waited_until = at
    if is_counted or not pair.waits:
        return None
    waited = pair.waits_from, pair.waited_until
    pair.waits_from, pair.waited_until = at, None
    if waited[0] is None or waited[1] is None:
        return None
    return PairWaited(force_id=pair.force_id, pair=pair, waits_from=waited[0], waited_until=waited[1], known_from=at)


def _tell(by: Acting, pairs: Sequence[int], at: datetime) -> None:
    if pairs:
        tell(force=by.force.code, topic=PAIRS, subjects=pairs, at=at)


def _is_news(story: PairStory, said: Scored, model: LinkModel) -> bool:
    """Whether a model says otherwise of a pair than was last said of it, or says why for the first time."""
    last = story.score
    if last is None or last.model_id != model.pk or last.probability != said.probability:
        return True
    return bool(said.levels) and not last.levels


def _names(by: Acting, people: Collection[int]) -> list[str]:
    rows = Person.objects.for_user(by).filter(pk__one_of=frozenset(people)).order_by("id")
    return [f"person/{one}" for one in rows.values_list("reference", flat=True)]


def _log(by: Acting, kind: EventKind, pair: Pair, at: datetime) -> None:
    theirs = belonging(by, {pair.left_id, pair.right_id}).now
    refs = [f"pair/{pair.reference}", *_names(by, set(theirs.values()))]
    audit.record(kind=kind, actor=by.actor, refs=refs, request=by.request, now=at)


def lock_identity(by: Acting) -> None:
    """Until this transaction ends, whoever else would say which records are one person waits."""
    _lock(by)


def _lock(by: Acting) -> None:
    """One at a time in a force: which records are one person hangs on all of them."""
    lock_until_commit("identity of", by.force.code)
