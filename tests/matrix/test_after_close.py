"""After the close nothing of a proposal changes, whoever posts whichever form (cases.md, 2).

Each form was opened while the call was open, and is sent when it has closed: refused in words, with every row as it was.
An officer's longer deadline opens that one proposal until then, and no other.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.files.models import StoredFile
from kernel.violations import Violation, sentence
from proposals.actions.corrections import return_for_correction
from proposals.actions.submission import extend_deadline, lock_overdue_calls
from proposals.models import Proposal
from tests.builders.proposals import submit_as_row
from tests.matrix.answer import Answer
from tests.matrix.ask import address, own_answers, undone
from tests.matrix.junk import Fields
from tests.matrix.roles import TEAM
from tests.matrix.world import World, blank_pdf

pytestmark = pytest.mark.django_db
# What is filled in beside what the page shows, so that the form is taken and changes something.
FILLED_IN: dict[str, dict[str, str]] = {
    "core": {"title_ja": "遅れた題"},
    "section": {"text": "遅れた文"},
    "unwanted_change": {"reason": "遅れた理由"},
    "team_add": {"email": "late@people.example", "family_romaji": "Late", "given_romaji": "Kim"},
    "grant_add": {"first_year": "2026", "last_year": "2027"},
    "exchange_add": {"country_code": "US"},
    "standing_add": {"first_year": "2020", "source_url": "https://academy.example/people"},
    "withdraw": {"reason": "事情による"},
}
# The principal investigator may withdraw it until the decision.
ALSO_LATER = {"withdraw"}
# They are about no proposal that is there, or about one that has been submitted.
OTHERS = {"start", "reopen"}
# What changes another part than a section.
OF_PARTS = {
    "core",
    "budget",
    "team_add",
    "team_change",
    "team_remove",
    "grant_add",
    "grant_change",
    "grant_remove",
    "award_add",
    "award_change",
    "award_remove",
    "exchange_add",
    "exchange_change",
    "exchange_remove",
    "attachment",
}
LATE = {"deadline_passed", "call_not_open"}


def is_of_the_team(route: str, answer: Any) -> bool:
    return (
        route.startswith("proposals:")
        and answer.objects[:1] in {("call",), ("draft",), ("submitted",)}
        and any(role in TEAM for roles in (answer.post or {}).values() for role in roles)
    )


# Everything that the team may send while the call is open, by the page's name.
WRITING = {
    route.partition(":")[2]: answer
    for route, answer in own_answers().items()
    if is_of_the_team(route, answer)
}


@dataclass
class Form:
    """A page that was opened while the call was open, as it will be sent."""

    name: str
    role: str
    url: str
    data: dict[str, str]
    files: frozenset[str] = frozenset()
    headers: dict[str, str] | None = None

    def __str__(self) -> str:
        return f"{self.name} by {self.role} with {sorted(self.data)}"

    def sent(self, world: World) -> Any:
        files = {name: SimpleUploadedFile("late.pdf", blank_pdf()) for name in self.files}
        client = world.client(self.role)
        return client.post(self.url, self.data | files, headers=self.headers or {}, follow=True)


def opened(world: World) -> list[Form]:
    return [
        form
        for name, answer in WRITING.items()
        for role in TEAM
        if answer.expected("POST", role) not in {404, 405}
        for form in _forms(world, name, role, answer)
    ]


def _forms(world: World, name: str, role: str, answer: Answer) -> Iterator[Form]:
    url = address(world, f"proposals:{name}", answer)
    if answer.get is None:
        yield Form(name, role, url, {})
        return
    page = Fields(world.client(role).get(url).content.decode())
    data = page.values | FILLED_IN.get(name, {})
    if name == "budget":
        # A block that is pasted and in no table yet would keep the rest from being saved.
        data |= {next(key for key in data if key.startswith("goods_")): "1", "block": ""}
    if name == "attachment":  # two buttons: one takes away what is there, the other brings another
        yield Form(name, role, url, data)
    if name == "section":  # a text saves itself, too
        text = reverse("proposals:section", args=[world.objects["draft"].public_id, "plan"])
        written = Fields(world.client(role).get(text).content.decode()).values | FILLED_IN["section"]
        yield Form(name, role, text, written)
        yield Form(name, role, text, written, headers={"X-Requested-With": "autosave"})
    if page.files:  # nothing is taken away where a file is sent
        data = {
            key: value for key, value in data.items() if not key.endswith("-clear") and "remove" not in key
        }
    yield Form(name, role, url, data, frozenset(page.files))


def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything that the proposals' tables hold, the files, and the trail."""
    models = [*apps.get_app_config("proposals").get_models(), StoredFile, AuditEntry]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def not_taken(world: World, forms: list[Form], *, in_a_sitting: bool = False) -> list[str]:
    """Those that change nothing, or leave nothing in the trail that names who sent them: but for a text that is written
    on in one sitting, which has its entry already."""
    wrong, before = [], rows()
    for form in forms:
        with undone():
            form.sent(world)
            after = rows()
        changed = {name for name in after if after[name] != before[name]}
        new = after["AuditEntry"][len(before["AuditEntry"]) :]
        is_traced = world.people[form.role].pk in {one["actor_id"] for one in new}
        if not changed - {"AuditEntry"} or not (is_traced or (in_a_sitting and form.name == "section")):
            wrong.append(f"{form} changed {changed or 'nothing'}")
    return wrong


