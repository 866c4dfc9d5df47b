"""The WSGI entry point: `gunicorn config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from config.charset import in_utf_8
from config.walls import require_walls

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django = get_wsgi_application()
application = in_utf_8(django)

# A server whose database lost its walls does not start.
require_walls()
