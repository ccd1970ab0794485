"""What counts as a query."""


def asks(statement: str) -> bool:
    """Whether a statement is a query of a page; the marks of a transaction are none, nor is moving the end of the session,
    which is done once in a minute and by the first page after a sign-in."""
    return not statement.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", 'UPDATE "django_session"'))
