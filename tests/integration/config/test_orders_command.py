"""`craffu orders list` and `craffu orders due` say what the pages say, by reference alone, and what was shown is logged."""

import json
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.config.cli import NotCarriedOut
from craffu.config.commands import orders_register
from tests.factories.orders import MADE, considered, received

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def typed(action: str, *, as_json: bool = True, as_user: str | None = None) -> Namespace:
    return Namespace(action=action, as_user=as_user, json=as_json)


@pytest.mark.rule("ORD-11")
@pytest.mark.rule("CLK-14")
def test_what_falls_due_is_said_with_its_rule_whose_limit_it_is_and_whether_it_is_late(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(NOW, tick=False):
        team = acting_as("orders_team", username="team")
        received(team, considered(system, tmp_path).reference, MADE, last_day=date(2027, 11, 19), is_indefinite=None)
        before = Event.objects.count()
        assert orders_register.run(typed("due", as_user="team")) == 0
        items = json.loads(capsys.readouterr().out)["items"]
        row = Event.objects.order_by("id").last()
        assert (row.kind, Event.objects.count()) == ("orders_listed", before + 1)
        assert items[0] == {
            "order": "O-10001", "what": "order_serve", "due": "2026-11-22T00:00:00Z", "rule": "ORD-11", "limit": "policy",
            "confirmed": True, "overdue": True,
        }  # fmt: skip
        assert [one["rule"] for one in items].count("CLK-12") == 3, "the watches to come too"
        assert [one["due"] for one in items] == sorted(one["due"] for one in items)
        orders_register.run(typed("due", as_user="team", as_json=False))
        assert "2026-11-22T00:00:00Z  O-10001    order_serve" in capsys.readouterr().out


def test_the_register_is_listed_for_whoever_sees_orders(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(NOW, tick=False):
        acting_as("orders_team", username="team")
        acting_as("response_officer", username="officer")
        orders_register.run(typed("list", as_user="team", as_json=False))
        assert capsys.readouterr().out == "There is no order.\n"
        orders_register.run(typed("due", as_user="team", as_json=False))
        assert capsys.readouterr().out == "Nothing is due.\n"
        considered(system, tmp_path)
        orders_register.run(typed("list", as_user="team"))
        (one,) = json.loads(capsys.readouterr().out)["items"]
        assert (one["order"], one["kind"], one["status"], one["case"], one["made"]) == (
            "O-10001", "SPO", "considering", "C-10001", None,
        )  # fmt: skip
        orders_register.run(typed("list", as_user="team", as_json=False))
        assert "O-10001    SPO      considering" in capsys.readouterr().out
        with pytest.raises(NotCarriedOut):
            orders_register.run(typed("list", as_user="officer"))
