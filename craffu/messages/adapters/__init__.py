"""The carriers, each an adapter to a system outside: a folder that the force's own gateway empties, or GOV.UK Notify."""

from django.conf import settings

from craffu.messages.adapters.folder import Folder
from craffu.messages.adapters.notify import Notify
from craffu.messages.carrying import Carrier


def carrier() -> Carrier:
    """Whoever the settings say carries messages (CRAFFU_MESSAGES)."""
    if settings.CRAFFU_MESSAGES == "notify":
        return Notify(
            settings.CRAFFU_NOTIFY["url"], settings.CRAFFU_NOTIFY["key"], settings.CRAFFU_NOTIFY["text_template"],
            settings.CRAFFU_NOTIFY["email_template"],
        )  # fmt: skip
    return Folder(settings.CRAFFU_HOME / "messages")
