"""Whose account a provider's sign-in means: by the identity it belongs to, or by its name the first time."""

import hashlib

from craffu.access.models import User
from craffu.access.provider.models import ProviderIdentity
from craffu.access.provider.rules import NotAccepted, Said, Why, account_name
from craffu.access.queries import find_user, home_force
from craffu.access.wall.reach import account_numbered


def mark_of(said: Said) -> str:
    return hashlib.sha256(f"{said.issuer}\n{said.subject}".encode()).hexdigest()


def account_of(said: Said, domain: str) -> User:
    """The account in use of the person who signed in there, of the force that the provider is of. Raises NotAccepted.

    Once an identity is known the name counts no more: somebody who married is still themselves, and whoever is given a
    leaver's name there is not the leaver.
    """
    known = ProviderIdentity.objects.filter(mark=mark_of(said)).values_list("user_id", flat=True).first()
    if known is not None:
        with account_numbered(known):
            user: User | None = User.objects.select_related("force").filter(pk=known, is_active=True).first()
    else:
        name = account_name(said.name, domain)
        user = find_user(name) if name else None
    if user is None or user.force_id != home_force().pk:
        raise NotAccepted(Why.NO_ACCOUNT)
    return user


def is_anothers(user: User, said: Said) -> bool:
    """Whether an account belongs to another identity already."""
    return ProviderIdentity.objects.filter(user=user).exclude(mark=mark_of(said)).exists()
