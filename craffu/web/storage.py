"""Static files under names that hold a digest of their content, so that a browser may keep them for ever.

The scripts import each other, and those addresses are rewritten too.
"""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class AssetStorage(ManifestStaticFilesStorage):
    """Hashed names, in the scripts' import lines as well as in templates and styles."""

    support_js_module_import_aggregation = True
    keep_intermediate_files = False
