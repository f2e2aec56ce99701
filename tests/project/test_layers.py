"""Apps refer only downward: home → stories → branches → search."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project import layers

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Four apps with nothing in them."""
    for app in layers.APPS:
        (tmp_path / app).mkdir()
    return tmp_path


def test_no_app_refers_upward() -> None:
    assert [str(reference) for reference in layers.upward_references(ROOT)] == []


def test_no_app_names_a_page_type_of_an_upper_one() -> None:
    assert layers.upper_page_types_named(ROOT) == []


def test_no_module_is_a_dumping_ground() -> None:
    assert layers.dumping_grounds(ROOT) == []


def test_config_and_launcher_import_no_app() -> None:
    imports = [
        reference
        for folder in (ROOT / "site" / "config", ROOT / "site" / "launch")
        for file in folder.rglob("*.py")
        for reference in layers.references_in_python(file)
        if f"import {reference.text}" in (source := file.read_text(encoding="utf-8"))
        or f"from {reference.text} " in source
    ]
    assert imports == []


def test_site_is_no_package() -> None:
    """``site`` is a module of the standard library and must not be shadowed."""
    assert not (ROOT / "site" / "__init__.py").exists()


@pytest.mark.parametrize(
    ("app", "source"),
    [
        ("stories", "import home.portal"),
        ("branches", "from stories.models import StoryPage"),
        ("search", "def late():\n    from branches import querysets"),
        ("branches", "parent_page_types = ['stories.StoryPage']"),
        ("search", "model = apps.get_model('branches.Branch')"),
        ("stories", "view = 'home.views.page_not_found'"),
    ],
)
def test_upward_python_is_found(project: Path, app: str, source: str) -> None:
    (project / app / "module.py").write_text(source, encoding="utf-8")
    assert len(layers.upward_references(project)) == 1


@pytest.mark.parametrize(
    "source",
    ['{% include "stories/card.html" %}', "{% extends 'home/base.html' %}", "{% load home_tags %}"],
)
def test_upward_templates_are_found(project: Path, source: str) -> None:
    (project / "branches" / "page.html").write_text(source, encoding="utf-8")
    assert len(layers.upward_references(project)) == 1


def test_downward_references_pass(project: Path) -> None:
    source = "from branches.models import Branch\nmodel = 'search.Term'\ntext = 'home. Sweet home.'"
    (project / "stories" / "module.py").write_text(source, encoding="utf-8")
    (project / "stories" / "page.html").write_text('{% include "branches/x.html" %}')
    assert layers.upward_references(project) == []


def test_named_page_types_are_found(project: Path) -> None:
    (project / "stories" / "models.py").write_text("class TalePage(Page): ...")
    (project / "branches" / "page.html").write_text("{% if page.talepage %}{% endif %}")
    (project / "branches" / "lists.py").write_text("kind = 'TalePage'")
    assert len(layers.upper_page_types_named(project)) == 2


def test_dumping_grounds_are_found(project: Path) -> None:
    (project / "home" / "utils.py").touch()
    (project / "search" / "common").mkdir()
    assert len(layers.dumping_grounds(project)) == 2
