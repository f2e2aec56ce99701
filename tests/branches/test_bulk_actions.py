"""Bulk actions do and refuse what the screens for one do and refuse."""

from __future__ import annotations

from typing import Any
from unittest import mock

from django.test import Client
from wagtail.models import ModelLogEntry, PageLogEntry

from branches.models import BranchDocument, BranchImage, User
from stories.models import StoryPage
from tests.branches.scene import SECRET, Scene, WithPlainErrors, make_document, make_scene
from tests.factories import make_image, make_piece, make_user, section


def at(model: str, action: str, *ids: object, **query: object) -> str:
    app = "wagtailcore" if model == "page" else "branches"
    asked = [f"id={key}" for key in ids] + [f"{name}={value}" for name, value in query.items()]
    return f"/admin/bulk/{app}/{model}/{action}/?{'&'.join(asked)}"


class Bulk(WithPlainErrors):
    scene: Scene

    @classmethod
    def setUpTestData(cls) -> None:
        cls.scene = make_scene()

    def client_of(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def again(self, piece: StoryPage) -> StoryPage:
        return StoryPage.objects.get(pk=piece.pk)


class Pages(Bulk):
    def test_all_of_a_list_names_nothing_out_of_reach(self) -> None:
        theirs = section(self.scene.theirs.branch)
        above = theirs.get_parent().get_parent()
        parents: list[dict[str, object]] = [{}, {"q": SECRET}]
        for place in (theirs, above, above.get_parent()):
            parents += [{"childOf": place.pk}, {"childOf": place.pk, "q": SECRET}]
        for who, user in self.scene.outsiders.items():
            client = self.client_of(user)
            for query in parents:
                for action in ("delete", "move", "publish", "unpublish"):
                    response = client.get(at("page", action, "all", **query))
                    assert response.status_code in (302, 404), (who, query)
                    assert SECRET not in response.content.decode()

    def test_all_of_ones_own_list_is_chosen(self) -> None:
        mine = self.scene.mine
        client = self.client_of(self.scene.outsiders["editor of a county"])
        address = at("page", "delete", "all", childOf=mine.get_parent().pk)
        assert mine.title in client.get(address).content.decode()
        client.post(address)
        assert not StoryPage.objects.filter(pk=mine.pk).exists()

    def test_what_no_row_can_be_is_not_found(self) -> None:
        client = self.client_of(self.scene.admin)
        for address in (
            at("page", "delete", "x"),
            at("page", "delete", "all", childOf="x"),
            at("page", "delete", "all", childOf=2**70),
            at("page", "delete", "all", childOf=10**9),
            at("branchimage", "delete", "x"),
            at("user", "delete", "x"),
        ):
            assert client.get(address).status_code == 404, address

    def test_pieces_move_though_their_numbers_are_taken(self) -> None:
        line, city = self.scene.line, self.scene.city_reviewer
        pieces = [make_piece(line.county, slug=f"20261123-{n}", live=False) for n in (1, 2)]
        taken = make_piece(line.other_county, slug="20261123-1")
        target = section(line.other_county)
        address = at("page", "move", *(piece.pk for piece in pieces))
        assert self.client_of(city).post(address, {"chooser": target.pk}).status_code == 302
        moved = [self.again(piece) for piece in pieces]
        assert all(piece.branch == line.other_county for piece in moved)
        assert len({piece.slug for piece in (*moved, taken)}) == 3
        assert moved[1].slug == "20261123-2"

    def test_what_may_not_move_by_itself_does_not_move_with_others(self) -> None:
        line = self.scene.line
        waiting = make_piece(line.county, live=False, slug="20261123-1")
        waiting.get_workflow().start(waiting, self.scene.outsiders["editor of a county"])
        make_piece(line.other_county, slug="20261123-1")
        target = section(line.other_county)
        for user in (self.scene.city_reviewer, *self.scene.outsiders.values()):
            self.client_of(user).post(at("page", "move", waiting.pk), {"chooser": target.pk})
            assert self.again(waiting).branch == line.county

    def test_drafts_are_deleted_as_each_is_and_public_ones_are_not(self) -> None:
        live = make_piece(self.scene.line.county)
        client = self.client_of(make_user(self.scene.line.county, "reviewer"))
        client.post(at("page", "delete", self.scene.mine.pk, live.pk))
        assert StoryPage.objects.filter(pk=live.pk).exists()
        assert not StoryPage.objects.filter(pk=self.scene.mine.pk).exists()
        assert PageLogEntry.objects.filter(
            action="wagtail.delete", page_id=self.scene.mine.pk
        ).exists()


class Users(Bulk):
    def test_only_administrators_change_many(self) -> None:
        target = self.scene.theirs.editor
        group = self.scene.line.county.reviewers
        people = {**self.scene.outsiders, "city": self.scene.city_reviewer}
        people["province"] = make_user(self.scene.line.province, "reviewer")
        for who, user in people.items():
            client = self.client_of(user)
            for action, data in (
                ("delete", {}),
                ("set_active_state", {"mark_as_active": "False"}),
                ("assign_role", {"role": group.pk}),
            ):
                for ids in ((target.pk,), ("all",)):
                    response = client.post(at("user", action, *ids), data)
                    assert response.status_code in (302, 403, 404), who
                    assert SECRET not in response.content.decode()
        target.refresh_from_db()
        assert target.is_active
        assert group not in target.groups.all()

    def test_many_are_deactivated_and_it_is_logged_for_each(self) -> None:
        people = [make_user(self.scene.line.county) for _number in range(2)]
        admin = self.scene.admin
        address = at("user", "set_active_state", admin.pk, *(person.pk for person in people))
        self.client_of(admin).post(address, {"mark_as_active": "False"})
        assert not User.objects.filter(pk__in=[p.pk for p in people], is_active=True).exists()
        assert User.objects.get(pk=admin.pk).is_active
        logged = ModelLogEntry.objects.filter(action="branches.deactivate", user=admin)
        assert set(logged.values_list("object_id", flat=True)) == {str(p.pk) for p in people}

    def test_who_is_deleted_leaves_no_rights_behind(self) -> None:
        person = make_user(self.scene.line.county, "reviewer")
        address = at("user", "delete", person.pk)
        self.client_of(self.scene.admin).post(address)
        assert not User.objects.filter(pk=person.pk).exists()
        assert not self.scene.line.county.memberships.filter(user_id=person.pk).exists()
        assert not self.scene.line.county.reviewers.user_set.filter(pk=person.pk).exists()


class Files(Bulk):
    def test_what_changes_its_collection_is_indexed_and_logged_as_one_by_one(self) -> None:
        city = self.scene.city_reviewer
        line = self.scene.line
        files: list[Any] = [make_image(line.county, city), make_document(line.county, city)]
        for model, file in zip(("branchimage", "branchdocument"), files, strict=True):
            with mock.patch("branches.admin.bulk_actions.index.insert_or_update_object") as indexed:
                address = at(model, "add_to_collection", file.pk)
                target = line.other_county.media_collection_id
                self.client_of(city).post(address, {"collection": target})
            (call,) = indexed.call_args_list
            assert (call.args[0], call.args[0].collection_id) == (file, target)
            assert ModelLogEntry.objects.filter(
                action="wagtail.edit", object_id=str(file.pk), user=city
            ).exists()

    def test_tags_are_closed_in_bulk_as_in_the_forms(self) -> None:
        for user in (self.scene.admin, self.scene.city_reviewer):
            for model in ("branchimage", "branchdocument"):
                response = self.client_of(user).get(at(model, "add_tags", 1))
                assert response.status_code == 404

    def test_a_public_file_stays_and_those_chosen_with_it_go(self) -> None:
        city, county = self.scene.city_reviewer, self.scene.line.county
        user = make_user(county)
        for model, make in ((BranchImage, make_image), (BranchDocument, make_document)):
            public, private = make(county, user), make(county, user)
            model.objects.filter(pk=public.pk).update(is_public=True)
            address = at(model._meta.model_name or "", "delete", public.pk, private.pk)
            for client in (self.client_of(user), self.client_of(city)):
                assert client.post(address).status_code in (302, 403)
            assert list(model.objects.filter(pk__in=(public.pk, private.pk))) == [public]
