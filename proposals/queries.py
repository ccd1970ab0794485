"""Reads of proposals, as far as a user may see them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.enums import Role
from accounts.models import Person
from accounts.permissions import is_agency_officer, organisation_ids, person_of, same_people
from kernel.audit.models import AuditEntry
from kernel.clock import now, today
from kernel.files.models import StoredFile
from program.models import Call, CallAgency, SupportType
from program.permissions import SEATS
from program.queries import calls_of_officer
from proposals.enums import ENDED, AccessKind, ProposalState, TeamRole, Verdict
from proposals.models import (
    BudgetLine,
    Correction,
    EligibilityVerdict,
    MailRun,
    PartnerAward,
    Proposal,
    ProposalAccess,
    RunMail,
    SavedFilter,
    Submission,
    TeamMember,
)
from proposals.permissions import exclusions_of
from proposals.rules.alerts import LIVE
from proposals.rules.eligibility import CONFIRMED, JUDGED
from proposals.states import PROPOSAL
from proposals.told import DECIDING, as_told

# So many receipt numbers stand on the page of a form's versions.
RECEIPTS_SHOWN = 200
# What passes between a team and its institution: told to the team alone.
OF_THE_TEAM = ("signed", "approval_asked", "institution_approved", "institution_returned")
# The verbs of the audit trail that the timeline tells.
TOLD = (
    "started",
    "extended",
    "returned_for_correction",
    "return_ended",
    "award_asked",
    "award_question_taken_back",
    "award_answered",
    *(transition.name for transition in PROPOSAL.transitions),
)


def own_of(user: Any) -> Q:
    """The proposals in which the user takes part, as a condition; for somebody with a person."""
    person = person_of(user)
    return Q(pi=person) | Q(pk__in=TeamMember.objects.joined().filter(person=person).values("proposal"))


def naming(user: Any) -> Q:
    """The proposals that name the user as of their teams, accepted or not, under any id: they never judge these."""
    own = same_people(person_of(user)).values("pk")
    return Q(pi__in=own) | Q(pk__in=TeamMember.objects.filter(person__in=own).values("proposal"))


def own_proposals(user: Any) -> QuerySet[Proposal]:
    """The proposals in which the user takes part, the newest first."""
    proposals = Proposal.objects.select_related(
        "call__programme", "call__lead_agency", "pi", "institution"
    ).order_by("-id")
    person = person_of(user)
    if person is None:
        return proposals.none()
    return as_told(proposals.filter(own_of(user)))


def proposals_visible_to(user: Any) -> QuerySet[Proposal]:
    """What the user may read, the newest first.

    The teams their own; officers and approvers of the call's agencies what was received at the deadline, never drafts,
    before the deadline nothing, and what was withdrawn before it not later either; whoever was let in as a reader the same.
    An exclusion outweighs all but the own team's right. What was decided on the own team's is not told before it is published.
    """
    person = person_of(user)
    return as_told(_readable(user), own_of(user)) if person else Proposal.objects.none()


def _readable(user: Any) -> QuerySet[Proposal]:
    proposals = Proposal.objects.select_related(
        "call__programme", "call__lead_agency", "pi", "institution"
    ).order_by("-id")
    person = person_of(user)
    own = own_of(user)
    access = ProposalAccess.objects.filter(person=person)
    others = Q(pk__in=access.filter(kind=AccessKind.READER).values("proposal"))
    if is_agency_officer(user):
        others |= Q(call__in=calls_of_officer(user).values("pk"))
    open_still = Q(state__in=(ProposalState.DRAFT, ProposalState.SUBMITTED))
    withdrawn_early = Q(state=ProposalState.WITHDRAWN) & (
        Q(is_unreceived=True) | Q(call__deadline_at__gt=now())
    )
    received = Q(receipt_number__isnull=False) & ~open_still & ~withdrawn_early
    excluded = Q(pk__in=exclusions_of(user).values("proposal"))
    return proposals.filter(own | (others & received & ~excluded & ~naming(user)))


def last_submission(proposal: Proposal) -> Submission | None:
    """The version that counts: the newest that was submitted; None where none was."""
    return proposal.submissions.select_related("pdf").order_by("-number").first()


def open_correction(proposal: Proposal) -> Correction | None:
    """The return for correction that the team is at work on; None where it was not returned, or is locked again."""
    if proposal.extended_until is None:  # a return gives time, as an extension does
        return None
    return proposal.corrections.filter(ended_at=None).select_related("agency").first()


def claims_elsewhere(proposal: Proposal, awards: Sequence[PartnerAward]) -> QuerySet[PartnerAward]:
    """The claims of other submitted proposals that have the number of one of these awards; what was withdrawn, declined or
    refused claims nothing any more. How many there are is told to everybody who reads the award, which they are only to
    whoever handles them."""
    return (
        PartnerAward.objects.filter(
            number__in=[award.number for award in awards], proposal__receipt_number__isnull=False
        )
        .exclude(proposal=proposal)
        .exclude(proposal__state__in=ENDED)
        .select_related("proposal")
        .order_by("proposal")
    )


def evidence_visible_to(user: Any, proposal_id: str, award_id: str) -> StoredFile | None:
    """The file that bears a claimed award out: for the team as it stands now; for whoever else may read the proposal as it
    was submitted, whatever was exchanged since."""
    own = own_proposals(user).filter(public_id=proposal_id).first()
    if own is not None:
        award = own.awards.filter(public_id=award_id).select_related("evidence").first()
        return award.evidence if award else None
    proposal = proposals_visible_to(user).filter(public_id=proposal_id).first()
    submission = last_submission(proposal) if proposal else None
    claimed = submission.content["awards"] if submission else []
    evidence = next((award["evidence"] for award in claimed if award["public_id"] == award_id), None)
    return StoredFile.objects.filter(public_id=evidence["public_id"]).first() if evidence else None


def timeline_of(proposal: Proposal, *, for_team: bool = False) -> QuerySet[AuditEntry]:
    """What has happened to a proposal as a whole, the newest first; what was merely written is left out."""
    verbs = (*TOLD, *OF_THE_TEAM) if for_team else TOLD
    entries = AuditEntry.objects.filter(
        subject_type="proposals.proposal", subject_id=proposal.public_id, verb__in=verbs
    )
    if proposal.is_as_told:
        entries = entries.exclude(verb__in=DECIDING, at__gte=proposal.decided_at)
    return entries.order_by("-id").defer("private")


def office_proposals(user: Any) -> QuerySet[Proposal]:
    """What an officer or approver handles: what the calls of their agencies received, their own team's left out."""
    if not is_agency_officer(user):
        return Proposal.objects.none()
    return _readable(user).filter(call__in=calls_of_officer(user).values("pk")).exclude(naming(user))


