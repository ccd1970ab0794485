"""Asking for a role at an institution, and answering: its officers do, or staff where it has none."""

import datetime as dt

from django.db import IntegrityError, transaction

from accounts.actions.people import give_membership, path_in, tell_person
from accounts.enums import ASKED_ROLES, OrganisationKind, RequestState, Role
from accounts.models import Membership, MembershipRequest, Organisation, Person, User
from accounts.permissions import may_answer_request, standing_for
from accounts.queries import answerers_of, institution_called
from accounts.rules.numbers import ror_id_in
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now, today
from kernel.outbox import queue_mail
from kernel.text import hidden_violation, is_blank_text, without_debris
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if

# So that nobody fills the mailboxes of every institution.
MOST_WAITING = 3


@action
def ask_membership(
    *, by: User, role: Role, institution_name: str, institution_ror_id: str = "", note: str = ""
) -> MembershipRequest:
    """Ask for a role, and tell those who may give it.

    Raises:
        RuleBroken: `role_not_of_kind`, `request_without_institution`, `request_exists`, `role_held`, `requests_too_many`.
        NotAllowed: nobody knows yet who asks; a profile comes first.
    """
    person = Person.objects.select_for_update().filter(user=by).first()
    require(person is not None)
    assert person is not None
    name = " ".join(without_debris(institution_name).split())
    ror_id = ror_id_in(institution_ror_id) or ror_id_in(name)
    organisation = institution_called(name, ror_id)
    if organisation is not None:
        name, ror_id = organisation.name_ja or organisation.name_en, organisation.ror_id or ""
    waiting = person.membership_requests.filter(state=RequestState.WAITING)
    same = waiting.filter(role=role, organisation=organisation) if organisation else waiting.none()
    refuse_if(
        None if role in ASKED_ROLES else Violation("role_not_of_kind", "role"),
        None if name else Violation("request_without_institution", "institution_name"),
        hidden_violation(name, "institution_name"),
        Violation("request_exists", "institution_name") if same.exists() else None,
        Violation("role_held", "role") if _holds(person, role, organisation) else None,
        Violation("requests_too_many", "", {"most": MOST_WAITING})
        if waiting.count() >= MOST_WAITING
        else None,
    )
    try:
        with transaction.atomic():
            request = MembershipRequest.objects.create(
                person=person,
                role=role,
                organisation=organisation,
                institution_name=name[:300],
                ror_id=ror_id,
                note=note.strip(),
            )
    except IntegrityError as error:
        raise RuleBroken(Violation("request_exists", "institution_name")) from error
    audit.record("asked_role", request, by=by, details={"role": role.value})
    for user in answerers_of(request):
        values = {
            "request": request,
            "name": person.name_in(user.language),
            "path": path_in(user.language, "accounts:request_answer", request.public_id),
        }
        queue_mail("role_asked", to=user.email, language=user.language, values=values, about=request)
    return request


def _holds(person: Person, role: Role, organisation: Organisation | None) -> bool:
    held = Membership.objects.active_on(today()).filter(person=person, role=role)
    return organisation is not None and held.filter(organisation=organisation).exists()


def _locked(request: MembershipRequest, by: User) -> MembershipRequest:
    """The request, held for an answer that this person may give.

    Raises:
        RuleBroken: `transition_not_allowed`: somebody else has answered it.
    """
    request = MembershipRequest.objects.select_for_update().get(pk=request.pk)
    refuse_if(None if request.state == RequestState.WAITING else Violation("transition_not_allowed"))
    require(may_answer_request(by, request))
    return request


@action
def grant_membership(
    *,
    request: MembershipRequest,
    by: User,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    organisation: Organisation | None = None,
) -> Membership:
    """Give what was asked for, and tell the person. Staff name the institution where the request could not.

    Raises:
        RuleBroken: as `give_membership`; `request_institution_unknown`, `transition_not_allowed`.
    """
    request = _locked(request, by)
    where = standing_for(request.organisation) if request.organisation else organisation
    if where is None or where.kind != OrganisationKind.RESEARCH_INSTITUTION:
        raise RuleBroken(Violation("request_institution_unknown", "organisation"))
    membership = give_membership(
        person=request.person,
        organisation=where,
        role=Role(request.role),
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
    )
    request.organisation, request.membership = where, membership
    _answer(request, "grant", by)
    tell_person("role_granted", request.person, membership=membership)
    return membership


@action
def refuse_membership(*, request: MembershipRequest, by: User, reason: str) -> MembershipRequest:
    """Refuse a request with a reason, which the person reads.

    Raises:
        RuleBroken: `request_reason_missing`, `transition_not_allowed`.
    """
    request = _locked(request, by)
    refuse_if(Violation("request_reason_missing", "reason") if is_blank_text(reason) else None)
    request.reason = reason.strip()
    _answer(request, "refuse", by)
    tell_person("role_refused", request.person, request=request)
    return request


def _answer(request: MembershipRequest, step: str, by: User) -> None:
    request.answered_by, request.answered_at = by, now()
    request.save(update_fields=["organisation", "membership", "answered_by", "answered_at", "reason"])
    apply_transition(request, step, by=by)


@action
def withdraw_request(*, request: MembershipRequest, by: User) -> MembershipRequest:
    """Take a request back. The person who asked may.

    Raises:
        RuleBroken: `transition_not_allowed`: it was answered already.
    """
    require(request.person.user_id == by.pk)
    apply_transition(request, "withdraw", by=by)
    return request
