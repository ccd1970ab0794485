from django.db import models
from django.db.models import F, Q

from accounts.enums import PostKind
from accounts.models.person import Person
from kernel.choices import choices
from kernel.ids import PublicIdField


class Post(models.Model):
    """Where somebody works and as what (所属部局・職名), or a side job: held once by the person, who alone writes it.

    The institution is named as typed, with its ROR id where the registry has it, by which each reader meets it in their own
    language; department and title stand in each language.
    """

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=10, choices=choices(PostKind), default=PostKind.POST)
    institution_name = models.CharField(max_length=300)
    institution_ror_id = models.CharField(max_length=9, blank=True, default="")
    department_ja = models.CharField(max_length=200, blank=True, default="")
    department_en = models.CharField(max_length=200, blank=True, default="")
    title_ja = models.CharField(max_length=100, blank=True, default="")
    title_en = models.CharField(max_length=100, blank=True, default="")
    # Both days included; NULL: not said, and to this day.
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    # 本務
    is_main = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_main", "kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_main=True), name="person_has_one_main_post"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="post_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(title_ja="", title_en=""), name="post_has_a_title"),
        ]
