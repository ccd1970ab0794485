"""Who is told that a designation was proposed or returned, and on whose list it stands."""

import pytest

from kernel.outbox.models import OutboxMail
from program.actions import designations
from program.dossiers import dossier_of
from tests.builders.program import make_stage
from tests.program.test_designation_actions import a_draft
from tests.program.test_dossier_papers import squeezed, text_of_pdf
from tests.program.test_pages import signed_in
from tests.program.test_waiting import labels

pytestmark = pytest.mark.django_db


def mails() -> list[tuple[str, str]]:
    return list(OutboxMail.objects.order_by("id").values_list("template", "recipient"))


def test_proposal_is_told_to_the_other_officers_and_return_to_the_proposer() -> None:
    stage = make_stage()
    draft = a_draft(stage)
    for _round in range(2):
        designations.propose_designation(designation=draft, by=stage.ministry1)
        designations.return_designation(designation=draft, by=stage.ministry2, reason="出典が古い")
    assert (
        mails()
        == [
            ("designation_proposed", stage.ministry2.email),
            ("designation_returned", stage.ministry1.email),
        ]
        * 2
    )
    told = OutboxMail.objects.get(template="designation_returned", pk__lt=OutboxMail.objects.last().pk)  # type: ignore[union-attr]
    assert "量子 × 英国" in told.subject
    assert "出典が古い" in told.body


def test_proposer_who_takes_it_back_is_not_told() -> None:
    stage = make_stage()
    draft = designations.propose_designation(designation=a_draft(stage), by=stage.ministry1)
    designations.return_designation(designation=draft, by=stage.ministry1, reason="誤り")
    assert [template for template, _to in mails()] == ["designation_proposed"]


def test_what_was_returned_waits_apart_from_what_was_begun() -> None:
    stage = make_stage()
    draft = a_draft(stage)
    assert labels(stage.ministry1) == {"Designations being prepared": 1}
    designations.propose_designation(designation=draft, by=stage.ministry1)
    designations.return_designation(designation=draft, by=stage.ministry2, reason="出典が古い")
    assert labels(stage.ministry1) == {"Designations returned to preparation": 1}


def test_dossier_tells_when_it_was_proposed_and_that_it_was_returned() -> None:
    stage = make_stage()
    draft = a_draft(stage)
    designations.propose_designation(designation=draft, by=stage.ministry1)
    designations.return_designation(designation=draft, by=stage.ministry2, reason="出典が古い")
    again = designations.propose_designation(designation=draft, by=stage.ministry1)
    steps = dossier_of(again)["steps"]
    assert steps["proposed_at"] is not None
    assert [(one["by"], one["reason"]) for one in steps["returns"]] == [
        (stage.ministry2.person.name, "出典が古い")
    ]
    pdf = signed_in(stage.ministry1).get(f"/ja/designations/{draft.public_id}/dossier.pdf").content
    text = squeezed(text_of_pdf(pdf))
    assert squeezed("出典が古い") in text
    assert squeezed(f"入力：{stage.ministry1.person.name}") in text
