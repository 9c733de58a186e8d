from django.db import migrations

BATCH = 500
KEYS = ("last_name_key", "first_name_key")


def fill(apps, _editor):
    """A batch at a time, each its own transaction: nobody waits for all of them. Run again, it does the same."""
    Beneficiary = apps.get_model("members", "Beneficiary")
    people = Beneficiary.objects.order_by("pk").only("pk", "last_name", "first_name", *KEYS)
    batch = list(people[:BATCH])
    while batch:
        for person in batch:
            for name in KEYS:
                setattr(person, name, Beneficiary._meta.get_field(name).key_of(person))
        Beneficiary.objects.bulk_update(batch, KEYS)
        batch = list(people.filter(pk__gt=batch[-1].pk)[:BATCH])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("members", "0007_name_keys"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
