"""The partner agency's award, claimed by the applicants."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label_of_value
from kernel.files import show
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.templatetags.kernel import day, file_size
from kernel.violations import sentence
from program.queries import agencies_of
from proposals.actions.awards import change_award, claim_award, remove_award, warnings_of
from proposals.actions.content import rate_of
from proposals.actions.register import taken_from
from proposals.award_periods import check_of, figure_of
from proposals.award_words import register_of, register_words, said, source_words
from proposals.enums import AwardRole, TeamRole
from proposals.forms.awards import AwardForm, AwardSearchForm, written_amount
from proposals.models import PartnerAward, Proposal
from proposals.notice_words import award_said
from proposals.queries import evidence_visible_to
from proposals.rules.name_likeness import forms_of
from proposals.views.lists import Row, change_page, form_page, list_page, removal_page, sent, written_row
from proposals.views.own import written_proposal
from proposals.wording import scan_words, worth
from registries.models import RegisteredAward
from registries.queries import awards_visible_to, find_awards

FOUND = 10
FIELDS = ("agency", "number", "title", "pi_name", "pi_role", "currency", "starts_on", "ends_on")


def _award(request: HttpRequest, public_id: str, award_id: str) -> PartnerAward:
    awards = PartnerAward.objects.select_related("agency", "rate", "evidence")
    return written_row(request, awards, public_id, award_id)


def _partners(proposal: Proposal) -> Any:
    return agencies_of(proposal.call).exclude(pk=proposal.call.lead_agency_id)


def worth_of(award: PartnerAward) -> str:
    """The award's amount and its yen value, with the rate that made it."""
    return worth(award.amount, award.currency, award.amount_yen, rate_of(award.rate))


def evidence_of(award: PartnerAward) -> dict[str, Any] | None:
    """The evidence as a link with its size and the virus scanner's word; None where none is attached."""
    file = award.evidence
    if file is None:
        return None
    return {
        "url": reverse("proposals:award_evidence", args=[award.proposal.public_id, award.public_id]),
        "name": file.name,
        "size": file_size(file.size),
        "scan": scan_words(file.found_clean),
    }


def evidence_links(proposal: Proposal, content: dict[str, Any]) -> list[dict[str, str]]:
    """For proposals/whole.html: the way to each file of a content that bears an award out."""
    return [
        {
            "number": award["number"],
            "name": award["evidence"]["name"],
            "url": reverse("proposals:award_evidence", args=[proposal.public_id, award["public_id"]]),
        }
        for award in content["awards"]
        if award["evidence"]
    ]


def _evidence_cell(award: PartnerAward) -> Any:
    shown = evidence_of(award)
    if shown is None:
        return "–"
    words = {**shown, "preview": _("Preview")}
    return format_html(
        '<a class="file-name" href="{url}">{name}</a> ({size}, {scan}) <a class="small" href="{url}?view=1">{preview}'
        '<span class="visually-hidden">: {name}</span></a>',
        **words,
    )


