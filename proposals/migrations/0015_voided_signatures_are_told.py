"""Whose signature a change has voided is told once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0014_invitations'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='voided_told_at_version',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
