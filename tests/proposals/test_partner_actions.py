"""Team, partner award and planned stays."""

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Person
from kernel.actions import writing
from kernel.clock import now
from kernel.violations import NotAllowed, RuleBroken, sentence
from proposals.actions import awards, exchange, team
from proposals.actions.content import content_of
from proposals.enums import ProposalState
from proposals.models import PartnerAward, Proposal
from proposals.queries import own_proposals
from proposals.rules.awards import in_yen
from registries.models import ExchangeRate
from tests.builders.people import make_person, make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = pytest.mark.django_db
STAY = {
    "direction": "dispatch",
    "career_stage": "doctoral",
    "host": "Example University",
    "country_code": "US",
    "starts_on": dt.date(2026, 9, 1),
    "ends_on": dt.date(2026, 10, 1),
}
MEMBER = {
    "role": "co_investigator",
    "institution_name": "見本大学",
    "country_code": "JP",
    "effort_percent": 20,
}


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    assert all(sentence(violation) for violation in broken.value.violations)
    return [violation.code for violation in broken.value.violations]


def claim(proposal: Proposal, **fields: Any) -> PartnerAward:
    return awards.claim_award(
        **{
            "proposal": proposal,
            "by": proposal.pi.user,
            "agency": proposal.call.call_agencies.exclude(agency=proposal.call.lead_agency).get().agency,
            "number": "2412345",
            "title": "Example",
            "pi_name": "Morgan Sample",
            "amount": 100_000_099,
            "currency": "USD",
            "starts_on": dt.date(2025, 9, 1),
            "ends_on": dt.date(2031, 8, 31),
            **fields,
        }
    )


def doubts(award: PartnerAward) -> dict[int, list[Any]]:
    content = content_of(award.proposal)
    return awards.warnings_of(award.proposal, [award], leaders=awards.leaders_of(content))


def test_an_award_has_its_yen_value_at_a_dated_rate_rounded_down_once() -> None:
    with writing():
        ExchangeRate.objects.create(
            currency="USD",
            basis="yearly_average",
            on=dt.date(2026, 12, 31),
            yen_per_unit="150.123456",
            source="T",
        )
    award = claim(make_proposal(make_call(make_stage()), is_complete=False))
    assert award.amount_yen == 150_123_604 == in_yen(100_000_099, "USD", Decimal("150.123456"))
    assert award.rate.source == "T"


def test_without_a_rate_the_yen_value_stays_open_and_is_told() -> None:
    award = claim(make_proposal(make_call(make_stage()), is_complete=False))
    assert award.amount_yen is None
    assert "award_yen_unknown" in {w.code for w in doubts(award)[award.pk]}


def test_what_an_award_must_be() -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage), is_complete=False)
    claim(proposal)
    assert refused(lambda: claim(proposal)) == ["award_twice"]
    assert refused(lambda: claim(proposal, number="1", agency=stage.home)) == ["award_agency_not_of_call"]
    assert refused(lambda: claim(proposal, number="1", amount=0)) == ["amount_not_above_zero"]
    assert refused(lambda: claim(proposal, number="1", amount=10**18)) == ["award_too_large"]
    assert refused(lambda: claim(proposal, number="1", ends_on=dt.date(2020, 1, 1))) == ["ends_before_start"]


@pytest.mark.parametrize("state", ProposalState)
def test_what_came_to_nothing_claims_no_award_any_more(state: ProposalState) -> None:
    """Whoever withdraws a proposal and begins another is not told of a second claim."""
    call = make_call(make_stage())
    other = make_proposal(call, state=state)
    with writing():
        Proposal.objects.filter(pk=other.pk).update(receipt_number="r-1")
    award = claim(make_proposal(call, is_complete=False), number=other.awards.get().number)
    is_told = "award_claimed_elsewhere" in {warning.code for warning in doubts(award)[award.pk]}
    assert is_told is (state not in ("withdrawn", "declined", "not_adopted", "ineligible"))


