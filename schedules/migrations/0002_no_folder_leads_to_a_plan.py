import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schedules', '0001_plans_visits_officers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='plan',
            name='file',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casefile.casefile'),
        ),
    ]
