"""Watching the claimed awards of proposals that are reviewed or carried out."""

import hashlib
import json
from typing import Any

from django.db.models import Q

from accounts.actions.people import path_in
from accounts.enums import Role
from accounts.models import Membership, User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now, today
from kernel.outbox import MailKind, queue_mail
from kernel.outbox.models import OutboxMail
from proposals.actions.register import taken_from
from proposals.award_periods import period_of, term_of
from proposals.award_words import alert_sentences
from proposals.enums import AccessKind
from proposals.models import PartnerAward, Proposal, ProposalAccess
from proposals.permissions import may_note_alerts
from proposals.rules.alerts import LIVE, alerts


def watch_awards() -> int:
    """Look at every claimed award of a live proposal; how many mails are new. Doing it again writes nothing."""
    live = PartnerAward.objects.filter(proposal__state__in=LIVE, proposal__is_test=False)
    return sum(_watch(key) for key in live.order_by("pk").values_list("pk", flat=True))


@action
def _watch(key: int) -> int:
    award = (
        PartnerAward.objects.select_for_update(of=("self",))
        .select_related(
            "agency", "registered__imported_by_run", "proposal__call__programme", "proposal__pi__user"
        )
        .get(pk=key)
    )
    proposal = award.proposal
    found = alerts(
        period_of(award),
        term_of(proposal),
        today(proposal.call.programme.zone),
        award.taken_over,
        taken_from(award.registered) if award.registered else None,
    )
    if found == award.alerts:
        return 0
    fresh = [alert for alert in found if alert not in award.alerts]
    award.alerts = found
    if fresh:
        award.alerts_noted_at = None
        audit.record(
            "award_alert",
            proposal,
            by=None,
            details={"award": award.public_id, "items": [alert["code"] for alert in fresh]},
        )
    award.save(update_fields=["alerts", "alerts_noted_at"])
    return sum(_tell(award, alert, user) for alert in fresh for user in _told(proposal, award))


def _told(proposal: Proposal, award: PartnerAward) -> list[User]:
    """The principal investigator, and the programme officers of the lead agency and of the award's without a conflict."""
    excluded = ProposalAccess.objects.filter(proposal=proposal, kind=AccessKind.EXCLUDED)
    officers = Membership.objects.active_on(today()).filter(
        organisation__in=(proposal.call.lead_agency_id, award.agency_id), role=Role.PROGRAMME_OFFICER
    )
    users = User.objects.filter(
        Q(person__in=officers.values("person")) & ~Q(person__in=excluded.values("person"))
        | Q(person=proposal.pi),
        is_active=True,
    )
    return list(users.select_related("person").order_by("pk"))


def _tell(award: PartnerAward, alert: dict[str, Any], user: User) -> int:
    proposal = award.proposal
    said = hashlib.sha256(json.dumps(alert, sort_keys=True).encode()).hexdigest()[:16]
    key = f"award-alert:{award.public_id}:{said}:{user.public_id}"
    if OutboxMail.objects.filter(key=key).exists():
        return 0
    own = user.pk == (proposal.pi.user.pk if proposal.pi.user else None)
    route = "proposals:tasks" if own else "proposals:office_proposal"
    queue_mail(
        "award_alert",
        to=user.email,
        language=user.language,
        values={
            "proposal": proposal,
            "name": user.person.name_in(user.language),
            "number": award.number,
            "sentences": alert_sentences(award, [alert], user.language),
            "path": path_in(user.language, route, proposal.public_id),
        },
        about=proposal,
        key=key,
        kind=MailKind.ALERT,
    )
    return 1


@action
def note_alerts(*, award: PartnerAward, by: Any) -> None:
    """Take note of what has come up about an award, so that it waits for nobody any more; it is shown as long as it holds.

    Raises:
        NotAllowed: `by` is no programme officer who answers for the lead agency or the award's, or has an interest.
    """
    award = (
        PartnerAward.objects.select_for_update(of=("self",))
        .select_related("agency", "proposal__call__lead_agency")
        .get(pk=award.pk)
    )
    require(may_note_alerts(by, award.proposal, award))
    if award.alerts and award.alerts_noted_at is None:
        award.alerts_noted_at = now()
        award.save(update_fields=["alerts_noted_at"])
        audit.record("award_alert_noted", award.proposal, by=by, details={"award": award.public_id})
