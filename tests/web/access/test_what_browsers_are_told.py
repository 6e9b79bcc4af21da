"""What every answer tells a browser or a program, in a test and in production; and how fast one may ask (ASVS 2 to 4, 12, 13)."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from craffu.access.models import User
from craffu.access.pace.keeping import Pace
from craffu.access.sessions.store import SessionStore
from craffu.common import keyring
from craffu.config.commands import check
from craffu.web.access import middleware
from tests.web.access.test_sessions import logged

ASKED = ("/help", "/cy/help", "/sign-in", "/nothing-here", "/api/v1/orders", "/api/v1/nothing", "/assets/favicon.svg")
# What a production installation answers, in a process of its own: settings are read once.
ANSWERS = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
from craffu.web.access import clients
from craffu.web.safe import guarding
from craffu.web.storage import DoneStorage
browser = Client(SERVER_NAME="craffu.example.police.uk")
def told(path, secure, **head):
    answer = browser.get(path, secure=secure, headers=head)
    return {"status": answer.status_code, "head": dict(answer.headers)}
browser.get("/sign-in", secure=True)
print(json.dumps({
    "plain": told("/help", False), "safe": told("/help", True), "gallery": told("/gallery", True),
    "program": told("/api/v1/orders", False, authorization="Bearer craffu_" + "a" * 43),
    "asset": told("/assets/favicon.svg", True),
    "names": [
        settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, DoneStorage.cookie_name, clients.COOKIE, guarding.COOKIE
    ],
    "session": [getattr(settings, f"SESSION_COOKIE_{name}") for name in ("SECURE", "HTTPONLY", "SAMESITE", "DOMAIN")],
    "csrf": [getattr(settings, f"CSRF_COOKIE_{name}") for name in ("SECURE", "HTTPONLY", "SAMESITE", "DOMAIN")],
    "set": [one.OutputString() for one in browser.cookies.values()], "hasher": settings.PASSWORD_HASHERS[0],
}))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("production")
    keyring.create(home / "keys" / "keyring.json")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("CRAFFU_", "DJANGO_", "DATABASE_"))
    }
    said = {
        "CRAFFU_MODE": "production", "CRAFFU_HOSTS": "craffu.example.police.uk", "CRAFFU_FORCE": "63", "CRAFFU_HOME": str(home),
        "CRAFFU_SECRET_KEY": secrets.token_urlsafe(50), "DJANGO_SETTINGS_MODULE": "craffu.config.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ANSWERS], env={**kept, **said}, capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_in_production_every_cookie_is_of_this_host_alone(production: dict[str, Any]) -> None:
    assert len(set(production["names"])) == 5
    assert all(name.startswith("__Host-") for name in production["names"])
    assert production["session"] == production["csrf"] == [True, True, "Lax", None]
    assert production["set"]
    for cookie in production["set"]:
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


def test_in_production_every_answer_keeps_browsers_to_tls(production: dict[str, Any]) -> None:
    for asked in ("safe", "gallery", "asset"):
        assert (
            production[asked]["head"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
        ), asked


def test_in_production_a_program_that_asks_in_the_clear_is_refused_and_a_browser_led_on(
    production: dict[str, Any],
) -> None:
    assert (production["plain"]["status"], production["plain"]["head"]["Location"]) == (
        301,
        "https://craffu.example.police.uk/help",
    )
    assert production["program"]["status"] == 403
    assert "Location" not in production["program"]["head"]
    assert production["program"]["head"]["Content-Type"] == "application/problem+json"


def test_in_production_there_is_no_gallery(production: dict[str, Any]) -> None:
    assert production["safe"]["status"] == 200
    assert production["gallery"]["status"] in {302, 404}
    assert "/gallery" not in production["gallery"]["head"].get("Location", "").split("?")[0]


@pytest.mark.usefixtures("db")
def test_every_answer_says_what_it_is_and_where_it_may_be_shown(client: Client) -> None:
    for path in ASKED:
        with closing(client.get(path)) as answer:
            head = answer.headers
        kind, _, more = head["Content-Type"].partition(";")
        assert kind in {"text/html", "application/json", "application/problem+json", "image/svg+xml"}, path
        assert kind != "text/html" or more.strip() == "charset=utf-8", path
        assert head["X-Content-Type-Options"] == "nosniff", path
        assert head["Referrer-Policy"] == "same-origin", path
        assert {"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(
            head["Content-Security-Policy"].split("; ")
        ), path
        assert not any(name.lower().startswith("access-control-") for name in head), path


@pytest.mark.usefixtures("db")
def test_nothing_but_pages_and_built_files_is_served(client: Client) -> None:
    for path in (
        "/.git/config",
        "/assets/",
        "/assets/../settings.py",
        "/static/",
        "/pyproject.toml",
        "/craffu/config/urls.py",
    ):
        answer = client.get(path)
        assert answer.status_code in {302, 404}, path
        assert b"Index of" not in answer.content, path
    for path in ("/help", "/sign-in", "/assets/favicon.svg"):
        with closing(client.trace(path)) as answer:
            assert answer.status_code in {404, 405}, path


def test_a_way_to_the_database_over_a_network_is_encrypted_and_looked_at() -> None:
    far: dict[str, Any] = {"HOST": "db.example.police.uk", "OPTIONS": {}}
    assert not check.is_told_in_private(far)
    assert not check.is_told_in_private({**far, "OPTIONS": {"sslmode": "require"}}), "nobody looks who answers"
    assert check.is_told_in_private({**far, "OPTIONS": {"sslmode": "verify-full"}})
    for near in ("", "/run/postgresql", "localhost", "127.0.0.1", "::1"):
        assert check.is_told_in_private({"HOST": near}), near


@pytest.mark.usefixtures("db")
def test_a_sessions_identifier_has_enough_that_nobody_chose() -> None:
    keys = {SessionStore()._get_new_session_key() for _ in range(100)}  # type: ignore[no-untyped-call]
    assert len(keys) == 100
    assert all(len(key) >= 32 and len(set(key)) > 8 for key in keys), "32 of 36 characters: 165 bits"


@pytest.mark.deep
@pytest.mark.usefixtures("db")
def test_a_password_may_be_long_and_of_any_characters_and_is_taken_as_it_is(
    sam: User, production: dict[str, Any]
) -> None:
    long = "  Tŷ bach — 🐑 under the HILL, beside the sea  " * 3
    browser = Client()
    browser.post("/sign-in", {"username": "sam", "password": "a long pass phrase for tests"})
    said = {"current": "a long pass phrase for tests", "new": long, "again": long}
    assert browser.post("/account/password", said).status_code == 302
    for given, lets_in in ((long.strip(), False), (long.lower(), False), (long[:72], False), (long, True)):
        answer = Client().post("/sign-in", {"username": "sam", "password": given})
        assert (answer.status_code == 302) is lets_in, given
    # Tests hash quickly.
    assert production["hasher"] == "django.contrib.auth.hashers.PBKDF2PasswordHasher"


@pytest.mark.usefixtures("db")
def test_a_fault_of_ours_is_logged_and_its_page_says_nothing_of_it(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_said: object) -> None:
        raise RuntimeError("secret-inner-word")

    client.raise_request_exception = False
    monkeypatch.setattr("craffu.web.about.views.render", breaks)
    answer = client.get("/help")
    assert answer.status_code == 500
    assert b"secret-inner-word" not in answer.content
    (row,) = [one for one in caplog.records if one.levelname == "ERROR"]
    assert row.getMessage() == "Internal Server Error: /help"
    assert row.exc_info is not None
    assert row.exc_info[0] is RuntimeError


@pytest.mark.rule("SEC-01")
def test_whoever_asks_faster_than_people_do_waits_and_the_log_says_so(
    signed_in_client: Callable[..., Client], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CRAFFU_PACE = 3
    now = [100.0]
    monkeypatch.setattr(middleware, "PACE", Pace())
    monkeypatch.setattr(middleware, "monotonic", lambda: now[0])
    sam, other = signed_in_client("analyst", username="sam"), signed_in_client("analyst", username="alex")
    assert [sam.get("/").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = sam.get("/cy/")
    assert answer.headers["Retry-After"] == "60"
    assert other.get("/").status_code == 200, "nobody else waits"
    rows = [one for one in logged("access_refused") if "too_fast" in one]
    assert len(rows) == 1
    assert "user/sam" in rows[0]
    now[0] += 20
    assert [sam.get("/").status_code for _ in range(2)] == [200, 429], "a third of a minute is one of three"
