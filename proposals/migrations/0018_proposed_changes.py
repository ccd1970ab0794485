"""The partner may propose another text of the shared core."""

import django.db.models.deletion
import kernel.clock
import kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_institutions_have_deputies'),
        ('program', '0021_institutions_approve'),
        ('proposals', '0017_proposals_are_declined'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProposedChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', kernel.ids.PublicIdField()),
                ('target', models.CharField(choices=[('title_ja', 'title_ja'), ('title_en', 'title_en'), ('section', 'section')], max_length=10)),
                ('revision', models.PositiveIntegerField()),
                ('text', models.TextField(blank=True, default='')),
                ('comment', models.TextField(blank=True, default='')),
                ('state', models.CharField(choices=[('open', 'open'), ('accepted', 'accepted'), ('rejected', 'rejected'), ('superseded', 'superseded')], default='open', editable=False, max_length=30)),
                ('made_at', models.DateTimeField(default=kernel.clock.now)),
                ('answer', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposed_changes', to='proposals.proposal')),
                ('section', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='program.formsection')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'rejected', 'superseded'])), name='proposed_change_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('section__isnull', False), ('target', 'section')), models.Q(models.Q(('target', 'section'), _negated=True), ('section__isnull', True)), _connector='OR'), name='proposed_change_has_its_target')],
            },
        ),
    ]
