"""Who has signed the shared core, in words."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.templatetags.kernel import instant
from proposals.actions.signing import Signed
from proposals.enums import TeamRole
from proposals.models import Proposal


def signature_rows(
    proposal: Proposal, signed: Sequence[Signed], *, may_ask: bool = False
) -> list[dict[str, str]]:
    """Who has signed, in words; for those who `may_ask`, with the address at which a missing signature is asked for."""
    return [_row(one, proposal, may_ask) for one in signed]


def _row(signed: Signed, proposal: Proposal, may_ask: bool) -> dict[str, Any]:
    is_pi = signed.member.role == TeamRole.PI
    if signed.at is not None:
        label, tone = _("signed"), "success"
    elif signed.is_void:
        label, tone = _("void: changed since"), "warning"
    else:
        label, tone = _("not signed yet"), "neutral"
    # Nobody asks the principal investigator: it comes with what they do.
    how = _("Signs by asking the institution for approval, or by submitting.") if is_pi else ""
    return {
        "name": signed.member.person.name,
        "role": label_of_field(signed.member, "role"),
        "label": label,
        "tone": tone,
        "at": instant(signed.at) if signed.at else how,
        "ask_url": reverse("proposals:team_ask", args=[proposal.public_id, signed.member.public_id])
        if may_ask and signed.at is None and not is_pi
        else "",
    }
