"""The decorator for views that create something."""

import functools
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from kernel.actions import writing
from kernel.idempotency.models import UsedToken

FIELD = "form_token"


def idempotent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a POST with one `form_token` take effect once; a repetition is sent where the first one led.

    The token and the change commit together. The second of two simultaneous posts waits for the first at the unique
    constraint. A post that was answered by a page (with errors) uses no token: everything is rolled back.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = request.POST.get(FIELD, "")[:40].replace("\x00", "")
        if request.method != "POST" or not token or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            try:
                with writing(), transaction.atomic():
                    used = UsedToken.objects.create(user=request.user, token=token)
            except IntegrityError:
                used = UsedToken.objects.get(user=request.user, token=token)
                return HttpResponseRedirect(used.location or request.path)
            response = view(request, *args, **kwargs)
            if 300 <= response.status_code < 400:
                with writing():
                    used.location = response["Location"]
                    used.save(update_fields=["location"])
            else:
                transaction.set_rollback(True)
        return response

    return guarded
