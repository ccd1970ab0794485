"""What counts as a query."""


def asks(statement: str) -> bool:
    """Whether a statement is a query; the marks of a transaction, with which the session is saved, are none."""
    return not statement.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
