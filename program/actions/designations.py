"""Designations: prepared and proposed by one officer of the ministry, decided by another."""

import datetime as dt
from typing import Any

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.constraints import constraints_speak
from program.actions.dossiers import (
    add_evidence,
    add_policy,
    change_evidence,
    record_consultation,
    remove_evidence,
)
from program.enums import DesignationState
from program.models import CountryGroup, Designation, Field, Programme
from program.permissions import may_decide_designation, may_keep_programme
from program.queries import scored_evidence
from program.rules.balance import arithmetic, balance_of
from program.rules.dossier import missing_in_dossier
from registries.models import Country

__all__ = [
    "add_evidence",
    "add_policy",
    "change_evidence",
    "change_summary",
    "decide_designation",
    "prepare_designation",
    "propose_designation",
    "record_consultation",
    "remove_evidence",
    "resume_designation",
    "return_designation",
    "suspend_designation",
    "withdraw_designation",
]


def _locked(designation: Designation) -> Designation:
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
    summary_ja: str = "",
    summary_en: str = "",
) -> Designation:
    """Begin the dossier of a field with a country, or with a group of countries. Officers of the ministry may.

    Raises:
        RuleBroken: `designation_needs_country_or_group`, `of_another_programme`.
    """
    require(may_keep_programme(by, programme))
    foreign = field.programme_id != programme.pk or (group and group.programme_id != programme.pk)
    refuse_if(
        Violation("designation_needs_country_or_group", "country") if bool(country) == bool(group) else None,
        Violation("of_another_programme", "field") if foreign else None,
    )
    designation = Designation.objects.create(
        programme=programme,
        field=field,
        country=country,
        group=group,
        summary_ja=summary_ja,
        summary_en=summary_en,
    )
    audit.record(
        "prepared",
        designation,
        by=by,
        details={"field": field.code, "partner": country.code if country else group.code if group else ""},
    )
    return designation


@action
def change_summary(*, designation: Designation, by: User, summary_ja: str, summary_en: str) -> Designation:
    """Change what the dossier says in a few words, while it is a draft.

    Raises:
        RuleBroken: `dossier_fixed`.
    """
    designation = _locked(designation)
    require(may_keep_programme(by, designation.programme))
    refuse_if(None if designation.state == DesignationState.DRAFT else Violation("dossier_fixed"))
    designation.summary_ja, designation.summary_en = summary_ja, summary_en
    designation.save(update_fields=["summary_ja", "summary_en"])
    audit.record("summary_changed", designation, by=by)
    return designation


@action
def propose_designation(*, designation: Designation, by: User) -> Designation:
    """Propose a designation for decision: its dossier is complete, and is fixed from here on.

    Raises:
        RuleBroken: `transition_not_allowed`, `dossier_without_evidence`, `dossier_without_weight`,
            `dossier_without_policy`, `dossier_without_consultation`.
    """
    designation = _locked(designation)
    require(may_keep_programme(by, designation.programme))
    missing = missing_in_designation(designation)
    if missing:
        raise RuleBroken(missing)
    designation.proposed_by = by
    designation.save(update_fields=["proposed_by"])
    apply_transition(designation, "propose", by=by)
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
def return_designation(*, designation: Designation, by: User, reason: str) -> Designation:
    """Send a proposed designation back to be worked on, with the reason; any officer of the ministry may.

    Raises:
        RuleBroken: `transition_not_allowed`, `reason_missing`.
    """
    designation = _locked(designation)
    require(may_keep_programme(by, designation.programme))
    refuse_if(None if reason.strip() else Violation("reason_missing", "reason"))
    designation.proposed_by = None
    designation.save(update_fields=["proposed_by"])
    apply_transition(designation, "return", by=by, reason=reason)
    return designation


