"""The house rules that a machine can check (docs/architecture.md, CONTRIBUTING.md)."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import engines

from entraide.portal.foundation.tasks import queue

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "entraide"
PORTAL = SOURCE / "portal"
LONGEST_FILE, LONGEST_FUNCTION = 400, 60


@lru_cache(maxsize=1)
def python_files() -> tuple[Path, ...]:
    return tuple(path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)


@lru_cache(maxsize=1)
def templates() -> tuple[Path, ...]:
    found = [path for kind in ("*.html", "*.txt") for path in PORTAL.rglob(kind)]
    return tuple(sorted(path for path in found if "static" not in path.parts))


@lru_cache(maxsize=512)
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def text_files(folder: Path) -> Iterator[Path]:
    kinds = {".py", ".html", ".txt", ".css", ".js", ".typ", ".po", ".svg", ".toml", ".md"}
    return (path for path in folder.rglob("*") if path.suffix in kinds and path.is_file())


def names_of_mutuals() -> list[str]:
    """Slug, name, short name and mail name of every mutual of the repository."""
    names = []
    for profile in (ROOT / "mutuals").glob("*/profile.toml"):
        identity = tomllib.loads(profile.read_text(encoding="utf-8"))["identity"]
        names.append(profile.parent.name)
        names += [identity["name"], identity["short_name"], identity["mail_sender_name"]]
    return sorted(set(names))


def test_no_mutual_is_named_in_the_source() -> None:
    """A mutual is data: its slug and its name never appear under src/."""
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names_of_mutuals()), re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in text_files(SOURCE)
        if (match := pattern.search(path.read_text(encoding="utf-8")))
    ]

    assert found == []


def test_no_file_tells_where_it_was_built_or_where_packages_came_from() -> None:
    """Requirements hold names, versions and hashes; nothing holds an address of an index or a home folder."""
    pattern = re.compile(r"--(extra-)?index[-]url|--trusted-host|https?://\S+/simpl[e]\b|/home/\w+/|/roo[t]/")
    looked_at = [*(ROOT / "requirements").iterdir(), *text_files(ROOT / "src"), *text_files(ROOT / "docs")]
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in [*looked_at, ROOT / "pyproject.toml", ROOT / "Makefile"]
        if path.is_file() and (match := pattern.search(path.read_text(encoding="utf-8")))
    ]

    assert found == []


def mentions() -> str:
    """Everything that may name a template."""
    return "\n".join(path.read_text(encoding="utf-8") for path in [*python_files(), *templates()])


def test_every_template_is_used() -> None:
    text = mentions()
    unused = []
    for path in templates():
        name = path.relative_to(PORTAL).as_posix()
        folder, file = path.parent.relative_to(PORTAL).as_posix(), path.name
        # Views name the folder once (`_PAGES = "member_site/access"`), notices name their folder only.
        by_folder = f'"{folder}"' in text and f"/{file}" in text
        notice = folder.startswith("notifications/messages/") and f'"{path.parent.name}"' in text
        # In place of one of Django's own.
        field = folder.startswith("foundation/forms/widgets/django/")
        if f'"{name}"' not in text and not by_folder and not notice and not field:
            unused.append(name)

    assert unused == []


def test_every_template_that_is_named_exists_and_can_be_read() -> None:
    named = set(re.findall(r'"((?:member_site|design|notifications)/[\w/]+\.(?:html|txt))"', mentions()))
    engine = engines["jinja2"]

    assert named
    for name in sorted(named):
        engine.get_template(name)


def test_every_template_compiles() -> None:
    engine = engines["jinja2"]
    for path in templates():
        engine.get_template(path.relative_to(PORTAL).as_posix())


def test_no_page_holds_inline_style_script_or_event() -> None:
    """The strict policy would block it; a mail's own sheet is the one exception."""
    pattern = re.compile(
        r"<[a-z][^>]*\sstyle\s*=|<[a-z][^>]*\son[a-z]+\s*=|<style\b|<script(?![^>]*\bsrc=)[^>]*>|javascript:",
        re.IGNORECASE,
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in templates()
        if path.suffix == ".html" and "notifications" not in path.parts
        if (match := pattern.search(path.read_text(encoding="utf-8")))
    ]

    assert found == []


