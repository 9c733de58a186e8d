from django.db import migrations, models

OPEN = models.Q(("state__in", ["done", "refused", "withdrawn"]), _negated=True)
INDEXES = {
    "request_by_state": ["state", "due_on", "id"],
    "request_by_team_and_state": ["team", "state", "due_on", "id"],
    "request_by_handler": ["handler", "due_on", "id"],
}


class Migration(migrations.Migration):
    dependencies = [("requests", "0007_kind_claim")]

    operations = [
        migrations.AddIndex("request", models.Index(condition=OPEN, fields=fields, name=name))
        for name, fields in INDEXES.items()
    ]
