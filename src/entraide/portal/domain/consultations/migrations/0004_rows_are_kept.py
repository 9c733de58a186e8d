"""A reading that was noted stays as it is (A68): no column changes, but for a new key of the sealed ones.

After three years it may go (A69), and not before.
"""

from django.db import migrations

# All but the sealed ones, whose seal is part of `seal`: `entraide keys rotate` writes those anew.
KEPT = (
    "id", "person_id", "position", "at", "reader", "reader_kind", "role", "seen", "object_id", "outcome", "seal",
)  # fmt: skip
WORDS = "a reading that was noted stays as it is"
POSTGRESQL = [
    f"""
    CREATE FUNCTION consultations_consultation_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    f"""
    CREATE TRIGGER consultations_consultation_stays BEFORE UPDATE ON consultations_consultation
    FOR EACH ROW WHEN (({", ".join(f"OLD.{one}" for one in KEPT)})
        IS DISTINCT FROM ({", ".join(f"NEW.{one}" for one in KEPT)}))
    EXECUTE FUNCTION consultations_consultation_is_kept()
    """,
    """
    CREATE TRIGGER consultations_consultation_is_kept BEFORE DELETE ON consultations_consultation
    FOR EACH ROW WHEN (OLD.at > CURRENT_TIMESTAMP - interval '1095 days')
    EXECUTE FUNCTION consultations_consultation_is_kept()
    """,
]
SQLITE = [
    f"""
    CREATE TRIGGER consultations_consultation_stays BEFORE UPDATE ON consultations_consultation
    WHEN {" OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in KEPT)}
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END
    """,
    f"""
    CREATE TRIGGER consultations_consultation_is_kept BEFORE DELETE ON consultations_consultation
    WHEN OLD.at > datetime('now', '-1095 days')
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END
    """,
]
GONE = {
    "postgresql": [
        "DROP TRIGGER consultations_consultation_stays ON consultations_consultation",
        "DROP TRIGGER consultations_consultation_is_kept ON consultations_consultation",
        "DROP FUNCTION consultations_consultation_is_kept()",
    ],
    "sqlite": [
        "DROP TRIGGER consultations_consultation_stays",
        "DROP TRIGGER consultations_consultation_is_kept",
    ],
}


def guard(_apps, editor):
    for one in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[editor.connection.vendor]:
        editor.execute(one)


def let_go(_apps, editor):
    for one in GONE[editor.connection.vendor]:
        editor.execute(one)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0003_emergency_readings")]
    operations = [migrations.RunPython(guard, let_go)]
