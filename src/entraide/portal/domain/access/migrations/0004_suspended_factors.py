from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_recovery_code_disowned"),
    ]

    operations = [
        migrations.AddField(
            model_name="factor",
            name="suspended_at",
            field=models.DateTimeField(null=True),
        ),
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
                    ("recovery_made", "Recovery Made"),
                    ("new_browser", "New Browser"),
                ],
                max_length=20,
            ),
        ),
    ]
