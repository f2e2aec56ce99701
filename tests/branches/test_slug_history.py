"""An address is given once: no second piece, branch or section ever stands where another stood."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from wagtail.models import Locale

from branches.import_file import ImportFaults
from branches.importing import import_branches
from branches.models import Branch
from branches.provisioning import provision
from stories.models import NewsPage, StoryPage, StorySection
from tests.branches.forms import story_form
from tests.factories import Line, make_admin, make_line, make_piece, make_user, section
from tests.home.public_site import _nothing_cached, kept_for_module

__all__ = ["_nothing_cached", "kept_for_module"]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def write(line: Line, title: str = "新写的故事") -> StoryPage:
    """A new piece of the county, as its officer makes it."""
    editor = signed_in(make_user(line.county))
    parent = section(line.county)
    editor.post(f"/admin/pages/add/stories/storypage/{parent.pk}/", story_form(title=title))
    return StoryPage.objects.latest("pk")


def move(piece: StoryPage, branch: Branch, *others: StoryPage) -> StoryPage:
    """Move `piece` by its own screen, or with `others` by that of many."""
    target = section(branch)
    admin = signed_in(make_admin())
    if others:
        keys = "&".join(f"id={each.pk}" for each in (piece, *others))
        admin.post(f"/admin/bulk/wagtailcore/page/move/?{keys}", {"chooser": target.pk})
    else:
        admin.post(f"/admin/pages/{piece.pk}/move/{target.pk}/confirm/")
    return StoryPage.objects.get(pk=piece.pk)


def delete(piece: StoryPage) -> None:
    signed_in(make_admin()).post(f"/admin/pages/{piece.pk}/delete/", {"confirm_site_name": ""})
    assert not StoryPage.objects.filter(pk=piece.pk).exists()


def test_the_number_of_a_deleted_draft_is_not_given_again(line: Line) -> None:
    first, second = write(line), write(line)
    assert second.slug == f"{first.slug}-2"
    delete(second)
    delete(first)
    assert write(line).slug == f"{first.slug}-3"


def test_what_was_public_and_is_deleted_stays_missing(line: Line) -> None:
    piece = make_piece(line.county)
    address = piece.url
    piece.unpublish()
    delete(piece)
    assert Client().get(address).status_code == 404
    assert make_piece(line.county, title="另一篇").url != address
    assert Client().get(address).status_code == 404


def test_nor_are_the_numbers_of_what_is_deleted_together(line: Line) -> None:
    drafts = [write(line), write(line)]
    keys = "&".join(f"id={draft.pk}" for draft in drafts)
    signed_in(make_admin()).post(f"/admin/bulk/wagtailcore/page/delete/?{keys}", {"confirm": "y"})
    assert not StoryPage.objects.exists()
    assert write(line).slug == f"{drafts[0].slug}-3"


def test_the_number_of_what_moved_away_is_not_given_again(line: Line) -> None:
    piece = make_piece(line.county, title="搬走的")
    address = piece.url
    move(piece, line.other_county)
    following = make_piece(line.county, title="后来的")
    assert following.url != address
    assert Client().get(address, follow=True).context["page"].title == "搬走的"


def test_who_moves_back_has_the_own_number_again(line: Line) -> None:
    make_piece(line.other_county)
    piece = make_piece(line.county)
    address = piece.url
    moved = move(piece, line.other_county)
    assert moved.slug != piece.slug
    make_piece(line.county)
    assert move(moved, line.county).url == address
    assert Client().get(address).status_code == 200
    back = Client().get(moved.url)
    assert (back.status_code, back["Location"]) == (301, address)


def test_a_piece_gives_way_to_one_that_was_there_and_is_gone(line: Line) -> None:
    gone = make_piece(line.other_county)
    piece = make_piece(line.county)
    assert piece.slug == gone.slug
    address = gone.url
    gone.unpublish()
    delete(gone)
    assert move(piece, line.other_county).url != address
    assert Client().get(address).status_code == 404


def test_many_that_move_together_each_have_a_number(line: Line) -> None:
    there = make_piece(line.other_county, title="原来就在")
    pieces = [make_piece(line.county), make_piece(line.city)]
    assert {piece.slug for piece in pieces} == {there.slug}
    move(pieces[0], line.other_county, pieces[1])
    slugs = StoryPage.objects.filter(branch=line.other_county).values_list("slug", flat=True)
    assert len(set(slugs)) == 3
    for piece in pieces:
        assert Client().get(piece.url, follow=True).context["page"].pk == piece.pk


def test_a_copy_takes_no_number_that_another_had(line: Line) -> None:
    gone, piece = make_piece(line.county), make_piece(line.county)
    gone.unpublish()
    delete(gone)
    data = {"new_title": "副本", "new_parent_page": piece.get_parent().pk}
    for slug in (gone.slug, "feed", "shared"):
        signed_in(make_admin()).post(f"/admin/pages/{piece.pk}/copy/", {**data, "new_slug": slug})
    copies = StoryPage.objects.filter(title="副本")
    assert copies.count() == 3
    assert not copies.filter(slug__in=[gone.slug, "feed", "shared"]).exists()


def test_sections_and_languages_number_for_themselves(line: Line) -> None:
    provision(line.county, Locale.objects.create(language_code="ko"))
    story = make_piece(line.county)
    korean = StoryPage(title="이야기", live=False)
    StorySection.objects.get(branch=line.county, locale__language_code="ko").add_child(
        instance=korean
    )
    assert make_piece(line.county, NewsPage).slug == story.slug == korean.slug


def test_two_whose_forms_were_told_the_same_number_are_told_apart(line: Line) -> None:
    parent = section(line.county)
    pieces = [StoryPage(title=title, live=False) for title in ("甲", "乙")]
    for piece in pieces:
        piece._cached_parent_obj = parent
        piece.minimal_clean()
    assert pieces[0].slug == pieces[1].slug
    for piece in pieces:
        parent.add_child(instance=piece)
    assert pieces[1].slug == f"{pieces[0].slug}-2"


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="test_on_postgres.py runs this on PostgreSQL"
)
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_who_write_at_once_have_each_a_number(django_db_blocker: Any) -> None:
    parent = section(make_line().county)
    start = Barrier(4)

    def add(name: str) -> list[str]:
        with django_db_blocker.unblock():
            start.wait()
            pieces = [StoryPage(title=f"{name}{n}", live=False) for n in range(3)]
            for piece in pieces:
                parent.add_child(instance=piece)
            connections.close_all()
        return [piece.slug for piece in pieces]

    with ThreadPoolExecutor(4) as writers:
        slugs = list(itertools.chain.from_iterable(writers.map(add, "甲乙丙丁")))
    assert len(set(slugs)) == 12
    assert StoryPage.objects.count() == 12


def branch_form(branch: Branch, slug: str) -> dict[str, Any]:
    names = ("level", "code", "division", "name")
    return {name: getattr(branch, name) for name in names} | {
        "parent": branch.parent_id,
        "slug": slug,
    }


def rename(branch: Branch, slug: str) -> Any:
    admin = signed_in(make_admin())
    return admin.post(f"/admin/branches/{branch.pk}/", branch_form(branch, slug))


def test_the_name_of_a_branch_is_not_given_to_another(line: Line, tmp_path: Path) -> None:
    rename(line.county, "nonganxian")
    refused = rename(line.other_county, "nongan")
    assert "“nongan”以前是农安县红十字会的网址名" in refused.content.decode()
    row = "220183,220100,county,德惠市,德惠市红十字会,nongan"
    file = tmp_path / "branches.csv"
    file.write_text(f"code,parent_code,level,division,name_zh,slug\n{row}\n", encoding="utf-8")
    with pytest.raises(ImportFaults, match="以前是农安县红十字会的网址名"):
        import_branches(file)
    assert set(Branch.objects.filter(level="county").values_list("slug", flat=True)) == {
        "nonganxian",
        "yushu",
    }


def test_a_branch_may_have_its_own_name_back(line: Line) -> None:
    rename(line.county, "nonganxian")
    assert rename(Branch.objects.get(pk=line.county.pk), "nongan").status_code == 302
    assert Client().get("/changchun/nongan/").status_code == 200
    assert Client().get("/changchun/nonganxian/")["Location"] == "/changchun/nongan/"


def test_a_section_that_is_made_again_goes_on_counting(line: Line) -> None:
    piece = make_piece(line.county)
    StorySection.objects.get(pk=section(line.county).pk).delete()
    provision(line.county)
    assert make_piece(line.county).slug == f"{piece.slug}-2"
    assert Client().get(piece.url).status_code == 404
