"""Test proposals on a call that is being prepared: its own officer fills in the form. They never leave the draft, so that
they are received, counted, judged and listed nowhere."""

from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.documents.errors import DocumentError
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.call_agreements import begin_trial, end_trial
from program.enums import CallState
from program.models import Call
from program.permissions import may_change_call
from program.versions import latest_form
from proposals.actions.completeness import written_of
from proposals.actions.content import content_of, digest
from proposals.documents import proposal_pdf
from proposals.enums import TeamRole
from proposals.models import Proposal, TeamMember
from proposals.permissions import is_pi
from proposals.rules.completeness import section_gaps
from proposals.rules.years import usual_years


@action
def start_trial(*, call: Call, by: Any) -> Proposal:
    """A test proposal of this officer on the newest version of the form; the one that is there, where there is one.

    Raises:
        NotAllowed: `by` is no officer of the lead agency.
        RuleBroken: `call_no_longer_prepared`, `call_without_form`.
    """
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("programme", "lead_agency")
        .get(pk=call.pk)
    )
    require(may_change_call(by, call))
    refuse_if(None if call.state == CallState.DRAFT else Violation("call_no_longer_prepared"))
    version = latest_form(call)
    refuse_if(Violation("call_without_form") if version is None else None)
    assert version is not None
    there = Proposal.objects.filter(form_version=version, pi=by.person, is_test=True).first()
    if there is not None:
        return there
    begin_trial(version=version, by=by)
    link = call.call_designations.select_related("designation").order_by("id").first()
    proposal = Proposal.objects.create(
        call=call,
        form_version=version,
        designation=link.designation if link else None,
        pi=by.person,
        institution=call.lead_agency,
        title_ja="（試験入力）",
        title_en="(test)",
        years=usual_years(call.min_years, call.max_years),
        is_test=True,
        created_at=now(),
        changed_at=now(),
    )
    TeamMember.objects.create(
        proposal=proposal,
        person=by.person,
        role=TeamRole.PI,
        joined_at=now(),
        institution_name=call.lead_agency.name_ja or call.lead_agency.name_en,
        institution_ror_id=call.lead_agency.ror_id or "",
        country_code=call.lead_agency.country_code,
    )
    audit.record("trial_started", proposal, by=by, details={"call": call.code, "version": version.number})
    return proposal


@action
def send_trial(*, proposal: Proposal, by: Any) -> Proposal:
    """Send a test proposal off: every section of the form is complete, and its PDF can be made. Nothing is received; the
    version of the form is noted as tried.

    Raises:
        NotAllowed: it is no test of `by`.
        RuleBroken: `call_no_longer_prepared`; what the sections lack; why the PDF cannot be made.
    """
    proposal = Proposal.objects.select_related("call__programme", "form_version", "pi__user").get(
        pk=proposal.pk
    )
    require(proposal.is_test and is_pi(by, proposal))
    refuse_if(*section_gaps(written_of(proposal)))
    content = content_of(proposal)
    try:
        proposal_pdf(content, issued_at=now())
    except DocumentError as error:
        raise RuleBroken(error.as_violation()) from error
    end_trial(version=proposal.form_version, by=by, sha256=digest(content))
    return proposal
