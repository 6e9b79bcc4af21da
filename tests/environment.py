"""The surroundings every test runs in: mode test, and a home of its own with a fresh key ring, thrown away afterwards.

`bin/test` and the first worker set them in the environment; a bare `pytest` finds Django started already and brings it in line.
"""

import atexit
import importlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from craffu.common import keyring

PASSWORDS_QUICKLY = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def prepare() -> None:
    """Set up what is not set up yet: safe to call in every worker of a run."""
    if settings.MODE != "test":
        _leave_demo_mode()
    if not settings.CRAFFU_KEYS.exists():
        keyring.create(settings.CRAFFU_KEYS)
    settings.PASSWORD_HASHERS = PASSWORDS_QUICKLY
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file with the product's own options, never :memory:, because races and kills are tested.
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(settings.CRAFFU_HOME / "test.sqlite3")}


def _leave_demo_mode() -> None:
    home = Path(tempfile.mkdtemp(prefix="craffu-tests-"))
    owner = os.getpid()
    atexit.register(lambda: os.getpid() == owner and shutil.rmtree(home, ignore_errors=True))
    for name in [name for name in os.environ if name.startswith("CRAFFU_")]:
        del os.environ[name]
    os.environ.update(CRAFFU_MODE="test", CRAFFU_HOME=str(home))
    fresh = importlib.reload(sys.modules["craffu.config.settings"])
    for name in filter(str.isupper, dir(fresh)):
        if name == "DATABASES":
            settings.DATABASES["default"]["NAME"] = fresh.DATABASES["default"]["NAME"]
        else:
            setattr(settings, name, getattr(fresh, name))
