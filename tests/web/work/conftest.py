"""Work that is due at noon on a Tuesday, for tests of the pages that show it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from craffu.access.models import Force, User
from craffu.cases.risk.due import ASSESSMENT
from craffu.daily.ticking import tick
from craffu.work.models import WorkItem
from tests.factories.dues import DAY, Made, due

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

type Holds = Callable[..., None]


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def holds(force: Force) -> Holds:
    """`holds(1, 2, owner=user)` raises work in C-10001 and C-10002, a day old and late in two days unless said."""

    def raised(*numbers: int, owner: User | None = None, **said: Any) -> None:
        made, first = Made(), WorkItem.objects.for_system("a test").count()
        late = said.pop("late", NOW + 2 * DAY)
        about = said.pop("about", None)
        facts = {"kind": ASSESSMENT, "queue": "assessments", "why": "case_opened", "raised_at": NOW - DAY} | said
        made.all_due(
            *(
                due(
                    f"{first}-{number}", of_case=f"C-{10000 + number}", due_at=late, overdue_from=late,
                    owner=owner.pk if owner else None, about=about or ("case", f"C-{10000 + number}"), **facts,
                )
                for number in numbers
            )
        )  # fmt: skip
        tick(force=force, at=NOW, everything=True, sources=[made.source])

    return raised