def saved_filters_of(user: Any) -> QuerySet[SavedFilter]:
    """The user's own filters of the list, and those that officers of their agencies share, by name."""
    shared = Q(agency__in=organisation_ids(user, *SEATS))
    return (
        SavedFilter.objects.filter(Q(user=user) | shared)
        .select_related("user__person", "agency")
        .order_by("name", "pk")
    )


def run_mails_of(user: Any) -> QuerySet[RunMail]:
    """The mails of their agencies' runs that the user may see: those about proposals that they handle."""
    return RunMail.objects.filter(
        run__agency__in=organisation_ids(user, *SEATS), proposal__in=office_proposals(user).values("pk")
    )


def mail_runs_of(user: Any) -> QuerySet[MailRun]:
    """The runs of which the user may see a mail, the newest first. One about hidden proposals alone is not told."""
    seen = run_mails_of(user).filter(run=OuterRef("pk"))
    return MailRun.objects.filter(Exists(seen)).select_related("agency", "by__person").order_by("-pk")


def parts_answered_by(user: Any) -> QuerySet[CallAgency]:
    """The parts in calls for which the user answers today: their own agencies', and those of agencies that do not sign
    in, in calls that their agency runs (as `program.permissions.may_answer_for`)."""
    agencies, day = organisation_ids(user, Role.PROGRAMME_OFFICER), today()
    return CallAgency.objects.filter(
        Q(agency__in=agencies) | Q(signs_in=False, call__lead_agency__in=agencies),
        Q(ends_on=None) | Q(ends_on__gte=day),
        starts_on__lte=day,
    )


def awaiting_verdict(user: Any) -> QuerySet[Proposal]:
    """Proposals on whose eligibility an agency for which the user answers has not given a verdict that is asked for."""
    given = EligibilityVerdict.objects.filter(proposal=OuterRef(OuterRef("pk")), agency=OuterRef("agency"))
    open_parts = parts_answered_by(user).filter(~Exists(given), call=OuterRef("call"), must_agree=True)
    return office_proposals(user).filter(Exists(open_parts), state__in=JUDGED)


def awaiting_award(user: Any) -> QuerySet[Proposal]:
    """Proposals with an award that an agency for which the user answers has not confirmed or denied."""
    parts = parts_answered_by(user).filter(call=OuterRef("proposal__call"), agency=OuterRef("agency"))
    open_awards = PartnerAward.objects.filter(Exists(parts), proposal=OuterRef("pk"), verdict="")
    return office_proposals(user).filter(Exists(open_awards), state__in=CONFIRMED)


