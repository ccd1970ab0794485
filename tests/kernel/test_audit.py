import pytest
from django.core.management import CommandError, call_command

from accounts.actions.people import register_person
from accounts.models import Person
from kernel import audit
from kernel.actions import writing
from kernel.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def three_people() -> list[Person]:
    return [register_person(by=None, given_romaji=name) for name in ("Aoi", "Ren", "Yui")]


def test_sealing_chains_every_entry_once():
    three_people()
    assert audit.seal_new_entries() == 3
    assert audit.seal_new_entries() == 0
    assert list(audit.verify_chain()) == []


def test_sealing_in_parts_gives_one_unbroken_chain():
    three_people()
    assert [audit.seal_new_entries(limit=2), audit.seal_new_entries(limit=2)] == [2, 1]
    assert list(audit.verify_chain()) == []


def test_a_changed_entry_is_found():
    three_people()
    audit.seal_new_entries()
    second = AuditEntry.objects.order_by("pk")[1]
    with writing():
        AuditEntry.objects.filter(pk=second.pk).update(verb="forged")
    assert [(f.code, f.sequence) for f in audit.verify_chain()] == [("changed", 2)]


def test_personal_data_can_be_erased_without_breaking_the_chain():
    person = three_people()[0]
    with writing():
        audit.record("noted", person, by=None, private={"name": "Aoi"})
    audit.seal_new_entries()
    with writing():
        AuditEntry.objects.exclude(private={}).update(private={})
    assert list(audit.verify_chain()) == []


def test_personal_data_that_was_rewritten_is_found():
    person = three_people()[0]
    with writing():
        audit.record("noted", person, by=None, private={"name": "Aoi"})
    audit.seal_new_entries()
    with writing():
        AuditEntry.objects.exclude(private={}).update(private={"name": "Someone else"})
    assert [f.code for f in audit.verify_chain()] == ["private_changed"]


def test_the_command_fails_on_a_changed_trail(capsys):
    three_people()
    call_command("verify_audit")
    assert "3 of 3 entries sealed, none changed" in capsys.readouterr().out
    with writing():
        AuditEntry.objects.filter(pk=AuditEntry.objects.earliest("pk").pk).update(details={"x": 1})
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_audit")
