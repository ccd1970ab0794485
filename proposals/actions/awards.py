"""The partner agency's award on which the joint research rests."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from accounts.models import Organisation
from kernel import audit
from kernel.actions import action
from kernel.clock import today
from kernel.files.store import store_upload
from kernel.violations import Violation, refuse_if
from program.permissions import participation
from proposals.actions.editing import held, lock_for_editing, refuse_changed, refuse_stale, touch
from proposals.actions.register import differences, taken_from
from proposals.award_periods import term_of
from proposals.enums import TeamRole
from proposals.models import PartnerAward, Proposal
from proposals.queries import claims_elsewhere
from proposals.rules import awards as rules
from proposals.rules.completeness import AWARD
from proposals.rules.name_likeness import forms_of
from registries.models import RegisteredAward
from registries.queries import newest_rate

LARGEST = 10**15
EVIDENCE_TYPES = (".pdf", ".png", ".jpg", ".jpeg")


@action
def claim_award(
    *,
    proposal: Proposal,
    by: Any,
    agency: Organisation,
    number: str,
    title: str,
    pi_name: str,
    amount: int,
    currency: str,
    starts_on: dt.date,
    ends_on: dt.date,
    pi_role: str = "",
    registered: RegisteredAward | None = None,
    evidence: Any = None,
) -> PartnerAward:
    """Claim an award of a partner agency of the call. `amount` is in minor units of `currency`.

    Its yen value is made at today's rate, or the newest of the year before, which stays with it; it is open where there is none. What `registered`
    says stays with it too, so that what differs, and what the register says later, can be told. `evidence` is an uploaded file: the letter of the award, or the agency's page as a picture.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: as `lock_for_editing`; `award_agency_not_of_call`, `award_twice`, `ends_before_start`,
            `amount_not_above_zero`, `award_too_large`; what `store_upload` refuses, beside the field `evidence`.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=AWARD)
    _check(locked, agency, number, amount, starts_on, ends_on)
    award = PartnerAward(proposal=locked, agency=agency, registered=registered)
    award.taken_over, award.pi_role = taken_from(registered), pi_role
    _fill(award, number, title, pi_name, amount, currency, starts_on, ends_on)
    _attach(award, evidence, by)
    award.save()
    touch(locked)
    audit.record("award_claimed", locked, by=by, details={"agency": agency.public_id, **_named(award)})
    return award


@action
def change_award(
    *,
    award: PartnerAward,
    by: Any,
    agency: Organisation,
    number: str,
    title: str,
    pi_name: str,
    amount: int,
    currency: str,
    starts_on: dt.date,
    ends_on: dt.date,
    pi_role: str = "",
    evidence: Any = None,
    remove_evidence: bool = False,
    seen: str = "",
) -> PartnerAward:
    """Change a claimed award while the proposal is a draft. `seen` is the `fingerprint` of what the writer had before them.

    Without `evidence` its file stays as it is; `remove_evidence` takes it away. What was submitted keeps the file that it
    had.

    Raises:
        NotAllowed, RuleBroken: as `claim_award`; `stale_version` if the award was changed since `seen`.
    """
    locked = lock_for_editing(proposal=award.proposal, by=by, part=AWARD)
    award = held(award)
    refuse_stale(award, seen, writer=by, verb="award_changed")
    _check(locked, agency, number, amount, starts_on, ends_on, own=award.pk)
    award.agency, award.pi_role = agency, pi_role or award.pi_role
    _fill(award, number, title, pi_name, amount, currency, starts_on, ends_on)
    if remove_evidence:
        award.evidence = None
    _attach(award, evidence, by)
    award.save()
    touch(locked)
    audit.record("award_changed", locked, by=by, details=_named(award))
    return award


@action
def remove_award(*, award: PartnerAward, by: Any, seen: str = "") -> None:
    """Take a claimed award back.

    Raises:
        NotAllowed, RuleBroken: as `lock_for_editing`.
    """
    locked = lock_for_editing(proposal=award.proposal, by=by, part=AWARD)
    award = held(award)
    refuse_changed(award, seen)
    audit.record("award_removed", locked, by=by, details={"award": award.public_id})
    award.delete()
    touch(locked)


