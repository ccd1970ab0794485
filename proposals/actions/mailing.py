"""Letters to many: written and held, let go, taken back while they are held, and sent again where nobody knows."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.enums import Role
from accounts.models import Organisation
from accounts.permissions import works_for
from kernel import audit, jobs, outbox
from kernel.actions import action, require
from kernel.clock import now
from kernel.jobs.models import Job
from kernel.languages import localized
from kernel.outbox import MailKind
from kernel.outbox.models import OutboxMail
from kernel.outbox.optout import stopped_addresses
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from proposals.addressees import Addressee, addressees
from proposals.enums import MailTo
from proposals.models import MailRun, Proposal, RunMail
from proposals.queries import office_proposals, run_mails_of
from proposals.rules.letters import BODY_LIMIT, SUBJECT_LIMIT, blank_places, filled, place_violation
from proposals.rules.texts import normal, text_violation

MOST_MAILS = 20_000
# So many are written with the press of the button; more are written by a job, so many in one transaction.
AT_ONCE, BATCH = 100, 250
WRITE_JOB = "proposals.write_mails"
LIMITS = {
    "subject_ja": SUBJECT_LIMIT,
    "body_ja": BODY_LIMIT,
    "subject_en": SUBJECT_LIMIT,
    "body_en": BODY_LIMIT,
}


def letter_violations(letter: Mapping[str, str]) -> list[Violation]:
    """What is wrong with a letter: a part that is missing or too long, a place that is none."""
    found = []
    for field, limit in LIMITS.items():
        text = letter[field]
        found += [
            Violation("letter_part_missing", field) if is_blank_text(text) else None,
            text_violation(text, limit, field),
            place_violation(text, field),
        ]
    return [violation for violation in found if violation is not None]


def written_to(addressee: Addressee, letter: Mapping[str, str], agency: Organisation) -> dict[str, str]:
    """The letter as this person gets it: `subject`, `body` and the `agency` that writes, in their language."""
    language, values = addressee.language, addressee.values
    return {
        "subject": " ".join(filled(letter[f"subject_{language}"], values).split()),
        "body": filled(normal(letter[f"body_{language}"]), values).strip(),
        "agency": localized(agency, "name", language),
    }


def blanks_of(addressee: Addressee, letter: Mapping[str, str]) -> list[str]:
    """The places of the letter that would be blank for this person: a title that was never entered, say."""
    language = addressee.language
    return blank_places(letter[f"subject_{language}"] + letter[f"body_{language}"], addressee.values)


@dataclass(frozen=True)
class Reach:
    """To whom a letter goes, who has no address, and who does without mails of its kind."""

    reached: list[Addressee]
    unknown: list[Addressee]
    unsubscribed: list[Addressee]


def reach_of(found: Sequence[Addressee], kind: MailKind) -> Reach:
    """Who of these people gets a letter of this kind."""
    stopped = stopped_addresses(kind, [one.address for one in found])
    return Reach(
        [one for one in found if one.address and one.address.lower() not in stopped],
        [one for one in found if not one.address],
        [one for one in found if one.address.lower() in stopped],
    )


def may_write_for(user: Any, agency: Organisation) -> bool:
    """Programme officers of the agency."""
    return works_for(user, agency.pk, Role.PROGRAMME_OFFICER)


@action
def write_mails(
    *,
    by: Any,
    agency: Organisation,
    proposals: Sequence[Proposal],
    recipients: MailTo,
    letter: Mapping[str, str],
    hold_until: dt.datetime | None = None,
    kind: MailKind = MailKind.REQUIRED,
) -> MailRun:
    """Write one mail to each of the `recipients` of each of these proposals, and hold them all: until `hold_until`, or until
    somebody lets them go. Who has no address, or does without mails of the `kind`, is left out. To whom it goes is settled
    now; more than `AT_ONCE` are written by a job.

    Raises:
        NotAllowed: `by` is no programme officer of the agency, or does not handle one of the proposals,
            or the agency has no part in its call.
        RuleBroken: `letter_violations`; `hold_not_ahead`; `mails_without_addressee`, `too_many_mails`.
    """
    require(may_write_for(by, agency))
    handled = office_proposals(by).filter(
        pk__in=[proposal.pk for proposal in proposals], call__call_agencies__agency=agency
    )
    require(set(handled.values_list("pk", flat=True)) == {proposal.pk for proposal in proposals})
    reached = reach_of(addressees(proposals, recipients), kind).reached
    refuse_if(
        *letter_violations(letter),
        Violation("hold_not_ahead", "hold_until") if hold_until is not None and hold_until <= now() else None,
        Violation("mails_without_addressee", "recipients") if not reached else None,
        Violation("too_many_mails", "", {"most": MOST_MAILS, "n": len(reached)})
        if len(reached) > MOST_MAILS
        else None,
    )
    texts = {field: normal(letter[field]).strip() for field in LIMITS}
    run = MailRun.objects.create(
        agency=agency,
        by=by,
        recipients=recipients,
        kind=kind,
        hold_until=hold_until,
        created_at=now(),
        **texts,
    )
    RunMail.objects.bulk_create(
        [
            RunMail(run=run, proposal=one.proposal, person=one.person, language=one.language)
            for one in reached
        ],
        batch_size=1000,
    )
    details = {
        "recipients": str(recipients),
        "items": len(reached),
        "until": hold_until and hold_until.isoformat(),
    }
    audit.record("mails_written", run, by=by, details=details, acting_for=agency.public_id)
    if len(reached) <= AT_ONCE:
        while write_next(run=run):
            pass
    else:
        jobs.enqueue(WRITE_JOB, {"run": run.pk}, by=by, key=f"{WRITE_JOB}:{run.public_id}")
    run.refresh_from_db()
    return run


@action
def write_next(*, run: MailRun) -> int:
    """Write the next mails of a run that are not written yet; how many. With the last of them the run is written.

    The run is locked, and a mail and its row are written together: a job that was cut, or two at once, write none twice.
    """
    run = MailRun.objects.select_for_update(of=("self",)).select_related("agency").get(pk=run.pk)
    if run.written_at is not None:
        return 0
    missing = RunMail.objects.filter(run=run, mail=None).select_related("proposal__call", "person__user")
    texts = {field: getattr(run, field) for field in LIMITS}
    pairs = []
    for row in missing.order_by("pk")[:BATCH]:
        one = Addressee(row.proposal, row.person, row.language)
        if not one.address:
            row.delete()  # it was erased since
            continue
        mail = outbox.mail_row(
            "run",
            to=one.address,
            language=one.language,
            values=written_to(one, texts, run.agency),
            about=one.proposal,
            key=f"run:{run.public_id}:{one.proposal.public_id}:{one.person.public_id}",
            held=run.hold_until is None,
            hold_until=run.hold_until,
            kind=MailKind(run.kind),
        )
        pairs.append((row, mail))
    outbox.queue_mails([mail for _row, mail in pairs])
    for row, mail in pairs:
        row.mail = mail
    RunMail.objects.bulk_update([row for row, _mail in pairs], ["mail"], batch_size=BATCH)
    if not RunMail.objects.filter(run=run, mail=None).exists():
        run.written_at = now()
        run.save(update_fields=["written_at"])
    return len(pairs)


def job_of(run: MailRun) -> Job | None:
    """The job that writes a run of many mails; None once all are written."""
    if run.written_at is not None:
        return None
    return Job.objects.filter(key=f"{WRITE_JOB}:{run.public_id}").first()


def was_written_by_a_job(run: MailRun) -> bool:
    """Whether a page may still ask how far it is, although all its mails are written by now."""
    return Job.objects.filter(key=f"{WRITE_JOB}:{run.public_id}").exists()


def _refuse_unwritten(run: MailRun) -> None:
    """While its mails are being written, a letter is neither let go nor taken back: a part of it would escape.

    Raises:
        RuleBroken: `mails_being_written`. One whose job has failed is moved as far as it was written.
    """
    locked = MailRun.objects.select_for_update().get(pk=run.pk)
    job = job_of(locked)
    refuse_if(Violation("mails_being_written") if job is not None and not job.has_ended else None)


def _own_mails(run: MailRun, by: Any) -> Any:
    """The run's mails as far as `by` handles their proposals."""
    require(may_write_for(by, run.agency))
    keys = run_mails_of(by).filter(run=run, mail__isnull=False).values("mail")
    return OutboxMail.objects.filter(pk__in=keys)


