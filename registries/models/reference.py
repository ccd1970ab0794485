from django.db import models

from kernel.choices import choices
from kernel.ids import PublicIdField
from registries.enums import BudgetAccount
from registries.models.import_run import ImportRun


class ReviewProject(models.Model):
    """A project of the ministry's review record (行政事業レビュー), found by its number (予算事業ID). To be looked up, no more."""

    public_id = PublicIdField()
    number = models.PositiveIntegerField(unique=True)
    review_year = models.IntegerField(null=True)
    name = models.CharField(max_length=300)
    ministry = models.CharField(max_length=200)
    bureau = models.CharField(max_length=200, blank=True, default="")
    category = models.CharField(max_length=60, blank=True, default="")
    purpose = models.TextField(blank=True, default="")
    issues = models.TextField(blank=True, default="")
    outline = models.TextField(blank=True, default="")
    addresses = models.JSONField(default=list)
    start_year = models.IntegerField(null=True)
    end_year = models.IntegerField(null=True)
    major_expense = models.CharField(max_length=100, blank=True, default="")
    methods = models.JSONField(default=list)
    remarks = models.TextField(blank=True, default="")
    old_number = models.CharField(max_length=40, blank=True, default="")
    search_text = models.TextField(blank=True, default="")
    imported_by_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, related_name="+")


class BudgetItem(models.Model):
    """An item (事項) of the state's budget or settlement, in yen. Amounts of different documents are never added up."""

    public_id = PublicIdField()
    # Of one fiscal year; the source numbers its items within it.
    key = models.CharField(max_length=60, unique=True)
    fiscal_year = models.IntegerField()
    account = models.CharField(max_length=8, choices=choices(BudgetAccount))
    budget = models.CharField(max_length=40)
    ministry = models.CharField(max_length=200)
    organisation = models.CharField(max_length=100, blank=True, default="")
    special_account = models.CharField(max_length=100, blank=True, default="")
    section_code = models.CharField(max_length=10, blank=True, default="")
    section = models.CharField(max_length=200, blank=True, default="")
    major_expense = models.CharField(max_length=100, blank=True, default="")
    name = models.CharField(max_length=300)
    description = models.TextField(blank=True, default="")
    amount = models.BigIntegerField()
    previous = models.BigIntegerField(null=True)
    current = models.BigIntegerField(null=True)
    spent = models.BigIntegerField(null=True)
    carried_over = models.BigIntegerField(null=True)
    unused = models.BigIntegerField(null=True)
    page = models.PositiveIntegerField(null=True)
    address = models.URLField(max_length=400, blank=True, default="")
    search_text = models.TextField(blank=True, default="")
    imported_by_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["fiscal_year", "budget", "id"], name="budget_items_by_year")]