def _check(
    proposal: Proposal,
    agency: Organisation,
    number: str,
    amount: int,
    starts_on: dt.date,
    ends_on: dt.date,
    own: int = 0,
) -> None:
    call = proposal.call
    same = PartnerAward.objects.filter(proposal=proposal, agency=agency, number=number).exclude(pk=own)
    is_partner = agency.pk in participation(call) and agency.pk != call.lead_agency_id
    refuse_if(
        None if is_partner else Violation("award_agency_not_of_call", "agency"),
        Violation("award_twice", "number") if same.exists() else None,
        Violation("ends_before_start", "ends_on") if ends_on < starts_on else None,
        Violation("amount_not_above_zero", "amount") if amount <= 0 else None,
        Violation("award_too_large", "amount") if amount > LARGEST else None,
    )


def _fill(
    award: PartnerAward,
    number: str,
    title: str,
    pi_name: str,
    amount: int,
    currency: str,
    starts_on: dt.date,
    ends_on: dt.date,
) -> None:
    award.number, award.title, award.pi_name = number, title, pi_name
    award.amount, award.currency = amount, currency
    award.starts_on, award.ends_on = starts_on, ends_on
    if currency == "JPY":
        award.rate, award.amount_yen = None, amount
        return
    award.rate = newest_rate(currency, today())
    award.amount_yen = rules.in_yen(amount, currency, award.rate.yen_per_unit) if award.rate else None


def _attach(award: PartnerAward, evidence: Any, by: Any) -> None:
    if evidence:
        award.evidence = store_upload(upload=evidence, by=by, allowed=EVIDENCE_TYPES, field="evidence")


def _named(award: PartnerAward) -> dict[str, Any]:
    """An award in the audit trail: which, and on what file it rests."""
    return {"award": award.public_id, "evidence": award.evidence.sha256 if award.evidence else None}


def _pattern(award: PartnerAward) -> str:
    profile = getattr(award.agency, "agency_profile", None)
    return profile.award_number_pattern if profile else ""


def leaders_of(content: dict[str, Any]) -> list[list[str]]:
    """The names of a content's partner principal investigators, each in every script in which it is known."""
    return [forms_of(member["person"]) for member in content["team"] if member["role"] == TeamRole.PARTNER_PI]


def warnings_of(
    proposal: Proposal,
    awards: Sequence[PartnerAward],
    *,
    leaders: Sequence[Sequence[str]],
    claims: Iterable[PartnerAward] | None = None,
) -> dict[int, list[Violation]]:
    """What should be looked at in each of the proposal's awards, by its key; see `rules.awards.warnings`.

    `leaders` are the names of the partner's principal investigators; `claims` those of `queries.claims_elsewhere`, if
    they were read already.
    """
    term = term_of(proposal)
    elsewhere: dict[tuple[int, str], set[int]] = {}
    if claims is None:
        claims = claims_elsewhere(proposal, awards) if awards else ()
    for claim in claims:
        elsewhere.setdefault((claim.agency_id, claim.number), set()).add(claim.proposal_id)
    return {
        award.pk: rules.warnings(
            rules.Claim(
                award.number,
                award.pi_name,
                award.amount_yen,
                award.starts_on,
                award.ends_on,
                currency=award.currency,
                pi_role=award.pi_role,
            ),
            pattern=_pattern(award),
            project_starts=term.first,
            project_ends=term.last,
            sufficient_yearly_yen=proposal.call.sufficient_yearly_yen,
            today=today(),
            partner_leaders=leaders,
            claimed_elsewhere=len(elsewhere.get((award.agency_id, award.number), ())),
            has_evidence=award.evidence_id is not None or award.registered_id is not None,
            unlike_register=differences(award),
        )
        for award in awards
    }
