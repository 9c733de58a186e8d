from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_suspended_factors"),
    ]

    operations = [
        migrations.AlterField(
            model_name="passwordlink",
            name="purpose",
            field=models.CharField(
                choices=[("activation", "Activation"), ("reset", "Reset"), ("number", "Number")],
                max_length=12,
            ),
        ),
    ]
