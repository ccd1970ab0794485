"""Members of the team are invited by mail."""

import django.db.models.deletion
import kernel.clock
import kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0013_mail_runs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', kernel.ids.PublicIdField()),
                ('email', models.EmailField(max_length=254)),
                ('role', models.CharField(choices=[('pi', 'pi'), ('co_investigator', 'co_investigator'), ('partner_pi', 'partner_pi'), ('partner_member', 'partner_member')], max_length=20)),
                ('language', models.CharField(choices=[('ja', 'Japanese'), ('en', 'English')], max_length=5)),
                ('token_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('state', models.CharField(choices=[('pending', 'pending'), ('accepted', 'accepted'), ('declined', 'declined'), ('revoked', 'revoked'), ('expired', 'expired')], default='pending', editable=False, max_length=30)),
                ('sent_at', models.DateTimeField(default=kernel.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='proposals.teammember')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='proposals.proposal')),
            ],
            options={
                'indexes': [models.Index(fields=['email', 'state'], name='invitations_by_email')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'accepted', 'declined', 'revoked', 'expired'])), name='invitation_state_is_known'), models.UniqueConstraint(condition=models.Q(('state__in', ('pending', 'accepted'))), fields=('member',), name='invitation_is_open_once_a_member')],
            },
        ),
    ]
