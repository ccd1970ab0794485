from django.db import models
from django.db.models import Q

from kernel.choices import choices
from proposals.enums import BudgetCategory
from proposals.models.proposal import Proposal


class BudgetLine(models.Model):
    """What is asked for one fiscal year and category, in minor units of the programme's currency."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="budget")
    fiscal_year = models.IntegerField()
    category = models.CharField(max_length=10, choices=choices(BudgetCategory))
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "fiscal_year", "category"], name="budget_line_is_there_once"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_line_not_below_zero"),
        ]
