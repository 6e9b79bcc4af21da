"""Reads of pairs, of what was said of them and of how they stand, each for a reader of one force."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.later import together
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.edits import version_of
from craffu.linkage.forming import DECIDES, Ends, Word, standing
from craffu.linkage.models import LinkModel, Pair, PairAgreed, PairDecided, PairScored, PairWaited
from craffu.linkage.rules import USUAL, Decision, Human, Thresholds
from craffu.people.queries import whole_people

_TO_DECIDE = Q(stands=Decision.CLERICAL) | ~Q(held="")


@dataclass(frozen=True, slots=True)
class PairStory:
    """One pair with all that was said of it, oldest first. `persons` are the records of either person, where that was asked."""

    pair: Pair
    scored: tuple[PairScored, ...]
    decided: tuple[PairDecided, ...]
    persons: tuple[tuple[int, ...], ...] = ()

    @property
    def score(self) -> PairScored | None:
        """What the model said last."""
        return self.scored[-1] if self.scored else None

    @property
    def explained(self) -> PairScored | None:
        """What was last said with each comparison's part in it: of a pair that is improbable since, what was said before."""
        return next((one for one in reversed(self.scored) if one.levels), None)

    @property
    def waiting(self) -> PairDecided | None:
        """The word that waits for a second opinion."""
        last = self.decided[-1] if self.decided else None
        return last if last is not None and last.needs_another and not hasattr(last, "agreed") else None

    @property
    def standing(self) -> PairDecided | None:
        """The word that stands: the last that counts and was not taken back."""
        place = standing([(Word(one.word), counts(one)) for one in self.decided])
        return None if place is None else self.decided[place]

    @property
    def probability(self) -> float | None:
        return self.score.probability if self.score else None

    @property
    def human(self) -> Human | None:
        """What people have decided, where their word that stands decides anything (IDN-04)."""
        return DECIDES.get(Word(self.standing.word)) if self.standing is not None else None

    @property
    def ends(self) -> Ends:
        return self.pair.left_id, self.pair.right_id

    @property
    def version(self) -> str:
        """What a page that asks about this pair was made from (T30): who both persons are too, of whom a word may be said."""
        last = self.decided[-1] if self.decided else None
        agreed = getattr(last, "agreed", None)
        return version_of(
            last.pk if last else None, agreed.pk if agreed else None, *(one.pk for one in self.scored[-1:]),
            *map(version_of_records, self.persons),
        )  # fmt: skip


def version_of_records(records: Collection[int]) -> str:
    """What a page that asks which of a person's records are somebody else's was made from (T30)."""
    return version_of(*sorted(records))


def counts(decided: PairDecided) -> bool:
    """Whether a word counts: at once, or since another person agreed."""
    if not decided.needs_another:
        return True
    agreed = getattr(decided, "agreed", None)
    return agreed is not None and bool(agreed.agrees)


def find_pair(by: Acting, reference: str) -> Pair | None:
    found: Pair | None = Pair.objects.for_user(by).filter(reference=reference).first()
    return found


def pair_of(by: Acting, ends: Ends) -> Pair | None:
    found: Pair | None = Pair.objects.for_user(by).filter(left=ends[0], right=ends[1]).first()
    return found


def stories_of_pairs(by: Acting, pairs: Sequence[Pair]) -> list[PairStory]:
    """Each of these pairs with its story, in the same order. Two queries, however many; none for none."""
    if not pairs:
        return []
    numbers = frozenset(one.pk for one in pairs)
    said, words = _scored.later(by, numbers), _decided.later(by, numbers)
    together(said, words)
    scored: dict[int, list[PairScored]] = {number: [] for number in numbers}
    decided: dict[int, list[PairDecided]] = {number: [] for number in numbers}
    for row in said.answer:
        scored[row.pair_id].append(row)
    for word in words.answer:
        decided[word.pair_id].append(word)
    return [PairStory(one, tuple(scored[one.pk]), tuple(decided[one.pk])) for one in pairs]


@prepared
def _scored(by: Acting, pairs: frozenset[int]) -> QuerySet[PairScored]:
    rows: QuerySet[PairScored] = PairScored.objects.for_user(by).filter(pair__one_of=pairs)
    return rows.order_by("id")


