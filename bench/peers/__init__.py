"""Peers to compare with, in an environment of their own: never among our dependencies."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_HOME = ROOT / "build" / "peers"
_PINS = ROOT / "requirements" / "peers.txt"


def peer_python() -> str:
    """The interpreter of that environment; made on first use, and again when the pins change."""
    python, made_from = _HOME / "bin" / "python", _HOME / "pins.txt"
    if not made_from.exists() or made_from.read_bytes() != _PINS.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(_HOME)], check=True)
        install = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(_PINS)]
        subprocess.run([str(python), *install], check=True, stderr=subprocess.DEVNULL)
        made_from.write_bytes(_PINS.read_bytes())
    return str(python)
