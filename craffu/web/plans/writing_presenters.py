"""What the pages show on which a version of a plan is written (P24; PLN-01)."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.people.queries import Identity
from craffu.prevention.planning.facts import Answers
from craffu.prevention.planning.kinds import Consulted
from craffu.prevention.planning.policies import lack_words, obstacles
from craffu.prevention.planning.queries import Version
from craffu.prevention.planning.rules import Lacks, Option, lacks
from craffu.prevention.planning.timing import review_day
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.edits import both_versions
from craffu.web.plans.presenters import menu_of, rows_of
from craffu.web.plans.words import (
    CHOICES,
    CONSULTED,
    OPTIONS,
)
from craffu.web.presenters import Params, Text
from craffu.web.reviews.presenters import person_words


def tasks(person: str, answers: Answers, asked: Sequence[tuple[int, Identity]]) -> Params:
    """Each page of a version and whether it is answered."""
    here = {"person": person}
    items: list[tuple[Text, str, bool]] = [
        (_("What it is to reach, and safety"), reverse("plan_new", kwargs=here), bool(answers.objectives)),
        *(
            (OPTIONS[one], reverse("plan_option", kwargs=here | {"option": one.value}), bool(answers.of(one).choice))
            for one in Option
        ),
        *(
            (
                _("How %(name)s was asked") % {"name": person_words(identity)},
                reverse("plan_asked", kwargs=here | {"record": record}),
                bool(answers.about(record).how),
            )
            for record, identity in asked
        ),
        (_("Whose plan it is"), reverse("plan_owner", kwargs=here), bool(answers.owner)),
    ]
    return {
        "items": [
            {
                "title": {"text": title},
                "href": href,
                "status": {"text": _("Answered") if done else _("Not answered yet")},
            }
            for title, href, done in items
        ]
    }


def next_page(person: str, answers: Answers, asked: Sequence[tuple[int, Identity]]) -> str:
    """The first page that is not answered; the last one once all are."""
    for item in tasks(person, answers, asked)["items"]:
        if item["status"]["text"] != _("Answered"):
            return str(item["href"])
    return reverse("plan_check", kwargs={"person": person})


def summary(answers: Answers, owner: str) -> Params:
    nothing = _("Not answered yet")
    rows: list[tuple[Text, Params]] = [
        (_("What it is to reach"), cells.words(answers.objectives or nothing)),
        (_("Safety of whoever they harm"), cells.words(answers.safety or nothing)),
        (_("Whose plan it is"), cells.words(owner or nothing)),
    ]
    if answers.none_reason and not answers.uses_any:
        rows.append((_("Why nothing of the menu is used"), cells.words(answers.none_reason)))
    return rows_of(rows)


def menu_drafted(answers: Answers) -> Params:
    said = [answers.of(option) for option in Option]
    return menu_of((one.option, one.choice, one.words, one.forums) for one in said)


def asked_drafted(answers: Answers, asked: Sequence[tuple[int, Identity]]) -> Params | None:
    rows: list[tuple[Text, Params]] = []
    for record, identity in asked:
        said = answers.about(record)
        how = str(CONSULTED[said.how]) if said.how in set(Consulted) else _("Not answered yet")
        rows.append((person_words(identity), cells.lines([how, day_words(said.day) if said.day else "", said.words])))
    return rows_of(rows) if rows else None


def in_the_way(answers: Answers, asked: Sequence[tuple[int, Identity]], actions: int, today: date) -> list[str]:
    """What stands in the way of putting a version forward, each with what it is about."""
    lacking = lacks(answers.as_plan(review_day(today)))
    found = [
        f"{OPTIONS[option]}: {lack_words(lack)}" if option is not None else lack_words(lack) for lack, option in lacking
    ]
    others = obstacles(answers, [record for record, _identity in asked], actions, today)
    return [*found, *(one.message for one in others if one.code not in set(Lacks))]


def both(last: Version, answers: Answers) -> Params:
    """What somebody else put forward meanwhile, beside what was answered here (T30)."""
    return both_versions([
        (_("What it is to reach"), last.row.objectives, answers.objectives),
        (_("Safety of whoever they harm"), last.row.safety, answers.safety),
        *(
            (OPTIONS[one.option], CHOICES[one.choice], CHOICES[choice] if (choice := answers.of(one.option).choice) else "")
            for one in last.options
        ),
    ])  # fmt: skip
