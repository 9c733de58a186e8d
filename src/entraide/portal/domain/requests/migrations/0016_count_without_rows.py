# What stands in a count comes from the index alone.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0008_fill_name_keys'),
        ('requests', '0015_queue_by_subject'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='request',
            name='request_by_state',
        ),
        migrations.RemoveIndex(
            model_name='request',
            name='request_by_team_and_state',
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(condition=models.Q(('state__in', ['done', 'refused', 'withdrawn']), _negated=True), fields=['state', 'due_on', 'id', 'kind'], name='request_by_state'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(condition=models.Q(('state__in', ['done', 'refused', 'withdrawn']), _negated=True), fields=['team', 'state', 'due_on', 'id', 'kind'], name='request_by_team_and_state'),
        ),
    ]
