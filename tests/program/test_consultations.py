import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel import clock
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from program.actions import consultations, designations
from program.dossiers import dossier_of
from program.models import Consultation, ConsultationFile, ConsultationPoint
from tests.builders.program import Stage, make_stage
from tests.matrix.world import blank_pdf
from tests.program.test_designation_actions import a_draft, codes
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 20)


def a_talk(stage: Stage) -> Consultation:
    draft = a_draft(stage, is_complete=False)
    return consultations.record_consultation(
        designation=draft,
        by=stage.ministry1,
        held_on=DAY,
        offices_ja="内閣府",
        points_ja="分野",
        participants_ja="内閣府 国際担当、見本 花子\n文部科学省",
    )


def paper(name: str = "paper.pdf", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or blank_pdf())


def test_dossier_holds_who_took_part_what_was_raised_and_what_was_handed_over() -> None:
    stage = make_stage()
    talk = a_talk(stage)
    point = consultations.add_point(consultation=talk, by=stage.ministry1, point_ja="重複はないか")
    consultations.change_point(point=point, by=stage.ministry2, point_ja="重複はないか", answer_ja="ない")
    attached = consultations.attach_file(
        consultation=talk, by=stage.ministry1, upload=paper(), title_ja="配布資料"
    )
    (found,) = dossier_of(talk.designation)["consultations"]
    assert found["participants_ja"] == [
        {"office": "内閣府 国際担当", "name": "見本 花子"},
        {"office": "文部科学省", "name": ""},
    ]
    assert found["participants_en"] == []
    assert found["raised"] == [
        {"point_ja": "重複はないか", "point_en": "", "answer_ja": "ない", "answer_en": ""}
    ]
    assert found["attachments"] == [
        {"title_ja": "配布資料", "title_en": "", "name": "paper.pdf", "sha256": attached.file.sha256}
    ]


def test_consultation_is_recorded_once_it_has_been_held() -> None:
    stage = make_stage()
    talk = a_talk(stage)
    tomorrow = clock.today() + dt.timedelta(days=1)
    with pytest.raises(RuleBroken) as broken:
        consultations.change_consultation(consultation=talk, by=stage.ministry1, held_on=tomorrow)
    assert codes(broken) == ["consultation_to_come"]
    with pytest.raises(RuleBroken) as broken:
        consultations.record_consultation(
            designation=talk.designation,
            by=stage.ministry1,
            held_on=tomorrow,
            offices_ja="内閣府",
            points_ja="分野",
        )
    assert codes(broken) == ["consultation_to_come"]


@pytest.mark.parametrize(
    ("participants", "expected"),
    [("、見本", ["participant_without_office"]), ("あ" * 201, ["participant_too_long"])],
)
def test_participants_are_checked_line_by_line(participants: str, expected: list[str]) -> None:
    stage = make_stage()
    talk = a_talk(stage)
    with pytest.raises(RuleBroken) as broken:
        consultations.change_consultation(consultation=talk, by=stage.ministry1, participants_ja=participants)
    assert codes(broken) == expected


def test_consultation_is_fixed_with_its_dossier() -> None:
    stage = make_stage()
    draft = a_draft(stage)
    talk = draft.consultations.get()
    point = consultations.add_point(consultation=talk, by=stage.ministry1, point_ja="範囲")
    attached = consultations.attach_file(
        consultation=talk, by=stage.ministry1, upload=paper(), title_ja="資料"
    )
    designations.propose_designation(designation=draft, by=stage.ministry1)
    by = {"by": stage.ministry1}
    for act in (
        lambda: consultations.change_consultation(consultation=talk, offices_ja="別", **by),
        lambda: consultations.add_point(consultation=talk, point_ja="別", **by),
        lambda: consultations.change_point(point=point, point_ja="別", **by),
        lambda: consultations.remove_point(point=point, **by),
        lambda: consultations.attach_file(consultation=talk, upload=paper(), title_ja="別", **by),
        lambda: consultations.remove_attachment(attachment=attached, **by),
        lambda: consultations.remove_consultation(consultation=talk, **by),
    ):
        with pytest.raises(RuleBroken) as broken:
            act()
        assert codes(broken) == ["dossier_fixed"]


