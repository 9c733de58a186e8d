"""Peers to compare with, in an environment of their own: never among our dependencies."""

import os
import shutil
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


def install_pango() -> None:
    """What WeasyPrint draws text with, from the system: installed by root, else one line says what to do."""
    wanted = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
    found = subprocess.run([peer_python(), "-c", "import weasyprint"], capture_output=True, check=False)
    if found.returncode == 0:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit(f"Missing for WeasyPrint: {' '.join(wanted)}. Install them, then measure again.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
    subprocess.run(install, check=True, env=quiet, stdout=subprocess.DEVNULL)
