from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_people_are_invited'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role', 'clockwork'), _negated=True), ('is_active', False), _connector='OR'), name='user_clockwork_stays_out'),
        ),
    ]
