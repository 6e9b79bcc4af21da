"""A list of people and one person's record as files: what the pages show, for whoever may see them (SEC-07, SEC-10).

Free text of courts and the police, addresses and telephones are kept encrypted and in no export (SEC-06).
"""

from collections.abc import Iterable
from itertools import batched

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.access.exports.reasons import PURPOSES
from craffu.cases.crime_queries import crimes_of_cases
from craffu.cases.queries import closed_cases_of, roles_of_records
from craffu.clocks.london import local_time
from craffu.documents.bundles import Cell
from craffu.people.events import PEOPLE_EXPORTED, PERSON_EXPORTED
from craffu.people.models import Person, RecordVersion
from craffu.people.queries import held_under, identities, people_page, provenance_of, records_of
from craffu.web.cases.recorded import offence_words
from craffu.web.court.held_words import in_our_words
from craffu.web.court.reading import OFFENCE, RESULT, Story, read_story
from craffu.web.court.sources import REGIMES, held_in_words, sources_shown
from craffu.web.court.words import FINDINGS, PLEAS
from craffu.web.exports.kinds import MOST_ROWS, Column, Content, Export, Sheet
from craffu.web.people.known import case_counts, known_from
from craffu.web.people.use import USE, use_notices
from craffu.web.statuses import IDENTIFIER_WORDS, ROLE_WORDS, SOURCE_WORDS

# So many people are read at once: a statement names each of their records.
AT_ONCE = 1000

LIST = Export(
    key="people",
    title=gettext_lazy("List of people"),
    kind=PEOPLE_EXPORTED,
    purposes=PURPOSES,
    sheets=(
        Sheet(
            gettext_lazy("People"),
            (
                Column(gettext_lazy("Reference"), "people.Person.reference"),
                Column(gettext_lazy("Given names"), "people.RecordVersion.given_names"),
                Column(gettext_lazy("Family name"), "people.RecordVersion.family_name"),
                Column(gettext_lazy("Born"), "people.RecordVersion.born_on"),
                Column(gettext_lazy("Known from"), "people.SourceRecord.source"),
                Column(gettext_lazy("Cases"), "number_of_cases"),
            ),
        ),
    ),
)

_VERSION = "people.RecordVersion"
RECORD = Export(
    key="person",
    title=gettext_lazy("Record of one person"),
    kind=PERSON_EXPORTED,
    purposes=PURPOSES,
    sheets=(
        Sheet(
            gettext_lazy("What each source says"),
            (
                Column(gettext_lazy("Source"), f"{_VERSION}.source"),
                Column(gettext_lazy("Given names"), f"{_VERSION}.given_names"),
                Column(gettext_lazy("Family name"), f"{_VERSION}.family_name"),
                Column(gettext_lazy("Born"), f"{_VERSION}.born_on"),
                Column(gettext_lazy("True from"), f"{_VERSION}.true_from"),
                Column(gettext_lazy("Received"), f"{_VERSION}.received_at"),
                Column(gettext_lazy("Controller"), f"{_VERSION}.controller"),
                Column(gettext_lazy("Law"), f"{_VERSION}.regime"),
                Column(gettext_lazy("Shared under"), f"{_VERSION}.sharing_basis"),
            ),
        ),
        Sheet(
            gettext_lazy("Numbers"),
            (
                Column(gettext_lazy("Source"), f"{_VERSION}.source"),
                Column(gettext_lazy("What number"), "people.RecordedIdentifier.kind"),
                Column(gettext_lazy("As given"), "people.RecordedIdentifier.as_given"),
            ),
        ),
        Sheet(
            gettext_lazy("Cases"),
            (
                Column(gettext_lazy("Case"), "cases.Case.reference"),
                Column(gettext_lazy("Part played"), "cases.CaseRole.role"),
                Column(gettext_lazy("What the police recorded"), "cases.CaseVersion.offence_title"),
            ),
        ),
        Sheet(
            gettext_lazy("Hearings and results"),
            (
                Column(gettext_lazy("Case"), "cases.Case.reference"),
                Column(gettext_lazy("Held"), "cases.Hearing.held_on"),
                Column(gettext_lazy("Court"), "cases.HearingVersion.court"),
                Column(gettext_lazy("Offence"), "cases.Offence.code"),
                Column(gettext_lazy("Plea"), "cases.ChargeHeard.plea"),
                Column(gettext_lazy("Finding"), "cases.ChargeHeard.finding"),
                Column(gettext_lazy("Results"), "cases.ResultGiven.code"),
            ),
        ),
    ),
)


