"""Two beats at the same instant, in threads with connections of their own, remind everybody once."""

import datetime as dt
import threading

import pytest
from django.db import connection

from accounts.enums import Role
from kernel import clock
from kernel.actions import writing
from kernel.outbox.models import OutboxMail
from proposals.actions.deadline_reminders import remind_of_drafts
from proposals.actions.office_reminders import remind_agencies, remind_institutions
from proposals.models import InstitutionApproval
from tests.builders.people import make_member
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
BEATS, DRAFTS = 2, 4


def test_two_beats_write_each_mail_once() -> None:
    call = make_call(make_stage(), deadline_at=clock.now() + dt.timedelta(days=6))
    drafts = [make_proposal(call, created_at=call.opens_at) for _one in range(DRAFTS)]
    officers = [make_member(draft.institution, Role.INSTITUTION_OFFICER) for draft in drafts]
    with writing():
        for draft in drafts:
            InstitutionApproval.objects.create(
                proposal=draft, content={}, sha256="0" * 64, asked_by=draft.pi.user, asked_at=call.opens_at
            )
    gate, faults = threading.Barrier(BEATS), []

    def beat() -> None:
        try:
            gate.wait(timeout=10)
            remind_of_drafts()
            remind_institutions()
            remind_agencies()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=beat) for _one in range(BEATS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []
    written = sorted(OutboxMail.objects.values_list("template", "recipient"))
    assert written == sorted(
        [("draft_due", draft.pi.user.email) for draft in drafts]
        + [("approval_due", officer.email) for officer in officers]
    )
