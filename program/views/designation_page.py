"""One designation: how it stands, what comes next, its dossier, its versions, what happened."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label_of_field, label_of_value
from kernel.clock import today
from kernel.languages import localized
from kernel.methods import reads
from kernel.moves import Move
from program.actions.designations import OUTLINE
from program.dossiers import division_of, dossier_of, validity
from program.enums import DesignationState as State
from program.enums import Standing
from program.models import Designation
from program.overlaps import overlaps_of
from program.permissions import may_decide_designation, may_keep_programme, may_review_designation
from program.queries import designation_name, designations_visible_to, members_of_group
from program.rules.standing import DECIDED, Turn, standing_on
from program.signing import may_sign_first
from program.views.answering import trail
from program.views.designations import address, home, toned
from program.views.dossier_steps import next_step, step_tasks
from program.views.dossier_tables import dossier_context, policy_row
from program.views.history import history_of
from program.views.weights import asked_weights

STANDING_TONES = {
    Standing.IN_FORCE: "success",
    Standing.SUSPENDED: "warning",
    Standing.WITHDRAWN: "error",
    Standing.LAPSED: "error",
}


@reads
def designation(request: HttpRequest, public_id: str) -> HttpResponse:
    """One designation. Its dossier is for the ministry; others see what was decided."""
    found = get_object_or_404(
        designations_visible_to(request.user).select_related(
            "renews", "proposed_by__person", "reviewed_by__person", "signed_by__person", "decided_by__person"
        ),
        public_id=public_id,
    )
    name = designation_name(found)
    keeps = may_keep_programme(request.user, found.programme)
    context: dict[str, Any] = {
        "designation": found,
        "name": name,
        "tone": toned(found.state),
        "keeps": keeps,
        "countries": _countries(found),
        "moves": [],
        "breadcrumbs": trail(home(), (name, "")),
        **_standing(found, keeps),
    }
    if keeps:
        content = dossier_of(found)
        asked = asked_weights(request, [item["id"] for item in content["evidence"]])
        context |= dossier_context(content, asked) | _for_keepers(request.user, found, content)
        context["moves"] = _moves(request.user, found, context["next"])
        _offer_changes(context, found)
    else:
        context["summary"] = localized(found, "summary")
        context["division"] = division_of({name: getattr(found, name) for name in OUTLINE})
        context["policies"] = [
            policy_row(
                {
                    "title_ja": policy.title_ja,
                    "title_en": policy.title_en,
                    "url": policy.url,
                    "decided_on": policy.decided_on.isoformat() if policy.decided_on else None,
                }
            )
            for policy in found.policies.order_by("id")
        ]
    return render(request, "program/designation.html", context)


def _countries(designation: Designation) -> list[str]:
    if designation.group is None:
        return []
    designation.group = designation.group.__class__.objects.prefetch_related("members__country").get(
        pk=designation.group.pk
    )
    return [localized(country, "name") for country in members_of_group(designation.group, today())]


def _standing(designation: Designation, keeps: bool) -> dict[str, Any]:
    """How it stands today, what happened to it from which day, and the periods before and after."""
    events = list(designation.events.select_related("by__person").order_by("on", "id"))
    standing = standing_on(
        today(),
        state=designation.state,
        valid_from=designation.valid_from,
        valid_until=designation.valid_until,
        turns=[Turn(event.kind, event.on) for event in events],
    )
    renewals = designation.renewals.exclude(state=State.WITHDRAWN)
    if not keeps:
        renewals = renewals.filter(decided_at__isnull=False)
    return {
        "validity": validity(designation.valid_from, designation.valid_until)
        if designation.valid_from
        else "",
        "standing": label_of_value(Standing, standing),
        "standing_tone": STANDING_TONES.get(standing, "neutral"),
        "turns": [
            {
                "what": label_of_field(event, "kind"),
                "on": event.on,
                "reason": event.reason if keeps else "",
                "by": person_name(event.by) if keeps else "",
            }
            for event in events
        ],
        "renews": _period(designation.renews),
        "renewed_by": _period(renewals.order_by("id").first()),
    }


def _period(other: Designation | None) -> dict[str, Any] | None:
    if other is None:
        return None
    return {
        "url": address(other),
        "days": validity(other.valid_from, other.valid_until) if other.valid_from else "",
    }


def _for_keepers(user: Any, designation: Designation, content: dict[str, Any]) -> dict[str, Any]:
    tasks = [] if designation.state in DECIDED else step_tasks(user, designation, content)
    return {
        "is_current": True,
        "overlaps": _overlaps(designation),
        "events": history_of(designation),
        "tasks": tasks,
        "next": next_step(tasks),
        "people": [
            (_("Proposed by"), person_name(designation.proposed_by) or "–"),
            (_("Reviewed by"), person_name(designation.reviewed_by) or "–"),
            (_("Signed first by"), person_name(designation.signed_by) or "–"),
            (_("Decided by"), person_name(designation.decided_by) or "–"),
        ],
        "versions": [
            {
                "version": version,
                "by": person_name(version.made_by),
                "fingerprint": version.sha256[:16],
            }
            for version in designation.versions.select_related("made_by__person").order_by("-number")
        ],
        "keep_version": [
            Move(
                _("Keep a version now"), reverse("program:version_keep", args=[designation.public_id]), "post"
            )
        ],
    }


def _overlaps(designation: Designation) -> list[str]:
    """Where a country has joined or left a group since the decision: what covers it a second time."""
    if designation.state not in DECIDED or designation.valid_from is None:
        return []
    words = _("%(countries)s: covered in this field by “%(name)s” too (%(days)s).")
    return [
        words
        % {
            "countries": found.names() or designation_name(designation),
            "name": designation_name(found.other),
            "days": validity(found.other.valid_from, found.other.valid_until),
        }
        for found in overlaps_of(designation, designation.valid_from, designation.valid_until)
        if found.other.valid_from
    ]


def _offer_changes(context: dict[str, Any], designation: Designation) -> None:
    """The links and buttons by which a draft's parts are changed."""
    may_edit = designation.state == State.DRAFT
    for row in context["rows"]:
        row["change_url"] = reverse("program:evidence_change", args=[row["id"]]) if may_edit else ""
    for row in context["policies"]:
        row["moves"] = removal(may_edit, "policy_remove", row["id"])
    for row in context["consultations"]:
        row["url"] = reverse("program:consultation", args=[row["id"]])
        row["moves"] = removal(may_edit, "consultation_remove", row["id"])


