"""Whether the portal is alive and ready, for the machines that watch it. No detail: the answers are public."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)
# Migrations do not come back once applied, and reading their files costs 100 ms: asked until the first yes.
_migrated: list[bool] = []


@require_safe
@never_cache
@login_not_required
def alive(request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all; asks nothing of the database."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """200 when people can be served, else 503 with the parts that fail, by name."""
    checks: dict[str, Callable[[], bool]] = {
        "database": _database_answers,
        "migrations": _migrations_are_applied,
        "queue": _queue_answers,
    }
    parts = {name: _holds(name, check) for name, check in checks.items()}
    return JsonResponse({"ready": all(parts.values()), **parts}, status=200 if all(parts.values()) else 503)


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever the driver raises means the same here
        log.exception("not ready: %s", name)
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrations_are_applied() -> bool:
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.append(True)
    return True


def _queue_answers() -> bool:
    if settings.REDIS_URL:
        caches["default"].get("readyz")  # raises when Redis is away
        return True
    return (settings.QUEUE_DIR / "messages").is_dir()
