"""What a web server loads to serve Craffu."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "craffu.config.settings")

application = get_wsgi_application()
