"""Remove what Wagtail makes for every new site, and what would open doors here.

Its groups 'Moderators' and 'Editors' hold rights over the whole tree, publishing included; its
workflow lets a text pass without the branch line; its welcome page is nobody's. Only what is
still as Wagtail made it is removed. Not reversible in detail, so the reverse does nothing.
"""

from django.db import migrations


def remove_defaults(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=["Moderators", "Editors"]).delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").delete()
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").delete()
    remove_welcome_page(
        apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "Site")
    )


def remove_welcome_page(page_model, site_model):
    welcome = page_model.objects.filter(
        depth=2, slug="home", content_type__app_label="wagtailcore", numchild=0
    ).first()
    if welcome is None:
        return
    site_model.objects.filter(root_page=welcome).delete()
    page_model.objects.filter(pk=welcome.pk).delete()
    root = page_model.objects.get(depth=1)
    root.numchild -= 1
    root.save()


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0002_branches"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [migrations.RunPython(remove_defaults, migrations.RunPython.noop)]
