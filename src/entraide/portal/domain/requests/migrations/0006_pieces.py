from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0005_team_and_handler"),
    ]

    operations = [
        migrations.AddField(
            model_name="requestfile",
            name="piece",
            field=models.CharField(blank=True, db_default="", max_length=130),
        ),
        migrations.AddField(
            model_name="message",
            name="papers",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
