"""The rooms of the house: who may import whom, and where each package was loaded from."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("ontology", "graph", "exports")
"""In the order of dependency: nothing imports to its right."""
FRONT_DOOR = "faultlines"
LONGEST = 420
"""Lines of a module that a reader can still take in; most stay under 250."""


def _modules(package: str) -> Iterator[Path]:
    yield from sorted((ROOT / package).rglob("*.py"))


def _imported(path: Path) -> Iterator[tuple[str, int]]:
    """Top-level names that a module imports, anywhere in it, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.partition(".")[0], node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute here"
            yield (node.module or "").partition(".")[0], node.lineno


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_imports_to_its_right(package: str) -> None:
    right = {*PACKAGES[PACKAGES.index(package) + 1 :], FRONT_DOOR, "tests"}
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in _modules(package)
        for name, line in _imported(path)
        if name in right
    ]
    assert not wrong


def test_the_check_sees_imports_inside_functions(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text("def f():\n    from exports.rdf import Turtle\n", encoding="utf-8")
    assert list(_imported(sample)) == [("exports", 2)]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_drawers_and_no_giants(package: str) -> None:
    drawers = ("utils.py", "helpers.py", "common.py", "misc.py")
    for path in _modules(package):
        assert path.name not in drawers, f"name what {path.relative_to(ROOT)} is about"
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= LONGEST, f"{path.relative_to(ROOT)} has {lines} lines"


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_says_what_it_is_for(package: str) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in _modules(package)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_the_guide_to_exports_names_every_folder_and_module() -> None:
    guide = (ROOT / "exports" / "README.md").read_text(encoding="utf-8")
    first_cells = re.findall(r"^\| (`.+?) \|", guide, re.MULTILINE)
    named = [name for cell in first_cells for name in re.findall(r"`(.+?)`", cell)]
    folders = [f"{path.parent.name}/" for path in (ROOT / "exports").glob("*/__init__.py")]
    modules = {path.name for path in (ROOT / "exports").glob("*.py")} - {"__init__.py"}
    assert sorted(named) == sorted([*folders, *modules])


@pytest.mark.parametrize("package", PACKAGES)
def test_the_library_never_prints(package: str) -> None:
    printing = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in _modules(package)
        if path.name != "__main__.py"  # run by hand, not imported
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert not printing


@pytest.mark.parametrize("name", [*PACKAGES, FRONT_DOOR])
def test_each_name_was_loaded_from_here(name: str) -> None:
    """Plain names can be shadowed: by another project's ``graph``, or by an installed copy.

    The tests are about this checkout, so whatever they import has to come from it.
    """
    origin = importlib.import_module(name).__file__
    assert origin is not None
    expected = ROOT / f"{name}.py" if name == FRONT_DOOR else ROOT / name / "__init__.py"
    assert Path(origin).resolve() == expected.resolve()


def test_an_installed_faultlines_is_one_piece() -> None:
    """The installed command finds its packages together, wherever it is started from."""
    program = (
        "import importlib.util as u; "
        f"print(*(u.find_spec(n).origin for n in {(*PACKAGES, FRONT_DOOR)!r}), sep='\\n')"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, cwd="/", check=False
    )
    if ran.returncode:
        pytest.skip("Faultlines is not installed in this environment, only checked out")
    *packages, front_door = map(Path, ran.stdout.split())
    assert {path.parents[1] for path in packages} == {front_door.parent}


@pytest.mark.parametrize(
    "heavy",
    [
        "rdflib",
        "pyshacl",
        "networkx",
        "starlette",
        "uvicorn",
        "httpx2",
        "jinja2",
        "pypdf",
        "rich",
        "protego",
    ],
)
def test_the_front_door_opens_without_heavy_libraries(heavy: str) -> None:
    program = f"import sys, faultlines; sys.exit({heavy!r} in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert ran.returncode == 0