@prepared
def _decided(by: Acting, pairs: frozenset[int]) -> QuerySet[PairDecided]:
    rows: QuerySet[PairDecided] = PairDecided.objects.for_user(by).filter(pair__one_of=pairs)
    return rows.select_related("by", "agreed", "agreed__by").order_by("id")


def story_of_pair(by: Acting, pair: Pair) -> PairStory:
    """One pair with its story and who both persons are. Three queries."""
    whose = whole_people(by, (pair.left_id, pair.right_id))
    persons = (
        tuple(sorted(record for record, one in whose.items() if one == whose.get(end)))
        for end in (pair.left_id, pair.right_id)
    )
    return replace(stories_of_pairs(by, [pair])[0], persons=tuple(persons))


def _asks_another(by: Acting, known_at: datetime | None = None) -> Q:
    """A word about a pair waits for a second opinion, now or as known at an instant, however the pair stands meanwhile. One after
    which something else was said waits no more.
    """
    later = PairDecided.objects.for_user(by).filter(pair=OuterRef("pair"), pk__gt=OuterRef("pk"))
    rows = PairDecided.objects.for_user(by).filter(pair=OuterRef("pk"), needs_another=True)
    if known_at is None:
        return Q(Exists(rows.filter(~Exists(later), agreed=None)))
    asked = rows.filter(~Exists(later.filter(known_from__lte=known_at)), known_from__lte=known_at)
    return Q(Exists(asked.filter(Q(agreed=None) | Q(agreed__known_from__gt=known_at))))


def pairs_to_decide(by: Acting) -> QuerySet[Pair]:
    """The pairs that wait for a person, for the first word or a second opinion: those first where a wrong word would do most
    harm, or nobody has asked yet what it would do; of those the one that waits longest.
    """
    rows: QuerySet[Pair] = Pair.objects.for_user(by).filter(_TO_DECIDE | _asks_another(by))
    return rows.order_by(F("harm").desc(nulls_first=True), "waits_from", "id")


def pairs_known(by: Acting) -> Iterator[int]:
    """Every pair that ever waited for a person, or for a second opinion, by row number."""
    rows = Pair.objects.for_user(by).filter(Q(waits_from__isnull=False) | _asks_another(by)).order_by("id")
    yield from rows.values_list("pk", flat=True).iterator()


def pairs_waiting_of(by: Acting, records: Collection[int], known_at: datetime | None = None) -> set[int]:
    """The pairs that wait for a person and of which either record is one of these, by row number. Two queries.

    As known at an instant: those that waited then, whether they have waited again since or not.
    """
    waiting, among = _waiting(by, known_at), frozenset(records)
    return {pk for end in _ENDS for pk in waiting.filter(**{f"{end}__one_of": among}).values_list("pk", flat=True)}


_ENDS: Final = ("left", "right")


def _waiting(by: Acting, known_at: datetime | None) -> QuerySet[Pair]:
    rows: QuerySet[Pair] = Pair.objects.for_user(by).order_by()
    if known_at is None:
        return rows.filter(_TO_DECIDE | _asks_another(by))
    last = Q(waits_from__lte=known_at) & (Q(waited_until=None) | Q(waited_until__gt=known_at))
    before = PairWaited.objects.for_user(by).filter(
        pair=OuterRef("pk"), waits_from__lte=known_at, waited_until__gt=known_at
    )
    return rows.filter(last | Q(Exists(before)) | _asks_another(by, known_at))


def ends_waiting(by: Acting, records: Collection[int], known_at: datetime | None = None) -> set[int]:
    """The records of the pairs of `pairs_waiting_of`, these themselves among them. One query."""
    return {end for ends in _ends_waiting(by, frozenset(records), known_at) for end in ends}


@prepared
def _ends_waiting(by: Acting, among: frozenset[int], known_at: datetime | None) -> QuerySet[Pair, tuple[int, int]]:
    waiting = _waiting(by, known_at)
    left, right = (waiting.filter(**{f"{end}__one_of": among}).values_list("left_id", "right_id") for end in _ENDS)
    return left.union(right).order_by()


def pairs_by_number(by: Acting, numbers: Collection[int]) -> list[Pair]:
    return list(Pair.objects.for_user(by).filter(pk__one_of=frozenset(numbers)).order_by("id"))


def stories_among(by: Acting, records: Collection[int]) -> list[PairStory]:
    """Every pair both of whose records are among these, with its story. Three queries; one where there is none."""
    among = frozenset(records)
    rows = Pair.objects.for_user(by).filter(left__one_of=among, right__one_of=among).order_by("left_id", "right_id")
    return stories_of_pairs(by, list(rows))


