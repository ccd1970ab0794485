"""What a row of a table makes of a proposal: its parts, its version that counts, its receipt number. Many at a time."""

from collections.abc import Sequence
from typing import Any

from accounts.models import Organisation, Person
from kernel import audit, search
from kernel.actions import action
from kernel.clock import now, today
from kernel.jobs import enqueue_all
from kernel.transitions import apply_to_all
from program.enums import CallState
from proposals.actions.content import content_of, digest, read_whole
from proposals.actions.editing import touch
from proposals.actions.indexing import KIND, index_submission
from proposals.actions.intake_people import People
from proposals.actions.submission import PDF_JOB
from proposals.collected import mark_of
from proposals.enums import TeamRole
from proposals.intake import RowFound
from proposals.intake_columns import text_name
from proposals.intake_lookups import BATCH, Lookups
from proposals.intake_reading import amounts_in, day_of
from proposals.models import (
    BudgetLine,
    CollectedProposal,
    Intake,
    IntakeRow,
    PartnerAward,
    Proposal,
    ProposalSection,
    Submission,
    TeamMember,
)
from proposals.queries import last_submission
from proposals.rules import awards as rules
from proposals.rules.deadline import has_passed
from proposals.rules.searched import texts_of
from registries.queries import newest_rate


@action
def make_new(*, intake: Intake, rows: Sequence[RowFound], lookups: Lookups) -> None:
    """Make the proposals that rows name. The caller holds the call's lock, and has checked the right."""
    call, by = lookups.call, intake.by
    at = now()
    is_late = call.state != CallState.OPEN or has_passed(at, call.deadline_at)
    people = People([row.values for row in rows], by)
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        before = len(people.new)
        named = [
            (
                people.of(row.values, "pi"),
                people.of(row.values, "partner") if _has_partner(row.values) else None,
            )
            for row in some
        ]
        fresh = {id(person) for person in people.new[before:]}
        people.save()
        proposals = []
        for row, (pi, _partner) in zip(some, named, strict=True):
            call.last_receipt += 1
            proposal = Proposal(
                call=call,
                form_version=lookups.form,
                pi=pi,
                receipt_number=f"{call.code}-{call.last_receipt:04}",
            )
            _fill(proposal, row, intake, lookups)
            proposals.append(proposal)
        Proposal.objects.bulk_create(proposals)
        parts = _Parts(lookups)
        for proposal, row, (pi, partner) in zip(proposals, some, named, strict=True):
            parts.add(proposal, row.values, pi, partner)
        parts.save()
        submissions = _submit(proposals, by, at)
        search.put_new(
            KIND,
            (
                (one.proposal_id, texts_of(one.content, one.proposal.receipt_number or ""), one.public_id)
                for one in submissions
            ),
        )
        CollectedProposal.objects.bulk_create(
            CollectedProposal(proposal=proposal, call=call, key=row.key, values=row.values, intake=intake)
            for proposal, row in zip(proposals, some, strict=True)
        )
        IntakeRow.objects.bulk_create(
            _row_of(
                intake,
                row,
                one,
                [person.public_id for person in pair if person is not None and id(person) in fresh],
            )
            for one, row, pair in zip(submissions, some, named, strict=True)
        )
        told = {one.proposal_id: one for one in submissions}
        apply_to_all(proposals, "submit", by=by, details=lambda one: _told(one, told[one.pk], intake))  # noqa: B023  used before the next batch
        if is_late:
            apply_to_all(proposals, "lock", by=by)
        enqueue_all(PDF_JOB, [_pdf_job(one) for one in submissions], by=by)
    call.save(update_fields=["last_receipt"])


@action
def rewrite(
    *, intake: Intake, proposal: Proposal, row: RowFound, lookups: Lookups, is_kept: bool = True
) -> Submission:
    """Let a proposal that was collected before be what a row says: one version more. The caller holds its lock, and has
    checked the right, and that nobody has worked on it. Undoing keeps no row of its own (`is_kept`)."""
    people = People([row.values], intake.by)
    pi = people.of(row.values, "pi")
    partner = people.of(row.values, "partner") if _has_partner(row.values) else None
    fresh = [person.public_id for person in people.new]
    people.save()
    proposal.call, proposal.pi = lookups.call, pi
    _fill(proposal, row, intake, lookups)
    proposal.core_version = proposal.budget_version = proposal.version + 1
    for related in (proposal.team, proposal.awards, proposal.budget, proposal.sections):
        related.all().delete()
    parts = _Parts(lookups)
    parts.add(proposal, row.values, pi, partner)
    parts.save()
    proposal.save()
    touch(proposal)
    (submission,) = _submit([proposal], intake.by, now())
    index_submission(submission=submission)
    enqueue_all(PDF_JOB, [_pdf_job(submission)], by=intake.by)
    CollectedProposal.objects.filter(proposal=proposal).update(values=row.values, intake=intake)
    if is_kept:
        _row_of(intake, row, submission, fresh).save()
    audit.record("taken_in_again", proposal, by=intake.by, details=_told(proposal, submission, intake))
    return submission