def test_doubts_about_an_award_are_told_and_bar_nothing() -> None:
    stage = make_stage()
    call = make_call(stage, sufficient_yearly_yen=10**9)
    other = make_proposal(call, state="submitted")
    proposal = make_proposal(call, is_complete=False)
    award = claim(
        proposal,
        number=other.awards.get().number,
        currency="JPY",
        amount=10_000_000,
        ends_on=dt.date(2028, 3, 31),
    )
    assert {w.code for w in doubts(award)[award.pk]} == {
        "award_ends_early",
        "award_insufficient",
        "award_claimed_elsewhere",
        "award_without_evidence",
    }
    odd = claim(proposal, number="EP/X1", currency="JPY", amount=10**14, ends_on=dt.date(2025, 12, 31))
    assert {w.code for w in doubts(odd)[odd.pk]} == {
        "award_number_unusual",
        "award_has_ended",
        "award_does_not_overlap",
        "award_without_evidence",
    }
    assert all(sentence(w) for a in (award, odd) for w in doubts(a)[a.pk])


def test_an_award_is_changed_and_taken_back_while_a_draft() -> None:
    proposal = make_proposal(make_call(make_stage()), is_complete=False)
    award = claim(proposal)
    fields = {
        "agency": award.agency,
        "number": "2499999",
        "title": "B",
        "pi_name": "C",
        "amount": 5,
        "currency": "JPY",
        "starts_on": dt.date(2026, 4, 1),
        "ends_on": dt.date(2031, 3, 31),
    }
    changed = awards.change_award(award=award, by=proposal.pi.user, **fields)
    assert (changed.number, changed.amount_yen) == ("2499999", 5)
    with pytest.raises(NotAllowed):
        awards.remove_award(award=award, by=make_user())
    awards.remove_award(award=award, by=proposal.pi.user)
    assert proposal.awards.count() == 0


def test_somebody_known_by_e_mail_and_name_joins_as_themselves() -> None:
    proposal = make_proposal(make_call(make_stage()), is_complete=False)
    known = make_person(email="known@partner.example", given_romaji="Casey", family_romaji="Specimen")
    fields = {
        **MEMBER,
        "email": "Known@Partner.example",
        "given_romaji": "ＣＡＳＥＹ",
        "family_romaji": "specimen",
    }
    member = team.add_team_member(proposal=proposal, by=proposal.pi.user, **fields)
    assert member.person == known
    assert refused(lambda: team.add_team_member(proposal=proposal, by=proposal.pi.user, **fields)) == [
        "member_twice"
    ]


def test_an_e_mail_alone_reveals_nobody_and_lets_nobody_in() -> None:
    proposal = make_proposal(make_call(make_stage()), is_complete=False)
    stranger = make_user(family_kanji="評価", given_kanji="太郎")
    member = team.add_team_member(
        proposal=proposal, by=proposal.pi.user, email=stranger.email, family_kanji="𠮷田", **MEMBER
    )
    assert (member.person.name_in("ja"), member.person.user) == ("𠮷田", None)
    assert list(own_proposals(stranger)) == []
    assert refused(
        lambda: team.add_team_member(proposal=proposal, by=proposal.pi.user, email=stranger.email, **MEMBER)
    ) == ["name_missing"]


def test_whoever_decides_for_an_agency_of_the_call_joins_no_team_that_applies_to_it() -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage), is_complete=False)
    for officer in (stage.home1, stage.home2, stage.partner1):
        names = {part: getattr(officer.person, part) for part in ("family_kanji", "given_kanji")}
        before = Person.objects.count()
        assert refused(
            lambda officer=officer, names=names: team.add_team_member(
                proposal=proposal, by=proposal.pi.user, email=officer.email, **names, **MEMBER
            )
        ) == ["member_decides"]
        assert Person.objects.count() == before


@pytest.mark.parametrize("role", ["partner_pi", "partner_member"])
def test_the_partner_team_works_abroad(role: str) -> None:
    proposal = make_proposal(make_call(make_stage()), is_complete=False)
    assert refused(
        lambda: team.add_team_member(
            proposal=proposal, by=proposal.pi.user, given_romaji="A", **{**MEMBER, "role": role}
        )
    ) == ["partner_in_japan"]


def test_a_person_with_one_name_joins() -> None:
    proposal = make_proposal(make_call(make_stage()), is_complete=False)
    member = team.add_team_member(proposal=proposal, by=proposal.pi.user, given_romaji="Wayan", **MEMBER)
    assert member.person.name_in("ja") == "Wayan"
    assert refused(lambda: team.add_team_member(proposal=proposal, by=proposal.pi.user, **MEMBER)) == [
        "name_missing"
    ]


