"""How Django finds the account of a session: with its force, which every request needs, in one question."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from craffu.access.asking import prepared
from craffu.access.models import User


@prepared
def _account(number: int) -> QuerySet[User]:
    found: QuerySet[User] = User.objects.select_related("force").filter(pk=number)
    return found


class AccountBackend(ModelBackend):
    """Accounts by number, as Django has them. Passwords are checked as Django checks them."""

    def get_user(self, user_id: Any) -> User | None:
        user = next(iter(_account(int(user_id))), None)
        return user if user is not None and self.user_can_authenticate(user) else None
