from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_stronger_access"),
    ]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="identifier",
            field=models.CharField(max_length=254, unique=True),
        ),
    ]
