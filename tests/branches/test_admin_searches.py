"""The searches of the admin find Chinese: inside a title, in either script, and whole names."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import BranchDocument
from tests.factories import Line, branch_page, make_admin, make_image, make_line, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(make_admin())
    return client


def shown(client: Client, address: str, query: str) -> str:
    response = client.get(address, {"q": query})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("query", ["农安", "安县", "農安縣", "农安县红十字会"])
def test_pages_are_found_in_explorer_and_chooser(client: Client, line: Line, query: str) -> None:
    county, other = branch_page(line.county), branch_page(line.other_county)
    assert county.title != other.title
    for address in (
        reverse("wagtailadmin_pages:search_results"),
        reverse("wagtailadmin_explore_results", args=[branch_page(line.city).pk]),
        reverse("wagtailadmin_choose_page_search"),
    ):
        found = shown(client, address, query)
        assert county.title in found
        assert other.title not in found


@pytest.mark.parametrize("query", ["演练", "防汛演练", "防汛演練"])
@pytest.mark.parametrize("listing", ["wagtailimages:index", "wagtailimages_chooser:choose"])
def test_images_are_found_by_title(client: Client, line: Line, listing: str, query: str) -> None:
    for title in ("防汛演练现场", "献血车"):
        make_image(line.county, title=title)
    found = shown(client, reverse(f"{listing}_results"), query)
    assert "防汛演练现场" in found
    assert "献血车" not in found


@pytest.mark.parametrize("query", ["须知", "献血须知", "獻血須知"])
@pytest.mark.parametrize("listing", ["wagtaildocs:index", "wagtaildocs_chooser:choose"])
def test_documents_are_found_by_title(client: Client, line: Line, listing: str, query: str) -> None:
    for title in ("无偿献血须知", "应急预案"):
        BranchDocument.objects.create(title=title, collection=line.county.collection, file="a.pdf")
    found = shown(client, reverse(f"{listing}_results"), query)
    assert "无偿献血须知" in found
    assert "应急预案" not in found


@pytest.mark.parametrize(
    "query", ["松四方", "松 四方", "松四", "鬆四方", "四方", "songsf", "SONGSF@"]
)
@pytest.mark.parametrize("listing", ["wagtailusers_users:index", "branches_members:index"])
def test_people_are_found_by_name(client: Client, line: Line, listing: str, query: str) -> None:
    make_user(line.county, username="songsf", last_name="松", first_name="四方")
    make_user(line.county, username="hejx", last_name="何", first_name="江心")
    found = shown(client, reverse(listing), query)
    assert "松四方" in found
    assert "何江心" not in found


def test_whoever_is_written_in_traditional_characters_is_found_too(
    client: Client, line: Line
) -> None:
    make_user(line.county, last_name="張", first_name="松江")
    assert "張松江" in shown(client, reverse("wagtailusers_users:index"), "张松江")
    assert "張松江" in shown(client, reverse("branches_members:index"), "张松")
