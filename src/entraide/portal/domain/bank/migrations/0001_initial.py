import django.db.models.deletion
import entraide.portal.foundation.vault.fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agents', '0001_initial'),
        ('members', '0004_account_index'),
        ('requests', '0003_file_kept_by'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=24, unique=True)),
                ('scope', models.CharField(choices=[('contract', 'Contract'), ('person', 'Person')], max_length=10)),
                ('iban', entraide.portal.foundation.vault.fields.EncryptedText(blank=True, default='')),
                ('bic', entraide.portal.foundation.vault.fields.EncryptedText(blank=True, default='')),
                ('holder', entraide.portal.foundation.vault.fields.EncryptedText(blank=True, default='')),
                ('iban_index', models.CharField(db_index=True, max_length=64)),
                ('replaced_index', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('ready', 'Ready'), ('applied', 'Applied'), ('cancelled', 'Cancelled'), ('refused', 'Refused'), ('frozen', 'Frozen')], default='asked', max_length=10)),
                ('refusal', models.CharField(blank=True, choices=[('holder_mismatch', 'Holder Mismatch'), ('paper_mismatch', 'Paper Mismatch'), ('paper_unreadable', 'Paper Unreadable'), ('not_confirmed', 'Not Confirmed'), ('account_moved', 'Account Moved'), ('no_longer_allowed', 'No Longer Allowed')], max_length=20)),
                ('request_key', models.UUIDField()),
                ('content_digest', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=2)),
                ('asked_at', models.DateTimeField()),
                ('effective_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked_account_changes', to='members.beneficiary')),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='account_change', to='requests.requestfile')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_changes', to='members.beneficiary')),
            ],
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('check', 'Check'), ('approve', 'Approve')], max_length=10)),
                ('binding', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_approvals', to='agents.agent')),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='bank.accountchange')),
            ],
        ),
        migrations.AddIndex(
            model_name='accountchange',
            index=models.Index(condition=models.Q(('state__in', ('asked', 'ready'))), fields=['effective_at'], name='account_change_due'),
        ),
        migrations.AddConstraint(
            model_name='accountchange',
            constraint=models.UniqueConstraint(models.F('person'), condition=models.Q(('state__in', ('asked', 'ready'))), name='one_live_account_change'),
        ),
        migrations.AddConstraint(
            model_name='accountchange',
            constraint=models.UniqueConstraint(models.F('asked_by'), models.F('request_key'), name='account_change_stored_once'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(models.F('change'), models.F('step'), name='one_approval_of_each_step'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(models.F('change'), models.F('agent'), name='one_approval_of_each_agent'),
        ),
    ]
