from django.db import migrations, models

from entraide.portal.domain.members.name_keys import NameKey


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0006_sharing"),
    ]

    operations = [
        migrations.AddField(
            model_name="beneficiary",
            name="first_name_key",
            field=NameKey(db_default="", editable=False, max_length=160, of=("first_name", "last_name")),
        ),
        migrations.AddField(
            model_name="beneficiary",
            name="last_name_key",
            field=NameKey(db_default="", editable=False, max_length=160, of=("last_name", "first_name")),
        ),
        migrations.AddIndex(
            model_name="beneficiary",
            index=models.Index(
                fields=["last_name_key"], name="by_last_name", opclasses=["varchar_pattern_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="beneficiary",
            index=models.Index(
                fields=["first_name_key"], name="by_first_name", opclasses=["varchar_pattern_ops"]
            ),
        ),
    ]
