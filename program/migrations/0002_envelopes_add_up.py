"""The database itself keeps `Envelope.appropriated` as the sum of the envelope's entries, and keeps entries as they are."""

from django.db import migrations

POSTGRESQL = (
    """
    CREATE FUNCTION program_envelope_entry_counts() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.kind <> 'request' THEN
            UPDATE program_envelope SET appropriated = appropriated + NEW.amount WHERE id = NEW.envelope_id;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION program_envelope_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'envelope_entry_stays' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER program_envelope_entry_counts AFTER INSERT ON program_envelopeentry
    FOR EACH ROW EXECUTE FUNCTION program_envelope_entry_counts()
    """,
    """
    CREATE TRIGGER program_envelope_entry_stays BEFORE UPDATE OR DELETE ON program_envelopeentry
    FOR EACH ROW EXECUTE FUNCTION program_envelope_entry_stays()
    """,
)
SQLITE = (
    """
    CREATE TRIGGER program_envelope_entry_counts AFTER INSERT ON program_envelopeentry
    WHEN NEW.kind <> 'request'
    BEGIN
        UPDATE program_envelope SET appropriated = appropriated + NEW.amount WHERE id = NEW.envelope_id;
    END
    """,
    """
    CREATE TRIGGER program_envelope_entry_stays_unchanged BEFORE UPDATE ON program_envelopeentry
    BEGIN
        SELECT RAISE(ABORT, 'envelope_entry_stays');
    END
    """,
    """
    CREATE TRIGGER program_envelope_entry_stays BEFORE DELETE ON program_envelopeentry
    BEGIN
        SELECT RAISE(ABORT, 'envelope_entry_stays');
    END
    """,
)
POSTGRESQL_UNDO = (
    "DROP TRIGGER program_envelope_entry_counts ON program_envelopeentry",
    "DROP TRIGGER program_envelope_entry_stays ON program_envelopeentry",
    "DROP FUNCTION program_envelope_entry_counts()",
    "DROP FUNCTION program_envelope_entry_stays()",
)
SQLITE_UNDO = (
    "DROP TRIGGER program_envelope_entry_counts",
    "DROP TRIGGER program_envelope_entry_stays_unchanged",
    "DROP TRIGGER program_envelope_entry_stays",
)


def make(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement, params=None)


def undo(apps, schema_editor):
    statements = POSTGRESQL_UNDO if schema_editor.connection.vendor == "postgresql" else SQLITE_UNDO
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    # What was made in steps until the first release.
    replaces = [
        ("program", "0030_reminder_days_change_while_open"),
    ]
    dependencies = [("program", "0001_tables")]
    operations = [migrations.RunPython(make, undo)]
