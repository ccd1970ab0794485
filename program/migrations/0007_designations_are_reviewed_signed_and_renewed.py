"""Designations are reviewed, signed by two, renewed; what happens after and each version of a dossier is kept."""

import django.db.models.deletion
import kernel.clock
import kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('program', '0006_evidence_in_both_languages'),
        ('registries', '0004_authors_are_found_by_orcid'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DesignationEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('suspended', 'suspended'), ('resumed', 'resumed'), ('ended', 'ended'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('on', models.DateField()),
                ('reason', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField(default=kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='DossierVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', kernel.ids.PublicIdField()),
                ('number', models.PositiveIntegerField()),
                ('occasion', models.CharField(choices=[('proposed', 'proposed'), ('decided', 'decided'), ('renewed', 'renewed'), ('kept', 'kept')], max_length=10)),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=kernel.clock.now)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='designation',
            name='designation_state_is_known',
        ),
        migrations.AddField(
            model_name='designation',
            name='renews',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='program.designation'),
        ),
        migrations.AddField(
            model_name='designation',
            name='review_comment',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='designation',
            name='reviewed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='designation',
            name='reviewed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='designation',
            name='signed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='designation',
            name='signed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='designation',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('proposed', 'proposed'), ('reviewed', 'reviewed'), ('signed', 'signed'), ('decided', 'decided'), ('suspended', 'suspended'), ('withdrawn', 'withdrawn')], default='draft', editable=False, max_length=30),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'reviewed', 'signed', 'decided', 'suspended', 'withdrawn'])), name='designation_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), ('signed_by', None), models.Q(('decided_by', models.F('signed_by')), _negated=True), _connector='OR'), name='designation_needs_two_signatures'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_by', None), models.Q(('reviewed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='designation_is_reviewed_by_another'),
        ),
        migrations.AddField(
            model_name='designationevent',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='designationevent',
            name='designation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='program.designation'),
        ),
        migrations.AddField(
            model_name='dossierversion',
            name='designation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='program.designation'),
        ),
        migrations.AddField(
            model_name='dossierversion',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='dossierversion',
            constraint=models.UniqueConstraint(fields=('designation', 'number'), name='dossier_version_is_there_once'),
        ),
    ]
