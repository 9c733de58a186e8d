"""How many small faults the tests of the engine find: `python -m bench.mutants [SEED] [COUNT]`.

Each mutant changes one operator, comparison, number or condition of one module, in a copy of the package.
A mutant is killed when the golden cases, the properties or the other tests of the engine fail.
"""

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("src") / "entraide" / "reimbursement"
TIME_LIMIT = 240
# What decides amounts; readers, listings and types are left to the other tests.
MODULES = (
    "money.py",
    "dates.py",
    "counters.py",
    "check.py",
    "engine.py",
    "compulsory/base.py",
    "compulsory/rates.py",
    "compulsory/withheld.py",
    "compulsory/hospital.py",
    "compulsory/share.py",
    "complementary/cover.py",
    "complementary/offers.py",
    "complementary/limits.py",
    "complementary/renewal.py",
    "complementary/responsible.py",
    "complementary/stacking.py",
)
_SWAPS: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """Each mutant of a module: what was changed where, and the new source."""
    for number in range(len(list(_places(ast.parse(source))))):
        tree = ast.parse(source)
        place = list(_places(tree))[number]
        yield _mutate(place), ast.unparse(tree)


def _places(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in _SWAPS:
            yield node, "op", 0
        elif isinstance(node, ast.Compare):
            yield from ((node, "ops", number) for number, op in enumerate(node.ops) if type(op) in _SWAPS)
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield node, "value", 0
        elif isinstance(node, ast.If | ast.IfExp):
            yield node, "test", 0
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"min", "max"}:
            yield node, "func", 0


def _mutate(place: tuple[ast.AST, str, int]) -> str:
    node, field, number = place
    line = getattr(node, "lineno", 0)
    if isinstance(node, ast.Constant):
        node.value = int(str(node.value)) + 1
    elif isinstance(node, ast.If | ast.IfExp):
        node.test = ast.UnaryOp(op=ast.Not(), operand=node.test)
    elif isinstance(node, ast.Call):
        name = node.func
        assert isinstance(name, ast.Name)
        name.id = "max" if name.id == "min" else "min"
    elif isinstance(node, ast.Compare):
        node.ops[number] = _SWAPS[type(node.ops[number])]()
    elif isinstance(node, ast.BinOp | ast.BoolOp):
        node.op = _SWAPS[type(node.op)]()
    ast.fix_missing_locations(node)
    return f"line {line}: {type(node).__name__} {field}"


def main(seed: int, count: int) -> int:
    """Prints the mutants that live and the share that was killed; 1 when it is under 85 %."""
    chosen = [
        (module, what, text)
        for module in MODULES
        for what, text in mutants((ROOT / PACKAGE / module).read_text(encoding="utf-8"))
    ]
    random.Random(seed).shuffle(chosen)
    chosen, killed = chosen[:count], 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name in ("src", "tests", "bench", "mutuals"):
            shutil.copytree(ROOT / name, work / name, ignore=shutil.ignore_patterns("__pycache__", "portal"))
        for number, (module, what, text) in enumerate(chosen, 1):
            dead = _killed(work, module, text)
            killed += dead
            print(f"{number}/{len(chosen)} {'killed' if dead else 'LIVES '} {module} {what}", flush=True)
    print(f"{killed} of {len(chosen)} mutants killed: {killed / len(chosen):.1%}")
    return 0 if killed >= 0.85 * len(chosen) else 1


def _killed(work: Path, module: str, text: str) -> bool:
    path = work / PACKAGE / module
    kept = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    try:
        # The golden cases find most of them, and are the quickest.
        return _fails(work, "tests/reimbursement/test_cases.py") or _fails(
            work, "tests/reimbursement", *_SLOW
        )
    finally:
        path.write_text(kept, encoding="utf-8")


# The random lines of the batch compare two paths that share these modules: they find little and take long.
_SLOW = (
    "--deselect",
    "tests/reimbursement/test_batch.py::test_a_hundred_thousand_random_lines_give_the_same_cents",
)


def _fails(work: Path, *what: str) -> bool:
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-x", "-q", *what]
    environment = os.environ | {"PYTHONPATH": f"{work / 'src'}:{work}", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=work, capture_output=True, check=False, timeout=TIME_LIMIT, env=environment
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


if __name__ == "__main__":
    arguments = [int(each) for each in sys.argv[1:]]
    sys.exit(main(*(arguments + [1, 120][len(arguments) :])))
