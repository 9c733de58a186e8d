from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [
        ('members', '0003_mobile_index'),
    ]
    operations = [
        migrations.AddField(
            model_name='beneficiary',
            name='iban_index',
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
        migrations.AddField(
            model_name='beneficiary',
            name='replaced_accounts',
            field=models.JSONField(default=list),
        ),
    ]
