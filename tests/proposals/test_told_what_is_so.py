"""What a page says is what is so: whose signature, why not submitted, which letter, what of the budget stays take."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from kernel.actions import writing
from kernel.violations import Violation, sentence
from proposals.actions.approval import approval_digest, ask_approval
from proposals.actions.content import content_of
from proposals.actions.signing import sign_core
from proposals.enums import MailTo
from proposals.models import Proposal
from proposals.rules.exchange_money import exchange_share, share_violation
from proposals.rules.letters import named
from proposals.views.timeline import timeline
from tests.builders.approval import make_approving_call, make_institution_officer, make_signed
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.proposals.test_office_mails import LETTER, written
from tests.proposals.test_office_pages import client_of, url
from tests.proposals.test_signing import digest_now, join

pytestmark = pytest.mark.django_db
SUBJECT = {"subject_ja": "【{call}】{name}様へのお知らせ", "subject_en": "{call}: news for {name}"}


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def page(client: Client, route: str, *args: Any, language: str) -> str:
    return client.get(url(route, *args, language=language)).content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "申請額の総額"), ("en", "more than all that is asked for")]
)
def test_stays_that_take_more_than_the_budget_are_to_be_looked_at(language: str, words: str) -> None:
    proposal = make_proposal(make_call(make_stage()))
    client, stay = client_of(proposal.pi.user), proposal.exchange.first()
    assert stay is not None
    for amount, is_told in ((390_000_000, False), (390_000_001, True)):
        with writing():
            type(stay).objects.filter(pk=stay.pk).update(amount_yen=amount)
        for route in ("exchange", "check"):
            assert (words in page(client, route, proposal.public_id, language=language)) == is_told


def test_a_share_is_grouped_and_only_more_than_the_whole_is_too_much() -> None:
    assert exchange_share(used=999_999_999_999, awarded=40_000_002).percent == "2,499,999.9"
    assert share_violation(5, 5) is None
    assert share_violation(0, 0) is None
    too_much = share_violation(6, 5)
    assert too_much is not None
    assert too_much.code == "exchange_over_budget"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_submission_that_waits_for_its_institution_alone_says_so(language: str) -> None:
    proposal = make_signed(make_approving_call(make_stage()))
    make_institution_officer(proposal)
    client = client_of(proposal.pi.user)
    said = {"ja": ("まだ", "未記入"), "en": ("has not been asked", "something is missing")}[language]
    answer = client.post(url("submit", proposal.public_id, language=language), follow=True)
    [message] = [str(one) for one in answer.context["messages"]]
    assert said[1] not in message
    with translation.override(language):
        assert sentence(Violation("approval_missing")) in message
        asked = sentence(Violation("approval_asked"))
    ask_approval(proposal=proposal, by=proposal.pi.user, sha256=approval_digest(content_of(fresh(proposal))))
    answer = client.post(url("submit", proposal.public_id, language=language), follow=True)
    assert asked in str(next(iter(answer.context["messages"])))
    with writing():
        proposal.sections.update(text="", is_complete=False)
    answer = client.post(url("submit", proposal.public_id, language=language), follow=True)
    assert said[1] in str(next(iter(answer.context["messages"])))


def test_the_timeline_says_whose_each_signature_is_to_the_team_alone() -> None:
    proposal = make_proposal(make_call(make_stage()))
    one, two = join(proposal, "co_investigator"), join(proposal, "co_investigator")
    for user in (two, one):
        sign_core(proposal=proposal, by=user, sha256=digest_now(proposal))
    with writing():
        Proposal.objects.update(title_en="Changed")
    sign_core(proposal=proposal, by=two, sha256=digest_now(proposal))
    with translation.override("en"):
        titles = [event["title"] for event in timeline(fresh(proposal), for_team=True)]
        names = [person.person.name_in("en") for person in (two, one, two)]
        assert titles == [f"Signed or consented to by {name}" for name in names]
        assert timeline(fresh(proposal)) == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_letter_is_called_by_its_call_and_no_place_is_left_in_braces(language: str) -> None:
    stage = make_stage()
    call = make_call(stage, state="closed")
    written(stage, make_proposal(call, state="locked"), letter={**LETTER, **SUBJECT})
    run = written(
        stage,
        make_proposal(call, state="locked"),
        make_proposal(make_call(stage, state="closed"), state="locked"),
        letter={**LETTER, **SUBJECT},
        recipients=MailTo.PI,
    )
    title = call.title_ja if language == "ja" else call.title_en
    client = client_of(stage.home1)
    shown = page(client, "office_mails", language=language)
    assert {"ja": f"【{title}】…様へのお知らせ", "en": f"{title}: news for …"}[language] in shown
    assert {"ja": "【…】…様へのお知らせ", "en": "…: news for …"}[language] in shown
    assert "{call}" not in shown
    own = client.get(url("office_mail_run", run.public_id, language=language))
    assert own.context["heading"] == {"ja": "【…】…様へのお知らせ", "en": "…: news for …"}[language]


def test_what_is_no_place_stays_as_it_was_written() -> None:
    assert named("{call} {x} {name}", {"call": "{name}"}) == "{name} {x} …"


@pytest.mark.parametrize(("language", "words"), [("ja", "（添付資料なし）"), ("en", "(no attachment)")])
def test_an_officer_reads_that_nothing_is_attached(language: str, words: str) -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage, state="closed"), state="locked")
    assert words in page(client_of(stage.home1), "office_proposal", proposal.public_id, language=language)
    assert words in page(client_of(proposal.pi.user), "check", proposal.public_id, language=language)
