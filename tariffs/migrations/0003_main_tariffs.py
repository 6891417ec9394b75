"""Makes the one tariff that each programme had the one that it proposes."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F


def propose_the_only_one(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("tariffs", "Tariff").objects.filter(main_of=None).update(main_of=F("programme"))


class Migration(migrations.Migration):
    dependencies = [("tariffs", "0002_several_tariffs")]

    operations = [migrations.RunPython(propose_the_only_one, migrations.RunPython.noop)]
