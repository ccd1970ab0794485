"""Designations on their way to the decision: prepared and proposed by one officer of the ministry, reviewed by another.

The decision itself, and what comes after it, are in `designation_life`.
"""

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.languages import localized
from kernel.revisions import refuse_stale
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.constraints import constraints_speak
from program.actions.designation_mails import tell_of_proposal, tell_of_return
from program.actions.versions import keep_version
from program.enums import DesignationState, VersionOccasion
from program.models import CountryGroup, Designation, Field, Programme
from program.permissions import may_keep_programme, may_review_designation
from program.rules.dossier import missing_in_dossier
from registries.models import Country

# What a designation is in a few words, and the division of the ministry (主管課) that answers for it.
OUTLINE = ("summary_ja", "summary_en", "division_ja", "division_en", "director_ja", "director_en")


def locked_designation(designation: Designation) -> Designation:
    return (
        Designation.objects.select_for_update(of=("self",)).select_related("programme").get(pk=designation.pk)
    )


@action
def prepare_designation(
    *,
    programme: Programme,
    field: Field,
    by: User,
    country: Country | None = None,
    group: CountryGroup | None = None,
    **texts: str,
) -> Designation:
    """Begin the dossier of a field with a country, or with a group of countries. Officers of the ministry may. `texts` are
    any of `OUTLINE`.

    Raises:
        RuleBroken: `designation_needs_country_or_group`, `partner_is_home`, `of_another_programme`,
            `designation_country_ended`.
    """
    require(may_keep_programme(by, programme))
    is_home = country is not None and country.code == programme.ministry.country_code
    foreign = field.programme_id != programme.pk or (group and group.programme_id != programme.pk)
    refuse_if(
        Violation("designation_needs_country_or_group", "country") if bool(country) == bool(group) else None,
        Violation("partner_is_home", "country") if is_home else None,
        Violation("of_another_programme", "field") if foreign else None,
        Violation(
            "designation_country_ended",
            "country",
            {"name": localized(country, "name"), "day": country.ended_on},
        )
        if country and country.ended_on
        else None,
    )
    designation = Designation.objects.create(
        programme=programme,
        field=field,
        country=country,
        group=group,
        **texts,
    )
    audit.record(
        "prepared",
        designation,
        by=by,
        details={"field": field.code, "partner": country.code if country else group.code if group else ""},
    )
    return designation


@action
def change_summary(*, designation: Designation, by: User, seen: str = "", **texts: str) -> Designation:
    """Change what the dossier says in a few words, and which division answers for it, while it is a draft: `texts` are any
    of `OUTLINE`, the others stay.

    Raises:
        RuleBroken: `dossier_fixed`; `stale_version` if the designation was changed since `seen`.
    """
    designation = locked_designation(designation)
    require(may_keep_programme(by, designation.programme))
    refuse_stale(designation, seen, writer=by, verb="summary_changed", subject=designation)
    refuse_if(None if designation.state == DesignationState.DRAFT else Violation("dossier_fixed"))
    for name in OUTLINE:
        setattr(designation, name, texts.get(name, getattr(designation, name)))
    designation.save(update_fields=OUTLINE)
    audit.record("summary_changed", designation, by=by)
    return designation


@action
def propose_designation(*, designation: Designation, by: User) -> Designation:
    """Propose a designation for decision: its dossier is complete, and is fixed from here on. The other officers are told.

    Raises:
        RuleBroken: `transition_not_allowed`, `dossier_without_evidence`, `dossier_without_weight`,
            `dossier_without_policy`, `dossier_without_consultation`.
    """
    designation = locked_designation(designation)
    require(may_keep_programme(by, designation.programme))
    missing = missing_in_designation(designation)
    if missing:
        raise RuleBroken(missing)
    designation.proposed_by = by
    designation.save(update_fields=["proposed_by"])
    apply_transition(designation, "propose", by=by)
    keep_version(designation=designation, by=by, occasion=VersionOccasion.PROPOSED)
    tell_of_proposal(designation=designation, by=by)
    return designation


def missing_in_designation(designation: Designation) -> list[Violation]:
    """What its dossier still lacks before it can be proposed."""
    weights = list(designation.evidence.values_list("weight", flat=True))
    return missing_in_dossier(
        evidence=len(weights),
        weight=sum(weights),
        policies=designation.policies.count(),
        consultations=designation.consultations.count(),
    )


@action
def review_designation(*, designation: Designation, by: User, comment: str) -> Designation:
    """Record what another officer than the proposer has examined, and found right.

    Raises:
        RuleBroken: `transition_not_allowed`, `designation_reviewed_by_another`, `review_comment_missing`.
    """
    designation = locked_designation(designation)
    require(may_keep_programme(by, designation.programme))
    refuse_if(
        None if may_review_designation(by, designation) else Violation("designation_reviewed_by_another"),
        Violation("review_comment_missing", "comment") if is_blank_text(comment) else None,
    )
    designation.reviewed_by, designation.reviewed_at = by, now()
    designation.review_comment = comment
    with constraints_speak():
        designation.save(update_fields=["reviewed_by", "reviewed_at", "review_comment"])
    apply_transition(designation, "review", by=by, reason=comment)
    return designation


@action
def return_designation(*, designation: Designation, by: User, reason: str) -> Designation:
    """Send a designation that is not decided back to be worked on, with the reason; any officer of the ministry may.

    Whatever was reviewed or signed is void. Whoever had proposed it is told.

    Raises:
        RuleBroken: `transition_not_allowed`, `reason_missing`.
    """
    designation = locked_designation(designation)
    require(may_keep_programme(by, designation.programme))
    refuse_if(Violation("reason_missing", "reason") if is_blank_text(reason) else None)
    apply_transition(designation, "return", by=by, reason=reason)
    tell_of_return(designation=designation, proposer=designation.proposed_by, by=by, reason=reason)
    designation.proposed_by = designation.reviewed_by = designation.signed_by = None
    designation.reviewed_at = designation.signed_at = None
    designation.review_comment = ""
    designation.valid_from = designation.valid_until = None
    designation.save(
        update_fields=[
            "proposed_by",
            "reviewed_by",
            "reviewed_at",
            "review_comment",
            "signed_by",
            "signed_at",
            "valid_from",
            "valid_until",
        ]
    )
    return designation
