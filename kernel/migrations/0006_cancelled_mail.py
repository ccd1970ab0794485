"""A mail that was held can be taken back."""

from django.db import migrations, models

STATES = ["waiting", "held", "sending", "sent", "uncertain", "cancelled"]


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0005_search_index'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='outboxmail', name='mail_state_is_known'),
        migrations.AlterField(
            model_name='outboxmail',
            name='state',
            field=models.CharField(choices=[(state, state) for state in STATES], default='waiting', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='outboxmail',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', STATES)), name='mail_state_is_known'),
        ),
    ]