def removal(allowed: bool, route: str, public_id: str) -> list[Move]:
    """The button that takes a part out of a dossier."""
    if not allowed:
        return []
    url = reverse(f"program:{route}", args=[public_id])
    return [Move(_("Take it out"), url, "post", "secondary", _("Take this out of the dossier?"))]


def person_name(user: Any) -> str:
    person = getattr(user, "person", None)
    return person.name if person else ""


def _standing_out(move: Move, following: str) -> Move:
    return replace(move, tone="primary") if move.url == following else move


def _moves(user: Any, designation: Designation, next_one: dict[str, Any] | None) -> list[Move]:
    """What an officer may do now; of a draft, the step that comes next stands out, and it is proposed once it is whole."""

    def to(name: str) -> str:
        return reverse(f"program:{name}", args=[designation.public_id])

    state = State(designation.state)
    moves = []
    paper = Move(_("Dossier as PDF"), to("dossier_pdf"))
    if state is State.DRAFT:
        following = next_one["url"] if next_one else ""
        if following == "#moves":
            moves.append(
                Move(
                    _("Propose for decision"),
                    to("designation_propose"),
                    "post",
                    "primary",
                    _("The dossier is fixed from then on. Another officer reviews it."),
                )
            )
        moves.append(_standing_out(Move(_("Add evidence"), to("evidence_add")), following))
        moves.append(Move(_("Import evidence"), to("evidence_import")))
        publications = reverse("program:field_evidence", args=[designation.field.public_id])
        moves.append(Move(_("Evidence from publications"), publications))
        moves.append(_standing_out(Move(_("Add a policy document"), to("policy_add")), following))
        moves.append(_standing_out(Move(_("Record a consultation"), to("consultation_add")), following))
        moves.append(Move(_("Summary and responsible division"), to("designation_summary")))
    if state is State.PROPOSED and may_review_designation(user, designation):
        moves.append(Move(_("Review the dossier"), to("designation_review"), tone="primary"))
    if state is State.REVIEWED and may_sign_first(user, designation):
        moves.append(Move(_("Sign the decision"), to("designation_sign"), tone="primary"))
    if state is State.SIGNED and may_decide_designation(user, designation):
        moves.append(
            Move(
                _("Sign as the second officer"),
                to("designation_decide"),
                "post",
                "primary",
                _(
                    "The designation is decided with your signature, for the days that the first officer entered."
                ),
            )
        )
    if state in (State.PROPOSED, State.REVIEWED, State.SIGNED):
        moves.append(Move(_("Return to preparation"), to("designation_return")))
    if state is State.DECIDED:
        moves.append(Move(_("Suspend"), to("designation_suspend")))
    if state is State.SUSPENDED:
        moves.append(Move(_("Put in force again"), to("designation_resume")))
    if state in DECIDED:
        moves.append(Move(_("Prepare the renewal"), to("designation_renew")))
    moves.append(paper)
    if state is not State.WITHDRAWN:
        moves.append(Move(_("Withdraw the designation"), to("designation_withdraw"), tone="danger"))
    return moves
