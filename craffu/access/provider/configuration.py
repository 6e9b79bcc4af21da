"""The identity provider of this installation, from the settings: which one, and who may still sign in with a password here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from craffu.access.provider import rules


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is agreed with the provider. The secret is not shown when this is printed."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    scope: str
    username_claim: str
    username_domain: str
    contexts: tuple[str, ...]
    methods: tuple[str, ...]
    skew: timedelta


def may_be_here() -> bool:
    """Whether the provider may be this machine itself, unencrypted: in a demo and in tests."""
    return not settings.PRODUCTION


def _given() -> dict[str, str]:
    """The settings of the provider, with the secret out of its file where it lies in one."""
    given = dict(settings.CRAFFU_OIDC)
    if given["client_secret_file"]:
        given["client_secret"] = _read(given["client_secret_file"])
    return given


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def faults() -> list[str]:
    """What is wrong with the settings, each a sentence that says what to do."""
    given = settings.CRAFFU_OIDC
    file = given["client_secret_file"]
    found = []
    if file and given["client_secret"]:
        found.append("CRAFFU_OIDC_CLIENT_SECRET and CRAFFU_OIDC_CLIENT_SECRET_FILE are both set: set one.")
    if file and not _read(file):
        found.append("CRAFFU_OIDC_CLIENT_SECRET_FILE cannot be read, or is empty: check its name and who owns it.")
    said = rules.faults(_given(), only_for=settings.CRAFFU_LOCAL_SIGN_IN, may_be_here=may_be_here())
    return [*found, *(one for one in said if not (found and "CLIENT_SECRET" in one))]


def configuration() -> Configuration | None:
    """The provider; none where none is set, or where something is wrong with it: half a provider signs nobody in."""
    given = _given()
    if not given["issuer"] or faults():
        return None
    contexts, methods = _listed(given, "acr"), _listed(given, "amr")
    return Configuration(
        issuer=given["issuer"],
        client_id=given["client_id"],
        client_secret=given["client_secret"],
        name=given["name"],
        scope=given["scope"],
        username_claim=given["username_claim"],
        username_domain=given["username_domain"],
        contexts=contexts,
        methods=methods,
        skew=timedelta(seconds=int(given["skew"])),
    )


def _listed(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in given[name].split(",") if one.strip())


def may_sign_in_here(username: str) -> bool:
    """Whether somebody may sign in with a password of ours: everybody, unless that is left to one named account.

    Without a provider that works as without one that is set: who is locked out is told by `craffu check`.
    """
    only: str = settings.CRAFFU_LOCAL_SIGN_IN
    return not only or username == only