@action
def decide_designation(
    *, designation: Designation, by: User, valid_from: dt.date, valid_until: dt.date | None = None
) -> Designation:
    """Decide a designation, in force from one day to another, both included. Another officer than the proposer.

    The dossier as it stands is kept as `decided_dossier`.

    Raises:
        RuleBroken: `designation_needs_two_officers`, `transition_not_allowed`, `ends_before_it_starts`.
    """
    designation = _locked(designation)
    require(may_keep_programme(by, designation.programme))
    refuse_if(
        None if may_decide_designation(by, designation) else Violation("designation_needs_two_officers"),
        Violation("ends_before_it_starts", "valid_until")
        if valid_until is not None and valid_until < valid_from
        else None,
    )
    designation.valid_from, designation.valid_until = valid_from, valid_until
    designation.decided_by, designation.decided_at = by, now()
    designation.decided_dossier = dossier_of(designation)
    with constraints_speak():
        designation.save(
            update_fields=["valid_from", "valid_until", "decided_by", "decided_at", "decided_dossier"]
        )
        apply_transition(
            designation,
            "decide",
            by=by,
            details={
                "valid_from": valid_from.isoformat(),
                "valid_until": valid_until.isoformat() if valid_until else None,
                "balance": designation.decided_dossier["balance"]["arithmetic"],
            },
        )
    return designation


def dossier_of(designation: Designation) -> dict[str, Any]:
    """The dossier as plain values: its evidence, its balance with the arithmetic, its policies and consultations."""
    scored = scored_evidence(designation)
    balance = balance_of(scored)
    return {
        "summary_ja": designation.summary_ja,
        "summary_en": designation.summary_en,
        "evidence": [
            {
                "id": item.public_id,
                "kind": item.kind,
                "measure_ja": item.measure_ja,
                "measure_en": item.measure_en,
                "value": str(item.value),
                "unit_ja": item.unit_ja,
                "unit_en": item.unit_en,
                "year": item.year,
                "source_ja": item.source_ja,
                "source_en": item.source_en,
                "source_url": item.source_url,
                "score": item.score,
                "reason_ja": item.reason_ja,
                "reason_en": item.reason_en,
                "weight": item.weight,
            }
            for item in designation.evidence.order_by("id")
        ],
        "balance": {
            "weighted": balance.weighted,
            "weight": balance.weight,
            "arithmetic": arithmetic(scored),
        },
        "policies": [
            {
                "title_ja": policy.title_ja,
                "title_en": policy.title_en,
                "decided_on": policy.decided_on.isoformat() if policy.decided_on else None,
                "url": policy.url,
            }
            for policy in designation.policies.order_by("id")
        ],
        "consultations": [
            {
                "held_on": consultation.held_on.isoformat(),
                "offices": consultation.offices,
                "points": consultation.points,
                "answer": consultation.answer,
            }
            for consultation in designation.consultations.order_by("id")
        ],
    }


def _step(designation: Designation, name: str, by: User, reason: str) -> Designation:
    designation = _locked(designation)
    require(may_keep_programme(by, designation.programme))
    refuse_if(None if reason.strip() else Violation("reason_missing", "reason"))
    apply_transition(designation, name, by=by, reason=reason)
    return designation


@action
def suspend_designation(*, designation: Designation, by: User, reason: str) -> Designation:
    """Let a designation rest: no call opens on it meanwhile; those already open go on.

    Raises:
        RuleBroken: `transition_not_allowed`, `reason_missing`.
    """
    return _step(designation, "suspend", by, reason)


@action
def resume_designation(*, designation: Designation, by: User, reason: str) -> Designation:
    """Put a suspended designation in force again.

    Raises:
        RuleBroken: `transition_not_allowed`, `reason_missing`.
    """
    return _step(designation, "resume", by, reason)


@action
def withdraw_designation(*, designation: Designation, by: User, reason: str) -> Designation:
    """Take a designation back for good.

    Raises:
        RuleBroken: `transition_not_allowed`, `reason_missing`.
    """
    return _step(designation, "withdraw", by, reason)
