"""A reviewer's profile, with the history of their service; and reviewers of earlier calls, who may be asked again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.violations import RuleBroken, sentence
from program.models import Field
from program.views.answering import carried_out, only_if, posted
from review.actions.pools import change_reviewer, take_over
from review.forms.pools import ProfileForm, initial_of
from review.models import Reviewer
from review.permissions import may_keep_pool, root_of
from review.profiles import profile_of, with_profile
from review.queries import reviewers_visible_to
from review.rules.profiles import joined
from review.service import Service, former_reviewers, service_of
from review.views.pools import call_or_404, crumbs, kept_agencies

SHOWN = 200


def service_rows(service: Service) -> list[dict[str, Any]]:
    """The history of somebody's service (components/summary_list.html)."""
    median = service.median_days
    rows = [
        (_("Reviews submitted"), str(service.given)),
        (_("on time"), str(service.on_time)),
        (_("late"), str(service.late)),
        (_("Declined"), str(service.declined)),
        (_("Days from being given to submitting (median)"), "–" if median is None else f"{median:g}"),
    ]
    return [{"label": words, "value": value, "url": ""} for words, value in rows]


@reads_and_writes
@idempotent
def pool_profile(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the pool keeps of somebody, to be changed; and how they have served so far."""
    found: Reviewer = get_object_or_404(with_profile(reviewers_visible_to(request.user)), public_id=public_id)
    only_if(may_keep_pool(request.user, found.call, found.agency))
    fields = list(Field.objects.filter(programme=found.call.programme_id).order_by("code"))
    form = ProfileForm(posted(request), fields=fields, initial=initial_of(profile_of(found)))
    done, _made = carried_out(
        request,
        form,
        lambda values: change_reviewer(reviewer=found, by=request.user, values=form.profile()),
        _("The profile is saved."),
    )
    back = reverse("review:pool", args=[found.call.public_id])
    if done:
        return redirect(back)
    root = root_of(found.person).pk
    context = {
        "form": form,
        "heading": found.person.name,
        "facts": service_rows(service_of(request.user, [root])[root]),
        "cancel_url": back,
        "breadcrumbs": crumbs(found.call, found.person.name),
    }
    return render(request, "review/pool_profile.html", context)


@reads
def pool_former(request: HttpRequest, public_id: str) -> HttpResponse:
    """Those who were in the officer's pools before, with what they did, to be put into this call's pool."""
    call = call_or_404(request, public_id)
    kept = kept_agencies(request, call)
    only_if(bool(kept))
    former = former_reviewers(request.user, call, [a.pk for a in kept])[:SHOWN]
    services = service_of(request.user, [root_of(one.person).pk for one in former])
    rows = []
    for one in former:
        service = services[root_of(one.person).pk]
        median = service.median_days
        rows.append(
            {
                "reviewer": one,
                "call": localized(one.call, "title"),
                "keywords": joined(one.keywords),
                "service": service,
                "median": "–" if median is None else f"{median:g}",
                "moves": [
                    Move(
                        _("Add to the pool"),
                        reverse("review:pool_take_over", args=[public_id, one.public_id]),
                        "post",
                    )
                ],
            }
        )
    context = {"call": call, "rows": rows, "breadcrumbs": crumbs(call, _("Reviewers of earlier calls"))}
    return render(request, "review/pool_former.html", context)


@writes
@idempotent
def pool_take_over(request: HttpRequest, public_id: str, reviewer_id: str) -> HttpResponse:
    call = call_or_404(request, public_id)
    former = get_object_or_404(reviewers_visible_to(request.user).exclude(call=call), public_id=reviewer_id)
    only_if(former.agency_id in {a.pk for a in kept_agencies(request, call)})
    try:
        take_over(former=former, call=call, by=request.user)
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
    else:
        messages.success(request, _("The person is in the pool."))
    return redirect("review:pool_former", public_id=public_id)