@reads
def awards(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    claimed = list(
        proposal.awards.select_related("agency__agency_profile", "rate", "evidence", "proposal").order_by(
            "pk"
        )
    )
    partner_pis = proposal.team.filter(role=TeamRole.PARTNER_PI).select_related("person")
    leaders = [forms_of(vars(member.person)) for member in partner_pis]
    warnings = warnings_of(proposal, claimed, leaders=leaders)
    rows = [
        Row(
            [
                award.agency.short_name,
                award.number,
                award.title,
                label_of_value(AwardRole, award.pi_role) or "–",
                worth_of(award),
                format_html(
                    '<span class="days"><span>{} –</span> <span>{}</span></span>',
                    day(award.starts_on),
                    day(award.ends_on),
                ),
                _evidence_cell(award),
            ],
            warnings=[sentence(warning) for warning in warnings[award.pk]],
            change_url=reverse("proposals:award_change", args=[public_id, award.public_id]),
            remove_url=reverse("proposals:award_remove", args=[public_id, award.public_id]),
        )
        for award in claimed
    ]
    return list_page(
        request,
        proposal,
        heading=_("Award of the partner agency"),
        lead=_(
            "The award of a partner agency that the partner researcher already holds. The agency confirms it."
        ),
        columns=[
            _("Agency"),
            _("Award number"),
            _("Title of the award"),
            _("The partner PI’s part in the award"),
            _("Amount of the award"),
            _("Period"),
            _("Evidence of the award"),
        ],
        rows=rows,
        empty=_("No award has been entered yet."),
        add_url=reverse("proposals:award_add", args=[public_id]),
        add_label=_("Enter an award"),
        template="proposals/awards.html",
        extra={
            "figure": figure_of(proposal, claimed),
            "details": [
                {"award": award, "check": check_of(proposal, award), "register": register_of(award)}
                for award in claimed
            ],
        },
    )


@reads_and_writes
@idempotent
def award_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """An award typed in, or found in the agencies' registers and taken over."""
    proposal = written_proposal(request, public_id)
    partners = list(_partners(proposal))
    offered = [partner.ror_id for partner in partners if partner.ror_id]
    search = AwardSearchForm(request.GET or None, agencies=partners, auto_id="search_%s")
    asked = search.cleaned_data if search.is_bound and search.is_valid() else {}
    chosen = _chosen(request)
    form = AwardForm(
        *sent(request),
        agencies=_partners(proposal),
        register=register_words(taken_from(chosen)),
        initial=_initial(chosen, partners) or award_said(proposal),
    )
    found: list[RegisteredAward] = []
    if asked.get("q"):
        rows = find_awards(request.user, asked["q"], asked["agency"], first=offered)
        found = list(rows[: FOUND + 1])
    return form_page(
        request,
        proposal,
        form,
        heading=_("Enter an award"),
        act=lambda values: claim_award(
            proposal=proposal, by=request.user, registered=_registered(request, chosen, values), **values
        ),
        back="proposals:awards",
        saved=_("The award was entered."),
        extra={
            "found": [_found(award, offered) for award in found[:FOUND]],
            "has_more": len(found) > FOUND,
            "search_form": search,
            "words": asked.get("q", ""),
            "taken_from": source_words(taken_from(chosen)) if chosen else "",
        },
        template="proposals/award_form.html",
    )


def _chosen(request: HttpRequest) -> RegisteredAward | None:
    """The published award that the address names."""
    asked = request.GET.get("award", "")[:12].replace("\0", "")
    found = awards_visible_to(request.user).select_related("imported_by_run")
    return found.filter(public_id=asked).first() if asked else None


def _registered(
    request: HttpRequest, chosen: RegisteredAward | None, values: dict[str, Any]
) -> RegisteredAward | None:
    """The published award on which a claim rests: that of its number, else the one that was taken over. The numbers of
    different agencies may be alike; an agency without a ROR id is in no register."""
    ror_id = values["agency"].ror_id
    if not ror_id:
        return None
    known = awards_visible_to(request.user).select_related("imported_by_run")
    same = known.filter(number=values["number"], agency_ror_id=ror_id).first()
    return same or (chosen if chosen and chosen.agency_ror_id == ror_id else None)


def _found(award: RegisteredAward, offered: list[str]) -> dict[str, Any]:
    """A published award among those that were found, with a warning where no agency of the call made it."""
    taken = taken_from(award)
    days = [said(taken, "starts_on"), said(taken, "ends_on")]
    return {
        "award": award,
        "amount": said(taken, "amount"),
        "period": " – ".join(one or _("not known") for one in days) if any(days) else "",
        "warning": ""
        if award.agency_ror_id in offered
        else _("This agency takes no part in the call today: its award cannot be claimed here as it stands."),
    }


def _initial(chosen: Any, partners: list[Organisation]) -> dict[str, Any]:
    """What is known of a published award, so that it is not typed again."""
    if chosen is None:
        return {}
    agency = next((p for p in partners if p.ror_id == chosen.agency_ror_id), None)
    return {
        "agency": agency.pk if agency else None,
        "number": chosen.number,
        "title": chosen.title[:300],
        "pi_name": chosen.pi_name,
        "amount": written_amount(chosen.amount, chosen.currency) if chosen.amount else "",
        "currency": chosen.currency,
        "starts_on": chosen.starts_on,
        "ends_on": chosen.ends_on,
    }


@reads_and_writes
def award_change(request: HttpRequest, public_id: str, award_id: str) -> HttpResponse:
    award = _award(request, public_id, award_id)

    def make(*data: Any) -> AwardForm:
        initial = {name: getattr(award, name) for name in FIELDS}
        initial["amount"] = written_amount(award.amount, award.currency)
        return AwardForm(
            *data,
            agencies=_partners(award.proposal),
            has_evidence=award.evidence_id is not None,
            register=register_words(award.taken_over),
            initial=initial,
        )

    return change_page(
        request,
        award,
        make,
        heading=_("Change an award"),
        act=lambda values: change_award(award=award, by=request.user, **values),
        back="proposals:awards",
        saved=_("The award was changed."),
        extra={"file": evidence_of(award)},
    )


@reads_and_writes
@idempotent
def award_remove(request: HttpRequest, public_id: str, award_id: str) -> HttpResponse:
    award = _award(request, public_id, award_id)
    return removal_page(
        request,
        award,
        heading=_("Remove an award"),
        question=_("Remove the award %(number)s of %(agency)s from the proposal?")
        % {"number": award.number, "agency": award.agency.short_name},
        act=lambda seen: remove_award(award=award, by=request.user, seen=seen),
        back="proposals:awards",
    )


@reads
def award_evidence(request: HttpRequest, public_id: str, award_id: str) -> HttpResponse | FileResponse:
    """The file that bears an award out: as it stands for the team, as it was submitted for everybody else who may read
    the proposal."""
    file = evidence_visible_to(request.user, public_id, award_id)
    if file is None:
        raise Http404
    return show(request, file)
