from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("licensing", "0006_plants_reports_requests_shortage_terms"),
    ]

    operations = [
        migrations.AddField(
            model_name="plantrequest",
            name="last_sent_at",
            field=models.DateTimeField(blank=True, help_text="When something was last sent for it.", null=True),
        ),
        migrations.AddField(
            model_name="plantrequest",
            name="wanted",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="What the Division asked for: its words by piece, until it is complete.",
            ),
        ),
    ]
