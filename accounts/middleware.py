"""Who must sign in, and with what."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.kept_forms import keep_form, note_arrival, remember_reader
from accounts.permissions import is_officer
from kernel.middleware import came_from


class SignInRequired(LoginRequiredMiddleware):
    """Every view needs a sign-in, unless it is marked public. The sign-in library's own pages mark themselves not."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        match = request.resolver_match
        if match is not None and match.view_name.startswith(("account_", "mfa_", "usersessions_")):
            return None  # allauth guards its own pages
        request.is_guarded = getattr(view_func, "login_required", True)  # type: ignore[attr-defined]
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Lead to the sign-in, and from there to what was sent, if anything was."""
        if keep_form(request, came_from(request)):
            return redirect_to_login(reverse("accounts:kept"))
        return super().handle_no_permission(request, view_func)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if getattr(request, "is_guarded", False) and request.user.is_authenticated:
            remember_reader(request, response)
            note_arrival(request, response)
        return response


class SecondFactorRequired:
    """Officers without a second factor are led to set one up before anything else (production settings)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        if match is None or match.view_name.startswith(("account_", "mfa_", "usersessions_")):
            return None
        if getattr(view_func, "login_required", True) is False or not is_officer(request.user):
            return None
        from allauth.mfa.utils import is_mfa_enabled

        if is_mfa_enabled(request.user):
            return None
        messages.warning(request, _("Your role sees confidential papers. Set up a second factor to go on."))
        return redirect("mfa_index")
