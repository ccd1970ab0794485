"""Consultations say who took part, what was raised and answered, and what was handed over."""

import django.db.models.deletion
import kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_audit_is_found_by_time'),
        ('program', '0011_programme_in_full'),
    ]

    operations = [
        migrations.AddField(
            model_name='consultation',
            name='participants',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.CreateModel(
            name='ConsultationFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', kernel.ids.PublicIdField()),
                ('title', models.CharField(max_length=200)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='program.consultation')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.storedfile')),
            ],
        ),
        migrations.CreateModel(
            name='ConsultationPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', kernel.ids.PublicIdField()),
                ('point', models.TextField()),
                ('answer', models.TextField(blank=True, default='')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='raised', to='program.consultation')),
            ],
        ),
    ]
