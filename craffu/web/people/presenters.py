"""What the pages about people show: who somebody is by the sources' newest word, and what the courts said of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.cases.models import CaseRole
from craffu.people.models import RecordedIdentifier, RecordVersion
from craffu.people.queries import Identity
from craffu.people.rules import age_on
from craffu.web.court.words import day_words, partial_date_words
from craffu.web.presenters import Link, Params
from craffu.web.statuses import ROLE_WORDS, Text


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list."""

    link: Link
    name: str
    born: str
    age: str
    cases: int


def person_link(reference: str) -> Link:
    return Link(reference, reverse("person_detail", kwargs={"person": reference}))


def name_shown(identity: Identity) -> str:
    return identity.name or _("Name not given")


def person_row(identity: Identity, cases: int, today: date) -> PersonRow:
    age = age_on(identity.born_on, today)
    return PersonRow(
        link=person_link(identity.reference),
        name=name_shown(identity),
        born=partial_date_words(identity.born_on) or _("Not given"),
        age="" if age is None else str(age),
        cases=cases,
    )


def people_table(rows: Iterable[PersonRow], caption: str) -> Params:
    """The list as a table's parameters."""
    return {
        "caption": caption,
        "captionClasses": "govuk-visually-hidden",
        "classes": "craffu-table--cards",
        "firstCellIsHeader": True,
        "head": [
            {"text": _("Reference")},
            {"text": _("Name")},
            {"text": _("Born")},
            {"text": _("Age"), "format": "numeric"},
            {"text": _("Cases"), "format": "numeric"},
        ],
        "rows": [
            [
                {"html": link_html(row.link)},
                {"text": row.name},
                {"text": row.born},
                {"text": row.age or _("Not known"), "format": "numeric"},
                {"text": str(row.cases), "format": "numeric"},
            ]
            for row in rows
        ],
    }


def pnc_id(versions: Iterable[RecordVersion]) -> str:
    """The newest valid PNC ID that any record gives, or nothing."""
    given = [
        identifier.normalised
        for version in versions
        for identifier in version.identifiers.all()
        if identifier.kind == RecordedIdentifier.Kind.PNC and identifier.standing == "valid"
    ]
    return given[-1] if given else ""


def identity_bar(identity: Identity, pnc: str, today: date) -> Params:
    """The person's header: name, other names, date of birth and age, PNC ID, reference."""
    age = age_on(identity.born_on, today)
    facts = [
        {"label": _("Born"), "text": partial_date_words(identity.born_on) or _("Not given")},
        {"label": _("Age"), "text": _("Not known") if age is None else str(age)},
        {"label": _("Other names"), "text": str(len(identity.other_names))},
        {"label": _("PNC ID"), "text": pnc or _("Not given")},
        {"label": _("Reference"), "text": identity.reference},
    ]
    return {"title": {"text": name_shown(identity)}, "headingLevel": 1, "facts": facts}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in which somebody plays a part."""

    link: Link
    role: Text


def cases_of(roles: Iterable[CaseRole]) -> list[CaseRow]:
    """Each case once, with the part played in it."""
    rows: Mapping[int, CaseRow] = {
        role.case_id: CaseRow(
            Link(role.case.reference, reverse("case_detail", kwargs={"case": role.case.reference})),
            ROLE_WORDS.get(role.role, role.role),
        )
        for role in roles
    }
    return list(rows.values())


def known_since(day: date) -> str:
    return _("Nothing about this person was known before %(day)s.") % {"day": day_words(day)}
