from django.db import models

from kernel.choices import choices
from kernel.ids import PublicIdField
from registries.enums import PublicationSource
from registries.models.import_run import ImportRun


class Publication(models.Model):
    """A paper, once, whatever number of files and projects name it.

    `doi` is normalised (case-folded, without resolver or `doi:`); `source` and `source_key` name it where it has none.
    """

    public_id = PublicIdField()
    doi = models.CharField(max_length=255, null=True, blank=True, unique=True)
    source = models.CharField(max_length=12, choices=choices(PublicationSource))
    source_key = models.CharField(max_length=255)
    title = models.TextField(blank=True, default="")
    container = models.CharField(max_length=500, blank=True, default="")
    kind = models.CharField(max_length=60, blank=True, default="")
    # NULL where the source gives none; the year alone where it gives no day.
    year = models.IntegerField(null=True)
    published_on = models.DateField(null=True)
    is_retracted = models.BooleanField(default=False)
    is_correction = models.BooleanField(default=False)
    funding_text = models.TextField(blank=True, default="")
    award_numbers = models.JSONField(default=list)
    author_count = models.PositiveIntegerField(default=0)
    # Codes of countries of affiliation, in alphabetical order; authors' nationality is never asked.
    country_codes = models.JSONField(default=list)
    imported_by_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"], name="publication_is_there_once_a_source"
            )
        ]
        indexes = [models.Index(fields=["year", "id"], name="publications_by_year")]


class Author(models.Model):
    """One author of a paper, in the order of the paper. A group of authors is one author under its own name."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="authors")
    position = models.PositiveIntegerField()
    family = models.CharField(max_length=300, blank=True, default="")
    given = models.CharField(max_length=300, blank=True, default="")
    orcid = models.CharField(max_length=19, blank=True, default="")
    is_group = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "position"], name="author_has_one_position")
        ]
        # Co-authors are found by it when a conflict of interest is looked for.
        indexes = [models.Index(fields=["orcid"], name="authors_by_orcid", condition=~models.Q(orcid=""))]


class Affiliation(models.Model):
    """Where an author worked, as printed, and the country and institution that were recognised in it (or not)."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="affiliations")
    text = models.TextField()
    country_code = models.CharField(max_length=2, blank=True, default="")
    institution_ror_id = models.CharField(max_length=9, blank=True, default="")

    class Meta:
        # Papers are looked for by country, which the list of codes on the paper cannot be searched for on every database.
        indexes = [models.Index(fields=["country_code", "author"], name="affiliations_by_country")]
