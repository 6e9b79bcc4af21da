"""How Django finds the account of a session: with its force, which every request needs, in one question."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from craffu.access.models import Force, User

# A plain statement, because every page waits for it and Django takes longer to write it than a database to answer it (ADR 31).
OF_FORCE = ("code", "name_en", "name_cy", "controller")
ACCOUNT = (
    "SELECT access_user.*, access_force.code AS force_code, access_force.name_en AS force_name_en, "
    "access_force.name_cy AS force_name_cy, access_force.controller AS force_controller "
    "FROM access_user JOIN access_force ON access_force.id = access_user.force_id WHERE access_user.id = %s"
)


class AccountBackend(ModelBackend):
    """Accounts by number, as Django has them. Passwords are checked as Django checks them."""

    def get_user(self, user_id: Any) -> User | None:
        user: User | None = next(iter(User.objects.raw(ACCOUNT, [user_id])), None)
        if user is None or not self.user_can_authenticate(user):
            return None
        said = [user.__dict__.pop(f"force_{name}") for name in OF_FORCE]
        user.force = Force.from_db(user._state.db, ["id", *OF_FORCE], [user.force_id, *said])
        return user