def test_nothing_is_marked_as_safe_html_by_hand() -> None:
    """A53: escaping is left to the engine; drawings of our own sprite are the only markup made in code."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in templates() if path.suffix == ".html")

    assert not re.search(r"\|\s*safe\b", text)
    assert not re.search(r"\bautoescape\s+false\b", text)
    for path in python_files():
        assert "mark_safe" not in path.read_text(encoding="utf-8"), path


TRANSLATORS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            yield name, node


def test_no_sentence_to_translate_is_put_together_at_run_time() -> None:
    """An f-string or a sum is a sentence that no catalogue knows."""
    found = [
        where(path, node)
        for path in python_files()
        for name, node in calls(path)
        if name in TRANSLATORS and node.args and not isinstance(node.args[0], ast.Constant)
    ]

    assert found == []


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_domain_and_the_pure_packages_never_look_at_the_clock_of_the_machine() -> None:
    """The date is an argument; `django.utils.timezone.now` is for jobs, which nobody can tell the time."""
    found = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}:
                owner = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
                if owner in {"datetime", "date"}:
                    found.append(where(path, node))

    assert found == []


def test_rules_get_the_moment_as_an_argument() -> None:
    found = []
    for path in python_files():
        in_rules = path.is_relative_to(PORTAL / "domain") and path.name != "tasks.py"
        pure = any(path.is_relative_to(SOURCE / name) for name in ("profiles", "formats", "demo"))
        if in_rules or pure:
            found += [
                where(path, node)
                for name, node in calls(path)
                if name in {"now", "localdate", "localtime"} and not node.args and not node.keywords
            ]

    assert found == []


def test_money_is_never_a_float() -> None:
    """Integer cents: no float(), no decimal literal, no true division where amounts are counted."""
    found = []
    for path in python_files():
        if not (path.is_relative_to(PORTAL / "domain" / "claims") or path.name == "money.py"):
            continue
        for node in ast.walk(tree(path)):
            is_float = isinstance(node, ast.Constant) and isinstance(node.value, float)
            is_call = isinstance(node, ast.Name) and node.id == "float"
            if is_float or is_call or isinstance(node, ast.Div):
                found.append(where(path, node))

    assert found == []


def test_every_kind_of_job_that_is_asked_for_has_its_handler() -> None:
    asked = set()
    for path in python_files():
        constants = {
            target.id: node.value.value
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for name, node in calls(path):
            if name == "enqueue" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    asked.add(first.value)
                elif isinstance(first, ast.Name) and first.id in constants:
                    asked.add(constants[first.id])

    assert asked
    assert asked <= queue.kinds()


def test_no_file_and_no_function_outgrows_one_idea() -> None:
    found = []
    for path in python_files():
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE:
            found.append(f"{path.relative_to(ROOT)}: {lines} lines")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found.append(f"{where(path, node)} {node.name}: {length} lines")

    assert found == []


def test_every_signature_is_typed() -> None:
    found = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                untyped = [
                    one.arg
                    for one in [*node.args.args, *node.args.kwonlyargs]
                    if one.annotation is None and one.arg not in {"self", "cls"}
                ]
                if untyped or node.returns is None:
                    found.append(f"{where(path, node)} {node.name}")

    assert found == []


def test_the_domain_uses_no_signals_and_no_save_of_its_own() -> None:
    """Facts instead of signals; models hold fields and constraints."""
    for path in python_files():
        text = path.read_text(encoding="utf-8")
        assert "django.dispatch" not in text, path
        assert "models.signals" not in text, path
        if path.name == "models.py":
            assert "def save(" not in text, path


def test_pages_do_not_speak_to_the_database() -> None:
    """House style 5 and 7: no ORM in a view; A34: no raw manager, no get_object_or_404."""
    for path in python_files():
        if path.is_relative_to(PORTAL / "member_site"):
            text = path.read_text(encoding="utf-8")
            assert ".objects" not in text, path
            assert "get_object_or_404" not in text, path


def test_nothing_is_left_to_do_in_the_code() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    for path in [*python_files(), *templates()]:
        assert not marks.search(path.read_text(encoding="utf-8")), path


def contracts() -> list[dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(settings["tool"]["importlinter"]["contracts"])


def test_the_import_contracts_forget_no_part_of_the_house() -> None:
    """A new app of the domain or a new room of the portal must take its place in pyproject.toml."""
    told = str(contracts())
    for app in sorted(path.name for path in (PORTAL / "domain").iterdir() if (path / "models.py").exists()):
        assert f"entraide.portal.domain.{app}.models" in told
        assert re.search(rf"[\"' ]{app}[\"' ]", told)
    for room in sorted(path.name for path in PORTAL.iterdir() if (path / "__init__.py").exists()):
        assert f"entraide.portal.{room}" in told
    for package in sorted(path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()):
        assert f"entraide.{package}" in told


def test_the_import_contracts_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_imports_stand_at_the_top_of_their_file() -> None:
    """A cycle is solved by moving the code; the start of the program is the one exception."""
    allowed = {PORTAL / "config" / "cli.py", PORTAL / "config" / "apps.py"}
    found = [
        where(path, node)
        for path in python_files()
        if path not in allowed
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert found == []
