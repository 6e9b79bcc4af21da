"""How Django finds the account of a session: with its force, which every request needs, in one question."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from craffu.access.models import User


class AccountBackend(ModelBackend):
    """Accounts by number, as Django has them. Passwords are checked as Django checks them."""

    def get_user(self, user_id: Any) -> User | None:
        user: User | None = User.objects.select_related("force").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
