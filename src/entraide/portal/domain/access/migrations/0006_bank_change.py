from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [
        ('access', '0005_link_for_a_lost_number'),
    ]
    operations = [
        migrations.AlterField(
            model_name='safetylink',
            name='change',
            field=models.CharField(choices=[('mobile_enrolled', 'Mobile Enrolled'), ('password_set', 'Password Set'), ('factor_added', 'Factor Added'), ('factor_removed', 'Factor Removed'), ('recovery_used', 'Recovery Used'), ('recovery_made', 'Recovery Made'), ('new_browser', 'New Browser'), ('bank_asked', 'Bank Asked')], max_length=20),
        ),
    ]
