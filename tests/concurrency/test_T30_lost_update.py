"""T30: of several who change one thing from the same version one is stored, the others are told, and nothing is overwritten.

What two people can edit today: who may see a restricted case, and a figure entered by hand. Orders join when they are there.
"""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import let_in, restrict, shut_out
from craffu.access.restricted.models import Admission
from craffu.access.restricted.versions import lock_of_readers, readers_version
from craffu.common import clock
from craffu.common.edits import change_unchanged
from craffu.common.refusals import Conflict
from craffu.published.actions import record_figure_by_hand
from craffu.published.areas import area_by_code
from craffu.published.models import PublishedFigure
from craffu.published.periods import year_ending

EDITORS = 4
ROUNDS = [5, pytest.param(250, marks=pytest.mark.deep)]
RECORD = {"kind": "case", "reference": "C-10001"}

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("owner_of_the_tables")]


def all_at_once(edits: list[Callable[[], object]]) -> list[object]:
    """What became of each edit: what it gave, or the refusal."""
    together, became = threading.Barrier(len(edits)), [None] * len(edits)

    def carry_out(place: int, edit: Callable[[], object]) -> None:
        try:
            together.wait(30)
            became[place] = edit()  # type: ignore[call-overload]
        except Exception as fault:
            became[place] = fault  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=carry_out, args=pair) for pair in enumerate(edits)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return list(became)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_T30_of_those_who_change_who_sees_a_case_one_is_stored(make_user: Callable[..., User], rounds: int) -> None:
    supervisors = [make_user("supervisor") for _ in range(EDITORS)]
    reader, first = make_user("investigator"), acting_user(supervisors[0])
    force = first.force
    restrict(by=first, reason="a test", **RECORD)
    for user in supervisors[1:]:
        let_in(by=first, user=user, reason="a test", **RECORD)
    editors = [acting_user(user) for user in supervisors]
    for number in range(rounds):
        seen, before = readers_version(force, **RECORD), Admission.objects.count()
        act = let_in if number % 2 == 0 else shut_out

        def edit(by: Acting, seen: str = seen, act: Callable[..., object] = act, number: int = number) -> object:
            return change_unchanged(
                lock=lock_of_readers(force, **RECORD),
                seen=seen,
                standing=lambda: readers_version(force, **RECORD),
                change=lambda: act(by=by, user=reader, reason=f"{by.actor.name} {number}", **RECORD),
            )

        became = all_at_once([lambda by=by: edit(by) for by in editors])  # type: ignore[misc]
        stored = [one for one in became if isinstance(one, Admission)]
        assert len(stored) == 1, became
        assert [type(one) for one in became if one not in stored] == [Conflict] * (EDITORS - 1), became
        assert Admission.objects.count() == before + 1
        assert readers_version(force, **RECORD) != seen


@pytest.mark.rule("MSR-05")
@pytest.mark.parametrize("rounds", ROUNDS)
def test_T30_of_those_who_enter_one_figure_one_is_stored(acting_as: Callable[..., Acting], rounds: int) -> None:
    analysts = [acting_as("analyst") for _ in range(EDITORS)]
    area = area_by_code("force", "63")
    assert area is not None
    for number in range(rounds):

        def enter(by: Acting, value: int, replaces: int = number) -> PublishedFigure:
            return record_figure_by_hand(
                by=by, title="Stalking", definition="All of it", unit="crime", area=area, period=year_ending(2022, 3),
                value=value, read_in="A review", now=clock.now(), replaces=replaces,
            )  # fmt: skip

        values = [number * EDITORS + place + 1 for place in range(EDITORS)]
        edits = [lambda by=by, value=value: enter(by, value) for by, value in zip(analysts, values, strict=True)]  # type: ignore[misc]
        became = all_at_once(edits)
        stored = [one for one in became if isinstance(one, PublishedFigure)]
        assert [one.number for one in stored] == [number + 1], became
        refused = [one for one in became if isinstance(one, Conflict)]
        assert len(refused) == EDITORS - 1
        assert PublishedFigure.objects.count() == number + 1
