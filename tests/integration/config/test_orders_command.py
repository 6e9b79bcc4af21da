"""`craffu orders list` and `craffu orders due` say what the pages say, by reference alone, and what was shown is logged."""

import json
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.clocks.london import utc_text
from craffu.config import cli
from craffu.config.cli import NotCarriedOut
from craffu.config.commands import orders_due, orders_register
from craffu.daily.sources import SOURCES
from craffu.daily.ticking import tick
from craffu.orders import dues
from craffu.orders.owning.actions import own_order
from craffu.orders.queries import orders_page
from tests.factories.orders import MADE, considered, received
from tests.factories.reviews import serve

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def typed(action: str, *, as_json: bool = True, as_user: str | None = None) -> Namespace:
    return Namespace(action=action, as_user=as_user, json=as_json)


@pytest.mark.rule("ORD-11")
@pytest.mark.rule("CLK-14")
def test_what_falls_due_is_said_with_its_rule_whose_limit_it_is_and_whether_it_is_late(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, force: Force, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(NOW, tick=False):
        team = acting_as("orders_team", username="team")
        received(team, considered(system, tmp_path).reference, MADE, last_day=date(2027, 11, 19), is_indefinite=None)
        with pytest.raises(NotCarriedOut, match="craffu tick"):
            orders_due.run(typed("due", as_user="team"))
        tick(force=force, at=NOW)
        before = Event.objects.count()
        assert orders_due.run(typed("due", as_user="team")) == 0
        items = json.loads(capsys.readouterr().out)["items"]
        row = Event.objects.order_by("id").last()
        assert (row.kind, Event.objects.count()) == ("orders_listed", before + 1)
        assert items[0] == {
            "order": "O-10001", "what": "order_serve", "due": "2026-11-22T00:00:00Z", "rule": "ORD-11", "limit": "policy",
            "confirmed": True, "overdue": True,
        }  # fmt: skip
        assert [one["rule"] for one in items].count("CLK-12") == 3, "the watches to come too"
        assert [one["due"] for one in items] == sorted(one["due"] for one in items)
        orders_due.run(typed("due", as_user="team", as_json=False))
        assert "2026-11-22T00:00:00Z  O-10001    order_serve" in capsys.readouterr().out


def test_the_register_is_listed_for_whoever_sees_orders(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(NOW, tick=False):
        acting_as("orders_team", username="team")
        acting_as("response_officer", username="officer")
        orders_register.run(typed("list", as_user="team", as_json=False))
        assert capsys.readouterr().out == "There is no order.\n"
        orders_due.run(typed("due", as_user="team", as_json=False))
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
        for words, hint in (([], "If you have an account that may: --as USER."), (["--as", "officer"], "")):
            assert cli.main(["orders", "list", *words]) == 2
            assert capsys.readouterr().err.strip().endswith(hint or "Ask your supervisor."), (
                "who is nobody here may be somebody"
            )


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    orders_due.run(typed("due", as_user="team"))
    return json.loads(capsys.readouterr().out)


def worked_out(by: Acting) -> list[tuple[str, str, str]]:
    """What each part of the package answers now."""
    orders = [str(one.pk) for one in orders_page(by)]
    answers = [
        answer for source in SOURCES if source.key in dues.SOURCES for answer in source.due(by, orders, NOW).values()
    ]
    return [
        (one.about[1], one.kind, utc_text(one.due_at)) for each in answers for one in each.dues if one.done_at is None
    ]


@pytest.mark.rule("MON-01")
@pytest.mark.rule("REV-01")
@pytest.mark.rule("REV-06")
@pytest.mark.rule("ORD-18")
def test_what_each_live_order_has_and_lacks_is_read_from_what_its_sources_answered(
    system: Acting,
    acting_as: Callable[..., Acting],
    tmp_path: Path,
    force: Force,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with time_machine.travel(NOW, tick=False):
        team = acting_as("orders_team", username="team")
        ends = received(
            team, considered(system, tmp_path).reference, MADE, last_day=date(2027, 2, 19), is_indefinite=None
        )
        serve(team, ends)
        received(team, considered(system, tmp_path, number=2).reference, MADE)
        tick(force=force, at=NOW)
        kept = told(capsys)
        assert sorted(worked_out(team)) == sorted((one["order"], one["what"], one["due"]) for one in kept["items"])
        assert not {"order_check", "order_review"} - {one["what"] for one in kept["items"]}
        assert kept["orders"] == [
            {
                "order": "O-10001", "owned": False, "next_check": "2026-11-24", "next_review": "2026-12-18",
                "decide_by": "2027-02-05", "lacks": ["owner"],
            },
            {
                "order": "O-10002", "owned": False, "next_check": None, "next_review": None, "decide_by": "2027-11-26",
                "lacks": ["owner", "check", "review"],
            },
        ]  # fmt: skip
        own_order(by=team, order="O-10001", to=team.user)
        assert told(capsys)["orders"][0]["lacks"] == []
        orders_due.run(typed("due", as_user="team", as_json=False))
        assert "O-10002    lacks: owner, check, review" in capsys.readouterr().out
    with time_machine.travel(NOW + timedelta(days=20), tick=False):
        tick(force=force, at=NOW + timedelta(days=20))
        assert told(capsys)["orders"][0]["next_check"] == "2026-11-24", "missed, and still to be made"
