"""What a browser's session holds, kept in the database as Django keeps it and read by a statement written once (ADR 31, 114)."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from craffu.access.asking import prepared


@prepared
def _held(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)


class SessionStore(db.SessionStore):
    """Django's own, by its own name: what it signed before opens still."""

    def _get_session_from_db(self) -> Session | None:
        """What is held under this key, unless it has run out. Then the key is let go, as Django does."""
        held = next(iter(_held(str(self.session_key))), None)
        if held is not None and held.expire_date > timezone.now():
            return held
        self._session_key = None
        return None
