from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_declared_mobile"),
    ]

    operations = [
        migrations.AddField(
            model_name="beneficiary",
            name="mobile_index",
            field=models.CharField(blank=True, db_index=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