@action
def submit_again(*, proposal: Proposal, by: Any) -> Submission:
    """One version more of a locked proposal as it stands, with its PDF. The caller has checked the right."""
    (submission,) = _submit([proposal], by, now())
    index_submission(submission=submission)
    enqueue_all(PDF_JOB, [_pdf_job(submission)], by=by)
    return submission


def _pdf_job(submission: Submission) -> tuple[dict[str, Any], str]:
    return {"submission": submission.pk}, f"{PDF_JOB}:{submission.public_id}"


def _told(proposal: Proposal, submission: Submission, intake: Intake) -> dict[str, Any]:
    return {
        "receipt": proposal.receipt_number,
        "number": submission.number,
        "sha256": submission.sha256,
        "intake": intake.public_id,
    }


def _row_of(intake: Intake, row: RowFound, submission: Submission, people: list[str]) -> IntakeRow:
    return IntakeRow(
        intake=intake,
        proposal=submission.proposal,
        submission=submission,
        number=row.number,
        key=row.key,
        receipt_number=submission.proposal.receipt_number or "",
        before=row.before,
        after=row.values,
        people=people,
    )


def _submit(proposals: Sequence[Proposal], by: Any, at: Any) -> list[Submission]:
    """The version that counts of each, of the content that it has now."""
    for proposal in proposals:
        proposal._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # Django's own
    read_whole(*proposals)
    found = []
    for proposal in proposals:
        content = content_of(proposal)
        last = last_submission(proposal) if proposal.version > 1 else None
        number = last.number + 1 if last else 1
        found.append(
            Submission(
                proposal=proposal, number=number, at=at, by=by, content=content, sha256=digest(content)
            )
        )
    return Submission.objects.bulk_create(found, batch_size=100)


def _has_partner(values: dict[str, str]) -> bool:
    return any(name.startswith("partner_") for name in values)


def _fill(proposal: Proposal, row: RowFound, intake: Intake, lookups: Lookups) -> None:
    values = row.values
    proposal.designation = next(one for one in lookups.designations if one.public_id == values["field"])
    proposal.support_type = (
        lookups.support_type_named(values["support_type"]) if "support_type" in values else None
    )
    proposal.institution = _institution(values, lookups)
    proposal.title_ja, proposal.title_en = values.get("title_ja", ""), values.get("title_en", "")
    proposal.years = int(values["years"])
    proposal.collected = mark_of(
        intake, key=row.key, row=row.number, received_on=values.get("received_on", "")
    )


def _institution(values: dict[str, str], lookups: Lookups) -> Organisation:
    return next(one for one in lookups.institutions if one.public_id == values["institution"])


class _Parts:
    """The parts of proposals, written together."""

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups
        self._rows: dict[type, list[Any]] = {}
        self._rates: dict[str, Any] = {}

    def _keep(self, row: Any) -> None:
        self._rows.setdefault(type(row), []).append(row)

    def save(self) -> None:
        for model, rows in self._rows.items():
            model._base_manager.bulk_create(rows, batch_size=BATCH)  # type: ignore[attr-defined]  # a model

    def add(self, proposal: Proposal, values: dict[str, str], pi: Person, partner: Person | None) -> None:
        institution = _institution(values, self._lookups)
        self._keep(
            TeamMember(
                proposal=proposal,
                person=pi,
                role=TeamRole.PI,
                institution_name=institution.name_ja or institution.name_en,
                institution_ror_id=institution.ror_id or "",
                country_code=institution.country_code,
                effort_percent=int(values.get("effort", "0")),
                joined_at=now(),
            )
        )
        # A comparison refuses one person on both sides; a row that was taken in before it did may be put back.
        if partner is not None and partner.pk != pi.pk:
            self._keep(
                TeamMember(
                    proposal=proposal,
                    person=partner,
                    role=TeamRole.PARTNER_PI,
                    institution_name=values["partner_institution"],
                    country_code=values["partner_country"],
                    effort_percent=0,
                )
            )
        if "award_number" in values:
            self._keep(self._award(proposal, values, partner))
        for (year, category), amount in amounts_in(values, proposal.fiscal_years).items():
            self._keep(BudgetLine(proposal=proposal, fiscal_year=year, category=category, amount=amount))
        for key, section in self._lookups.sections.items():
            if text := values.get(text_name(key)):
                self._keep(
                    ProposalSection(
                        proposal=proposal, section=section, text=text, is_complete=True, revision=1
                    )
                )

    def _award(self, proposal: Proposal, values: dict[str, str], partner: Person | None) -> PartnerAward:
        currency, amount = values["award_currency"], int(values["award_amount"])
        if currency not in self._rates:
            self._rates[currency] = None if currency == "JPY" else newest_rate(currency, today())
        rate = self._rates[currency]
        yen = amount if currency == "JPY" else None
        return PartnerAward(
            proposal=proposal,
            agency=next(one for one in self._lookups.agencies if one.public_id == values["award_agency"]),
            number=values["award_number"],
            title=values.get("award_title", ""),
            pi_name=values.get("award_pi") or (partner.name_in("en") if partner else ""),
            amount=amount,
            currency=currency,
            rate=rate,
            amount_yen=rules.in_yen(amount, currency, rate.yen_per_unit) if rate else yen,
            starts_on=day_of(values, "award_starts"),
            ends_on=day_of(values, "award_ends"),
        )
