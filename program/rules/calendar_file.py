"""A calendar file as RFC 5545 wants it: lines of at most 75 octets ended by CR LF, texts escaped, instants in UTC."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_LINE = 75  # octets, without the line break


@dataclass(frozen=True)
class CalendarEvent:
    """One event: an instant (`starts` a datetime), or whole days from `starts` to `ends`, both included."""

    uid: str
    starts: dt.date | dt.datetime
    ends: dt.date | None
    summary: str
    description: str = ""
    url: str = ""


def calendar_file(*, name: str, made_at: dt.datetime, events: Iterable[CalendarEvent]) -> bytes:
    """The whole file, in UTF-8."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kakehashi//Calls//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += _event(event, made_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def _event(event: CalendarEvent, made_at: dt.datetime) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{_utc(made_at)}"]
    if isinstance(event.starts, dt.datetime):
        lines.append(f"DTSTART:{_utc(event.starts)}")
    else:
        # The end of whole days is the first day that no longer belongs to them.
        after = (event.ends or event.starts) + dt.timedelta(days=1)
        lines += [f"DTSTART;VALUE=DATE:{event.starts:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    lines.append(f"SUMMARY:{escaped(event.summary)}")
    if event.description:
        lines.append(f"DESCRIPTION:{escaped(event.description)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _utc(instant: dt.datetime) -> str:
    return f"{instant.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A text in which backslash, semicolon, comma and line break mean themselves; other control characters are left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    plain = plain.replace("\n", "\\n")
    return "".join(character for character in plain if character >= " " and character != "\x7f")


def folded(line: str) -> list[str]:
    """The line in pieces of at most 75 octets, each but the first behind a blank; no character is torn apart."""
    pieces, room, piece = [], LONGEST_LINE, ""
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(piece)
            piece, room = " ", LONGEST_LINE - 1
        piece += character
        room -= size
    return [*pieces, piece]
