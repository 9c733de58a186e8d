import uuid

import django.db.models.deletion
from django.db import migrations, models

import entraide.portal.foundation.vault.fields

STATES = [
    ("received", "Received"),
    ("checked", "Checked"),
    ("in_progress", "In Progress"),
    ("waiting_for_member", "Waiting For Member"),
    ("done", "Done"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]


def first_promise(apps, schema_editor):
    """What was promised before is due on that day; nothing has ever waited for its member."""
    apps.get_model("requests", "Request").objects.update(due_on=models.F("promised_on"))


class Migration(migrations.Migration):
    dependencies = [("requests", "0003_file_kept_by")]

    operations = [
        migrations.AddField("request", "due_on", models.DateField(null=True)),
        migrations.RunPython(first_promise, migrations.RunPython.noop),
        migrations.AlterField("request", "due_on", models.DateField()),
        migrations.AddField("request", "waiting_since", models.DateTimeField(null=True)),
        migrations.AddField(
            "request", "waited_seconds", models.PositiveBigIntegerField(db_default=0, default=0)
        ),
        migrations.AddField("request", "closed_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "request", "state", models.CharField(choices=STATES, default="received", max_length=20)
        ),
        migrations.AlterField("step", "state", models.CharField(choices=STATES, max_length=20)),
        migrations.AddField(
            "step",
            "by",
            models.CharField(
                choices=[("member", "Member"), ("agent", "Agent"), ("system", "System")],
                db_default="member",
                default="member",
                max_length=6,
            ),
        ),
        migrations.AddField("step", "actor", models.UUIDField(null=True)),
        migrations.AddField("step", "refusal", models.CharField(blank=True, db_default="", max_length=40)),
        migrations.RemoveConstraint("request", "request_open_once"),
        migrations.AddConstraint(
            "request",
            models.UniqueConstraint(
                models.F("subject"),
                condition=models.Q(
                    models.Q(("subject", ""), _negated=True),
                    models.Q(("state__in", ["done", "refused", "withdrawn"]), _negated=True),
                ),
                name="request_open_once",
            ),
        ),
        migrations.AddConstraint(
            "request",
            models.CheckConstraint(
                condition=models.Q(("state", "waiting_for_member"))
                ^ models.Q(("waiting_since__isnull", True)),
                name="request_clock_stands_while_waiting",
            ),
        ),
        migrations.CreateModel(
            "Message",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", entraide.portal.foundation.vault.fields.EncryptedText(blank=True, default="")),
                ("request_key", models.UUIDField(null=True)),
                ("content_digest", models.CharField(blank=True, max_length=64)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="requests.request",
                    ),
                ),
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="message",
                        to="requests.step",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("request"), models.F("request_key"), name="reply_stored_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            "Satisfaction",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("score", models.PositiveSmallIntegerField()),
                ("words", entraide.portal.foundation.vault.fields.EncryptedText(blank=True, default="")),
                ("at", models.DateTimeField()),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="satisfaction",
                        to="requests.request",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 1), ("score__lte", 5)), name="score_1_to_5"
                    )
                ]
            },
        ),
        migrations.AddField(
            "requestfile",
            "message",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="requests.message",
            ),
        ),
    ]
