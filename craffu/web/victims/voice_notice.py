"""In words, that a victim was shown the notice about who may come to read what they say (VIC-11)."""

from django.utils.translation import gettext as _

from craffu.victims.voice.noticing import Carried
from craffu.web.court.words import instant_words
from craffu.web.victims.voice_words import NOTICE_LANGUAGES


def shown_words(read: Carried) -> str:
    return _("They were told who may come to read their words: notice %(version)s, %(when)s, %(language)s.") % {
        "version": read.notice.version,
        "when": instant_words(read.notice.shown_at),
        "language": NOTICE_LANGUAGES[read.notice.language],
    }
