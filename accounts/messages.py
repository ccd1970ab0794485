"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import OrganisationKind, PostKind, RequestState, Role

VIOLATIONS = {
    "name_missing": _("Enter at least one name, in kanji or in Latin letters."),
    "role_not_of_kind": _("An organisation of this kind has no such role."),
    "membership_ends_before_start": _("The last day lies before the first."),
    "deputy_without_end": _("A deputy decides until a day. Enter the last day."),
    "deputy_not_of_institution": _("A deputy is somebody who already has a role at the institution."),
    "membership_exists": _("This person already has this role here from that day."),
    "request_without_institution": _("Name the institution."),
    "request_exists": _("You have asked for this role already. The request waits for its answer."),
    "role_held": _("You have this role at this institution already."),
    "requests_too_many": _(
        "%(most)s of your requests wait for an answer. Withdraw one, or wait until one is answered."
    ),
    "request_institution_unknown": _("Choose the institution, or add it to the participating ones first."),
    "request_reason_missing": _("Give the reason of the refusal. The person who asked reads it."),
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
    "merge_reason_missing": _("Give the reason."),
    "merge_already_undone": _("This merge has already been undone."),
    "merge_undo_out_of_order": _("The kept institution has been merged into another since. Undo that first."),
    "post_without_institution": _("Name the institution."),
    "post_without_title": _("Enter the title in Japanese or in English."),
    "post_ends_before_start": _("The last day lies before the first."),
    "side_job_is_main": _("A side job cannot be the main post."),
    "posts_too_many": _("At most %(most)s posts can be entered."),
    "erad_number_invalid": _("An e-Rad researcher number has 8 digits."),
}

LABELS = [
    (OrganisationKind.MINISTRY, _("ministry")),
    (OrganisationKind.FUNDING_AGENCY, _("funding agency")),
    (OrganisationKind.RESEARCH_INSTITUTION, _("research institution")),
    (PostKind.POST, pgettext_lazy("of a person", "post")),
    (PostKind.SIDE_JOB, pgettext_lazy("of a person", "side job")),
    (RequestState.WAITING, pgettext_lazy("request for a role", "waiting for an answer")),
    (RequestState.GRANTED, pgettext_lazy("request for a role", "granted")),
    (RequestState.REFUSED, pgettext_lazy("request for a role", "refused")),
    (RequestState.WITHDRAWN, pgettext_lazy("request for a role", "withdrawn")),
    (Role.MINISTRY_OFFICER, _("ministry officer")),
    (Role.PROGRAMME_OFFICER, _("programme officer")),
    (Role.APPROVER, _("approver")),
    (Role.FIELD_SUPERVISOR, _("field supervisor")),
    (Role.RESEARCHER, _("researcher")),
    (Role.INSTITUTION_OFFICER, _("institution officer")),
    (Role.INSTITUTION_DEPUTY, _("deputy of the institution officer")),
]
