from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from kernel.ids import PublicIdField


class Person(models.Model):
    """Who exists: applicants, reviewers, partner PIs, exchanged researchers, with or without an account.

    Names are kept as typed (no folding: 髙 stays 髙); each part may be blank, but one of all must be there.
    Conflicts of interest attach here, so that nobody escapes them by a second account.
    """

    public_id = PublicIdField()
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )
    family_kanji = models.CharField(max_length=100, blank=True, default="")
    given_kanji = models.CharField(max_length=100, blank=True, default="")
    family_kana = models.CharField(max_length=100, blank=True, default="")
    given_kana = models.CharField(max_length=100, blank=True, default="")
    family_romaji = models.CharField(max_length=100, blank=True, default="")
    given_romaji = models.CharField(max_length=100, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    orcid = models.CharField(max_length=19, blank=True, default="")
    erad_number = models.CharField(max_length=8, blank=True, default="")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(family_kanji="", given_kanji="", family_romaji="", given_romaji=""),
                name="person_has_a_name",
            ),
            models.UniqueConstraint(
                fields=["orcid"], condition=~models.Q(orcid=""), name="person_orcid_unique"
            ),
        ]
        indexes = [models.Index(fields=["email"], name="person_by_email")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's script, else in the other: 髙﨑 花子, Hanako van der Berg."""
        return self.name_in((get_language() or settings.LANGUAGE_CODE)[:2])

    def name_in(self, language: str) -> str:
        """The name as it was typed, as written in `language`; a person with one name is called by that.

        No capitals tell the family name: MacDonald and van der Berg would lose their spelling.
        """
        kanji = " ".join(part for part in (self.family_kanji, self.given_kanji) if part)
        romaji = " ".join(part for part in (self.given_romaji, self.family_romaji) if part)
        return (kanji or romaji) if language == "ja" else (romaji or kanji)
