from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [
        ('requests', '0002_answers_and_subject'),
    ]
    operations = [
        migrations.AddField(
            model_name='requestfile',
            name='kept_by',
            field=models.CharField(blank=True, db_default='', max_length=20),
        ),
    ]
