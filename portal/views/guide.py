"""The guide to the portal, which everybody may read."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kernel.contributions import navigation
from kernel.methods import reads
from portal.context import PUBLIC_PAGES
from portal.guide_facts import EVERYWHERE
from portal.guides import GUIDES


@reads
@login_not_required
def guide(request: HttpRequest) -> HttpResponse:
    """Steps for each kind of person; a step links to its page for those who have that page."""
    own = pages_of(request.user)
    chapters = [
        {
            "guide": chapter,
            "steps": [
                {"step": step, "url": reverse(step.route) if step.route in own else ""}
                for step in chapter.steps
            ],
        }
        for chapter in GUIDES
    ]
    return render(request, "portal/guide.html", {"chapters": chapters, "everywhere": EVERYWHERE})


def pages_of(user: Any) -> set[str]:
    """The names of the pages in the person's menu, and of those that everybody has."""
    public = {name for _label, name in PUBLIC_PAGES}
    if not user.is_authenticated:
        return public
    return public | {"accounts:profile"} | {name for offer in navigation for _label, name in offer(user)}
