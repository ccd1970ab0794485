from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from kernel.choices import choices
from proposals.enums import BudgetCategory, FundingSource
from proposals.models.proposal import Proposal


class BudgetInstitution(models.Model):
    """An institution of the Japanese side with a part of the budget of its own, beside the lead one."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="budget_institutions")
    # See `proposals.rules.institutions`: by it the institution is found again in what was submitted.
    key = models.CharField(max_length=12)
    name = models.CharField(max_length=300)
    ror_id = models.CharField(max_length=9, blank=True, default="")
    # NULL where the portal does not work with the institution yet.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "key"], name="budget_institution_is_there_once")
        ]


class BudgetLine(models.Model):
    """What is asked for one fiscal year and category, in minor units of the programme's currency."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="budget")
    # NULL: the lead institution, the principal investigator's.
    institution = models.ForeignKey(
        BudgetInstitution, on_delete=models.CASCADE, null=True, related_name="lines"
    )
    fiscal_year = models.IntegerField()
    category = models.CharField(max_length=10, choices=choices(BudgetCategory))
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "fiscal_year", "category"],
                condition=Q(institution=None),
                name="budget_line_is_there_once",
            ),
            # NULLs are never alike: the lead institution's lines are the other constraint's.
            models.UniqueConstraint(
                fields=["institution", "fiscal_year", "category"],
                name="budget_line_is_there_once_each",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_line_not_below_zero"),
        ]


class OtherFunding(models.Model):
    """What somebody else brings to the joint research in one fiscal year, in the same minor units; it is not asked for."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="other_funding")
    source = models.CharField(max_length=10, choices=choices(FundingSource))
    fiscal_year = models.IntegerField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "source", "fiscal_year"], name="other_funding_is_there_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="other_funding_is_above_zero"),
        ]
