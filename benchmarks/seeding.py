"""Fills a scratch database with as many branches and pieces as a benchmark asks for, quickly."""

from __future__ import annotations

import datetime
import itertools
import json
import uuid
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from django.db import connection
from PIL import Image as PillowImage
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from branches.models import Branch, BranchImage, BranchPage
from branches.provisioning import provision
from stories.models import (
    ContentPage,
    ExplainerPage,
    ExplainerSection,
    NewsPage,
    NewsSection,
    StoryPage,
    StorySection,
    Topic,
)

PARAGRAPH = "<p>" + "教室外的走廊里，八个人跪成一排，数着数，按着同一个节拍。" * 6 + "</p>"
PARAGRAPHS = 8
CITIES = 10
FEATURED_OF = 8
DAYS = 900
#: Page type, its section, and how many of a hundred pieces are of it.
TYPES = (
    (StoryPage, StorySection, 60),
    (NewsPage, NewsSection, 30),
    (ExplainerPage, ExplainerSection, 10),
)


def make_branches(count: int) -> list[Branch]:
    """A province, cities below it, and counties below those: `count` in all."""
    province = make_branch("jilin", None)
    cities = [make_branch(f"city-{n}", province) for n in range(min(CITIES, count - 1))]
    above = itertools.cycle(cities)
    counties = [make_branch(f"county-{n}", next(above)) for n in range(count - 1 - len(cities))]
    return [province, *cities, *counties]


def make_branch(slug: str, parent: Branch | None) -> Branch:
    levels = list(Branch.Level)
    level = levels[levels.index(Branch.Level(parent.level)) + 1] if parent else levels[0]
    branch = Branch(
        code=slug[-12:], slug=slug, name=slug, division=slug, level=level, parent=parent
    )
    branch.save()
    provision(branch)
    return branch


def make_image(branch: Branch) -> BranchImage:
    buffer = BytesIO()
    PillowImage.new("RGB", (1600, 1000), (180, 90, 60)).save(buffer, "JPEG")
    return BranchImage.objects.create(
        title="picture",
        description="一张图片",
        file=ImageFile(BytesIO(buffer.getvalue()), name="picture.jpg"),
        collection=branch.media_collection,
    )


def make_pieces(branch: Branch, count: int, image: BranchImage) -> None:
    """About `count` public pieces of `branch`, of all types, each with a picture.

    The first of each type is made as an officer's is; its rows are then copied.
    """
    home = BranchPage.objects.get(branch=branch)
    for model, section_model, share in TYPES:
        section = section_model.objects.child_of(home).get()
        wanted = max(count * share // 100, 1)
        copy_rows(make_piece(section, model, image), wanted - 1)
        Page.objects.filter(pk=section.pk).update(numchild=wanted)


def make_piece(section: Page, model: type[ContentPage], image: BranchImage) -> ContentPage:
    piece = model(
        title=f"{section.title}里的一篇",
        summary="一两句话说清楚写了什么，" * 4,
        body=json.dumps([{"type": "text", "value": PARAGRAPH} for _n in range(PARAGRAPHS)]),
        lead_image=image,
        live=False,
        **({"answer": "能。"} if model is ExplainerPage else {}),
    )
    section.add_child(instance=piece)
    piece.topics.set([Topic.objects.get(slug="first-aid")])
    piece.save()
    PublishPageRevisionAction(piece.save_revision()).execute(skip_permission_checks=True)
    return model.objects.get(pk=piece.pk)


def copy_rows(piece: ContentPage, count: int) -> None:
    """Copy the rows of `piece` in each of its tables, `count` times."""
    last = Page.objects.order_by("-pk")[0].pk
    keys = range(last + 1, last + 1 + count)
    pages, contents = row_of(Page, piece.pk), row_of(ContentPage, piece.pk)
    own = row_of(type(piece), piece.pk)
    insert(Page, (page_values(pages, piece, key, n) for n, key in enumerate(keys, start=2)))
    insert(ContentPage, (content_values(contents, key, n) for n, key in enumerate(keys, start=1)))
    insert(type(piece), ({**own, "contentpage_ptr_id": key} for key in keys))
    through = ContentPage.topics.through
    topic = piece.topics.get()
    through.objects.bulk_create(through(contentpage_id=key, topic_id=topic.pk) for key in keys)


def page_values(row: dict[str, Any], piece: ContentPage, key: int, number: int) -> dict[str, Any]:
    slug = f"{piece.slug}-{number}"
    path = piece._get_path(piece.path[: -piece.steplen], piece.depth, number)
    place = piece.url_path.removesuffix(f"{piece.slug}/")
    own = {"id": key, "path": path, "slug": slug, "url_path": f"{place}{slug}/"}
    unique = uuid.uuid4()
    translation_key = unique.hex if connection.vendor == "sqlite" else unique
    return {**row, **own, "translation_key": translation_key}


def content_values(row: dict[str, Any], key: int, number: int) -> dict[str, Any]:
    day = datetime.date(2026, 11, 1) - datetime.timedelta(days=number % DAYS)
    featured = number % FEATURED_OF == 0
    dates = {"date": day.isoformat(), "listed_on": day.isoformat(), "year": day.year}
    return {**row, **dates, "page_ptr_id": key, "featured": featured}


def row_of(model: type[Page], key: int) -> dict[str, Any]:
    """The row of `model`'s own table with `key`, as the database holds it."""
    columns = [field.column for field in model._meta.local_concrete_fields]
    names, table = ", ".join(map(quote, columns)), quote(model._meta.db_table)
    statement = f"SELECT {names} FROM {table} WHERE {quote(key_column(model))} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])
        return dict(zip(columns, cursor.fetchone(), strict=True))


def key_column(model: type[Page]) -> str:
    key = model._meta.pk
    return str(key.column) if key else "id"


def insert(model: type[Page], rows: Iterable[dict[str, Any]]) -> None:
    values = list(rows)
    if not values:
        return
    names = ", ".join(quote(column) for column in values[0])
    places = ", ".join(["%s"] * len(values[0]))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, [list(row.values()) for row in values])


def quote(name: str) -> str:
    return connection.ops.quote_name(name)
