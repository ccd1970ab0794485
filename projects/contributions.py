"""What this app adds to pages above and below it: the main navigation, and what waits for a person."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from accounts.permissions import organisation_ids
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.contributions import Registry, Waiting
from kernel.moves import Move
from projects.enums import COMMITTING, ProjectState
from projects.models import CapException, Project
from projects.permissions import may_see_envelopes
from projects.queries import has_projects, is_spent, projects_visible_to
from proposals.enums import ProposalState
from proposals.models import Proposal
from proposals.permissions import may_decline
from proposals.queries import office_proposals

# Functions `(user, project) -> list[Move]`, offered in `AppConfig.ready` by the apps above: where a project's outcomes are.
project_moves: Registry[Callable[[Any, Project], list[Move]]] = Registry()

SHOWN = 40
DECLINE_SHOWN = dt.timedelta(days=60)
PROJECTS = (gettext_lazy("Projects"), "projects:projects")


def navigation(user: Any) -> list[tuple[Any, str]]:
    """Officers find the projects, and from there the envelopes; a team finds its projects once it has one."""
    return [PROJECTS] if may_see_envelopes(user) or has_projects(user) else []


def proposal_moves(user: Any, proposal: Proposal) -> list[Move]:
    """From an adopted or declined proposal to its project, for those who may read that; declining, for who may do it.
    Nothing is asked of others."""
    decline = reverse("projects:decline", args=[proposal.public_id])
    declines = [Move(_("Decline"), decline, tone="danger")] if may_decline(user, proposal) else []
    if proposal.state not in (ProposalState.ADOPTED, ProposalState.DECLINED):
        return declines
    project = projects_visible_to(user).filter(proposal=proposal).first()
    if project is None:
        return declines
    if declines and is_spent(project):
        declines = []  # refused by now: the agency's officer is spoken to
    words = _("Go to the project %(number)s") % {"number": project.number}
    return [Move(words, reverse("projects:project", args=[project.public_id]), tone="primary"), *declines]


def waiting(user: Any) -> list[Waiting]:
    """For programme officers: the projects of their agency that have been adopted and not begun. For approvers: the
    exceptions over a cap that they can answer."""
    return [*_offered(user), *_declined(user), *_exceptions(user)]


def _declined(user: Any) -> list[Waiting]:
    """For so many days after somebody has declined: those of the reserve list of that call, on whom may be called."""
    agencies = organisation_ids(user, Role.PROGRAMME_OFFICER)
    if not agencies:
        return []
    recent = AuditEntry.objects.filter(
        subject_type="proposals.proposal",
        subject_id=OuterRef("public_id"),
        verb="decline_award",
        at__gt=now() - DECLINE_SHOWN,
    )
    declined = office_proposals(user).filter(
        Exists(recent), state=ProposalState.DECLINED, call__lead_agency__in=agencies
    )
    reserved = office_proposals(user).filter(
        state=ProposalState.RESERVED, call__in=declined.order_by().values("call")
    )
    words = _("On the reserve list of a call in which a team has declined")
    return [Waiting(words, f"{reverse('proposals:office')}?state={ProposalState.RESERVED}", rows=reserved)]


def _exceptions(user: Any) -> list[Waiting]:
    """An entry a project; one query."""
    agencies = organisation_ids(user, Role.APPROVER)
    if not agencies:
        return []
    asked = CapException.objects.filter(
        is_approved=None,
        account__project__in=projects_visible_to(user).filter(agency__in=agencies).order_by(),
    ).exclude(asked_by=user)
    by_project = asked.values_list("account__project__number", "account__project__public_id")
    return [
        Waiting(
            _("An exception over a cap waits for your answer: %(number)s") % {"number": number},
            reverse("projects:project", args=[public_id]),
            count,
        )
        for (number, public_id), count in Counter(by_project[:SHOWN]).items()
    ]


def _offered(user: Any) -> list[Waiting]:
    agencies = organisation_ids(user, Role.PROGRAMME_OFFICER)
    if not agencies:
        return []
    offered = projects_visible_to(user).filter(agency__in=agencies, state=ProjectState.OFFERED)
    url = f"{reverse('projects:projects')}?state={ProjectState.OFFERED}"
    return [Waiting(_("Adopted projects that have not begun"), url, rows=offered)]


def erad_facts(keys: list[int]) -> dict[int, dict[str, Any]]:
    """For the results that go to e-Rad: the project's number, and what was awarded in all, in yen."""
    awarded = Sum("ledger__amount", filter=Q(ledger__kind__in=COMMITTING))
    found = Project.objects.filter(proposal__in=keys).annotate(awarded=awarded)
    return {
        proposal: {"project_number": number, "awarded_total": sum_}
        for proposal, number, sum_ in found.values_list("proposal", "number", "awarded")
    }