def not_refused(world: World, forms: list[Form], codes: set[str]) -> list[str]:
    """Those that change anything, or are answered without saying that it is too late."""
    wrong, before = [], rows()
    words = {sentence(Violation(code)) for code in codes}
    for form in forms:
        with undone():
            answer = form.sent(world)
            changed = {name for name, found in rows().items() if found != before[name]}
        said = answer.json()["sentences"] if form.headers else [answer.content.decode()]
        if changed or not any(word in text for text in said for word in words):
            wrong.append(f"{form}: {answer.status_code}, changed {changed or 'nothing'}")
    return wrong


def test_while_the_call_is_open_every_form_changes_the_proposal(world: World) -> None:
    assert not_taken(world, opened(world), in_a_sitting=True) == []


@pytest.mark.parametrize("is_locked", [False, True])
def test_a_form_that_comes_after_the_close_changes_nothing(world: World, is_locked: bool) -> None:
    forms = [form for form in opened(world) if form.name not in ALSO_LATER]
    with clock.set_to(world.objects["call"].deadline_at), undone():
        if is_locked:
            lock_overdue_calls()
        assert not_refused(world, forms, LATE) == []


def test_one_proposal_that_is_given_more_time_is_open_until_then_and_no_other(world: World) -> None:
    forms = [form for form in opened(world) if form.name not in ALSO_LATER | OTHERS]
    officer, close = world.people["home_officer"], world.objects["call"].deadline_at
    until = close + dt.timedelta(days=2)
    own, other = world.objects["draft"], world.objects["submitted"]
    with undone():
        with clock.set_to(close):
            lock_overdue_calls()
            extend_deadline(proposal=other, until=until, reason="障害のため", by=officer)
            assert not_refused(world, forms, LATE) == []
            extend_deadline(proposal=own, until=until, reason="障害のため", by=officer)
        given = AuditEntry.objects.filter(verb="extended").values_list("actor_id", "subject_id")
        assert sorted(given) == sorted((officer.pk, one.public_id) for one in (own, other))
        with clock.set_to(until - dt.timedelta(milliseconds=1)):
            assert not_taken(world, forms) == []
        with clock.set_to(until):
            assert not_refused(world, forms, LATE) == []


def test_what_is_returned_for_correction_is_open_in_the_named_parts_alone(world: World) -> None:
    forms = [form for form in opened(world) if form.name not in ALSO_LATER | OTHERS]
    officer, close = world.people["home_officer"], world.objects["call"].deadline_at
    until = close + dt.timedelta(days=2)
    of_sections = [form for form in forms if form.name == "section"]
    of_others = [form for form in forms if form.name in OF_PARTS]
    with undone():
        with writing():
            submit_as_row(Proposal.objects.get(pk=world.objects["draft"].pk), world.people["pi"])
        with clock.set_to(close):
            lock_overdue_calls()
            draft = Proposal.objects.get(pk=world.objects["draft"].pk)
            parts = [f"section:{section.key}" for section in draft.form_version.sections.all()]
            return_for_correction(
                proposal=draft,
                agency=world.stage.home,
                by=officer,
                parts=parts,
                what="訂正",
                until=until,
            )
        with clock.set_to(until - dt.timedelta(milliseconds=1)):
            assert not_taken(world, of_sections, in_a_sitting=True) == []
            assert not_refused(world, of_others, {"part_not_returned"}) == []
        with clock.set_to(until):
            assert not_refused(world, of_sections, LATE) == []
