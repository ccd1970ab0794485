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
