"""Prints the API's description, as docs/openapi.json keeps it."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "craffu.config.settings")
django.setup()

from craffu.api.v1 import description  # noqa: E402

print(json.dumps(description(), indent=1, ensure_ascii=False))
