import django.db.models.deletion
from django.db import migrations, models

KINDS = [("deposit", "Deposit"), ("claim", "Claim"), ("message", "Message"), ("call_back", "Call Back")]


class Migration(migrations.Migration):
    dependencies = [("requests", "0010_read_receipts")]

    operations = [
        migrations.AlterField("request", "kind", models.CharField(choices=KINDS, max_length=20)),
        migrations.CreateModel(
            "CallBack",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="call_back",
                        serialize=False,
                        to="requests.request",
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("place", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("starts_at"), models.F("place"), name="one_call_to_a_place"
                    )
                ]
            },
        ),
    ]
