"""What is said of a participating institution: what points to it, and whether ROR still counts it among those that exist."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.queries import Reference
from kernel.choices import label_of_field
from kernel.languages import localized
from registries.enums import InstitutionStatus
from registries.models import Institution

# What may point to an institution, by table and column, in words. What has no words here is called by its table.
TABLES = {
    "accounts.membership.organisation": gettext_lazy("roles of people"),
    "accounts.membershiprequest.organisation": gettext_lazy("requests for a role"),
    "proposals.internaldeadline.institution": gettext_lazy("internal deadlines"),
    "proposals.budgetinstitution.organisation": gettext_lazy("parts of the budget of proposals"),
    "proposals.noticeofintent.institution": gettext_lazy("notices of intent"),
    "proposals.proposal.institution": gettext_lazy("proposals"),
    "proposals.mailrun.agency": gettext_lazy("letters to many"),
    "proposals.savedfilter.agency": gettext_lazy("filters shared with an agency"),
    "projects.project.institution": gettext_lazy("projects"),
    "projects.ledgerentry.institution": gettext_lazy("entries in ledgers"),
}


def in_words(reference: Reference) -> dict[str, Any]:
    """What points to an institution, and how often."""
    return {
        "label": TABLES.get(reference.name, reference.model._meta.verbose_name_plural),
        "count": len(reference.keys),
        "stays": reference.is_append_only,
    }


def not_active(known: Institution | None) -> str:
    """That ROR counts the institution no longer among those that exist, and what carries on its work; "" where it does."""
    if known is None or known.status == InstitutionStatus.ACTIVE:
        return ""
    ids = list(known.successions.order_by("id").values_list("successor_ror_id", flat=True))
    rows = {row.ror_id: row for row in Institution.objects.filter(ror_id__in=ids)}
    names = [f"{localized(rows[one], 'name')} ({one})" if one in rows else one for one in ids]
    values = {"status": label_of_field(known, "status"), "names": _(", ").join(names)}
    if names:
        return _("ROR gives this institution as “%(status)s”; its work is carried on by: %(names)s.") % values
    return _("ROR gives this institution as “%(status)s” and names no successor.") % values
