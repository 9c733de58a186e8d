from django.db import migrations, models

KINDS = [
    ("deposit", "Deposit"),
    ("claim", "Claim"),
    ("message", "Message"),
    ("call_back", "Call Back"),
    ("card", "Card"),
    ("complaint", "Complaint"),
    ("social_fund", "Social Fund"),
    ("termination", "Termination"),
]


class Migration(migrations.Migration):
    dependencies = [("requests", "0017_enclosures")]

    operations = [
        migrations.AlterField("request", "kind", models.CharField(choices=KINDS, max_length=20)),
    ]
