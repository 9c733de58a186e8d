"""The engine is pure: no Django, no clock, no float, nothing but the standard library."""

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "entraide" / "reimbursement"
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_importing_every_module_of_the_engine_imports_no_django():
    names = [".".join(path.relative_to(PACKAGE.parents[1]).with_suffix("").parts) for path in MODULES]
    program = "import sys, " + ", ".join(name.removesuffix(".__init__") for name in names)
    program += "; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"

    done = subprocess.run(
        [sys.executable, "-c", program], check=False, env={"PYTHONPATH": str(PACKAGE.parents[1])}
    )

    assert len(names) > 30
    assert done.returncode == 0


def test_the_engine_needs_the_standard_library_only():
    for path in MODULES:
        outside = {
            name
            for name in imported(path)
            if name.split(".")[0] not in sys.stdlib_module_names
            and not name.startswith("entraide.reimbursement")
        }
        assert outside == set(), path


def test_money_is_never_a_float_and_is_rounded_in_one_place():
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_float = isinstance(node, ast.Constant) and isinstance(node.value, float)
            is_call = isinstance(node, ast.Name) and node.id in {"float", "round", "Decimal"}
            found += [path.name] if is_float or is_call or isinstance(node, ast.Div) else []

    assert found == []


def test_the_engine_never_looks_at_the_clock():
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert "today()" not in text, path
        assert "now()" not in text, path
