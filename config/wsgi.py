"""The WSGI entry point: `gunicorn config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from audit import triggers
from config.charset import in_utf_8
from offenders import history, intervals
from risk import frozen
from rules import guards

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django = get_wsgi_application()
application = in_utf_8(django)

# A server whose database lost its walls does not start. The connection is closed because
# gunicorn may fork after this (`preload_app`).
triggers.require()
intervals.require()
history.require()
guards.require()
frozen.require()
connections.close_all()