def people_listed(by: Acting) -> Content:
    """Everybody of the reader's force, newest first, as the list shows them; one row too many where there are more."""
    people = list(people_page(by)[: MOST_ROWS + 1])
    rows: list[list[Cell]] = []
    closed: set[str] = set()
    restricted: list[str] = []
    held: dict[tuple[str, str, str, str], None] = {}
    for some in batched(people, AT_ONCE):  # the last is shorter
        records = known_from(by, list(some))
        cases = case_counts(by, records).answer
        known = identities(by, some, whose=records.whose)
        closed.update(closed_cases_of(by, records.whose))
        held.update(dict.fromkeys(held_under(by, records.whose)))
        restricted += [str(notice.words) for notice in use_notices(by, records.whose)]
        for person in some:
            one = known[person.pk]
            sources = "; ".join(str(SOURCE_WORDS.get(source, source)) for source in records.sources[person.pk])
            rows.append(
                [one.reference, one.given_names, one.family_name, one.born_on, sources, cases.get(person.pk, 0)]
            )
    refs = tuple(f"person/{person.reference}" for person in people)
    said = tuple((USE, words) for words in restricted)
    return Content((rows,), refs, tuple(held_in_words(*one) for one in held), len(closed), said)


def record_of(by: Acting, person: Person) -> Content:
    """What is known of one person now and open to the reader."""
    records = records_of(by, person)
    said = provenance_of(by, records)
    roles = roles_of_records(by, records)
    crimes = crimes_of_cases(by, {role.case_id for role in roles})
    story = read_story(by, records=records)
    every = [crime for found in crimes.values() for crime in found]
    cases: list[list[Cell]] = []
    for role in roles:
        recorded = "; ".join(offence_words(one.version) or one.version.crime for one in crimes.get(role.case_id, ()))
        cases.append([role.case.reference, str(ROLE_WORDS.get(role.role, role.role)), recorded])
    return Content(
        rows=(list(_versions(said)), list(_numbers(said)), cases, list(_hearings(story))),
        refs=(f"person/{person.reference}", *sorted({f"case/{role.case.reference}" for role in roles})),
        held=sources_shown(said, story.versions, every).held,
        left_out=len(closed_cases_of(by, records)),
        said=((_("Person"), person.reference), *((USE, notice.words) for notice in use_notices(by, records))),
    )


def _versions(said: Iterable[RecordVersion]) -> Iterable[list[Cell]]:
    for one in said:
        yield [
            str(SOURCE_WORDS.get(one.source, one.source)),
            one.given_names,
            one.family_name,
            one.born_on,
            one.true_from.isoformat() if one.true_from else "",
            f"{local_time(one.received_at):%Y-%m-%d %H:%M}",
            in_our_words(one.controller),
            str(REGIMES.get(one.regime, one.regime)),
            in_our_words(one.sharing_basis),
        ]


def _numbers(said: Iterable[RecordVersion]) -> Iterable[list[Cell]]:
    for one in said:
        for identifier in one.identifiers.all():
            yield [
                str(SOURCE_WORDS.get(one.source, one.source)),
                str(IDENTIFIER_WORDS[identifier.kind]),
                identifier.as_given,
            ]


def _hearings(story: Story) -> Iterable[list[Cell]]:
    """The courts' latest word, one row for each offence of each hearing."""
    for version in story.versions:
        for charge in version.charges.all():
            results = (story.meaning(RESULT, one.code) or one.code for one in charge.results.all() if one.code)
            yield [
                version.hearing.case.reference,
                version.hearing.held_on.isoformat(),
                story.courts.get(version.court, version.court),
                story.meaning(OFFENCE, charge.offence.code) or charge.offence.code,
                str(PLEAS.get(charge.plea, charge.plea)),
                str(FINDINGS.get(charge.finding, charge.finding)),
                "; ".join(results),
            ]
