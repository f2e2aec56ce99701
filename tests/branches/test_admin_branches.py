"""分会: added, changed, opened in a language and closed by the province; kept up by reviewers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from branches.models import Branch, BranchImage, BranchPage, Service, User
from tests.factories import (
    Line,
    branch_page,
    make_admin,
    make_image,
    make_line,
    make_piece,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def province(line: Line) -> Client:
    """The browser of a provincial moderator."""
    return signed_in(make_user(line.province, "reviewer"))


def at(name: str, *args: Any) -> str:
    return reverse(f"branches_branches:{name}", args=args)


def form_of(line: Line, **changes: Any) -> dict[str, Any]:
    return {
        "code": "220183",
        "level": "county",
        "parent": line.city.pk,
        "division": "德惠市",
        "name": "德惠市红十字会",
        "slug": "dehui",
        "name_ko": "더후이시 적십자회",
    } | changes


def test_a_branch_is_added_with_all_that_it_needs(line: Line, province: Client) -> None:
    province.post(at("add"), form_of(line))
    branch = Branch.objects.get(code="220183")
    assert branch.names == {"ko": "더후이시 적십자회"}
    assert branch.editors and branch.reviewers and branch.media_collection
    assert Client().get("/changchun/dehui/").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("slug", "nongan", "已存在"),
        ("slug", "admin", "网站自用的地址"),
        ("code", "220122", "已存在"),
        ("parent", "", "请选择上级"),
    ],
)
def test_a_bad_branch_is_not_added(
    line: Line, province: Client, field: str, value: str, message: str
) -> None:
    response = province.post(at("add"), form_of(line, **{field: value}))
    assert message in response.content.decode()
    assert not Branch.objects.filter(division="德惠市").exists()


def test_a_change_is_carried_through_and_the_old_address_redirects(
    line: Line, province: Client, django_capture_on_commit_callbacks: Any
) -> None:
    data = form_of(line, division="农安市", name="农安市红十字会", slug="nonganshi", code="x")
    data["parent"] = line.other_city.pk
    with django_capture_on_commit_callbacks(execute=True):
        province.post(at("edit", line.county.pk), data)
    branch = Branch.objects.get(pk=line.county.pk)
    assert branch.code == line.county.code
    assert branch_page(branch).title == "农安市红十字会"
    assert Client().get("/yanbian/nonganshi/").status_code == 200
    old = Client().get("/changchun/nongan/")
    assert old.status_code == 301
    assert old.headers["Location"].endswith("/yanbian/nonganshi/")


@pytest.mark.parametrize("text", ["农安", "nongan", "nax", "220122"])
def test_branches_are_found_by_name_pinyin_and_code(
    line: Line, province: Client, text: str
) -> None:
    body = province.get(at("index"), {"q": text}).content.decode()
    assert "农安县红十字会" in body
    assert "榆树市红十字会" not in body


def test_the_list_shows_what_each_branch_has_public(line: Line, province: Client) -> None:
    make_piece(line.county)
    make_piece(line.county)
    make_piece(line.county, live=False)
    states = province.get(at("index")).context["states"]
    texts = {state.branch.division: state.texts for state in states}
    assert texts == {"吉林省": 0, "长春市": 0, "农安县": 2, "榆树市": 0, "延边朝鲜族自治州": 0}


def test_a_branch_is_opened_in_a_language_with_those_above(line: Line, province: Client) -> None:
    address = at("open_language", line.county.pk, "ko")
    assert province.get(address).status_code == 405
    province.post(address)
    korean = BranchPage.objects.filter(locale__language_code="ko")
    assert {page.branch for page in korean} == {line.province, line.city, line.county}
    assert Client().get("/ko/changchun/nongan/").status_code == 200
    assert province.post(at("open_language", line.county.pk, "xx")).status_code == 403


def close(client: Client, branch: Branch, successor: Branch | None) -> Any:
    data = {"successor": successor.pk if successor else "", "closed_on": "2026-11-01"}
    return client.post(at("close", branch.pk), data)


def test_a_closed_branch_stays_readable_and_its_editors_write_no_more(
    line: Line, province: Client
) -> None:
    editor = make_user(line.county)
    piece = make_piece(line.county, owner=editor)
    close(province, line.county, line.other_county)
    branch = Branch.objects.get(pk=line.county.pk)
    assert (branch.is_closed, branch.successor) == (True, line.other_county)
    assert str(branch.closed_on) == "2026-11-01"
    assert Client().get(piece.url).status_code == 200
    writer = signed_in(User.objects.get(pk=editor.pk))
    assert writer.get(reverse("wagtailadmin_pages:edit", args=(piece.pk,))).status_code != 200
    entry = ModelLogEntry.objects.get(action="branches.close")
    assert entry.object_id == str(branch.pk)
    province.post(at("reopen", branch.pk))
    assert writer.get(reverse("wagtailadmin_pages:edit", args=(piece.pk,))).status_code == 200
    assert Branch.objects.get(pk=branch.pk).successor is None


def test_a_branch_is_closed_only_with_a_successor_and_without_open_branches_below(
    line: Line, province: Client
) -> None:
    close(province, line.county, None)
    close(province, line.county, line.county)
    response = close(province, line.city, line.other_city)
    assert "还有开放的下级" in response.content.decode()
    response = close(province, line.province, line.city)
    assert "不能撤并" in response.content.decode()
    assert not Branch.objects.filter(status="closed").exists()


@pytest.mark.parametrize(("branch", "role"), [("city", "reviewer"), ("county", "editor")])
def test_only_the_province_adds_changes_and_closes(line: Line, branch: str, role: str) -> None:
    client = signed_in(make_user(getattr(line, branch), role))
    key = line.county.pk
    for address in (at("add"), at("edit", key), at("close", key)):
        assert client.get(address).status_code == 403
        assert client.post(address, form_of(line)).status_code == 403
    for address in (at("open_language", key, "ko"), at("reopen", key)):
        assert client.post(address).status_code == 403
    assert Branch.objects.count() == 5
    assert not BranchPage.objects.filter(locale__language_code="ko").exists()


def test_nobody_deletes_a_branch(line: Line) -> None:
    client = signed_in(make_admin())
    for name in ("delete", "edit/delete"):
        assert client.post(f"/admin/branches/{line.county.pk}/{name}/").status_code == 404


def test_reviewers_keep_the_contacts_of_their_branches(line: Line) -> None:
    client = signed_in(make_user(line.city, "reviewer"))
    data = {"phone": "0431-1234", "officer": "田小禾", "slug": "geaendert", "status": "closed"}
    for branch in (line.city, line.county):
        client.post(at("profile", branch.pk), data)
        branch.refresh_from_db()
        assert (branch.phone, branch.officer) == ("0431-1234", "田小禾")
        assert branch.status == "open"
    assert line.county.slug == "nongan"
    for branch in (line.province, line.other_city):
        assert client.get(at("profile", branch.pk)).status_code == 403
        assert client.post(at("profile", branch.pk), data).status_code == 403


def test_editors_do_not(line: Line) -> None:
    client = signed_in(make_user(line.county))
    assert client.get(at("index")).status_code == 403
    assert client.post(at("profile", line.county.pk), {"phone": "1"}).status_code == 403
    services = at("services", line.county.pk, "zh-hans")
    assert client.post(services, {"learn-title": "学急救"}).status_code == 403
    assert not Service.objects.exists()


def test_the_list_of_a_reviewer_ends_at_the_own_branches(line: Line) -> None:
    body = signed_in(make_user(line.city, "reviewer")).get(at("index")).content.decode()
    assert "农安县红十字会" in body
    assert "延边朝鲜族自治州红十字会" not in body
    assert at("add") not in body


def test_a_logo_is_a_picture_that_the_reviewer_may_choose_and_becomes_public(line: Line) -> None:
    client = signed_in(make_user(line.county, "reviewer"))
    own, foreign = make_image(line.county), make_image(line.other_city)
    client.post(at("profile", line.county.pk), {"logo": foreign.pk})
    assert Branch.objects.get(pk=line.county.pk).logo is None
    client.post(at("profile", line.county.pk), {"logo": own.pk})
    assert Branch.objects.get(pk=line.county.pk).logo == own
    assert BranchImage.objects.get(pk=own.pk).is_public
    client.post(at("profile", line.county.pk), {"logo": ""})
    assert not BranchImage.objects.get(pk=own.pk).is_public


def test_services_are_said_by_the_branch_or_left_to_the_one_above(line: Line) -> None:
    client = signed_in(make_user(line.county, "reviewer"))
    address = at("services", line.county.pk, "zh-hans")
    learn = {"learn-title": "学急救", "learn-lead": "每月一期。", "learn-steps": "打电话\n来上课"}
    client.post(address, learn)
    (service,) = Service.objects.all()
    assert (service.branch, service.kind, service.step_list) == (
        line.county,
        "learn",
        ["打电话", "来上课"],
    )
    client.post(address, {"learn-title": "学急救"})
    assert Service.objects.get().lead == "每月一期。"
    too_many = learn | {"learn-steps": "\n".join("123456")}
    assert "最多五步" in client.post(address, too_many).content.decode()
    client.post(address, {})
    assert not Service.objects.exists()
    assert client.get(at("services", line.county.pk, "ko")).status_code == 404
