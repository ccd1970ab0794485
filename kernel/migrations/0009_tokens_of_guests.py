"""A token may be of a guest's session, for somebody who has no account."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0008_pages_of_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="usedtoken",
            name="session",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AlterField(
            model_name="usedtoken",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="usedtoken",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user", None)),
                fields=("session", "token"),
                name="token_is_used_once_a_session",
            ),
        ),
        migrations.AddConstraint(
            model_name="usedtoken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("session", ""), ("user__isnull", False)),
                    models.Q(("user", None), models.Q(("session", ""), _negated=True)),
                    _connector="OR",
                ),
                name="token_is_of_an_account_or_a_session",
            ),
        ),
    ]
