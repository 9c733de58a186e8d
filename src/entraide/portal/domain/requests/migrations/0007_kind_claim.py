from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0006_pieces"),
    ]

    operations = [
        migrations.AlterField(
            model_name="request",
            name="kind",
            field=models.CharField(
                choices=[("deposit", "Deposit"), ("claim", "Claim")], max_length=20
            ),
        ),
    ]
