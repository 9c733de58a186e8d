from django.conf import settings
from django.db import migrations, models

OPEN = models.Q(("state__in", ["done", "refused", "withdrawn"]), _negated=True)


def give_to_teams(apps, schema_editor):
    """What is stored goes to the team that the mutual names for it today."""
    rows = apps.get_model("requests", "Request").objects
    for category, type_id in rows.order_by().values_list("category", "type").distinct():
        team = settings.PROFILE.desk.team_for(category, type_id)
        rows.filter(category=category, type=type_id).update(team=team)


class Migration(migrations.Migration):
    dependencies = [("requests", "0004_life")]

    operations = [
        migrations.AddField(
            "request", "team", models.CharField(blank=True, db_default="", default="", max_length=40)
        ),
        migrations.AddField("request", "handler", models.UUIDField(null=True)),
        migrations.RunPython(give_to_teams, migrations.RunPython.noop),
        migrations.AddIndex(
            "request", models.Index(condition=OPEN, fields=["team", "due_on", "id"], name="request_by_team")
        ),
        migrations.AddIndex(
            "request", models.Index(condition=OPEN, fields=["due_on", "id"], name="request_by_day")
        ),
        migrations.AddIndex("requestfile", models.Index(fields=["sha256"], name="file_by_print")),
    ]
