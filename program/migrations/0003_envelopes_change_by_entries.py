"""`Envelope.appropriated` cannot be written by hand, not even by raw SQL: it is the sum of its entries or nothing."""

from django.db import migrations

POSTGRESQL = (
    """
    CREATE FUNCTION program_envelope_sum_by_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            IF NEW.appropriated <> 0 THEN
                RAISE EXCEPTION 'envelope_sum_by_entries' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
        ELSIF pg_trigger_depth() < 2 AND NEW.appropriated <> OLD.appropriated THEN
            RAISE EXCEPTION 'envelope_sum_by_entries' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER program_envelope_sum_by_entries BEFORE INSERT OR UPDATE ON program_envelope
    FOR EACH ROW EXECUTE FUNCTION program_envelope_sum_by_entries()
    """,
)
SUM = """(
    SELECT COALESCE(SUM(amount), 0) FROM program_envelopeentry
    WHERE envelope_id = NEW.id AND kind <> 'request'
)"""
SQLITE = (
    """
    CREATE TRIGGER program_envelope_begins_empty BEFORE INSERT ON program_envelope WHEN NEW.appropriated <> 0
    BEGIN
        SELECT RAISE(ABORT, 'envelope_sum_by_entries');
    END
    """,
    f"""
    CREATE TRIGGER program_envelope_sum_by_entries AFTER UPDATE OF appropriated ON program_envelope
    WHEN NEW.appropriated <> {SUM}
    BEGIN
        SELECT RAISE(ABORT, 'envelope_sum_by_entries');
    END
    """,
)
POSTGRESQL_UNDO = (
    "DROP TRIGGER program_envelope_sum_by_entries ON program_envelope",
    "DROP FUNCTION program_envelope_sum_by_entries()",
)
SQLITE_UNDO = (
    "DROP TRIGGER program_envelope_begins_empty",
    "DROP TRIGGER program_envelope_sum_by_entries",
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
        ("program", "0031_decisions_are_told"),
    ]
    dependencies = [("program", "0002_envelopes_add_up")]
    operations = [migrations.RunPython(make, undo)]
