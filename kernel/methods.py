"""The methods that a view takes; any other is answered 405 before anything is read."""

from django.views.decorators.http import require_http_methods, require_POST

reads = require_http_methods(["GET", "HEAD"])
reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
writes = require_POST
