"""Static files under names that hold a digest of their content, so that a browser may keep them for ever; and what was just done.

The scripts import each other, and those addresses are rewritten too.
"""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class AssetStorage(ManifestStaticFilesStorage):
    """Hashed names, in the scripts' import lines as well as in templates and styles."""

    support_js_module_import_aggregation = True
    keep_intermediate_files = False


class DoneStorage(CookieStorage):
    """What was just done travels in a cookie of this host alone. It names nobody."""

    cookie_name = f"{settings.CRAFFU_COOKIE_PREFIX}done"
