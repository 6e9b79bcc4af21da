"""Everything a page needs to tell what the courts said, in a number of queries that does not grow with the hearings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from craffu.access.acting import Acting
from craffu.cases.models import Case, HearingVersion, Outcome
from craffu.cases.queries import court_story, outcomes_of
from craffu.published.queries import court_names, meanings

OFFENCE, RESULT, QUALIFIER = "offence", "result", "result-qualifier"
# An attempt, aiding, a conspiracy or an incitement has the code of the offence itself with one letter more.
VARIANTS = "ABCI"


@dataclass(frozen=True, slots=True)
class Story:
    """The hearings in the order they were held, what each replaced, how offences ended, and what the codes mean."""

    versions: list[HearingVersion]
    replaced: Mapping[int, list[HearingVersion]]
    outcomes: Mapping[int, Outcome]
    meanings: Mapping[tuple[str, str], str]
    courts: Mapping[str, str]

    def meaning(self, list_name: str, code: str) -> str | None:
        """What a code means: empty where its list holds no title for it, None where it does not know the code."""
        found = self.meanings.get((list_name, code))
        if not found and list_name == OFFENCE and code[-1:] in VARIANTS:
            return self.meanings.get((list_name, code[:-1]), found)
        return found


def read_story(
    by: Acting, *, records: Iterable[int] | None = None, case: Case | None = None, known_at: datetime | None = None
) -> Story:
    """The story of some source records, or of a case, as known now or at an instant."""
    every = court_story(by, records=records, case=case, known_at=known_at)
    latest = {version.hearing_id: version for version in every}
    versions, replaced = list(latest.values()), defaultdict(list)
    for version in every:
        if version is not latest[version.hearing_id]:
            replaced[version.hearing_id].append(version)
    offences = {charge.offence_id for version in versions for charge in version.charges.all()}
    return Story(
        versions=versions,
        replaced=replaced,
        outcomes=outcomes_of(by, offences, known_at),
        meanings=meanings(_codes(every)),
        courts=court_names(_places(every)),
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
