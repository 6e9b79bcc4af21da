"""Which tables stand behind the database's own wall between forces, by which comparison, and which do not and why (SEC-01).

A table with a key to a force stands behind it. Any other must be named here, or a test fails: so none is forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db import models

# Written as PostgreSQL writes them back, so that what stands can be compared with what should.
_SAID: Final = "(NULLIF(current_setting('app.force'::text, true), ''::text))::bigint"
_OF_FORCE: Final = f"(force_id = {_SAID})"
_CODE: Final = f"(( SELECT f.code FROM access_force f WHERE (f.id = {_SAID})))::text"  # noqa: S608  # our own words
_ACCOUNT: Final = "current_setting('app.account'::text, true)"
_OF_ACCOUNT: Final = f"((('name '::text || (username)::text) = {_ACCOUNT}) OR (('number '::text || id) = {_ACCOUNT}))"
_SAYS_ALL: Final = "(current_setting('app.every_force'::text, true) = 'on'::text)"


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be seen and written of a table: `using` by whoever it is `for_owner` or for all, in the case of `command`."""

    name: str
    using: str
    command: str = "ALL"
    for_owner: bool = False


BY_FORCE: Final = Policy("wall", _OF_FORCE)
BY_CODE: Final = Policy("wall", f"(force = {_CODE})")
BY_SHORT_CODE: Final = Policy("wall", f"((force)::text = {_CODE})")
BY_EMERGENCY: Final = Policy("wall", "(access_id IN ( SELECT e.id FROM access_emergencyaccess e))")
BY_ACCOUNT: Final = Policy("account", _OF_ACCOUNT, command="SELECT")
ALL_FOR_OWNER: Final = Policy("every_force", _SAYS_ALL, for_owner=True)

# Tables that say their force otherwise than by a key to it, or that are reached otherwise too.
OTHERWISE: Final[Mapping[str, tuple[Policy, ...]]] = {
    # Whoever signs in says who they are, not of which force.
    "access.User": (BY_FORCE, BY_ACCOUNT),
    # What a review says of an emergency access is seen by whoever sees that.
    "access.EmergencyReview": (BY_EMERGENCY,),
    # The log lies below access and names the force by its code.
    "audit.Event": (BY_CODE,),
    "audit.Seal": (BY_SHORT_CODE,),
    "audit.Head": (BY_SHORT_CODE,),
    # So do the outbox and what goes out, for the same reason.
    "outbox.News": (BY_SHORT_CODE,),
    "outgoing.Message": (BY_SHORT_CODE,),
}

_WITH_ACCOUNT = "About an account by its number alone, and reached from the account, which stands behind the wall."
_AT_THE_DOOR = "Keyed tokens and counts of tries, asked before anybody's force is known; they name nobody."
_OF_ALL = "The same for every force."
# Why the others do not stand behind it. One of a force that does not is named here too.
OUTSIDE: Final[Mapping[str, str]] = {
    "access.Force": "Which forces there are is no secret, and the wall itself asks it.",
    "access.Team": "A team's name, reached from its area, which stands behind the wall.",
    "access.RightChange": _WITH_ACCOUNT,
    "access.RankChange": _WITH_ACCOUNT,
    "access.SignInSession": _WITH_ACCOUNT,
    "access.TermsAcceptance": _WITH_ACCOUNT,
    "access.KnownPlace": _WITH_ACCOUNT,
    "access.AuthenticatorApp": _WITH_ACCOUNT,
    "access.Passkey": _WITH_ACCOUNT,
    "access.PasskeyChallenge": _WITH_ACCOUNT,
    "access.RecoveryCode": _WITH_ACCOUNT,
    "access.FactorChange": _WITH_ACCOUNT,
    "access.ProviderIdentity": _WITH_ACCOUNT,
    "access.ApiToken": "The hash of a secret, asked for before anybody's force is known; about an account by its number alone.",
    "access.SignInTry": _AT_THE_DOOR,
    "access.SignInHold": _AT_THE_DOOR,
    "audit.EventReference": "A record's number and a row of the log, which stands behind the wall; read by joining it.",
    "audit.Unsealed": "Numbers of rows of the log, which stands behind the wall; read by joining it.",
    "common.Counter": "The last number given out for each kind of reference.",
    "published.CodeVersion": _OF_ALL,
    "published.HandSeries": _OF_ALL,
    "published.PublishedFigure": _OF_ALL,
    "published.StreetFile": _OF_ALL,
    "published.StreetCrime": _OF_ALL,
    "published.FoundError": _OF_ALL,
    "published.TakenFile": _OF_ALL,
}


def our_models() -> list[type[models.Model]]:
    """Every model of ours that has a table."""
    return [model for model in apps.get_models() if model.__module__.startswith("craffu.") and model._meta.managed]


def policies_of(model: type[models.Model]) -> tuple[Policy, ...]:
    """The policies that a model's table stands under; none where it stands outside. Raises LookupError if nobody said."""
    label = model._meta.label
    if label in OUTSIDE:
        return ()
    if label in OTHERWISE:
        return (*OTHERWISE[label], ALL_FOR_OWNER)
    if any(field.name == "force" and field.is_relation for field in model._meta.concrete_fields):
        return (BY_FORCE, ALL_FOR_OWNER)
    raise LookupError(f"{label} belongs to no force: say in access/wall/tables.py why it stands outside the wall")


def behind_the_wall() -> dict[str, tuple[Policy, ...]]:
    """The policies by table, for the tables that stand behind it."""
    found = {model._meta.db_table: policies_of(model) for model in our_models()}
    return {table: policies for table, policies in found.items() if policies}