def test_file_that_is_none_is_refused() -> None:
    stage = make_stage()
    talk = a_talk(stage)
    for upload in (paper("virus.exe"), paper("paper.pdf", b"not a pdf")):
        with pytest.raises(RuleBroken):
            consultations.attach_file(consultation=talk, by=stage.ministry1, upload=upload, title_ja="資料")
    assert not ConsultationFile.objects.exists()


def test_no_agency_works_on_a_consultation() -> None:
    stage = make_stage()
    talk = a_talk(stage)
    with pytest.raises(NotAllowed):
        consultations.add_point(consultation=talk, by=stage.home1, point_ja="範囲")


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", ("出席者", "見本 花子", "重複はないか")), ("en", ("Participants", "見本 花子", "重複はないか"))],
)
def test_officer_records_points_and_files_on_the_page(language: str, words: tuple[str, ...]) -> None:
    stage = make_stage()
    talk = a_talk(stage)
    client = signed_in(stage.ministry1)
    path = f"/{language}/consultations/{talk.public_id}/"
    assert client.post(f"{path}points/add/", {"point_ja": "重複はないか", "answer_ja": ""}).status_code == 302
    form = {"title_ja": "配布資料", "file": paper()}
    assert client.post(f"{path}attachments/add/", form).status_code == 302
    page = text_of(client.get(path))
    for word in (*words, "配布資料"):
        assert word in page
    point = ConsultationPoint.objects.get()
    answered = {"point_ja": point.point_ja, "answer_ja": "ない"}
    assert client.post(f"/{language}/consultations/points/{point.public_id}/", answered).status_code == 302
    point.refresh_from_db()
    assert point.answer_ja == "ない"


def test_attachment_is_read_by_the_ministry_alone_and_the_download_is_written_down() -> None:
    stage, other = make_stage(), make_stage()
    talk = a_talk(stage)
    attached = consultations.attach_file(
        consultation=talk, by=stage.ministry1, upload=paper(), title_ja="資料"
    )
    path = f"/ja/consultations/attachments/{attached.public_id}/"
    for stranger in (stage.home1, stage.partner1, other.ministry1):
        assert signed_in(stranger).get(path).status_code == 404
    answer: Any = signed_in(stage.ministry2).get(path)
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    entry = AuditEntry.objects.get(verb="attachment_downloaded")
    assert (entry.actor, entry.details) == (stage.ministry2, {"attachment": attached.public_id})


def test_wrong_line_is_named_beside_the_field_and_loses_nothing() -> None:
    stage = make_stage()
    draft = a_draft(stage, is_complete=False)
    values = {
        "held_on": "2026-05-20",
        "offices_ja": "内閣府",
        "participants_ja": "内閣府\n、見本",
        "points_ja": "分野と時期",
    }
    answer = signed_in(stage.ministry1).post(f"/ja/designations/{draft.public_id}/consultations/add/", values)
    assert answer.context["form"].errors == {"participants_ja": ["2行目に所属がありません。"]}
    assert "分野と時期" in text_of(answer)
    assert not draft.consultations.exists()


def test_english_lines_are_checked_too_and_english_readers_read_english() -> None:
    stage = make_stage()
    talk = a_talk(stage)
    with pytest.raises(RuleBroken) as broken:
        consultations.change_consultation(
            consultation=talk, by=stage.ministry1, participants_en="Cabinet Office\n, Sample"
        )
    assert [v.field for v in broken.value.violations] == ["participants_en"]
    consultations.change_consultation(
        consultation=talk,
        by=stage.ministry1,
        offices_en="Cabinet Office",
        points_en="The field",
        participants_en="Cabinet Office, Hanako Mihon",
    )
    consultations.add_point(
        consultation=talk, by=stage.ministry1, point_ja="重複はないか", point_en="Does it overlap?"
    )
    client = signed_in(stage.ministry1)
    english, japanese = (
        text_of(client.get(f"/{code}/consultations/{talk.public_id}/")) for code in ("en", "ja")
    )
    for word, other in (
        ("Hanako Mihon", "見本 花子"),
        ("Does it overlap?", "重複はないか"),
        ("The field", "分野"),
    ):
        assert (word in english, other in japanese) == (True, True)
    assert "見本 花子" not in english
