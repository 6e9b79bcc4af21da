"""Why the identity provider's sign-in was not accepted, in words that say what to do and nothing of what it answered."""

from django.utils.translation import gettext_lazy as _

from craffu.access.provider.rules import Why
from craffu.web.presenters import Text

WHY_WORDS: dict[Why, Text] = {
    Why.AWAY: _(
        "The sign-in service does not answer. Wait a minute and try again. If it goes on, tell your service desk."
    ),
    Why.NOT_ASKED: _("That took too long, or the page was opened a second time. Try again from the beginning."),
    Why.DECLINED: _("The sign-in service did not sign you in. Try again. If it goes on, tell your service desk."),
    Why.TOKEN: _(
        "The answer of the sign-in service could not be relied on. Try again. If it goes on, tell your service desk at once."
    ),
    Why.TOO_OLD: _("You have to sign in again at the sign-in service for this, and it did not ask you to. Try again."),
    Why.NO_FACTOR: _(
        "You were signed in there without a second factor, such as a code or a key, and Craffu needs one. "
        "Set one up at the sign-in service, then try again."
    ),
    Why.NO_ACCOUNT: _("You have no account in Craffu. Ask your supervisor for one. Nothing of you was kept."),
    Why.OTHER_IDENTITY: _(
        "The account of this name belongs to somebody else’s sign-in. If it is yours, ask an administrator of Craffu."
    ),
}


def words(why: str) -> Text:
    """What a page says of a refusal; nothing for a word that is none of ours."""
    return WHY_WORDS[Why(why)] if why in set(Why) else ""
