"""What the pages about people show: who somebody is by what the sources said, and the cases they play a part in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from django.utils.html import format_html
from django.utils.translation import gettext as _

from craffu.cases.crime_queries import CrimeSaid
from craffu.cases.models import CaseRole
from craffu.clocks.london import day_of
from craffu.people.models import RecordVersion
from craffu.people.queries import Identity, newest_version, pnc_id
from craffu.people.rules import age_on
from craffu.web import cells
from craffu.web.cases.recorded import offence_words
from craffu.web.court.presenters import Who
from craffu.web.court.words import day_words, instant_words, partial_date_words
from craffu.web.presenters import Link, Params
from craffu.web.references import address_of, addresses_of
from craffu.web.statuses import ROLE_WORDS, SEX_WORDS, SOURCE_WORDS
from craffu.web.tables import link_html

# So many of the crimes of a case are named beside it, those reported last.
MOST_CRIMES = 4
# So many names stand beside the one shown where there is room for a line.
MOST_NAMES = 3


def person_link(reference: str) -> Link:
    return Link(reference, address_of("person_detail", "person", reference))


def whole_link(reference: str) -> Link:
    """A person's page as other pages lead back to it."""
    return Link(_("Person %(reference)s") % {"reference": reference}, address_of("person_detail", "person", reference))


def case_link(reference: str) -> Link:
    return Link(reference, address_of("case_detail", "case", reference))


def name_shown(identity: Identity) -> str:
    return identity.name or _("Name not given")


def also_recorded(names: Sequence[str]) -> list[Params]:
    """By which names else somebody may be known: the first few of them, where there are any."""
    return [{"label": _("Also recorded as"), "text": "; ".join(names[:MOST_NAMES])}] if names else []


def who(identity: Identity) -> Who:
    """Somebody as another page names them."""
    return Who(identity.reference, name_shown(identity), person_link(identity.reference).href)


def born_words(identity: Identity) -> str:
    return partial_date_words(identity.born_on) or _("Not given")


def age_words(identity: Identity, today: date) -> str:
    age = age_on(identity.born_on, today)
    return _("Not known") if age is None else str(age)


def people_table(people: Iterable[tuple[Identity, Iterable[str], int]], today: date) -> Params:
    """People with the systems that each is known from, and the number of cases of each."""
    # What fifty rows say alike is made once for the page.
    address, known_from = addresses_of("person_detail", "person"), cache(_known_from)
    return cells.table(
        _("People"),
        [_("Reference"), _("Name"), _("Born"), (_("Age"), "numeric"), _("Known from"), (_("Cases"), "numeric")],
        [
            [
                {"html": link_html(address(identity.reference), identity.reference)},
                {"text": name_shown(identity)},
                {"text": born_words(identity)},
                {"text": age_words(identity, today), "format": "numeric"},
                known_from(tuple(sources)),
                cells.number(cases),
            ]
            for identity, sources, cases in people
        ],
        is_hidden=True,
    )


def _known_from(sources: tuple[str, ...]) -> Params:
    return cells.lines(SOURCE_WORDS.get(source, source) for source in sources)


def identity_bar(identity: Identity, pnc: str, today: date, badges: Sequence[Params] = ()) -> Params:
    """The person's header: name, date of birth and age, other names, PNC ID, reference, and how dangerous they are held to be."""
    facts = [
        {"label": _("Born"), "text": born_words(identity)},
        {"label": _("Age"), "text": age_words(identity, today)},
        {"label": _("Other names"), "text": str(len(identity.other_names))},
        {"label": _("PNC ID"), "text": pnc or _("Not given")},
        {"label": _("Reference"), "text": identity.reference},
    ]
    return {"title": {"text": name_shown(identity)}, "headingLevel": 1, "facts": facts, "badges": [*badges]}


def recorded_table(versions: Iterable[RecordVersion]) -> Params | None:
    """What each record says of who they are, and whose system says it (IDN-01); None where one says it all."""
    said: dict[int, list[RecordVersion]] = {}
    for version in versions:
        said.setdefault(version.record_id, []).append(version)
    if len(said) < 2:
        return None
    rows = [
        [
            cells.words(SOURCE_WORDS.get(one.source, one.source)),
            cells.words(f"{one.given_names} {one.family_name}".strip() or _("Name not given")),
            cells.words(partial_date_words(one.born_on) or _("Not given")),
            cells.words(SEX_WORDS.get(one.sex, one.sex) or _("Not given")),
            cells.words(pnc_id([one]) or _("Not given")),
            cells.words(instant_words(one.received_at)),
        ]
        for one in map(newest_version, said.values())
    ]
    head: list[cells.Heading] = [_("Source"), _("Name"), _("Born"), _("Sex"), _("PNC ID"), _("Received")]
    return cells.table(_("What each source says of who they are"), head, rows, is_hidden=True)


def cases_table(roles: Iterable[CaseRole], crimes: Mapping[int, Iterable[CrimeSaid]]) -> Params | None:
    """Each case once, with the part played in it and what the police recorded; None where there is none."""
    rows = {
        role.case_id: [
            cells.link(case_link(role.case.reference)),
            cells.words(ROLE_WORDS.get(role.role, role.role)),
            _recorded(list(crimes.get(role.case_id, ()))),
        ]
        for role in roles
    }
    head: list[cells.Heading] = [_("Case"), _("Part played"), _("What the police recorded")]
    return cells.table(_("Cases"), head, rows.values(), is_hidden=True) if rows else None


def _recorded(crimes: list[CrimeSaid]) -> Params:
    if not crimes:
        return cells.words(_("None received"))
    last, earlier = crimes[-MOST_CRIMES:], len(crimes) - MOST_CRIMES
    told = [
        format_html(
            '<span lang="en">{}</span> {}',
            offence_words(one.version) or one.version.crime,
            _("reported %(day)s") % {"day": day_words(day_of(one.version.reported_at))},
        )
        for one in last
    ]
    return cells.lines([*told, _("and %(number)s more") % {"number": f"{earlier:,}"}] if earlier > 0 else told)
