"""Everything a page needs to tell what the courts said, in a number of queries that does not grow with the hearings.

A page shows some of the hearings; of the others it reads only what still counts, so that a long story costs no more than a
short one. A file that leaves holds them all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from craffu.access.acting import Acting
from craffu.cases.models import HearingVersion, Outcome
from craffu.cases.queries import court_story
from craffu.cases.story_queries import Newest, Told, outcomes_given, story_told
from craffu.published.queries import court_codes, meanings, named_among

OFFENCE, RESULT, QUALIFIER = "offence", "result", "result-qualifier"
# An attempt, aiding, a conspiracy or an incitement has the code of the offence itself with one letter more.
VARIANTS = "ABCI"


@dataclass(frozen=True, slots=True)
class Story:
    """Hearings in the order they were held, what each replaced, how offences ended, and what the codes mean.

    `versions` are those that are shown, `counting` those from which follows how things stand: shown or not.
    """

    versions: list[HearingVersion]
    replaced: Mapping[int, list[HearingVersion]]
    counting: list[HearingVersion]
    outcomes: Mapping[int, Outcome]
    meanings: Mapping[tuple[str, str], str]
    courts: Mapping[str, str]

    def meaning(self, list_name: str, code: str) -> str | None:
        """What a code means: empty where its list holds no title for it, None where it does not know the code."""
        found = self.meanings.get((list_name, code))
        if not found and list_name == OFFENCE and code[-1:] in VARIANTS:
            return self.meanings.get((list_name, code[:-1]), found)
        return found


def read_story(by: Acting, *, records: Iterable[int]) -> Story:
    """The whole story of some source records as it is known now."""
    every = court_story(by, records=records)
    return _story(by, every, list({version.hearing_id: version for version in every}.values()))


def read_hearings(told: Told, hearings: Collection[int], newest: Newest) -> Story:
    """Some hearings of a story, and of the others what still counts; `newest` is what `newest_told` gives."""
    return _story(told.by, *story_told(told, hearings, newest))


def _story(by: Acting, every: list[HearingVersion], counting: list[HearingVersion]) -> Story:
    latest = {version.hearing_id: version for version in every}
    replaced = defaultdict(list)
    for version in every:
        if version is not latest[version.hearing_id]:
            replaced[version.hearing_id].append(version)
    said = [*every, *counting]
    places = frozenset(_places(said))
    known = meanings([*_codes(said), *court_codes(places)])
    return Story(
        versions=list(latest.values()),
        replaced=replaced,
        counting=counting,
        outcomes=outcomes_given(by, counting),
        meanings=known,
        courts=named_among(known, places),
    )


def _codes(versions: Iterable[HearingVersion]) -> Iterator[tuple[str, str]]:
    for version in versions:
        for charge in version.charges.all():
            yield OFFENCE, charge.offence.code
            yield OFFENCE, charge.offence.code[:-1]
            for result in charge.results.all():
                yield RESULT, result.code
                yield from ((QUALIFIER, code) for code in result.qualifiers)


def _places(versions: Iterable[HearingVersion]) -> Iterator[str]:
    for version in versions:
        yield version.court
        for charge in version.charges.all():
            yield from (result.next_court for result in charge.results.all())
