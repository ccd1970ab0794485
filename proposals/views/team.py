"""The people of both teams, and the attachment."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.files import show
from kernel.forms import add_violations, make_from
from kernel.idempotency import idempotent
from kernel.languages import current
from kernel.methods import reads, reads_and_writes
from kernel.violations import RuleBroken, sentence
from proposals.actions.team import (
    add_team_member,
    attach_file,
    change_team_member,
    file_mark,
    remove_attachment,
    remove_team_member,
)
from proposals.enums import TeamRole
from proposals.forms.team import AttachmentForm, MemberForm, PlaceForm
from proposals.invited import newest_invitations
from proposals.models import TeamMember
from proposals.permissions import INVITED
from proposals.posts import POST_OF_MEMBER, is_post_to_be_taken, known_post, place_words
from proposals.team_hints import team_hints
from proposals.views.inviting import standing_words
from proposals.views.lists import Row, change_page, form_page, list_page, removal_page, sent, written_row
from proposals.views.own import crumbs, own_proposal, written_proposal
from proposals.views.partner_country import partner_country_gap
from proposals.views.writing import leave_if_closed
from registries.queries import country_names, institution_names

PLACE = (
    "role",
    "institution_name",
    "institution_ror_id",
    "country_code",
    "effort_percent",
    "task",
    *POST_OF_MEMBER,
)


def _member(request: HttpRequest, public_id: str, member_id: str) -> TeamMember:
    return written_row(request, TeamMember.objects.select_related("person"), public_id, member_id)


@reads
def team(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    members = list(proposal.team.select_related("person").prefetch_related("person__posts").order_by("pk"))
    institutions = institution_names(member.institution_ror_id for member in members)
    countries = country_names()
    invitations = newest_invitations(proposal)
    hints = team_hints(
        [
            {"role": member.role, "effort_percent": member.effort_percent, "person": vars(member.person)}
            for member in members
        ]
    )
    rows = [
        Row(
            [
                member.person.name,
                capfirst(label_of_field(member, "role")),
                place_words(
                    vars(member),
                    institutions.get(member.institution_ror_id, member.institution_name),
                    current(),
                ),
                countries.get(member.country_code, member.country_code),
                member.task or "–",
                f"{member.effort_percent}%",
                standing_words(member, invitations.get(member.pk)),
            ],
            warnings=[
                *(sentence(hint) for hint in hints.get(member.person.public_id, ())),
                *(
                    [
                        _(
                            "The profile knows the department and title: open “Change” and save to take them over."
                        )
                    ]
                    if is_post_to_be_taken(member)
                    else []
                ),
            ],
            change_url=reverse("proposals:team_change", args=[public_id, member.public_id]),
            remove_url=""
            if member.role == TeamRole.PI
            else reverse("proposals:team_remove", args=[public_id, member.public_id]),
            links=[(_("Invitation"), reverse("proposals:team_invite", args=[public_id, member.public_id]))]
            if member.role in INVITED
            else [],
        )
        for member in members
    ]
    return list_page(
        request,
        proposal,
        heading=_("Research team"),
        lead=_(
            "The Japanese team and the partner team. Name the partner’s principal investigator at least. Everybody else is invited by mail, with or without an account: until they accept, they read the part that both sides share and nothing more. Co-investigators and the partner’s principal investigator also sign it."
        ),
        columns=[
            _("Name of the person"),
            _("Role"),
            _("Institution"),
            _("Country"),
            _("Task"),
            _("Share of working time"),
            _("Invitation"),
        ],
        rows=rows,
        empty="",
        add_url=reverse("proposals:team_add", args=[public_id]),
        add_label=_("Add a member"),
        warning=partner_country_gap(proposal, list(map(vars, members))),
    )


@reads_and_writes
@idempotent
def team_add(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    return form_page(
        request,
        proposal,
        MemberForm(request.POST or None),
        heading=_("Add a member"),
        act=lambda values: add_team_member(proposal=proposal, by=request.user, **values),
        back="proposals:team",
        saved=_("The member was added. Invite them by mail: the proposal opens to them when they accept."),
    )


@reads_and_writes
def team_change(request: HttpRequest, public_id: str, member_id: str) -> HttpResponse:
    member = _member(request, public_id, member_id)

    def make(*data: Any) -> PlaceForm:
        initial = {name: getattr(member, name) for name in PLACE}
        initial |= known_post(member)
        return PlaceForm(data[0], initial=initial, is_pi=member.role == TeamRole.PI)

    def act(values: dict[str, Any]) -> Any:
        return change_team_member(
            member=member,
            by=request.user,
            **{"role": member.role, **values},
        )

    return change_page(
        request,
        member,
        make,
        heading=_("Change a member: %(name)s") % {"name": member.person.name},
        act=act,
        back="proposals:team",
        saved=_("The member was changed."),
    )


@reads_and_writes
@idempotent
def team_remove(request: HttpRequest, public_id: str, member_id: str) -> HttpResponse:
    member = _member(request, public_id, member_id)
    return removal_page(
        request,
        member,
        heading=_("Remove a member"),
        question=_("Take %(name)s off the team?") % {"name": member.person.name},
        act=lambda seen: remove_team_member(member=member, by=request.user, seen=seen),
        back="proposals:team",
        consequences=_entered_of(member),
    )


def _entered_of(member: TeamMember) -> list[str]:
    """What was entered of a member elsewhere in the proposal, and goes with them."""
    kinds = (
        (_("Other grants: %(n)s"), member.proposal.grants),
        (_("Evidence of standing: %(n)s"), member.proposal.standing),
        (_("Statements on compliance: %(n)s"), member.proposal.statements),
    )
    counts = [(words, rows.filter(person=member.person_id).count()) for words, rows in kinds]
    return [words % {"n": n} for words, n in counts if n]


@reads_and_writes
def attachment(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    if leave := leave_if_closed(request, proposal):
        return leave
    form = AttachmentForm(*sent(request), initial={"seen": file_mark(proposal)})
    if request.method == "POST" and "remove" in request.POST:
        form = AttachmentForm(initial={"seen": file_mark(proposal)})  # nothing was sent to be attached
        try:
            remove_attachment(proposal=proposal, by=request.user, seen=request.POST.get("seen", "")[:64])
        except RuleBroken as broken:
            proposal.refresh_from_db()
            for violation in broken.violations:
                messages.error(request, sentence(violation))
        else:
            messages.success(request, _("Removed."))
            return redirect("proposals:attachment", public_id=public_id)
    elif request.method == "POST" and form.is_valid():
        try:
            attach_file(
                proposal=proposal,
                by=request.user,
                upload=form.cleaned_data["file"],
                seen=form.cleaned_data["seen"],
            )
        except RuleBroken as broken:
            proposal.refresh_from_db()
            make_from(form, "seen", file_mark(proposal))
            add_violations(form, broken)
        else:
            messages.success(request, _("The file was attached."))
            return redirect("proposals:attachment", public_id=public_id)
    context = {
        "proposal": proposal,
        "form": form,
        "file": proposal.attachment,
        "seen": file_mark(proposal),
        "breadcrumbs": crumbs(proposal, _("Attachment")),
    }
    return render(request, "proposals/attachment.html", context)


@reads
def attachment_file(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """The attachment as it stands in the draft; for anybody but the team it is absent."""
    proposal = own_proposal(request, public_id)
    if proposal.attachment is None:
        raise Http404
    return show(request, proposal.attachment)
