"""成员: who may say who works for a branch, and that nobody raises the own rights."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from branches import members
from branches.models import Branch, Membership, User
from branches.permissions import scope_of
from tests.factories import Line, make_admin, make_line, make_user

pytestmark = pytest.mark.django_db
Commit = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def line() -> Line:
    return make_line()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"branches_members:{name}", args=args)


def add(client: Client, branch: Branch, username: str, role: str = "editor", **more: str) -> Any:
    data = {"branch": branch.pk, "role": role, "username": username, **more}
    return client.post(at("add"), data)


def works_for(branch: Branch) -> set[str]:
    return set(branch.memberships.values_list("user__username", flat=True))


def test_a_city_gives_its_counties_editors_and_reviewers(line: Line) -> None:
    client = signed_in(make_user(line.city, "reviewer"))
    person = make_user(username="xiaohe")
    add(client, line.county, "xiaohe")
    add(client, line.county, "xiaohe", "reviewer")
    assert set(person.groups.all()) == {line.county.editors, line.county.reviewers}


def test_a_city_adds_a_second_reviewer_of_its_own(line: Line) -> None:
    client = signed_in(make_user(line.city, "reviewer"))
    make_user(username="laoji")
    add(client, line.city, "laoji", "reviewer")
    assert "laoji" in works_for(line.city)


@pytest.mark.parametrize("branch", ["province", "other_city"])
def test_a_city_reaches_nobody_above_or_beside_it(line: Line, branch: str) -> None:
    client = signed_in(make_user(line.city, "reviewer"))
    make_user(username="xiaohe")
    add(client, getattr(line, branch), "xiaohe", "reviewer")
    assert "xiaohe" not in works_for(getattr(line, branch))
    membership = Membership.objects.create(
        user=make_user(), branch=getattr(line, branch), role="editor"
    )
    assert client.post(at("remove", membership.pk)).status_code == 403
    assert client.get(at("person", membership.user_id)).status_code == 403


def test_a_provincial_moderator_reaches_all(line: Line) -> None:
    client = signed_in(make_user(line.province, "reviewer"))
    make_user(username="xiaohe")
    for branch in (line.province, line.other_city, line.other_county):
        add(client, branch, "xiaohe")
        assert "xiaohe" in works_for(branch)


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_a_county_manages_nobody(line: Line, role: str) -> None:
    client = signed_in(make_user(line.county, role))
    other = make_user(line.county, username="xiaohe")
    membership = other.memberships.get()
    for address in (at("index"), at("add"), at("person", other.pk)):
        assert client.get(address).status_code == 403
    for address in (at("remove", membership.pk), at("switch", other.pk)):
        assert client.post(address).status_code == 403
    assert client.post(at("new_password", other.pk)).status_code == 403
    assert at("index") not in client.get("/admin/").content.decode()
    assert "xiaohe" in works_for(line.county)


def test_nobody_changes_the_own_rights(line: Line) -> None:
    city = make_user(line.city, "reviewer")
    client = signed_in(city)
    add(client, line.county, city.username, "reviewer")
    add(client, line.county, city.username.upper(), "reviewer")
    assert city.memberships.count() == 1
    assert client.post(at("remove", city.memberships.get().pk)).status_code == 403
    assert client.post(at("switch", city.pk)).status_code == 403
    assert client.post(at("new_password", city.pk)).status_code == 403


def test_administrators_are_out_of_reach(line: Line) -> None:
    admin = make_admin()
    Membership.objects.create(user=admin, branch=line.county, role="editor")
    client = signed_in(make_user(line.province, "reviewer"))
    add(client, line.city, admin.username)
    assert admin.memberships.count() == 1
    assert client.post(at("remove", admin.memberships.get().pk)).status_code == 403
    assert client.post(at("switch", admin.pk)).status_code == 403
    assert client.post(at("new_password", admin.pk)).status_code == 403


def test_an_account_with_duties_elsewhere_is_not_taken_over(line: Line) -> None:
    """Else a city would get hold of the province by adding its moderator to a county."""
    moderator = make_user(line.province, "reviewer", username="shengji")
    client = signed_in(make_user(line.city, "reviewer"))
    Membership.objects.create(user=moderator, branch=line.county, role="editor")
    assert client.post(at("new_password", moderator.pk)).status_code == 403
    assert client.post(at("switch", moderator.pk)).status_code == 403
    page = client.get(at("person", moderator.pk)).content.decode()
    assert at("switch", moderator.pk) not in page
    assert at("new_password", moderator.pk) not in page


def test_guessing_user_names_tells_nothing_of_people_elsewhere(line: Line) -> None:
    make_user(line.province, "reviewer", username="shengji", last_name="不可外传")
    make_user(line.other_city, username="yanji", last_name="不可外传")
    client = signed_in(make_user(line.city, "reviewer"))
    answers = [
        add(client, line.county, name).content.decode().replace(name, "")
        for name in ("shengji", "yanji", "nobody")
    ]
    assert all("请新建一个，或请省里添加" in answer for answer in answers)
    assert not any("不可外传" in answer for answer in answers)
    assert not works_for(line.county)


def test_who_has_left_is_added_by_another_city_with_the_provinces_word_only(line: Line) -> None:
    person = make_user(line.other_city, username="xiaohe", last_name="不可外传")
    former, city, province = (
        signed_in(make_user(branch, "reviewer"))
        for branch in (line.other_city, line.city, line.province)
    )
    former.post(at("remove", person.memberships.get().pk))
    assert not person.memberships.exists()
    answers = [
        add(city, line.county, name).content.decode().replace(name, "")
        for name in ("xiaohe", "nobody")
    ]
    assert all("请新建一个，或请省里添加" in answer for answer in answers)
    assert not any("不可外传" in answer for answer in answers)
    assert city.get(at("person", person.pk)).status_code == 403
    assert not works_for(line.county)
    add(province, line.county, "xiaohe")
    assert works_for(line.county) == {"xiaohe"}
    add(city, line.other_county, "xiaohe")
    assert works_for(line.other_county) == {"xiaohe"}


def test_the_line_that_somebody_left_takes_them_back(line: Line) -> None:
    make_user(line.county, username="xiaohe").memberships.all().delete()
    city = signed_in(make_user(line.city, "reviewer"))
    add(city, line.other_county, "xiaohe", "reviewer")
    assert works_for(line.other_county) == {"xiaohe"}


def test_no_door_but_the_form_enlists_who_has_left_either(line: Line) -> None:
    person = make_user(line.other_city)
    person.memberships.all().delete()
    person = User.objects.get(pk=person.pk)
    joining = Membership(user=person, branch=line.county, role="editor")
    with pytest.raises(PermissionDenied):
        members.join(joining, make_user(line.city, "reviewer"))


def test_who_works_in_reach_gets_one_more_duty(line: Line) -> None:
    make_user(line.county, username="xiaohe")
    client = signed_in(make_user(line.city, "reviewer"))
    add(client, line.other_county, "xiaohe")
    assert works_for(line.other_county) == {"xiaohe"}


def test_a_new_account_gets_a_letter_and_sets_a_password_once(
    line: Line, django_capture_on_commit_callbacks: Commit
) -> None:
    client = signed_in(make_user(line.city, "reviewer"))
    with django_capture_on_commit_callbacks(execute=True):
        add(
            client,
            line.county,
            "xinren",
            last_name="田",
            first_name="小禾",
            email="xinren@example.org",
        )
    person = User.objects.get(username="xinren")
    assert str(person) == "田小禾"
    assert not person.has_usable_password()
    (letter,) = mail.outbox
    assert letter.to == ["xinren@example.org"]
    link = re.search(r"http://[^/]+(/admin/password_reset/\S+)", letter.body)
    assert link
    browser = Client()
    form = browser.get(link[1], follow=True)
    password = {"new_password1": "songhuajiang-2026", "new_password2": "songhuajiang-2026"}
    browser.post(form.redirect_chain[-1][0], password)
    assert browser.login(username="xinren", password="songhuajiang-2026")
    assert link[1] not in client.get(at("person", person.pk)).content.decode()
    assert not Client().get(link[1], follow=True).redirect_chain  # it worked once


def test_without_a_letter_the_link_is_shown_once(line: Line) -> None:
    client = signed_in(make_user(line.city, "reviewer"))
    response = add(client, line.county, "xinren", last_name="田", first_name="小禾")
    assert "/password_reset/" in client.get(response.headers["Location"]).content.decode()
    assert "/password_reset/" not in client.get(response.headers["Location"]).content.decode()


def test_a_name_that_nobody_has_needs_the_name_of_a_person(line: Line) -> None:
    client = signed_in(make_user(line.city, "reviewer"))
    assert "没有找到可以添加的账号" in add(client, line.county, "xinren").content.decode()
    assert not User.objects.filter(username="xinren").exists()


def test_who_leaves_loses_the_rights_at_once(line: Line) -> None:
    person = make_user(line.county)
    client = signed_in(make_user(line.city, "reviewer"))
    client.post(at("remove", person.memberships.get().pk))
    assert not person.groups.exists()
    assert not scope_of(User.objects.get(pk=person.pk)).edits


def test_a_deactivated_account_signs_in_no_more_until_activated(line: Line) -> None:
    person = make_user(line.county)
    client = signed_in(make_user(line.city, "reviewer"))
    client.post(at("switch", person.pk))
    assert not Client().login(username=person.username, password="secret")
    client.post(at("switch", person.pk))
    assert Client().login(username=person.username, password="secret")


def test_the_list_shows_the_own_people_and_who_is_missing(line: Line) -> None:
    make_user(line.county, username="xiaohe")
    make_user(line.other_city, username="yanji")
    client = signed_in(make_user(line.city, "reviewer"))
    body = client.get(at("index")).content.decode()
    assert "xiaohe" in body
    assert "yanji" not in body
    assert f"{at('add')}?branch={line.other_county.pk}" in body
    assert f"{at('add')}?branch={line.other_city.pk}" not in body
    assert "xiaohe" not in client.get(at("index"), {"q": "榆树"}).content.decode()


@pytest.mark.parametrize("path", ["/admin/users/", "/admin/groups/"])
def test_wagtails_own_editors_of_users_are_closed(line: Line, path: str) -> None:
    for branch in (line.city, line.province):
        client = signed_in(make_user(branch, "reviewer"))
        assert client.get(path).status_code in (302, 403, 404)
        assert path not in client.get("/admin/").content.decode()
