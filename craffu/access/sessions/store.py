"""What a browser's session holds, kept in the database as Django keeps it and read in a plain statement (ADR 31)."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

# Every page waits for it, and Django takes longer to write it than a database to answer it.
HELD = "SELECT * FROM django_session WHERE session_key = %s"


class SessionStore(db.SessionStore):
    """Django's own, by its own name: what it signed before opens still."""

    def _get_session_from_db(self) -> Session | None:
        """What is held under this key, unless it has run out. Then the key is let go, as Django does."""
        held = next(iter(Session.objects.raw(HELD, [self.session_key])), None)
        if held is not None and held.expire_date > timezone.now():
            return held
        self._session_key = None
        return None
