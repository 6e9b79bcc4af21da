"""What a message with a link says: nothing that tells from whom it is or what about (page map, P20)."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from craffu.clocks.london import local_time
from craffu.common.languages import Language
from craffu.web.court.words import day_words
from craffu.web.translations import are_approved

SUBJECT: Final = gettext_noop("A page for you")
BODY: Final = gettext_noop("There is a page for you: %(link)s It opens once, until %(day)s.")


def link_of(secret: str, language: str) -> str:
    """The whole address, on the safe page's own host."""
    path = f"/t/{secret}"
    return f"{settings.CRAFFU_SAFE_PAGE['address']}{'/cy' if language == Language.WELSH else ''}{path}"


def is_draft() -> bool:
    """BIL-03: whether a qualified translator has still to approve the Welsh of the message as it stands."""
    return not are_approved(SUBJECT, BODY)


def worded(secret: str, until: datetime, language: str) -> tuple[str, str]:
    """Subject and body in the language chosen; in both, Welsh first, where none or both were."""
    chosen = [one for one in Language if one == language] or [Language.WELSH, Language.ENGLISH]
    subjects, bodies = [], []
    for one in chosen:
        with translation.override(one.value):
            subjects.append(_(SUBJECT))
            said = {"link": link_of(secret, one.value), "day": day_words(local_time(until).date())}
            bodies.append(_(BODY) % said)
    return " / ".join(subjects), "\n".join(bodies)


def has_address() -> bool:
    """Whether a link leads anywhere: the safe page has a host."""
    return bool(settings.CRAFFU_SAFE_PAGE["address"])
