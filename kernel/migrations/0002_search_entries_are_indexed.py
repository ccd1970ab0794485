"""The index of what is searched: a tsvector of the tokens on PostgreSQL, FTS5 on SQLite, kept by the database itself.

A later migration that alters this table on SQLite makes the table anew and must make the triggers anew too."""

from django.db import migrations

POSTGRESQL = (
    "CREATE INDEX kernel_searchentry_tokens ON kernel_searchentry"
    " USING gin (array_to_tsvector(string_to_array(tokens, ' ')))",
)
SQLITE = (
    # Not a copy: the tokens are read from the table. Whatever is not ASCII is part of a token.
    "CREATE VIRTUAL TABLE kernel_searchtokens USING fts5("
    "tokens, content='kernel_searchentry', content_rowid='id', tokenize='ascii', detail=none)",
    """
    CREATE TRIGGER kernel_searchentry_added AFTER INSERT ON kernel_searchentry
    BEGIN
        INSERT INTO kernel_searchtokens(rowid, tokens) VALUES (NEW.id, NEW.tokens);
    END
    """,
    """
    CREATE TRIGGER kernel_searchentry_gone AFTER DELETE ON kernel_searchentry
    BEGIN
        INSERT INTO kernel_searchtokens(kernel_searchtokens, rowid, tokens) VALUES ('delete', OLD.id, OLD.tokens);
    END
    """,
    """
    CREATE TRIGGER kernel_searchentry_changed AFTER UPDATE ON kernel_searchentry
    BEGIN
        INSERT INTO kernel_searchtokens(kernel_searchtokens, rowid, tokens) VALUES ('delete', OLD.id, OLD.tokens);
        INSERT INTO kernel_searchtokens(rowid, tokens) VALUES (NEW.id, NEW.tokens);
    END
    """,
)
POSTGRESQL_UNDO = ("DROP INDEX kernel_searchentry_tokens",)
SQLITE_UNDO = (
    "DROP TRIGGER kernel_searchentry_added",
    "DROP TRIGGER kernel_searchentry_gone",
    "DROP TRIGGER kernel_searchentry_changed",
    "DROP TABLE kernel_searchtokens",
)


def _run(postgresql, sqlite):
    def operation(apps, editor):
        for statement in postgresql if editor.connection.vendor == "postgresql" else sqlite:
            editor.execute(statement, params=None)

    return operation


class Migration(migrations.Migration):
    # What was made in steps until the first release.
    replaces = [
        ("kernel", "0008_pages_of_files"),
    ]
    dependencies = [("kernel", "0001_tables")]
    operations = [migrations.RunPython(_run(POSTGRESQL, SQLITE), _run(POSTGRESQL_UNDO, SQLITE_UNDO))]
