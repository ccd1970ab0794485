"""A budget is divided among institutions, has part years, and stands beside what others bring.

Lines that are there keep no institution, which is the lead one.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

SOURCES = [(value, value) for value in ("own", "partner", "other")]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("proposals", "0011_institutions_approve"),
    ]
    operations = [
        migrations.AddField("Proposal", "first_month", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("Proposal", "last_month", models.PositiveSmallIntegerField(null=True)),
        migrations.CreateModel(
            name="BudgetInstitution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=300)),
                ("ror_id", models.CharField(blank=True, default="", max_length=9)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budget_institutions",
                        to="proposals.proposal",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="OtherFunding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(choices=SOURCES, max_length=10)),
                ("fiscal_year", models.IntegerField()),
                ("amount", models.BigIntegerField()),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_funding",
                        to="proposals.proposal",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "BudgetInstitution",
            models.UniqueConstraint(fields=["proposal", "key"], name="budget_institution_is_there_once"),
        ),
        migrations.AddConstraint(
            "OtherFunding",
            models.UniqueConstraint(
                fields=["proposal", "source", "fiscal_year"], name="other_funding_is_there_once"
            ),
        ),
        migrations.AddConstraint(
            "OtherFunding",
            models.CheckConstraint(condition=Q(amount__gt=0), name="other_funding_is_above_zero"),
        ),
        migrations.AddField(
            "BudgetLine",
            "institution",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="proposals.budgetinstitution",
            ),
        ),
        migrations.RemoveConstraint("BudgetLine", "budget_line_is_there_once"),
        migrations.AddConstraint(
            "BudgetLine",
            models.UniqueConstraint(
                fields=["proposal", "fiscal_year", "category"],
                condition=Q(institution=None),
                name="budget_line_is_there_once",
            ),
        ),
        migrations.AddConstraint(
            "BudgetLine",
            models.UniqueConstraint(
                fields=["institution", "fiscal_year", "category"], name="budget_line_is_there_once_each"
            ),
        ),
    ]
