"""What redirected by itself is written down as slug history, and back again when reversed.

A name that is another page's by now stays that page's, as it was: where a page stands, nothing
redirected. A redirect to a page that readers never saw is dropped.
"""

from django.conf import settings
from django.db import migrations


def roots_of(apps):
    """The page at which the addresses of a language begin, by what stands before: ``""``, ``/ko``."""
    site = apps.get_model("wagtailcore", "Site").objects.filter(is_default_site=True).first()
    if site is None:
        return {}
    pages = apps.get_model("wagtailcore", "Page").objects.select_related("locale")
    roots = pages.filter(translation_key=site.root_page.translation_key)
    codes = ((root, root.locale.language_code) for root in roots)
    return {"" if code == settings.LANGUAGE_CODE else f"/{code}": root for root, code in codes}


def url_path_of(old_path, roots):
    """The `url_path` that a page had at the address `old_path`."""
    first = "/" + old_path.strip("/").partition("/")[0]
    before = first if first in roots else ""
    return roots[before].url_path + old_path.removeprefix(before).strip("/") + "/"


def record(apps, schema_editor):
    record_model = apps.get_model("branches", "SlugRecord")
    page_model = apps.get_model("wagtailcore", "Page")
    roots = roots_of(apps)
    if "" not in roots:
        return
    automatic = apps.get_model("wagtailredirects", "Redirect").objects.filter(
        automatically_created=True, redirect_page__isnull=False
    )
    pages = {
        url_path_of(r.old_path, roots): r.redirect_page
        for r in automatic.select_related("redirect_page")
    }
    for url_path, page in pages.items():
        above, _slash, slug = url_path.rstrip("/").rpartition("/")
        at = page_model.objects.filter(url_path=f"{above}/").first() or pages.get(f"{above}/")
        if at is not None and (page.live or page.first_published_at):
            record_model.objects.get_or_create(
                parent_id=at.pk, slug=slug, defaults={"page_id": page.pk, "was_public": True}
            )
    automatic.delete()


def redirect(apps, schema_editor):
    page_model = apps.get_model("wagtailcore", "Page")
    site = apps.get_model("wagtailcore", "Site").objects.filter(is_default_site=True).first()
    redirect_model = apps.get_model("wagtailredirects", "Redirect")
    starts = {root.url_path: before for before, root in roots_of(apps).items()}
    existing = page_model.objects.values("pk")
    public = apps.get_model("branches", "SlugRecord").objects.filter(was_public=True)
    for each in public.filter(page__in=existing, parent__in=existing).select_related(
        "page", "parent"
    ):
        url_path = f"{each.parent.url_path}{each.slug}/"
        start = next((start for start in starts if url_path.startswith(start)), None)
        if url_path != each.page.url_path and start not in (None, url_path):
            redirect_model.objects.get_or_create(
                old_path=f"{starts[start]}/{url_path.removeprefix(start)}".rstrip("/"),
                site=site,
                defaults={"redirect_page": each.page, "automatically_created": True},
            )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("branches", "0005_slug_history"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]
    operations = [migrations.RunPython(record, redirect)]
