from django.db import migrations, models

import kernel.search.models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_audit_is_found_by_time'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('source', models.CharField(blank=True, default='', max_length=40)),
                ('text', models.TextField()),
                ('tokens', kernel.search.models.TokensField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='search_entry_is_there_once')],
            },
        ),
    ]
