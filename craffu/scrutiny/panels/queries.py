"""Panels as their readers see them: an officer every one, a volunteer those on which they sit, and of verdicts their own.

Nobody, whoever runs the panel among them, is shown a member's verdict before the panel's own stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import holders_of
from craffu.common.languages import has_every_word
from craffu.scrutiny.models import (
    CaseReview,
    MemberVerdict,
    Panel,
    PanelDissent,
    PanelInterest,
    PanelMatter,
    PanelMember,
    PanelTrained,
    PanelVerdict,
    SampleCase,
)
from craffu.scrutiny.panels.kinds import Training, Verdict
from craffu.scrutiny.panels.permissions import RUN, SIT, check_can_read_panels
from craffu.scrutiny.panels.rules import lacks


@dataclass(frozen=True, slots=True)
class Matter:
    """A case before a panel with what was said of it. Which of that somebody is shown, `verdicts_shown` says."""

    row: PanelMatter
    verdicts: tuple[MemberVerdict, ...]
    interests: tuple[PanelInterest, ...] = ()

    def interest(self, user: User | None) -> PanelInterest | None:
        """What they said of an interest in it; None where they said nothing yet."""
        return next((one for one in self.interests if one.by == user), None)

    @property
    def verdict(self) -> PanelVerdict | None:
        return self.row.verdict if hasattr(self.row, "verdict") else None

    @property
    def dissents(self) -> list[PanelDissent]:
        return list(self.verdict.dissents.all()) if self.verdict else []

    def own(self, user: User | None) -> MemberVerdict | None:
        return next((one for one in self.verdicts if one.by == user), None)

    def verdicts_shown(self, user: User | None) -> tuple[MemberVerdict, ...]:
        """All once the panel's stands; before that nobody's but their own."""
        return self.verdicts if self.verdict else tuple(one for one in self.verdicts if one.by == user)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A panel as it stands: who sits on it, their training by kind with its last day, and the cases before it."""

    row: Panel
    members: tuple[PanelMember, ...]
    trained: Mapping[int, Mapping[Training, date]]
    matters: tuple[Matter, ...]

    def sits(self, user: User | None) -> bool:
        return any(one.person == user for one in self.members)

    def matter(self, number: int) -> Matter | None:
        return next((one for one in self.matters if one.row.number == number), None)

    def lacking(self, user: User, on: date) -> tuple[Training, ...]:
        return lacks(self.trained.get(user.pk, {}), on)


def panels(by: Acting) -> list[Sitting]:
    """Those that the reader may open, the last set up first. Nine queries."""
    user = check_can_read_panels(by)
    found = _whole(by, Panel.objects.for_user(by).order_by("-id"))
    return [one for one in found if by.holds_any(RUN) or one.sits(user)]


def find_panel(by: Acting, reference: str) -> Sitting | None:
    """One; None for a volunteer who does not sit on it."""
    user = check_can_read_panels(by)
    found = next(iter(_whole(by, Panel.objects.for_user(by).filter(reference=reference))), None)
    return found if found is None or by.holds_any(RUN) or found.sits(user) else None


def _whole(by: Acting, rows: Any) -> list[Sitting]:
    dissents = PanelDissent.objects.for_user(by).select_related("by").order_by("id")
    verdicts = MemberVerdict.objects.for_user(by).select_related("by").order_by("id")
    matters = PanelMatter.objects.for_user(by).select_related("case", "case__sample__frozen", "verdict", "verdict__by")
    matters = matters.prefetch_related(
        Prefetch("verdicts", queryset=verdicts),
        Prefetch("interests", queryset=PanelInterest.objects.for_user(by).select_related("by").order_by("id")),
        Prefetch("verdict__dissents", queryset=dissents),
    )
    members = PanelMember.objects.for_user(by).select_related("person").order_by("id")
    listed = list(
        rows.select_related("by").prefetch_related(
            Prefetch("members", queryset=members), Prefetch("matters", queryset=matters.order_by("number"))
        )
    )
    trained = _trained(by)
    return [
        Sitting(
            one, _members(one.members.all()), trained,
            tuple(Matter(each, tuple(each.verdicts.all()), tuple(each.interests.all())) for each in one.matters.all()),
        )
        for one in listed
    ]  # fmt: skip


def _members(rows: Iterable[PanelMember]) -> tuple[PanelMember, ...]:
    """Of each the last word, and only those who sit."""
    last = {one.person_id: one for one in rows}
    return tuple(one for one in last.values() if one.sits)


def _trained(by: Acting) -> dict[int, dict[Training, date]]:
    found: dict[int, dict[Training, date]] = {}
    for one in PanelTrained.objects.for_user(by).order_by("on", "id"):
        found.setdefault(one.person_id, {})[Training(one.training)] = one.on
    return found


def volunteers(by: Acting) -> dict[str, User]:
    """Whoever may sit on a panel, by account name. Two queries."""
    return {one.username: one for one in holders_of(by, (SIT,))}


def declared_interest(by: Acting, case: SampleCase, user: User) -> bool:
    """Whether they said, when it was theirs to review, that they have an interest in it. One query."""
    rows = CaseReview.objects.for_user(by).filter(case=case, reviewer=user, interest__has_interest=True)
    return bool(rows.exists())


def has_interest(by: Acting, matter: Matter, user: User) -> bool:
    """Whether they said so, to the panel or when it was theirs to review. One query at most."""
    said = matter.interest(user)
    return (said is not None and said.has_interest) or declared_interest(by, matter.row.case, user)


def may_read_case(by: Acting, one: Sitting, matter: Matter, on: date) -> bool:
    """Whether the case itself is shown: to whoever runs the panel, and to a member who may judge it and has declared that.

    One query at most.
    """
    if by.holds_any(RUN) or by.user is None:
        return by.user is not None
    said = matter.interest(by.user)
    return said is not None and not one.lacking(by.user, on) and not has_interest(by, matter, by.user)


def judged_with_words(by: Acting, words: str) -> list[tuple[Sitting, Matter]]:
    """Verdicts of panels, that stand and are open to the reader, in whose words every one of these stands."""
    return [
        (one, matter)
        for one in panels(by)
        for matter in one.matters
        if matter.verdict is not None and has_every_word(words, _texts(one, matter))
    ]


def _texts(one: Sitting, matter: Matter) -> Iterable[str]:
    yield from (one.row.title_en, one.row.title_cy)
    yield from (matter.row.case.sample.question, matter.row.case.sample.question_cy)
    yield from (each.words for each in (matter.verdict, *matter.verdicts, *matter.dissents) if each is not None)


def said_in(matter: Matter) -> list[Verdict]:
    return [Verdict(one.verdict) for one in matter.verdicts]
