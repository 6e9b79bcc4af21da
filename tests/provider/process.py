"""A real identity provider in a process of its own, on this machine alone, and a person's way through its pages."""

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("provider.mjs")


@dataclass
class Provider:
    """The provider, and the browser's cookies there."""

    issuer: str
    client_id: str
    client_secret: str
    browser: requests.Session = field(default_factory=requests.Session)

    def settings(self, **more: str) -> dict[str, str]:
        """What Craffu is told of it."""
        return {
            "issuer": self.issuer,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "client_secret_file": "",
            "name": "Glan Afon sign-in",
            "scope": "openid profile",
            "username_claim": "preferred_username",
            "username_domain": "",
            "acr": "",
            "amr": "mfa",
            "skew": "60",
            **more,
        }

    def new_browser(self) -> None:
        self.browser = requests.Session()

    def sign_in(self, there: str, login: str = "", amr: str = "pwd mfa", acr: str = "") -> str:
        """Go where Craffu sends and sign in if asked: the address that leads back. Without a login the person gives up."""
        answer = self.browser.get(there, allow_redirects=False)
        while "/interaction/" in (at := urljoin(self.issuer, answer.headers["Location"])) or at.startswith(self.issuer):
            if "/interaction/" in at:
                assert "Sign in at the provider" in self.browser.get(at).text
                answer = self.browser.post(at, {"login": login, "amr": amr, "acr": acr}, allow_redirects=False)
            else:
                answer = self.browser.get(at, allow_redirects=False)
        return at

    def spoil(self, **how: Any) -> None:
        """Make the next ID token lie."""
        assert requests.post(f"{self.issuer}/spoil", {"how": json.dumps(how)}, timeout=5).status_code == 204


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(*back: str, out: str = "http://testserver/sign-in") -> Iterator[Provider]:
    """The provider, for a Craffu that people come back to at `back`, and at `out` when they signed out."""
    node = next(filter(None, (shutil.which(str(ROOT / ".venv" / "bin" / "node")), shutil.which("node"))), None)
    assert node, "Node is needed, as for the design system: run bin/setup"
    port, secret = free_port(), secrets.token_urlsafe(32)
    clients = [
        {
            "client_id": "craffu",
            "client_secret": secret,
            "redirect_uris": list(back),
            "post_logout_redirect_uris": [out],
        }
    ]
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    told = json.dumps({"port": port, "clients": clients})
    process = subprocess.Popen(
        [node, "--no-warnings", SCRIPT, told],
        cwd=ROOT, env={**kept, "NODE_ENV": "test"}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        issuer = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", issuer), "the provider did not start"
        yield Provider(issuer, "craffu", secret)
    finally:
        # What was started is a script that starts the engine: both end.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()
