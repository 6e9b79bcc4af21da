"""What the pages about cases show: the stage and how it came to it, who is in it, what is missing."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.reach.models import Placement
from craffu.cases.models import Case, CaseReference, CaseRole, CaseStage
from craffu.cases.queries import CaseListed, CaseSum
from craffu.cases.states import Stage
from craffu.people.models import Person
from craffu.people.queries import Identity
from craffu.web import cells
from craffu.web.court.presenters import Doubt
from craffu.web.court.words import day_words, instant_words
from craffu.web.people.presenters import age_words, born_words, name_shown, person_link
from craffu.web.places import place_words
from craffu.web.presenters import Link, Params, Text
from craffu.web.references import address_of, addresses_of
from craffu.web.statuses import ROLE_WORDS, STAGE_STATUS
from craffu.web.tables import link_html

# A case of many crimes has a reference for each; the card of a crime names it as well.
MOST_REFERENCES, MOST_LISTED = 12, 4

REFERENCE_WORDS: Mapping[str, Text] = {
    CaseReference.Kind.PTIURN: gettext_lazy("Police and court case reference (PTIURN)"),
    CaseReference.Kind.CRIME: gettext_lazy("Crime reference"),
}


def cases_table(cases: Iterable[CaseListed], sums: Mapping[int, CaseSum]) -> Params:
    """The list of cases."""
    # What fifty rows say alike is made once for the page.
    address, stage, last_hearing = addresses_of("case_detail", "case"), cache(_stage_cell), cache(_last_hearing)
    return cells.table(
        _("Cases"),
        [_("Case"), _("Known elsewhere as"), _("Stage"), _("Latest hearing"), (_("Defendants"), "numeric")],
        [
            [
                {"html": link_html(address(case.reference), case.reference)},
                cells.lines(_called(sums[case.pk].called)),
                stage(sums[case.pk].stage),
                last_hearing(sums[case.pk].last_hearing),
                cells.number(sums[case.pk].defendants),
            ]
            for case in cases
        ],
        is_hidden=True,
    )


def _last_hearing(day: date | None) -> Params:
    return cells.words(day_words(day) or _("None received"))


def _called(references: tuple[str, ...]) -> Iterable[str]:
    """What others call a case, as far as a list has room."""
    yield from references[:MOST_LISTED]
    if len(references) > MOST_LISTED:
        yield _("and %(number)s more") % {"number": f"{len(references) - MOST_LISTED:,}"}


def _stage_cell(stage: Stage | None) -> Params:
    return cells.tag(STAGE_STATUS[stage].tag) if stage else cells.words(_("Not known"))


def summary(
    case: Case, references: tuple[list[CaseReference], int], stages: list[CaseStage], placement: Placement | None
) -> Params:
    """References, the present stage and where the case belongs as a summary list."""
    named, more = references
    rows: list[tuple[Text, Params]] = [
        (REFERENCE_WORDS.get(one.kind, one.kind), cells.words(one.value)) for one in named
    ]
    if more:
        rows.append((_("References not listed here"), cells.number(more)))
    if stages:
        since = _("since %(day)s") % {"day": day_words(stages[-1].true_from)}
        rows.insert(0, (_("Stage"), cells.tag(STAGE_STATUS[stages[-1].stage].tag, since)))
    rows.append((_("First known to us"), cells.words(instant_words(case.known_from))))
    if placement is not None:
        rows.append((_("Belongs to"), cells.words(_belongs(placement))))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def _belongs(placement: Placement) -> str:
    """The area, the team and the owner in one line: a page has at most 1,500 elements (page map, section 8)."""
    where = place_words(placement) or _("No area")
    if placement.owner is None:
        return where
    return _("%(place)s. Owner: %(name)s") % {"place": where, "name": placement.owner.name}


def place_rows(placement: Placement | None) -> list[Params]:
    """Where a case belongs, as rows of a summary list."""
    owner = placement.owner.name if placement and placement.owner else ""
    said = [
        (_("Area and team"), place_words(placement) or _("No area yet")),
        (_("Owner"), owner or _("Nobody")),
    ]
    return [{"key": {"text": key}, "value": cells.words(value)} for key, value in said]


def stages_table(stages: Iterable[CaseStage]) -> Params | None:
    """Every stage with both times: when it was true, when we knew it."""
    rows = [
        [
            cells.tag(STAGE_STATUS[stage.stage].tag),
            cells.words(day_words(stage.true_from)),
            cells.words(instant_words(stage.known_from)),
        ]
        for stage in stages
    ]
    return (
        cells.table(_("Stages"), [_("Stage"), _("True since"), _("Known to us since")], rows, is_hidden=True)
        if rows
        else None
    )


def people_table(
    roles: Iterable[CaseRole],
    people: Mapping[int, Person],
    known: Mapping[int, Identity],
    today: date,
    *,
    has_links: bool,
    opens_victims: bool = False,
) -> Params | None:
    """Who plays which part in the case; with `opens_victims` a victim's part leads to their page as a victim."""
    rows = [
        [
            cells.link(person_link(people[role.record_id].reference))
            if has_links
            else cells.words(people[role.record_id].reference),
            cells.words(name_shown(identity)),
            _part(role, people[role.record_id].reference, opens_victims=opens_victims),
            cells.words(born_words(identity)),
            {"text": age_words(identity, today), "format": "numeric"},
        ]
        for role in roles
        if role.record_id in people and (identity := known.get(people[role.record_id].pk))
    ]
    head: list[cells.Heading] = [_("Person"), _("Name"), _("Part played"), _("Born"), (_("Age"), "numeric")]
    return cells.table(_("Defendants and others in the case"), head, rows, is_hidden=True) if rows else None


def _part(role: CaseRole, reference: str, *, opens_victims: bool) -> Params:
    words = ROLE_WORDS.get(role.role, role.role)
    if not opens_victims or role.role != CaseRole.Role.VICTIM:
        return cells.words(words)
    return cells.link(Link(words, address_of("victim_detail", "victim", reference)))


def missing_table(doubts: Iterable[Doubt]) -> Params | None:
    """What is missing or does not agree in the courts' latest messages, and what to do."""
    rows = [
        [cells.words(doubt.sentence), cells.words(doubt.suggestion), cells.number(doubt.number)] for doubt in doubts
    ]
    head: list[cells.Heading] = [_("What"), _("What to do"), (_("Times"), "numeric")]
    return cells.table(_("Missing or in doubt"), head, rows, is_hidden=True) if rows else None
