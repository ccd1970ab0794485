"""Proposals collected elsewhere: taken in whole, found again, changed once, undone while nobody has worked on them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from kernel import search
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.jobs.models import Job
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from program.enums import ImportedRow
from program.models import Call
from proposals.actions.content import digest
from proposals.actions.eligibility import judge_eligibility
from proposals.actions.indexing import KIND
from proposals.actions.intake import take_in
from proposals.actions.intake_undo import undo_intake
from proposals.actions.submission import PDF_JOB
from proposals.enums import CollectionKey
from proposals.intake_tasks import comparison_of
from proposals.models import CollectedProposal, Proposal, ProposalAccess, Submission
from proposals.queries import office_proposals
from proposals.tasks import make_pdf  # noqa: F401  the handler of the PDFs
from tests.builders.intake import compared, csv_of, problems_of, row, stored, take, taken
from tests.builders.people import make_institution
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_pi

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def call(stage: Stage) -> Call:
    return make_call(stage, state="closed")


def codes(error: Any) -> list[str]:
    return [violation.code for violation in error.value.violations]


def test_a_row_becomes_a_received_proposal(stage: Stage, call: Call) -> None:
    proposal = taken(call, stage.home1)
    submission = proposal.submissions.get()
    call.refresh_from_db()
    assert proposal.state == "locked"
    assert proposal.receipt_number == f"{call.code}-{call.last_receipt:04}"
    assert submission.sha256 == digest(submission.content)
    assert submission.content["title_ja"] == "量子見本の研究"
    assert submission.content["collected"] == {
        "key": "0012",
        "file": "collected.csv",
        "row": 2,
        "on": submission.content["collected"]["on"],
        "received_on": "2026-10-01",
    }
    assert [member["role"] for member in submission.content["team"]] == ["pi", "partner_pi"]
    (award,) = submission.content["awards"]
    assert (award["number"], award["amount"], award["currency"]) == ("2400001", 250_000_000, "USD")
    assert sum(line["amount"] for line in submission.content["budget"]) == 130_000_000
    assert proposal in office_proposals(stage.home1)
    found = search.matching(KIND, "量子")
    assert found is not None and proposal.pk in set(found.values_list("object_id", flat=True))
    assert Job.objects.filter(key=f"{PDF_JOB}:{submission.public_id}").count() == 1


def test_nobody_is_written_to(stage: Stage, call: Call) -> None:
    taken(call, stage.home1)
    assert OutboxMail.objects.count() == 0


def test_what_was_done_is_in_the_trail(stage: Stage, call: Call) -> None:
    proposal = taken(call, stage.home1)
    trail = AuditEntry.objects.filter(subject_id=proposal.public_id).order_by("id")
    assert list(trail.values_list("verb", "actor")) == [("submit", stage.home1.pk), ("lock", stage.home1.pk)]
    assert trail[0].details["receipt"] == proposal.receipt_number


def test_before_the_deadline_it_is_submitted_and_locked_with_the_others(stage: Stage) -> None:
    call = make_call(stage, state="open")
    proposal = taken(call, stage.home1)
    assert proposal.state == "submitted"
    assert proposal not in office_proposals(stage.home1)


def test_a_second_table_changes_and_never_doubles(stage: Stage, call: Call) -> None:
    first = row(call)
    proposal = take(call, stage.home1, first).rows.get().proposal
    again = compared(call, stage.home1, first)
    assert [one.state for one in again.rows] == [ImportedRow.UNCHANGED]
    changed = take(call, stage.home1, {**first, "title_en": "Another title"})
    assert changed.rows.get().proposal == proposal
    assert CollectedProposal.objects.count() == 1
    proposal.refresh_from_db()
    assert (proposal.title_en, proposal.state) == ("Another title", "locked")
    assert [one.number for one in proposal.submissions.order_by("number")] == [1, 2]
    assert proposal.team.count() == 2


def test_a_column_that_is_left_out_changes_nothing(stage: Stage, call: Call) -> None:
    first = row(call)
    take(call, stage.home1, first)
    found = compared(call, stage.home1, {"number": "0012", "years": "5", "title_en": "Another"})
    assert [name for name, _before, _after in found.rows[0].changes] == ["title_en"]


def test_the_person_known_by_e_mail_and_name_is_taken(stage: Stage, call: Call) -> None:
    user = make_pi()
    person = user.person
    names = {
        f"pi_{part}": getattr(person, part)
        for part in ("family_kanji", "given_kanji", "family_romaji", "given_romaji")
    }
    proposal = taken(
        call, stage.home1, **names, pi_family_kana="", pi_given_kana="", pi_email=user.email, pi_erad=""
    )
    assert proposal.pi == person


def test_a_name_that_the_portal_knows_by_the_number_is_not_typed_again(stage: Stage, call: Call) -> None:
    with writing():
        Person.objects.create(family_kanji="既知", given_kanji="太郎", erad_number="00251413")
    nameless = {f"pi_{p}_{s}": "" for p in ("family", "given") for s in ("kanji", "kana", "romaji")}
    proposal = taken(call, stage.home1, **nameless, pi_email="", pi_erad="00251413")
    assert proposal.pi.name_in("ja") == "既知 太郎"


def test_one_new_person_however_many_rows_name_them(stage: Stage, call: Call) -> None:
    intake = take(call, stage.home1, row(call), row(call, number="0013", title_ja="別の研究"))
    assert len({one.proposal.pi_id for one in intake.rows.all()}) == 1


def test_one_wrong_row_keeps_all_out(stage: Stage, call: Call) -> None:
    content = csv_of(row(call), row(call, number="0013", years="99"))
    found = comparison_of(call, CollectionKey.NUMBER, content, stage.home1)
    assert problems_of(found) == {3: [("years", "years_outside_call")]}
    with writing():
        file = stored(content, stage.home1)
    with pytest.raises(RuleBroken) as error:
        take_in(call=call, key=CollectionKey.NUMBER, stored=file, found=found, by=stage.home1)
    assert codes(error) == ["intake_has_errors"]
    assert Proposal.objects.count() == 0


def test_what_was_seen_before_another_table_came_is_refused(stage: Stage, call: Call) -> None:
    content = csv_of(row(call))
    found = comparison_of(call, CollectionKey.NUMBER, content, stage.home1)
    with writing():
        file = stored(content, stage.home1)
    for _time in range(2):
        try:
            take_in(call=call, key=CollectionKey.NUMBER, stored=file, found=found, by=stage.home1)
        except RuleBroken as broken:
            assert [one.code for one in broken.violations] == ["intake_stale"]
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("who", ["home2", "partner1"])
def test_only_officers_of_the_lead_agency_take_in(stage: Stage, call: Call, who: str) -> None:
    with pytest.raises(NotAllowed):
        taken(call, getattr(stage, who))


def test_the_column_of_the_key_stays(stage: Stage, call: Call) -> None:
    taken(call, stage.home1)
    with pytest.raises(RuleBroken) as error:
        take(call, stage.home1, row(call, number=None, erad_application="27A1"), key=CollectionKey.ERAD)
    assert codes(error) == ["intake_key_is_another"]


def test_undone_as_long_as_nobody_has_worked_on_it(stage: Stage, call: Call) -> None:
    people = Person.objects.count()
    intake = take(
        call, stage.home1, row(call), row(call, number="0013", pi_email="b@univ.example", pi_erad="")
    )
    undo_intake(intake=intake, by=stage.home1)
    assert (Proposal.objects.count(), Submission.objects.count(), Person.objects.count()) == (0, 0, people)
    assert not search.matching(KIND, "量子").exists()  # type: ignore[union-attr]  # words were asked for
    assert set(Job.objects.filter(name=PDF_JOB).values_list("state", flat=True)) == {"cancelled"}
    take(call, stage.home1, row(call))
    call.refresh_from_db()
    assert call.last_receipt == 3  # numbers are not given again


def test_undoing_a_change_lets_it_be_as_before(stage: Stage, call: Call) -> None:
    first = row(call)
    proposal = take(call, stage.home1, first).rows.get().proposal
    changed = take(
        call,
        stage.home1,
        {
            **first,
            "title_en": "Another",
            "years": "3",
            **{
                f"budget_{kind}_{year}": ""
                for kind in ("goods", "indirect")
                for year in range(call.first_year + 3, call.first_year + 5)
            },
        },
    )
    undo_intake(intake=changed, by=stage.home1)
    proposal.refresh_from_db()
    assert (proposal.title_en, proposal.years) == ("Example of quantum samples", 5)
    assert [one.state for one in compared(call, stage.home1, first).rows] == [ImportedRow.UNCHANGED]
    assert proposal.submissions.latest("number").number == 3
    undo_intake(intake=changed.call.intakes.get(undone_at=None), by=stage.home1)
    assert Proposal.objects.count() == 0


def test_an_earlier_one_is_not_undone_under_a_later_one(stage: Stage, call: Call) -> None:
    first = row(call)
    earlier = take(call, stage.home1, first)
    take(call, stage.home1, {**first, "title_en": "Another"})
    with pytest.raises(RuleBroken) as error:
        undo_intake(intake=earlier, by=stage.home1)
    assert codes(error) == ["intake_not_last"]


def judged(stage: Stage, proposal: Proposal) -> None:
    judge_eligibility(proposal=proposal, agency=stage.home, by=stage.home1, verdict="yes", reasons="")


def excluded(stage: Stage, proposal: Proposal) -> None:
    with writing():
        ProposalAccess.objects.create(
            proposal=proposal, person=stage.home1.person, kind="excluded", source="test"
        )


@pytest.mark.parametrize("work", [judged, excluded])
def test_what_somebody_has_worked_on_is_neither_undone_nor_changed(
    stage: Stage, call: Call, work: Any
) -> None:
    first = row(call)
    intake = take(call, stage.home1, first)
    work(stage, intake.rows.get().proposal)
    with pytest.raises(RuleBroken) as error:
        undo_intake(intake=intake, by=stage.home1)
    assert codes(error) == ["intake_worked_on"]
    found = compared(call, stage.home1, {**first, "title_en": "Another"})
    assert problems_of(found) == {2: [("", "collected_worked_on")]}
    assert [one.state for one in compared(call, stage.home1, first).rows] == [ImportedRow.UNCHANGED]


def test_the_same_statements_for_one_and_for_three_rows(stage: Stage, call: Call) -> None:
    name, counts = make_institution().name_ja, []
    for some in (range(1), range(1, 2), range(2, 5)):
        rows = [
            row(call, number=f"A{n}", pi_email=f"{n}@univ.example", pi_erad="", institution_name=name)
            for n in some
        ]
        with CaptureQueriesContext(connection) as captured:
            take(call, stage.home1, *rows)
        counts.append(len(captured))
    # the first one fills what is read once a process
    assert counts[1] == counts[2]
