"""The portal as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from kernel.garbage import rest_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
rest_what_is_loaded()
