"""A member takes part from the acceptance of the invitation on. Nobody who could read a proposal before loses it: whoever has
an account, signed, or accepted takes part already."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q


def keep_who_is_in(apps, schema_editor):
    member = apps.get_model("proposals", "TeamMember")
    accepted = apps.get_model("proposals", "Invitation").objects.filter(member=OuterRef("pk"), state="accepted")
    signed = apps.get_model("proposals", "Signature").objects.filter(
        proposal=OuterRef("proposal"), person=OuterRef("person")
    )
    pending = apps.get_model("proposals", "Invitation").objects.filter(
        member=OuterRef("pk"), state__in=["pending", "declined", "revoked", "expired"]
    )
    inside = member.objects.filter(
        Q(role="pi") | Exists(accepted) | Exists(signed) | Q(person__user__isnull=False) & ~Exists(pending)
    )
    created = apps.get_model("proposals", "Proposal").objects.filter(pk=OuterRef("proposal")).values("created_at")
    inside.update(joined_at=models.Subquery(created[:1]))


class Migration(migrations.Migration):
    dependencies = [("proposals", "0024_awards_raise_alerts")]

    operations = [
        migrations.AddField("teammember", "joined_at", models.DateTimeField(null=True)),
        migrations.RunPython(keep_who_is_in, migrations.RunPython.noop, elidable=True),
    ]
