"""Posting a form as a browser does, at its time, and what came back."""

import http.client
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

PATIENCE = 60  # seconds until a post counts as unanswered
HANDS = 120  # posts that may be under way at once
UNANSWERED = 0  # in place of a status


@dataclass(frozen=True)
class Answer:
    """The status of one post, where it led or what it said, and the seconds from the time at which it was due."""

    status: int
    text: str
    seconds: float


def post(
    site: str, path: str, session: str, values: Mapping[str, str], headers: Mapping[str, str] = {}
) -> tuple[int, str]:
    """Post a form with the cookies of a signed-in person; the status, with the address it leads to or its text."""
    token = secrets.token_hex(16)
    body = urlencode({"csrfmiddlewaretoken": token, **values})
    parts = urlsplit(site)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=PATIENCE)
    try:
        connection.request(
            "POST",
            path,
            body,
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"sessionid={session}; csrftoken={token}",
                **headers,
            },
        )
        response = connection.getresponse()
        text = response.read().decode()
        return response.status, response.headers.get("Location") or text
    except (OSError, http.client.HTTPException) as error:
        return UNANSWERED, str(error)
    finally:
        connection.close()


def at_rate(acts: Sequence[Callable[[], tuple[int, str]]], rate: float) -> list[Answer]:
    """Do each at its time, `rate` a second, whether or not the earlier ones have been answered."""
    began = time.monotonic()

    def do(number: int) -> Answer:
        due = began + number / rate
        time.sleep(max(0.0, due - time.monotonic()))
        status, text = acts[number]()
        return Answer(status, text, time.monotonic() - due)

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(do, range(len(acts))))


def percentile(seconds: Sequence[float], share: int) -> float:
    """The time within which so many percent were answered."""
    ordered = sorted(seconds)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]