@action
def release_mails(*, run: MailRun, by: Any) -> int:
    """Let the held mails of a run go now; returns how many.

    Raises:
        NotAllowed: `by` is no programme officer of the run's agency.
        RuleBroken: `mails_being_written`.
    """
    _refuse_unwritten(run)
    count = outbox.release_held(mails=_own_mails(run, by))
    audit.record("mails_released", run, by=by, details={"items": count}, acting_for=run.agency.public_id)
    return count


@action
def undo_mails(*, run: MailRun, by: Any) -> int:
    """Take back what is still held; returns how many. What has gone has gone.

    Raises:
        NotAllowed: as `release_mails`.
        RuleBroken: `nothing_held`; `mails_being_written`.
    """
    _refuse_unwritten(run)
    count = outbox.cancel_held(mails=_own_mails(run, by))
    refuse_if(None if count else Violation("nothing_held"))
    audit.record("mails_undone", run, by=by, details={"items": count}, acting_for=run.agency.public_id)
    return count


@action
def send_again(*, run: MailRun, mail: OutboxMail, by: Any) -> None:
    """Send a mail of which nobody knows whether it went once more, with the same Message-ID.

    Raises:
        NotAllowed: as `release_mails`, or the mail is of no proposal that `by` handles.
        RuleBroken: `mail_not_uncertain`.
    """
    require(_own_mails(run, by).filter(pk=mail.pk).exists())
    refuse_if(None if outbox.send_again(mail=mail) else Violation("mail_not_uncertain"))
    audit.record(
        "mail_sent_again", run, by=by, private={"to": mail.recipient}, acting_for=run.agency.public_id
    )