def stories_joining(
    by: Acting, records: Collection[int], among: Collection[int], known_at: datetime | None = None
) -> list[PairStory]:
    """Every pair of one of these records with another of those among whom it is, as known now or at an instant. Three queries."""
    found = stories_of_pairs(by, _joining(by, frozenset(records), frozenset(among)))
    return found if known_at is None else [_as_known(one, known_at) for one in found]


@prepared
def _joining(by: Acting, some: frozenset[int], among: frozenset[int]) -> QuerySet[Pair]:
    left, right = (
        Pair.objects.for_user(by).filter(**{f"{here}__one_of": some, f"{there}__one_of": among}).order_by()
        for here, there in (_ENDS, _ENDS[::-1])
    )
    pairs: QuerySet[Pair] = left.union(right)
    return pairs.order_by("id")


def _as_known(story: PairStory, at: datetime) -> PairStory:
    """What had been said by an instant; a word that nobody had agreed with yet did not count."""
    decided = [one for one in story.decided if one.known_from <= at]
    counted = [one for one in decided if not hasattr(one, "agreed") or one.agreed.known_from <= at]
    return PairStory(story.pair, tuple(one for one in story.scored if one.known_from <= at), tuple(counted))


def linked_to(by: Acting, records: Collection[int]) -> set[int]:
    """The records that a link which stands joins to any of these, or would if it were not held. One query."""
    among = frozenset(records)
    linked = Pair.objects.for_user(by).filter(stands=Decision.LINK).order_by()
    left, right = (linked.filter(**{f"{here}__one_of": among}).values_list(there, flat=True) for here, there in _ACROSS)
    return set(left.union(right, all=True).order_by())


_ACROSS: Final = (("left", "right_id"), ("right", "left_id"))


def model_in_use(by: Acting) -> LinkModel | None:
    last: LinkModel | None = LinkModel.objects.for_user(by).order_by("-number").first()
    return last


def thresholds_in_use(by: Acting) -> Thresholds:
    """The thresholds by which pairs are decided now (IDN-02)."""
    # Without what the model learnt, which takes longer to read than all else that is asked of a pair.
    last = LinkModel.objects.for_user(by).order_by("-number").values_list("auto", "clerical").first()
    return Thresholds(*last) if last else USUAL


def judged(by: Acting, auto: float) -> list[tuple[float, bool]]:
    """Pairs that the model would link by itself and people decided on: how probable it found them, and whether they are one."""
    asked = PairDecided.objects.for_user(by).filter(seen__probability__gte=auto).order_by()
    rows = Pair.objects.for_user(by).filter(pk__one_of=frozenset(asked.values_list("pair_id", flat=True)))
    stories = stories_of_pairs(by, list(rows.order_by("id")))
    return [
        (one.probability, one.human is Human.SAME)
        for one in stories
        if one.probability is not None and one.human is not None and one.probability >= auto
    ]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far reviewers agree: of so many words on which somebody else gave an opinion, so many were agreed with. `since` is
    when the first opinion was given.
    """

    agreed: int
    of: int
    since: datetime | None = None


def agreement(by: Acting) -> Agreement:
    """Of every second opinion that was ever given. Whoever gives one has read the first reviewer's word and reason. One query."""
    rows = PairAgreed.objects.for_user(by).order_by()
    return Agreement(
        **rows.aggregate(agreed=Count("pk", filter=Q(agrees=True)), of=Count("pk"), since=Min("known_from"))
    )


def linked_by_model(by: Acting) -> set[Ends]:
    """The pairs that a model has linked, or put to a person, and that it may find improbable now. One query."""
    rows = Pair.objects.for_user(by).filter(probability__gte=USUAL.clerical).order_by()
    return set(rows.values_list("left_id", "right_id"))


def likely_with(by: Acting, records: Collection[int]) -> set[Ends]:
    """The same of the pairs that have any of these records. One query."""
    among = frozenset(records)
    likely = Pair.objects.for_user(by).filter(probability__gte=USUAL.clerical).order_by()
    left, right = (likely.filter(**{f"{end}__one_of": among}).values_list("left_id", "right_id") for end in _ENDS)
    return set(left.union(right, all=True).order_by())
