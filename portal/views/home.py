"""The landing page: what waits for this person, or what the portal is for somebody who has not signed in;
and for those who may apply the calls that are open."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.enums import OFFICER_ROLES
from accounts.permissions import memberships_of
from kernel.contributions import counted, waiting
from kernel.methods import reads
from program.queries import open_calls


@reads
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "portal/welcome.html", {"calls": open_calls(request.user)})
    items = counted(request.user, (item for contribute in waiting for item in contribute(request.user)))
    memberships = list(memberships_of(request.user))
    # Officers have the calls in their work already.
    applies = not any(membership.role in OFFICER_ROLES for membership in memberships)
    return render(
        request,
        "portal/home.html",
        {
            "waiting": items,
            "memberships": memberships,
            "applies": applies,
            "calls": open_calls(request.user) if applies else [],
        },
    )
