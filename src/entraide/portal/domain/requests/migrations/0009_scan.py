from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('requests', '0008_queue_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='requestfile',
            name='finding',
            field=models.CharField(blank=True, db_default='', max_length=100),
        ),
        migrations.AddField(
            model_name='requestfile',
            name='scan_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='requestfile',
            name='scan_state',
            field=models.CharField(choices=[('received', 'Received'), ('scanning', 'Scanning'), ('clean', 'Clean'), ('infected', 'Infected'), ('error', 'Error'), ('unscanned', 'Unscanned')], db_default='unscanned', default='unscanned', max_length=10),
        ),
        migrations.AddField(
            model_name='requestfile',
            name='scanned_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='requestfile',
            index=models.Index(condition=models.Q(('scan_state__in', ['received', 'scanning', 'error'])), fields=['scan_since'], name='file_scan_pending'),
        ),
    ]
