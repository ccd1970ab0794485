"""The pages of notices of intent: the applicant's, and the officers'."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel.actions import writing
from kernel.ids import new_public_id
from proposals.models import NoticeOfIntent, Proposal
from proposals.notice_contributions import call_readers
from tests.builders.notices import answer_notice, make_notice, make_notice_call, values_of
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.counting import asks
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db


def sent(call: Any, **changes: str) -> dict[str, str]:
    values = {
        name: str(getattr(value, "pk", value))
        for name, value in values_of(call).items()
        if name != "support_type"
    }
    return {**values, "step": "submit", **changes}


def give(client: Client, call: Any, **changes: str) -> Any:
    page = client.get(f"/en/calls/{call.public_id}/notice/")
    institution = page.context["form"].fields["institution"].queryset[0].pk
    return client.post(
        f"/en/calls/{call.public_id}/notice/", sent(call, institution=str(institution), **changes)
    )


def test_a_notice_is_given_by_the_form_and_its_page_is_the_receipt() -> None:
    call, pi = make_notice_call(make_stage()), make_pi()
    client = signed_in(pi)
    answer = give(client, call)
    notice = NoticeOfIntent.objects.get()
    assert answer["Location"] == f"/en/notices/{notice.public_id}/"
    page = text_of(client.get(answer["Location"]))
    assert f"{call.code}-N0001" in page and "UTC" in page
    assert "Change the notice" in page and "Begin the full proposal" in page


def test_the_same_form_sent_twice_gives_one_notice() -> None:
    call, client = make_notice_call(make_stage()), signed_in(make_pi())
    for _ in range(2):
        give(client, call, form_token="one-token")
    assert NoticeOfIntent.objects.count() == 1


def test_what_lacks_stands_beside_its_field_and_nothing_typed_is_lost() -> None:
    call, client = make_notice_call(make_stage()), signed_in(make_pi())
    answer = give(client, call, title_ja="", family_romaji="", given_romaji="", summary="残る文")
    assert set(answer.context["form"].errors) == {"title_ja", "family_romaji"}
    assert answer.context["form"]["summary"].value() == "残る文"
    assert not NoticeOfIntent.objects.exists()
    long = give(client, call, summary="あ" * 998 + "\r\n" + "𠮷あ")
    assert set(long.context["form"].errors) == {"summary"}
    assert give(client, call, title_en="研究\x00計画").context["form"].errors["title_en"]


def test_a_draft_is_continued_and_an_older_tab_is_told() -> None:
    call, client = make_notice_call(make_stage()), signed_in(make_pi())
    give(client, call, step="draft", title_en="")
    notice = NoticeOfIntent.objects.get()
    path = f"/en/notices/{notice.public_id}/change/"
    form = client.get(path).context["form"]
    own = {"institution": str(notice.institution_id), "seen": form["seen"].value()}
    assert client.post(path, sent(call, **own, step="draft", title_en="First")).status_code == 302
    answer = client.post(path, sent(call, **own, title_en="Second"))
    assert answer.status_code == 409
    assert {"label": "Title in English", "value": "First"} in answer.context["standing_now"]
    again = {**own, "seen": answer.context["form"]["seen"].value()}
    assert client.post(path, sent(call, **again, title_en="Second")).status_code == 302
    notice.refresh_from_db()
    assert (notice.title_en, notice.state) == ("Second", "submitted")


def test_where_it_is_required_the_way_leads_over_the_notice() -> None:
    stage, pi = make_stage(), make_pi()
    call, client = make_notice_call(stage), signed_in(pi)
    page = text_of(client.get(f"/en/calls/{call.public_id}/"))
    assert "This call requires a notice of intent before a full proposal." in page
    assert "Give notice of intent" in page and "Begin a proposal" not in page
    answer = client.get(f"/en/calls/{call.public_id}/propose/")
    assert (answer.status_code, "requires a notice of intent" in text_of(answer)) == (422, True)


def test_from_an_accepted_notice_the_proposal_is_begun_and_the_award_is_there() -> None:
    stage, pi = make_stage(), make_pi()
    call = make_notice_call(stage, is_past=True)
    notice = make_notice(call, pi=pi, state="accepted")
    answer_notice(stage, notice, "advice")
    client, path = signed_in(pi), f"/en/notices/{notice.public_id}/"
    assert client.get(f"/en/calls/{call.public_id}/propose/")["Location"] == path
    page = text_of(client.get(path))
    assert "What the agencies have answered" in page and "理由" in page
    answer = client.post(f"{path}propose/")
    proposal = Proposal.objects.get()
    assert answer["Location"] == f"/en/proposals/{proposal.public_id}/"
    form = client.get(f"{answer['Location']}awards/add/").context["form"]
    assert (form["number"].value(), form["title"].value()) == (notice.award_number, notice.award_title)
    assert form["agency"].value() == stage.partner.pk


def test_the_verdicts_are_told_to_nobody_before_all_have_answered() -> None:
    stage, pi = make_stage(), make_pi()
    notice = make_notice(make_notice_call(stage, is_past=True), pi=pi)
    answer_notice(stage, notice, "no", agencies=[stage.partner])
    assert "理由" not in text_of(signed_in(pi).get(f"/en/notices/{notice.public_id}/"))
    office = text_of(signed_in(stage.home1).get(f"/en/notices/{notice.public_id}/office/"))
    assert "not eligible" in office and "理由" not in office


def test_an_officer_gives_the_verdict_by_the_form() -> None:
    stage = make_stage()
    notice = make_notice(make_notice_call(stage, is_past=True))
    client = signed_in(stage.home1)
    path = f"/en/notices/{notice.public_id}/eligibility/{stage.home.public_id}/"
    assert set(client.post(path, {"verdict": "advice"}).context["form"].errors) == {"reasons"}
    answer = client.post(path, {"verdict": "advice", "reasons": "Name the award."})
    assert answer["Location"] == f"/en/notices/{notice.public_id}/office/"
    other = f"/en/notices/{notice.public_id}/eligibility/{stage.partner.public_id}/"
    assert client.get(other).status_code == 404


def test_the_list_filters_counts_and_says_what_became_a_proposal() -> None:
    stage = make_stage()
    call = make_notice_call(stage, is_past=True)
    accepted = make_notice(call, state="accepted", title_en="Clocks of light")
    make_notice(call, title_en="Trapped ions")
    withdrawn_draft = make_notice(call, state="withdrawn")
    assert withdrawn_draft.number is None
    with writing():
        call.state = "closed"
        call.save()
    make_proposal(call, pi=accepted.pi.user, state="locked", notice=accepted)
    client = signed_in(stage.home1)
    page = client.get("/en/notices/")
    assert page.context["figures"] == {"received": 2, "accepted": 1, "became": 1}
    for query, titles in (
        ("q=clocks", ["Clocks of light"]),
        ("became=no", ["Trapped ions"]),
        ("state=accepted", ["Clocks of light"]),
        ("todo=verdict", ["Trapped ions"]),
        (f"call={call.public_id}&agency={stage.partner.public_id}&became=yes", ["Clocks of light"]),
        ("state=nonsense", ["Trapped ions", "Clocks of light"]),
    ):
        rows = client.get(f"/en/notices/?{query}").context["rows"]
        assert (query, [row["title"] for row in rows]) == (query, titles)
    assert not signed_in(make_stage().home1).get("/en/notices/").context["rows"]


def test_the_list_taken_away_holds_what_is_filtered_and_no_formula() -> None:
    stage = make_stage()
    call = make_notice_call(stage, is_past=True)
    make_notice(call, title_en="=1+1", award_number="0012")
    make_notice(call, state="refused")
    client = signed_in(stage.home1)
    answer: Any = client.get("/en/notices/export/csv/?state=submitted")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").strip().split("\r\n")
    assert len(lines) == 2 and "'=1+1" in lines[1] and "0012" in lines[1]
    assert client.get("/en/notices/export/xlsx/").content.startswith(b"PK")
    assert client.get("/en/notices/export/pdf/").status_code == 404


def test_lists_and_pages_ask_the_same_with_one_row_and_with_three() -> None:
    stage = make_stage()
    call = make_notice_call(stage, is_past=True)
    pi = make_pi()
    first = make_notice(call, pi=pi, state="accepted")
    answer_notice(stage, first)
    officer, applicant = signed_in(stage.home1), signed_in(pi)
    asked = (
        (officer, "/en/notices/"),
        (officer, f"/en/notices/{first.public_id}/office/"),
        (officer, "/en/"),
        (applicant, "/en/proposals/mine/"),
        (applicant, "/en/"),
    )

    def counts() -> list[int]:
        found = []
        for client, path in asked:
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            found.append(sum(asks(query["sql"]) for query in captured))
        return found

    with_one = counts()
    for _ in range(2):
        answer_notice(stage, make_notice(call, pi=pi, state="accepted"))
    assert counts() == with_one
    assert with_one[0] <= 12 and max(with_one) <= 20


def test_what_waits_and_who_is_told_of_a_changed_call() -> None:
    stage, pi = make_stage(), make_pi()
    call = make_notice_call(stage, is_past=True)
    notice = make_notice(call, pi=pi)
    landing = text_of(signed_in(stage.home1).get("/en/"))
    assert "Notices of intent to be judged" in landing
    with writing():
        NoticeOfIntent.objects.filter(pk=notice.pk).update(state="accepted")
    assert "Notice of intent accepted, full proposal to be begun" in text_of(signed_in(pi).get("/en/"))
    assert [reader.address for reader in call_readers(call)] == [pi.email]


def test_an_absent_notice_and_a_foreign_one_answer_alike() -> None:
    stage = make_stage()
    notice = make_notice(make_notice_call(stage))
    for key in (notice.public_id, new_public_id()):
        assert signed_in(make_pi()).get(f"/en/notices/{key}/").status_code == 404
        assert signed_in(stage.home1).get(f"/en/notices/{key}/office/").status_code == 404


def test_a_call_without_notices_shows_none_of_it() -> None:
    stage = make_stage()
    call, pi = make_call(stage), make_pi()
    client = signed_in(pi)
    assert client.get(f"/en/calls/{call.public_id}/notice/").status_code == 404
    page = text_of(client.get(f"/en/calls/{call.public_id}/"))
    assert "Begin a proposal" in page and "notice of intent" not in page.lower()


def test_the_page_marks_what_a_submitted_notice_needs_and_a_draft_may_leave_it_blank() -> None:
    call, client = make_notice_call(make_stage()), signed_in(make_pi())
    form = client.get(f"/en/calls/{call.public_id}/notice/").context["form"]
    assert {"title_ja", "country_code"} <= {name for name, field in form.fields.items() if field.required}
    assert give(client, call, step="draft", title_ja="", country_code="").status_code == 302