def awaiting_alert(user: Any) -> QuerySet[Proposal]:
    """Proposals of whose award something has come up that no officer has taken note of."""
    raised = PartnerAward.objects.filter(proposal=OuterRef("pk"), alerts_noted_at=None).exclude(alerts=[])
    return office_proposals(user).filter(Exists(raised), state__in=LIVE)


def awaiting_confirmation(user: Any) -> QuerySet[Proposal]:
    """Proposals with an answer recorded on behalf by somebody else, in a call that the user's agency runs."""
    waiting = Q(proposal=OuterRef("pk"), on_behalf=True, confirmed_at=None) & ~Q(recorded_by=person_of(user))
    verdicts, awards = EligibilityVerdict.objects.filter(waiting), PartnerAward.objects.filter(waiting)
    return office_proposals(user).filter(
        Q(Exists(verdicts), state__in=JUDGED) | Q(Exists(awards), state__in=CONFIRMED),
        call__lead_agency__in=organisation_ids(user, *SEATS),
    )


def asked_of(proposal: Proposal) -> int:
    """What a proposal asks for, as it stands, in all fiscal years of its term, in the programme's minor units."""
    lines = proposal.budget.filter(fiscal_year__in=list(proposal.fiscal_years))
    return int(lines.aggregate(sum=Sum("amount"))["sum"] or 0)


def with_sums(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With `asked`: what is asked for in all fiscal years of the term, in the programme's minor units; None of nothing."""
    lines = BudgetLine.objects.filter(
        proposal=OuterRef("pk"),
        fiscal_year__gte=OuterRef("call__first_year"),
        fiscal_year__lt=OuterRef("call__first_year") + OuterRef("years"),
    )
    return proposals.annotate(
        asked=Subquery(lines.order_by().values("proposal").annotate(sum=Sum("amount")).values("sum"))
    )


def calls_with_counts(user: Any) -> QuerySet[Call]:
    """The officer's calls, the newest first, each with `submitted`: how many proposals stand submitted now (more is not
    told of an open call before its deadline), `offers_types`: whether it has support types, and `has_returned`: whether a
    proposal is with its team for correction."""
    standing = Proposal.objects.filter(call=OuterRef("pk"), state=ProposalState.SUBMITTED).order_by()
    counts = standing.values("call").annotate(n=Count("pk")).values("n")
    return (
        Call.objects.filter(pk__in=calls_of_officer(user).values("pk"))
        .annotate(
            submitted=Coalesce(Subquery(counts), 0),
            offers_types=Exists(SupportType.objects.filter(call=OuterRef("pk"))),
            has_returned=Exists(Correction.objects.filter(proposal__call=OuterRef("pk"), ended_at=None)),
        )
        .order_by("-opens_at", "-pk")
    )


def writers_of(proposal: Proposal) -> list[Person]:
    """The principal investigator and the co-investigators who have accepted, each once."""
    roles = (TeamRole.PI, TeamRole.CO_INVESTIGATOR)
    team = proposal.team.joined().filter(role__in=roles).select_related("person__user")
    return list({person.pk: person for person in (proposal.pi, *(member.person for member in team))}.values())


def proposals_by_version(user: Any, call: Call) -> dict[int, dict[str, Any]]:
    """How many drafts and how many submitted or received proposals stand on each version of the call's form, and the
    receipt numbers of those that the user may see; proposals from which the user is excluded are in no count."""
    excluded = exclusions_of(user)
    counted = Proposal.objects.filter(call=call, is_test=False).exclude(pk__in=excluded.values("proposal"))
    found: dict[int, dict[str, Any]] = {
        row["form_version"]: {"drafts": row["drafts"], "received": row["received"], "receipts": ""}
        for row in counted.order_by()
        .values("form_version")
        .annotate(
            drafts=Count("pk", filter=Q(state=ProposalState.DRAFT)),
            received=Count("pk", filter=~Q(state__in=(ProposalState.DRAFT, ProposalState.WITHDRAWN))),
        )
    }
    seen = office_proposals(user).filter(call=call, receipt_number__isnull=False).order_by("receipt_number")
    for version, number in seen.values_list("form_version", "receipt_number")[:RECEIPTS_SHOWN]:
        row = found[version]
        row["receipts"] = ", ".join(filter(None, [row["receipts"], number]))
    return found


def refusals_of(proposal: Proposal) -> list[EligibilityVerdict]:
    """Why a proposal was found not eligible, for its team: the verdicts that said no and count, each with its reasons."""
    if proposal.state != ProposalState.INELIGIBLE:
        return []
    given = proposal.eligibility.filter(verdict=Verdict.NO).exclude(reasons="")
    counting = given.filter(Q(on_behalf=False) | Q(confirmed_at__isnull=False))
    return list(counting.select_related("agency").order_by("agency__short_name"))
