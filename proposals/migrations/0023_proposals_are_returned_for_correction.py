"""An agency may return a received proposal for correction."""

import django.db.models.deletion
import kernel.clock
import kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_institutions_have_deputies'),
        ('proposals', '0022_verdicts_on_points_of_awards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', kernel.ids.PublicIdField()),
                ('at', models.DateTimeField(default=kernel.clock.now)),
                ('until', models.DateTimeField()),
                ('what', models.TextField()),
                ('parts', models.JSONField(default=list)),
                ('submission_number', models.PositiveIntegerField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='proposals.proposal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('proposal',), name='proposal_is_returned_once_at_a_time')],
            },
        ),
    ]
