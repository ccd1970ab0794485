"""The file that bears a partner's award out, and the award's worth in yen."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.files import store_bytes
from kernel.violations import RuleBroken
from proposals.actions.awards import change_award, warnings_of
from proposals.actions.content import content_of
from proposals.actions.putting_back import put_back
from proposals.models import PartnerAward, Proposal
from proposals.queries import evidence_visible_to
from proposals.wording import file_words, worth
from registries.models import ExchangeRate
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.builders.raw_files import png
from tests.matrix.world import blank_pdf

pytestmark = pytest.mark.django_db
PDF = blank_pdf()
CLAIM = {
    "number": "2412345",
    "title": "Example",
    "pi_name": "Morgan Sample",
    "pi_role": "pi",
    "amount": "1,500,000.25",
    "currency": "USD",
    "starts_on": "2025-09-01",
    "ends_on": "2031-08-31",
}


def at(route: str, *args: str) -> str:
    with translation.override("en"):
        return reverse(f"proposals:{route}", args=args)


def upload(name: str = "letter.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF if content is None else content)


@pytest.fixture
def draft() -> Proposal:
    return make_proposal(make_call(make_stage()))


@pytest.fixture
def client(draft: Proposal) -> Client:
    found = Client()
    found.force_login(draft.pi.user)
    return found


def posted(draft: Proposal, **fields: Any) -> dict[str, Any]:
    return {**CLAIM, "agency": draft.awards.first().agency.pk, **fields}


def test_evidence_is_added_shown_replaced_and_taken_away(draft: Proposal, client: Client) -> None:
    add = client.post(at("award_add", draft.public_id), posted(draft, evidence=upload("通知.pdf")))
    assert add.status_code == 302
    award = draft.awards.get(number="2412345")
    file = at("award_evidence", draft.public_id, award.public_id)
    answer = client.get(file)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    for page in ("awards", "check"):
        shown = client.get(at(page, draft.public_id)).content.decode()
        assert file in shown, page
        assert "通知.pdf" in shown, page
    assert "not scanned for viruses" in client.get(at("awards", draft.public_id)).content.decode()
    change = at("award_change", draft.public_id, award.public_id)
    assert "通知.pdf" in client.get(change).content.decode()
    client.post(change, posted(draft))
    award.refresh_from_db()
    assert award.evidence.name == "通知.pdf"
    client.post(change, posted(draft, evidence=upload("new.png", png())))
    award.refresh_from_db()
    assert award.evidence.name == "new.png"
    client.post(change, posted(draft, remove_evidence="on"))
    award.refresh_from_db()
    assert award.evidence is None
    assert client.get(file).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ"),
        ("a.pdf", b"no pdf"),
        ("a.pdf", b""),
        ("a.docx", b"PK\x03\x04"),
        ("a.png", b"%PDF-1.7"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_its_reason_beside_the_field(
    draft: Proposal, client: Client, name: str, content: bytes
) -> None:
    answer = client.post(at("award_add", draft.public_id), posted(draft, evidence=upload(name, content)))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["evidence"]
    assert draft.awards.count() == 1


def test_a_file_beside_something_mistyped_has_to_be_chosen_again_and_says_so(
    draft: Proposal, client: Client
) -> None:
    answer = client.post(at("award_add", draft.public_id), posted(draft, amount="x", evidence=upload()))
    assert set(answer.context["form"].errors) == {"amount", "evidence"}
    assert "Choose the file again" in answer.content.decode()


def test_officers_and_readers_get_the_file_that_was_submitted(draft: Proposal) -> None:
    by, award = draft.pi.user, draft.awards.get()
    fields = {
        name: getattr(award, name) for name in ("agency", "number", "title", "pi_name", "amount", "currency")
    }
    fields |= {"starts_on": award.starts_on, "ends_on": award.ends_on}
    change_award(award=award, by=by, evidence=upload("first.pdf"), **fields)
    submitted = content_of(Proposal.objects.get(pk=draft.pk))
    change_award(award=award, by=by, remove_evidence=True, **fields)
    officer = draft.call.lead_agency.memberships.filter(role="programme_officer").first().person.user
    assert evidence_visible_to(officer, draft.public_id, award.public_id) is None
    with writing():
        draft.submissions.create(number=1, at=draft.created_at, by=by, content=submitted, sha256="0" * 64)
        draft.state, draft.receipt_number = "locked", "R-1"
        draft.save()
    assert evidence_visible_to(officer, draft.public_id, award.public_id).name == "first.pdf"
    assert evidence_visible_to(by, draft.public_id, award.public_id) is None
    assert evidence_visible_to(make_user(), draft.public_id, award.public_id) is None
    with writing():
        put_back(draft, submitted)
    assert evidence_visible_to(by, draft.public_id, award.public_id).name == "first.pdf"


def test_a_claim_that_neither_a_file_nor_a_register_bears_out_is_told(draft: Proposal) -> None:
    award = draft.awards.get()
    assert "award_without_evidence" in {w.code for w in warnings_of(draft, [award], leaders=())[award.pk]}
    with writing():
        award.evidence = store_bytes(name="a.pdf", content=PDF)
        award.save()
    assert "award_without_evidence" not in {w.code for w in warnings_of(draft, [award], leaders=())[award.pk]}


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (
            {"on": "2026-11-25", "basis": "daily", "source": "ECB", "yen_per_unit": "150.5"},
            "1,500,000.25 USD = ¥225,750,037 (1 USD = ¥150.5 on 25 November 2026 (Reiwa 8), ECB)",
        ),
        (
            {"on": "2026-12-31", "basis": "yearly_average", "source": "FRED", "yen_per_unit": "150.5"},
            "1,500,000.25 USD = ¥225,750,037 (1 USD = ¥150.5, average of 2026, FRED)",
        ),
        (None, "1,500,000.25 USD = ¥225,750,037"),
    ],
)
def test_an_amount_is_said_with_its_yen_value_and_the_rate_behind_it(
    rate: dict[str, str] | None, words: str
) -> None:
    with translation.override("en"):
        assert worth(150_000_025, "USD", 225_750_037, rate) == words


def test_an_amount_without_a_rate_says_so_and_yen_need_none() -> None:
    with translation.override("ja"):
        assert "未定" in worth(100, "USD", None, None)
        assert worth(1_500_000, "JPY", 1_500_000, None) == "1,500,000円"
        assert file_words(None) == "（証拠書類なし）"


def test_cents_are_kept_and_what_is_finer_is_refused(draft: Proposal, client: Client) -> None:
    with writing():
        ExchangeRate.objects.create(
            currency="USD", basis="yearly_average", on=dt.date(2026, 12, 31), yen_per_unit="150.5", source="T"
        )
    assert client.post(at("award_add", draft.public_id), posted(draft)).status_code == 302
    award = PartnerAward.objects.get(number="2412345")
    assert (award.amount, award.amount_yen) == (150_000_025, 225_750_037)
    shown = client.get(at("check", draft.public_id)).content.decode()
    assert "1,500,000.25 USD = ¥225,750,037 (1 USD = ¥150.5, average of 2026, T)" in shown
    fine = client.post(at("award_add", draft.public_id), posted(draft, number="1", amount="１．００５"))
    assert fine.context["form"].errors["amount"] == ["An amount in USD has 2 decimals at most."]
    yen = client.post(
        at("award_add", draft.public_id), posted(draft, number="1", amount="1.5", currency="JPY")
    )
    assert yen.context["form"].errors["amount"] == ["Enter whole yen, without decimals."]


def test_the_rate_in_a_submission_is_no_part_of_the_award_that_is_put_back(draft: Proposal) -> None:
    content = content_of(draft)
    assert content["awards"][0]["rate"] is None
    with writing():
        put_back(draft, content)
    assert content_of(draft) == content


def test_submitted_evidence_needs_a_known_award(draft: Proposal) -> None:
    with pytest.raises(RuleBroken):
        change_award(
            award=draft.awards.get(),
            by=draft.pi.user,
            agency=draft.call.lead_agency,
            number="1",
            title="A",
            pi_name="B",
            amount=1,
            currency="JPY",
            starts_on=dt.date(2026, 4, 1),
            ends_on=dt.date(2027, 3, 31),
            evidence=upload(),
        )
    assert draft.awards.get().evidence is None


def test_the_pages_of_the_evidence_are_shown_to_those_who_may_read_it(
    draft: Proposal, client: Client
) -> None:
    client.post(at("award_add", draft.public_id), posted(draft, evidence=upload("通知.pdf")))
    award = draft.awards.get(number="2412345")
    file = at("award_evidence", draft.public_id, award.public_id)
    shown = client.get(f"{file}?view=1")
    assert f'src="{file}?picture=1"' in shown.content.decode()
    drawn = client.get(f"{file}?picture=1")
    assert (drawn["Content-Type"], drawn.content[:4]) == ("image/png", b"\x89PNG")
    stranger = Client()
    stranger.force_login(make_user())
    asked = [f"{file}{end}" for end in ("", "?view=1", "?picture=1")]
    assert [stranger.get(address).status_code for address in asked] == [404] * 3
    assert client.get(f"{file}?picture=2").status_code == 404
    assert client.get(f"{file}?view=x").status_code == 200