def test_roles_and_effort_have_their_bounds_and_the_pi_stays() -> None:
    proposal = make_proposal(make_call(make_stage()), is_complete=False)
    by = proposal.pi.user
    for change, code in (
        ({"role": "pi"}, "role_is_the_pis"),
        ({"effort_percent": 101}, "effort_out_of_range"),
    ):
        assert refused(
            lambda change=change: team.add_team_member(
                proposal=proposal, by=by, given_romaji="A", **{**MEMBER, **change}
            )
        ) == [code]
    pi = proposal.team.get(role="pi")
    assert refused(lambda: team.remove_team_member(member=pi, by=by)) == ["pi_stays"]
    changed = team.change_team_member(member=pi, by=by, **{**MEMBER, "effort_percent": 55})
    assert (changed.role, changed.effort_percent) == ("pi", 55)


def test_a_co_investigator_writes_and_a_partner_member_does_not() -> None:
    proposal = make_proposal(make_call(make_stage()), is_complete=False)
    writer, reader = make_pi(), make_user()
    for user, role, country in ((writer, "co_investigator", "JP"), (reader, "partner_member", "US")):
        names = {part: getattr(user.person, part) for part in ("family_kanji", "given_kanji")}
        fields = {**MEMBER, **names, "role": role, "country_code": country}
        team.add_team_member(proposal=proposal, by=proposal.pi.user, email=user.email, **fields)
    with pytest.raises(NotAllowed):  # named, and nothing more
        exchange.add_exchange(proposal=proposal, by=writer, **STAY)
    with writing():
        proposal.team.update(joined_at=now())
    exchange.add_exchange(proposal=proposal, by=writer, **STAY)
    with pytest.raises(NotAllowed):
        exchange.add_exchange(proposal=proposal, by=reader, **STAY)


def test_a_stay_lies_within_the_project_and_goes_the_right_way() -> None:
    proposal = make_proposal(make_call(make_stage()), is_complete=False)

    def add(**fields: Any) -> Any:
        return exchange.add_exchange(proposal=proposal, by=proposal.pi.user, **{**STAY, **fields})

    plan = add()
    assert refused(lambda: add(ends_on=dt.date(2026, 8, 31))) == ["ends_before_start"]
    assert refused(lambda: add(starts_on=dt.date(2026, 3, 31))) == ["stay_outside_project"]
    assert refused(lambda: add(ends_on=dt.date(2031, 4, 1))) == ["stay_outside_project"]
    assert refused(lambda: add(country_code="JP")) == ["dispatch_to_japan"]
    assert refused(lambda: add(direction="acceptance")) == ["acceptance_outside_japan"]
    changed = exchange.change_exchange(
        plan=plan, by=proposal.pi.user, **{**STAY, "degree_sought": "PhD", "person_name": ""}
    )
    assert changed.degree_sought == "PhD"
    exchange.remove_exchange(plan=plan, by=proposal.pi.user)
    assert proposal.exchange.count() == 0


def pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return out.getvalue()


def test_an_attachment_is_a_pdf_and_is_replaced_or_removed() -> None:
    proposal = make_proposal(make_call(make_stage()), is_complete=False)
    by = proposal.pi.user
    changed = team.attach_file(proposal=proposal, by=by, upload=SimpleUploadedFile("申請書_がん.pdf", pdf()))
    assert changed.attachment.name == "申請書_がん.pdf"
    for name, content in (("a.exe", b"MZ"), ("a.pdf", b"no pdf"), ("a.pdf", b"")):
        assert refused(
            lambda name=name, content=content: team.attach_file(
                proposal=proposal, by=by, upload=SimpleUploadedFile(name, content)
            )
        )
    assert team.remove_attachment(proposal=proposal, by=by).attachment is None


@pytest.mark.parametrize("state", ["submitted", "locked", "withdrawn"])
def test_nothing_changes_once_it_is_no_draft(state: str) -> None:
    proposal = make_proposal(make_call(make_stage()), state=state)
    by = proposal.pi.user
    acts: tuple[Callable[[], Any], ...] = (
        lambda: claim(proposal, number="1"),
        lambda: team.add_team_member(proposal=proposal, by=by, given_romaji="A", **MEMBER),
        lambda: exchange.add_exchange(proposal=proposal, by=by, **STAY),
        lambda: team.remove_team_member(member=proposal.team.get(role="partner_pi"), by=by),
        lambda: awards.remove_award(award=proposal.awards.get(), by=by),
        lambda: exchange.remove_exchange(plan=proposal.exchange.first(), by=by),
        lambda: team.attach_file(proposal=proposal, by=by, upload=SimpleUploadedFile("a.pdf", pdf())),
    )
    for act in acts:
        assert refused(act) == ["proposal_not_draft"]
