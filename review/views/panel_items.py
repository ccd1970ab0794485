"""One proposal before the panel: its rank, group, note, interview, who left and how it was voted on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from kernel.forms import make_from, values_shown
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes, writes
from kernel.revisions import fingerprint
from kernel.violations import RuleBroken, sentence
from program.views.answering import answer_form, only_if, posted
from review.actions.panels import move_item, record_item, record_of
from review.forms.panels import ItemForm, MoveForm
from review.models import PanelItem
from review.panels import must_leave, panel_items_visible_to
from review.permissions import may_run_panel
from review.rules.panels import bands_of
from review.views.panel_rows import why
from review.views.panels import address
from review.views.pools import call_or_404, crumbs
from review.views.shown import proposal_title


def _item(request: HttpRequest, public_id: str) -> PanelItem:
    items = panel_items_visible_to(request.user).prefetch_related("leaves", "votes")
    found = get_object_or_404(items, public_id=public_id)
    found.panel.call = call_or_404(request, found.panel.call.public_id)
    only_if(may_run_panel(request.user, found.panel.call))
    return found


@reads_and_writes
@idempotent
def panel_item(request: HttpRequest, public_id: str) -> HttpResponse:
    """A form that overwrites nothing: who comes later sees what is saved now beside what they typed."""
    item = _item(request, public_id)
    panel = item.panel
    members = list(panel.members.select_related("person", "agency").order_by("agency__short_name", "id"))
    leaving = {key: why(reasons) for key, reasons in must_leave([item], members)[item.pk].items()}
    ids = {one.pk: one.public_id for one in members}

    def made(data: Any) -> ItemForm:
        votes = {f"vote_{ids[vote.member_id]}": vote.ballot for vote in item.votes.all()}
        return ItemForm(
            data,
            bands=bands_of(panel.bands),
            members=members,
            must_leave=leaving,
            has_votes=panel.has_votes,
            initial={
                "rank": item.rank,
                "band": item.band,
                "interview_at": item.interview_at,
                "note": item.note,
                "left": [ids[leave.member_id] for leave in item.leaves.all()],
                **votes,
            },
        )

    form = made(posted(request))
    for name, value in (("seen", fingerprint(record_of(item))), ("seen_rank", str(item.rank))):
        form.fields[name] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=64, initial=value
        )

    @transaction.atomic
    def act(values: dict[str, Any]) -> PanelItem:
        """Both or neither; a typed rank is a move only where it is another than the one that was shown."""
        seen_rank = int(values["seen_rank"]) if values["seen_rank"].isdecimal() else item.rank
        if seen_rank != values["rank"]:
            move_item(item=item, to=values["rank"], seen_rank=seen_rank, by=request.user)
        return record_item(
            item=item,
            by=request.user,
            band=values.get("band", ""),
            note=values["note"],
            interview_at=values["interview_at"],
            left=frozenset(values.get("left", [])),
            votes=form.votes(),
            seen=values["seen"],
        )

    def standing_now() -> list[dict[str, Any]]:
        nonlocal item
        item = _item(request, public_id)
        make_from(form, "seen", fingerprint(record_of(item)))
        make_from(form, "seen_rank", str(item.rank))
        return values_shown(made(None))

    return answer_form(
        request,
        form=form,
        act=act,
        back=address("panel", panel.public_id),
        heading=f"{item.proposal.receipt_number} {proposal_title(item.proposal)}",
        lead=_("Type another rank to move the proposal; those between make room."),
        submit=_("Save"),
        success=_("Saved."),
        standing_now=standing_now,
        breadcrumbs=crumbs(panel.call, str(item.proposal.receipt_number)),
    )


@writes
@idempotent
def panel_move(request: HttpRequest, public_id: str) -> HttpResponse:
    """One place up or down, by a button."""
    item = _item(request, public_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        try:
            move_item(
                item=item,
                to=form.cleaned_data["to"],
                seen_rank=form.cleaned_data["seen"],
                by=request.user,
            )
        except RuleBroken as broken:
            messages.error(request, " ".join(sentence(violation) for violation in broken.violations))
    else:
        messages.error(request, _("Type a rank as a number of 1 or more."))
    return redirect("review:panel", public_id=item.panel.public_id)
