"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind, Role

VIOLATIONS = {
    "name_missing": _("Enter at least one name, in kanji or in Latin letters."),
    "role_not_of_kind": _("An organisation of this kind has no such role."),
    "membership_ends_before_start": _("The last day lies before the first."),
    "membership_exists": _("This person already has this role here from that day."),
    "orcid_invalid": _(
        "This is not an ORCID: its check character does not fit. An ORCID looks like 0000-0002-1825-0097."
    ),
    "orcid_taken": _("Somebody else is already registered with this ORCID."),
    "organisation_without_name": _("Enter the name in Japanese or in English."),
    "organisation_ror_taken": _(
        "Another institution of the portal already has this ROR id: %(name)s. Merge the two."
    ),
    "merge_of_one": _("Choose another institution than the one that is kept."),
    "merge_not_of_institutions": _("Only research institutions can be merged."),
    "merge_already_merged": _("This institution has already been merged into another."),
    "merge_of_two_ror_ids": _(
        "Both have a ROR id of their own: %(kept)s and %(merged)s. By ROR they are two institutions."
    ),
    "merge_ledger_stays": _(
        "Entries in a ledger point to %(name)s, and an entry is never changed. Keep that one, and merge the other into it."
    ),
    "merge_reason_missing": _("Give the reason."),
    "merge_already_undone": _("This merge has already been undone."),
    "merge_undo_out_of_order": _("The kept institution has been merged into another since. Undo that first."),
    "erad_number_invalid": _("An e-Rad researcher number has 8 digits."),
}

LABELS = [
    (OrganisationKind.MINISTRY, _("ministry")),
    (OrganisationKind.FUNDING_AGENCY, _("funding agency")),
    (OrganisationKind.RESEARCH_INSTITUTION, _("research institution")),
    (Role.MINISTRY_OFFICER, _("ministry officer")),
    (Role.PROGRAMME_OFFICER, _("programme officer")),
    (Role.APPROVER, _("approver")),
    (Role.FIELD_SUPERVISOR, _("field supervisor")),
    (Role.RESEARCHER, _("researcher")),
    (Role.INSTITUTION_OFFICER, _("institution officer")),
]
