from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [
        ('requests', '0001_initial'),
    ]
    operations = [
        migrations.AddField(
            model_name='requestfile',
            name='kept_by',
            field=models.CharField(blank=True, max_length=20),
        ),
    ]
