from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def to_rows(apps: Any, schema_editor: Any) -> None:
    imports, files = apps.get_model("markets", "Import"), apps.get_model("markets", "ImportFile")
    kept = imports.objects.exclude(file="")
    files.objects.bulk_create([files(of=held, place=0, file=held.file) for held in kept.iterator()])


def to_columns(apps: Any, schema_editor: Any) -> None:
    for row in apps.get_model("markets", "ImportFile").objects.filter(place=0).select_related("of").iterator():
        row.of.file = row.file
        row.of.save(update_fields=["file"])


class Migration(migrations.Migration):

    dependencies = [
        ('markets', '0003_surveys'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(verbose_name='its place among the names')),
                ('file', models.FileField(upload_to='imports')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='markets.import')),
            ],
            options={
                'ordering': ['of', 'place'],
                'constraints': [models.UniqueConstraint(fields=('of', 'place'), name='import_file_once_in_its_place')],
            },
        ),
        migrations.RunPython(to_rows, to_columns),
        migrations.RemoveField(
            model_name='import',
            name='file',
        ),
    ]
