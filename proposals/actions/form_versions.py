"""A change of an open call's form: the new version is frozen, and those who are writing are told."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kernel.actions import action
from kernel.jobs import enqueue
from kernel.languages import localized
from kernel.outbox import queue_mail
from program.actions.calls import issue_form
from program.models import Call, FormVersion
from proposals.enums import ProposalState
from proposals.models import Proposal
from proposals.queries import writers_of

TELL_JOB = "proposals.tell_form_change"


@action
def issue_form_version(
    *, call: Call, by: Any, reason_ja: str, reason_en: str, shown: str | None = None
) -> FormVersion:
    """Issue the version that is being prepared; whoever writes a proposal on an earlier one is told in the background.

    Raises:
        NotAllowed: `by` is no officer of the lead agency.
        RuleBroken: as `program.actions.calls.issue_form`.
    """
    version = issue_form(call=call, by=by, reason_ja=reason_ja, reason_en=reason_en, shown=shown)
    enqueue(TELL_JOB, {"version": version.pk}, by=by, key=f"{TELL_JOB}:{version.public_id}")
    return version


@action
def tell_writers(*, version: FormVersion) -> int:
    """Write to everybody who writes a proposal to the call on an earlier version, once for each proposal; how many mails."""
    proposals = Proposal.objects.filter(
        call=version.call_id,
        is_test=False,
        form_version__number__lt=version.number,
        state__in=(ProposalState.DRAFT, ProposalState.SUBMITTED),
    ).select_related("call", "pi__user", "form_version")
    count = 0
    for proposal in proposals.order_by("pk"):
        for person in writers_of(proposal):
            user = person.user
            address = user.email if user else person.email
            if not address:
                continue
            language = user.language if user else "en"
            with translation.override(language):
                path = reverse("proposals:form_changes", args=[proposal.public_id])
                values = {
                    "title": localized(proposal, "title") or _("(no title yet)"),
                    "call": version.call,
                    "name": person.name_in(language),
                    "reason": localized(version, "reason"),
                    "number": proposal.form_version.number,
                    "path": path,
                }
            queue_mail(
                "form_changed",
                to=address,
                language=language,
                values=values,
                about=proposal,
                key=f"form-changed:{version.public_id}:{proposal.public_id}:{person.pk}",
            )
            count += 1
    return count
