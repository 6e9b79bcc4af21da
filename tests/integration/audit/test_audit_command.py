"""`craffu audit verify` and `craffu audit seal`, for people and for other commands."""

import json
from argparse import Namespace
from typing import Any

import pytest

from craffu.audit.sealing import actions as sealing
from craffu.config.cli import NotCarriedOut
from craffu.config.commands import audit
from tests.integration.audit.conftest import unguarded, write

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-05")]


def run(capsys: pytest.CaptureFixture[str], action: str, *, as_json: bool = False) -> tuple[int, str]:
    code = audit.run(Namespace(action=action, json=as_json))
    return code, capsys.readouterr().out


def test_a_whole_log_is_said_to_be_whole(capsys: pytest.CaptureFixture[str]) -> None:
    write(3)
    assert run(capsys, "seal") == (0, "3 rows sealed\n  demo: signed at 3\n")
    assert run(capsys, "seal") == (0, "0 rows sealed\n")
    write(1, start=3)
    code, said = run(capsys, "verify")
    assert code == 0
    assert "The log is whole." in said
    assert "demo: 3 rows, signed up to 3 at " in said


def test_the_answer_for_commands_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    write(2)
    sealed = json.loads(run(capsys, "seal", as_json=True)[1])
    assert sealed["sealed"] == 2
    write(1, start=2)
    code, said = run(capsys, "verify", as_json=True)
    answer = json.loads(said)
    assert code == 0
    assert {name: answer[name] for name in ("rows", "ok", "first_bad", "unsealed", "problems")} == {
        "rows": 2,
        "ok": True,
        "first_bad": None,
        "unsealed": 1,
        "problems": [],
    }
    assert answer["head"]["signed"] == sealed["heads"][0]
    assert answer["heads"] == [answer["head"]]


def test_the_first_bad_row_is_named_and_the_exit_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    write(3)
    run(capsys, "seal")
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_seal SET hash = %s WHERE position = 2", ["f" * 64])
        cursor.execute("DELETE FROM audit_head")
    code, said = run(capsys, "verify")
    assert code == 1
    assert "The log is NOT whole." in said
    assert "first bad row: demo 2, event " in said
    assert "demo's head at 3 is kept outside but gone from the database" in said
    code, said = run(capsys, "verify", as_json=True)
    assert (code, json.loads(said)["first_bad"]["position"]) == (1, 2)


def test_a_log_that_was_never_signed_or_ends_early_says_so(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    write(2)
    sealing.seal()
    assert "demo: 2 rows, not signed yet" in run(capsys, "verify")[1]
    sealing.sign_heads()
    with unguarded() as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE position = 2")
    assert "first bad row: demo 2: the tail was cut off" in run(capsys, "verify")[1]


def test_heads_that_cannot_be_copied_outside_are_no_traceback(settings: Any, tmp_path: Any) -> None:
    settings.CRAFFU_AUDIT_HEADS = tmp_path / "in the way"
    settings.CRAFFU_AUDIT_HEADS.write_text("")
    write(1)
    with pytest.raises(NotCarriedOut, match="CRAFFU_AUDIT_HEADS"):
        audit.run(Namespace(action="seal", json=False))
