"""The landing page: what waits for this person, or what the portal is for somebody who has not signed in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.permissions import memberships_of
from kernel.contributions import waiting
from kernel.methods import reads


@reads
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "portal/welcome.html")
    items = [item for contribute in waiting for item in contribute(request.user)]
    return render(
        request,
        "portal/home.html",
        {"waiting": items, "memberships": memberships_of(request.user)},
    )
