from django.db import migrations, models

ROLES = [
    ("reader", "Reader"),
    ("handler", "Handler"),
    ("payer", "Payer"),
    ("supervisor", "Supervisor"),
    ("security_admin", "Security Admin"),
    ("dpo", "Dpo"),
    ("social_fund", "Social Fund"),
]


class Migration(migrations.Migration):
    dependencies = [("agents", "0001_initial")]

    operations = [
        migrations.AlterField("agent", "role", models.CharField(choices=ROLES, max_length=20)),
    ]
