"""What of this app waits for a person, and where in the navigation it stands."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from accounts.permissions import is_agency_officer, is_ministry_officer, organisation_ids
from kernel.clock import day_of, now, today
from kernel.contributions import Waiting
from program.enums import CallState, DesignationState, VersionOccasion
from program.models import Call, DossierVersion, ProgrammeEvaluation
from program.queries import designations_visible_to, programmes_kept_by
from program.rules.evaluations import reminder_reached
from program.signing import leaves_a_second
from program.waiting_agreements import agreements

PUBLIC = [
    (gettext_lazy("Programme"), "program:programme"),
    (gettext_lazy("Fields and countries"), "program:fields"),
    (gettext_lazy("Designations"), "program:designations"),
    (gettext_lazy("Calls"), "program:calls"),
]


def entries(user: Any) -> list[tuple[Any, str]]:
    """The navigation's entries for this person."""
    officers = [(gettext_lazy("Agencies"), "program:agencies")]
    return PUBLIC + (officers if is_agency_officer(user) or is_ministry_officer(user) else [])


def waiting_for(user: Any) -> list[Waiting]:
    """Designations that wait for this officer's decision; calls that this officer can agree to, open or close now."""
    return [*_designations(user), *_evaluations(user), *agreements(user), *_calls(user)]


def _designations(user: Any) -> list[Waiting]:
    if not is_ministry_officer(user):
        return []
    kept = designations_visible_to(user).order_by().filter(programme__in=programmes_kept_by(user))
    mine = Q(proposed_by=user)
    was_proposed = Q(
        Exists(DossierVersion.objects.filter(designation=OuterRef("pk"), occasion=VersionOccasion.PROPOSED))
    )
    draft = Q(state=DesignationState.DRAFT)
    found = kept.aggregate(
        returned=Count("pk", filter=draft & was_proposed),
        begun=Count("pk", filter=draft & ~was_proposed),
        proposed=Count("pk", filter=Q(state=DesignationState.PROPOSED) & ~mine),
        reviewed=Count("pk", filter=Q(state=DesignationState.REVIEWED) & leaves_a_second(user)),
        signed=Count("pk", filter=Q(state=DesignationState.SIGNED) & ~mine & ~Q(signed_by=user)),
    )
    labels = {
        "returned": _("Designations returned to preparation"),
        "begun": _("Designations being prepared"),
        "proposed": _("Designations to be reviewed"),
        "reviewed": _("Designations to be signed first"),
        "signed": _("Designations to be decided"),
    }
    states = {"returned": DesignationState.DRAFT.value, "begun": DesignationState.DRAFT.value}
    url = reverse("program:designations")
    return [
        Waiting(label, f"{url}?state={states.get(state, state)}", found[state])
        for state, label in labels.items()
        if found[state]
    ]


def _evaluations(user: Any) -> list[Waiting]:
    """Evaluations of the programmes of this officer's ministry whose first reminder is due, or whose day has passed."""
    if not is_ministry_officer(user):
        return []
    planned = ProgrammeEvaluation.objects.filter(
        programme__in=programmes_kept_by(user), planned_on__isnull=False, held_on=None
    ).select_related("programme")
    due = [
        evaluation
        for evaluation in planned.order_by("planned_on", "id")
        if reminder_reached(
            evaluation.planned_on, None, evaluation.remind_days, today(evaluation.programme.zone)
        )
        is not None
    ]
    if not due:
        return []
    url = reverse("program:programme_page", args=[due[0].programme.public_id])
    return [
        Waiting(_("Evaluations of a programme to be held"), f"{url}#evaluations", len(due), due[0].planned_on)
    ]


def _calls(user: Any) -> list[Waiting]:
    led = organisation_ids(user, Role.PROGRAMME_OFFICER)
    if not led:
        return []
    calls = Call.objects.filter(
        Q(state=CallState.DRAFT)
        | Q(state=CallState.OPEN, deadline_at__lte=now())
        | Q(state=CallState.CLOSED),
        lead_agency__in=led,
    )
    moment = now()
    kinds: list[tuple[Any, CallState, Callable[[Call], bool]]] = [
        (_("Calls whose opening time has come"), CallState.DRAFT, lambda call: call.opens_at <= moment),
        (_("Calls being prepared"), CallState.DRAFT, lambda call: call.opens_at > moment),
        (_("Calls whose deadline has passed, to be closed"), CallState.OPEN, lambda call: True),
        (_("Calls whose review can begin"), CallState.CLOSED, lambda call: True),
    ]
    found = []
    for label, state, is_meant in kinds:
        own = [call for call in calls if call.state == state and is_meant(call)]
        if own:
            due = min(day_of(call.opens_at) for call in own) if state is CallState.DRAFT else None
            url = f"{reverse('program:calls')}?state={state.value}"
            found.append(Waiting(label, url, len(own), due))
    return found
