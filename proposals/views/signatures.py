"""Who has signed the shared core, in words."""

from typing import Any

from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.templatetags.kernel import instant
from proposals.actions.signing import Signed, signatures_of
from proposals.models import Proposal


def signature_rows(proposal: Proposal, content: dict[str, Any]) -> list[dict[str, str]]:
    """Who has signed, in words."""
    return [_row(signed) for signed in signatures_of(proposal, content)]


def _row(signed: Signed) -> dict[str, Any]:
    if signed.at is not None:
        label, tone = _("signed"), "success"
    elif signed.is_void:
        label, tone = _("void: changed since"), "warning"
    else:
        label, tone = _("not signed yet"), "neutral"
    return {
        "name": signed.member.person.name,
        "role": label_of_field(signed.member, "role"),
        "label": label,
        "tone": tone,
        "at": instant(signed.at) if signed.at else "",
    }
