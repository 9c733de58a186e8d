from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_factors_and_browsers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="safetylink",
            name="change",
            field=models.CharField(
                choices=[
                    ("mobile_enrolled", "Mobile Enrolled"),
                    ("password_set", "Password Set"),
                    ("factor_added", "Factor Added"),
                    ("factor_removed", "Factor Removed"),
                    ("recovery_used", "Recovery Used"),
                    ("new_browser", "New Browser"),
                ],
                max_length=20,
            ),
        ),
    ]
