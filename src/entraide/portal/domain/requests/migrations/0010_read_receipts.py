from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0009_scan")]

    operations = [
        migrations.AlterField(
            "request",
            "kind",
            models.CharField(
                choices=[("deposit", "Deposit"), ("claim", "Claim"), ("message", "Message")], max_length=20
            ),
        ),
        migrations.AddField("request", "read_at", models.DateTimeField(null=True)),
        migrations.AddField("message", "read_at", models.DateTimeField(null=True)),
    ]
