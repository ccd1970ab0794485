"""Tables that are made together are the tables that Django makes one by one, and go as they came."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState
from django.db.utils import IntegrityError

from kernel.actions import writing
from kernel.schema import CreateModels

pytestmark = pytest.mark.django_db(transaction=True)


def table(name: str, other: str, *, null: bool) -> CreateModel:
    return CreateModel(
        name,
        fields=[
            ("id", models.BigAutoField(primary_key=True)),
            ("amount", models.IntegerField(default=0)),
            ("other", models.ForeignKey(f"kernel.{other}", on_delete=models.PROTECT, null=null)),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(amount__gte=0), name=f"{name.lower()}_is_positive")
            ],
            "indexes": [models.Index(fields=["amount"], name=f"{name.lower()}_by_amount")],
        },
    )


def test_tables_that_name_each_other_come_and_go_together() -> None:
    made = CreateModels([table("Egg", "Hen", null=True), table("Hen", "Egg", null=False)])
    before, after = ProjectState(), ProjectState()
    made.state_forwards("kernel", after)
    with connection.schema_editor() as editor:
        made.database_forwards("kernel", editor, before, after)
    egg, hen = after.apps.get_model("kernel", "Egg"), after.apps.get_model("kernel", "Hen")
    try:
        with writing():
            first = egg.objects.create(other=None)
            assert hen.objects.create(other=first).other_id == first.pk
            with pytest.raises(IntegrityError):
                egg.objects.create(amount=-1)
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "kernel_hen")
        assert {"hen_is_positive", "hen_by_amount"} <= set(found)
        assert [one["foreign_key"] for one in found.values() if one["foreign_key"]] == [("kernel_egg", "id")]
    finally:
        with writing():
            hen.objects.all().delete()
            egg.objects.all().delete()
        with connection.schema_editor() as editor:
            made.database_backwards("kernel", editor, after, before)
    assert not {"kernel_egg", "kernel_hen"} & set(connection.introspection.table_names())


def test_what_is_made_together_is_known_to_later_migrations() -> None:
    state = ProjectState()
    made = CreateModels([table("Egg", "Hen", null=True), table("Hen", "Egg", null=False)])
    made.state_forwards("kernel", state)
    assert {name for _app, name in state.models} == {"egg", "hen"}
    assert made.references_model("Hen", "kernel")
    assert made.describe() == "Create 2 tables"
