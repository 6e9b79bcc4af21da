"""What answers from the lower packages alone answers as it would with everything loaded, and logs the same."""

import subprocess
import sys

import pytest

from craffu.config import cli
from tests.installation import ROOT, Installation

pytestmark = [pytest.mark.slow, pytest.mark.postgres_in_deep]

# The command as it is, or as it would be with everything loaded, and what it logged last.
PROGRAM = """
import json, sys
from dataclasses import replace
from craffu.config import cli
if sys.argv[1] == "whole":
    cli.COMMANDS = tuple(replace(one, up_to={}) for one in cli.COMMANDS)
code = cli.main(sys.argv[2:])
from django.apps import apps
from craffu.audit.models import Event
assert apps.is_installed("craffu.web") == (sys.argv[1] == "whole")
row = json.loads(Event.objects.order_by("id").last().payload)
print(json.dumps({name: value for name, value in row.items() if name not in ("at", "request")}))
sys.exit(code)
"""


def answered(of: Installation, how: str, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, how, *words],
        cwd=ROOT, env=of.env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.mark.deep
@pytest.mark.rule("SEC-02")
@pytest.mark.rule("SEC-04")
def test_an_answer_is_the_same_with_everything_loaded(demo_installation: Installation) -> None:
    demo_installation.run("tick")
    asked = {("person", "history"): ("P-10001",)}
    reading = [(one.name, action, *asked.get((one.name, action), ())) for one in cli.COMMANDS for action in one.up_to]
    assert ("orders", "due") in reading
    ended = set()
    for words in reading:
        for who in ("orders-team", "administrator"):
            part, whole = (answered(demo_installation, how, *words, "--as", who) for how in ("part", "whole"))
            assert part == whole, (words, who)
            ended.add((words, part[0]))
    assert {(words, cli.DONE) for words in reading} <= ended
    assert (("orders", "due"), cli.NOT_CARRIED_OUT) in ended
    assert '"kind": "orders_listed"' in answered(demo_installation, "part", "orders", "due", "--as", "orders-team")[1]


def test_a_migration_of_a_package_that_is_not_loaded_is_missed_too(installation: Installation) -> None:
    program = (
        "import django; django.setup(); from django.db import connection; "
        "connection.cursor().execute(\"DELETE FROM django_migrations WHERE app = 'intake'\")"
    )
    env = {**installation.env, "DJANGO_SETTINGS_MODULE": "craffu.config.settings"}
    subprocess.run([sys.executable, "-P", "-c", program], cwd=ROOT, env=env, check=True)
    assert "Run `craffu migrate` first" in installation.run("user", "list", expect=2, anew=True).stderr
