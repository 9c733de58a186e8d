from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='job',
            name='priority',
            field=models.PositiveSmallIntegerField(choices=[(0, 'Urgent'), (5, 'Normal')], default=5),
        ),
        migrations.RemoveIndex(model_name='job', name='job_queued'),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['priority', 'run_at'], name='job_due'),
        ),
    ]
