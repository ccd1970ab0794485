"""One's own posts and side jobs. They are the person's (`accounts`); the pages stand here, where institutions are known."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.posts import WORDS, add_post, change_post, remove_post
from accounts.models import Organisation, Post
from accounts.permissions import person_of
from accounts.posts import post_in_words, posts_as_plain
from kernel.forms import add_violations, carry_revision, make_from, values_shown
from kernel.idempotency import idempotent
from kernel.languages import current, localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.revisions import fingerprint
from kernel.violations import RuleBroken
from registries.forms.posts import PostForm
from registries.queries import institution_names

SHOWN = ("kind", "institution_ror_id", "starts_on", "ends_on", "is_main", *WORDS)


def _own(request: HttpRequest, public_id: str) -> Post:
    """A post of whoever asks; those of others are absent."""
    return get_object_or_404(
        Post.objects.select_related("person").filter(person=person_of(request.user)), public_id=public_id
    )


def _crumbs(heading: str = "") -> list[dict[str, str]]:
    here = reverse("registries:posts") if heading else ""
    return [
        {"label": _("Profile"), "url": reverse("accounts:profile")},
        {"label": _("Posts and side jobs"), "url": here},
        *([{"label": heading, "url": ""}] if heading else []),
    ]


@reads
def posts(request: HttpRequest) -> HttpResponse:
    """All posts that one holds, held, or will hold."""
    found = list(Post.objects.filter(person=person_of(request.user)))
    keys = [post.institution_ror_id for post in found if post.institution_ror_id]
    # An institution that works with the portal is known by its own record where the registry lacks it.
    own = Organisation.objects.filter(ror_id__in=keys)
    names = {**{one.ror_id or "": localized(one, "name") for one in own}, **institution_names(keys)}
    context = {
        "rows": [
            {
                "words": post_in_words(plain, current(), names),
                "moves": [
                    Move(_("Change"), reverse("registries:post", args=[post.public_id])),
                    Move(
                        _("Remove"),
                        reverse("registries:post_remove", args=[post.public_id]),
                        "post",
                        "danger",
                        _("Remove this post? What was stated or submitted keeps it."),
                    ),
                ],
            }
            for post, plain in zip(found, posts_as_plain(found), strict=True)
        ],
        "moves": [Move(_("Add a post"), reverse("registries:post_add"), tone="primary")]
        if person_of(request.user)
        else [],
        "breadcrumbs": _crumbs(),
    }
    return render(request, "registries/posts.html", context)


@reads_and_writes
@idempotent
def post_add(request: HttpRequest) -> HttpResponse:
    if person_of(request.user) is None:
        messages.info(request, _("Enter your name first; then you can enter your posts."))
        return redirect("accounts:profile")
    form = PostForm(request.POST if request.method == "POST" else None)
    return _answer(request, form, _("Add a post"), lambda values: add_post(by=request.user, **values))


@reads_and_writes
def post(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _own(request, public_id)

    def make(data: Any) -> PostForm:
        return PostForm(data, initial={name: getattr(found, name) for name in SHOWN})

    form = make(request.POST if request.method == "POST" else None)
    carry_revision(form, found)

    def standing_now() -> list[dict[str, Any]]:
        found.refresh_from_db()
        make_from(form, "seen", fingerprint(found))
        return values_shown(make(None))

    return _answer(
        request,
        form,
        _("Change a post"),
        lambda values: change_post(post=found, by=request.user, **values),
        standing_now,
    )


@writes
@idempotent
def post_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    remove_post(post=_own(request, public_id), by=request.user)
    messages.success(request, _("Removed."))
    return redirect("registries:posts")


def _answer(
    request: HttpRequest,
    form: PostForm,
    heading: str,
    act: Callable[[dict[str, Any]], Any],
    standing_now: Callable[[], list[dict[str, Any]]] | None = None,
) -> HttpResponse:
    """The form, or what became of it; what a rule refuses comes back beside the fields, with both contents where another tab
    was faster."""
    stands: list[dict[str, Any]] = []
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleBroken as broken:
            add_violations(form, broken)
            if broken.is_stale and standing_now:
                stands, status = standing_now(), 409
        else:
            messages.success(request, _("Your posts were saved."))
            return redirect("registries:posts")
    context = {"form": form, "heading": heading, "standing_now": stands, "breadcrumbs": _crumbs(heading)}
    return render(request, "registries/post.html", context, status=status)
