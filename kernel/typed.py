"""What somebody had typed into a form that led nowhere: the page that says so shows it, so that no word is lost."""

from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

# What a form carries besides: nobody has typed it.
TOKENS = frozenset(
    {"csrfmiddlewaretoken", "form_token", "base", "revision", "version", "seen", "over", "sha256"}
)
SHOWN_FROM = 20  # code points: shorter values are typed again in a moment


def is_secret(name: str) -> bool:
    """Whether a field holds what is shown to nobody."""
    return "password" in name


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, as (name, value) in order, without secrets and the sign of origin; nothing where it cannot be read."""
    if request.method != "POST":
        return []
    try:
        sent = list(request.POST.lists())
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return []
    return [
        (name, value)
        for name, values in sent
        for value in values
        if name != "csrfmiddlewaretoken" and not is_secret(name)
    ]


def files_of(request: HttpRequest) -> list[str]:
    """The names of the files that were sent."""
    return [str(file.name) for _name, files in request.FILES.lists() for file in files]


def texts_in(fields: list[tuple[str, str]]) -> list[str]:
    """What somebody would be sorry to lose, each once."""
    found = (value for name, value in fields if name.rsplit("-")[-1] not in TOKENS)
    return list(dict.fromkeys(value for value in found if len(value.strip()) >= SHOWN_FROM))


def is_ours(request: HttpRequest) -> bool:
    """Whether a page of ours has sent the form, by what the browser says."""
    told = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(told).netloc == request.get_host()


def typed_texts(request: HttpRequest) -> list[str]:
    """The longer texts of a form that was sent from a page of ours. What another site sends is not shown under our name."""
    is_known = getattr(request, "csrf_processing_done", False) or is_ours(request)
    return texts_in(fields_of(request)) if is_known else []
