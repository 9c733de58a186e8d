"""Settings of the environment: strict, every fault at once, secrets never shown (contract, A61)."""

import base64
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from entraide.portal.config.env import Environment, EnvironmentFault, read_environment

ROOT = Path(__file__).resolve().parents[3]
KEY = base64.b64encode(b"k" * 32).decode()
DEMO = {
    "ENTRAIDE_MUTUAL": "mese",
    "ENTRAIDE_PUBLIC_URL": "http://localhost:8000",
    "ENTRAIDE_DEMO": "1",
    "ENTRAIDE_SECRET_KEY": "s" * 50,
    "ENTRAIDE_DATA_KEYS": f"index:{KEY},k1:{KEY}",
}
PRODUCTION = {
    **DEMO,
    "ENTRAIDE_DEMO": "0",
    "ENTRAIDE_PUBLIC_URL": "https://espace.example.org",
    "EMAIL_URL": "smtp://user:hunter2@mail.example.org:587",
    "SMS_URL": "https://user:hunter2@sms.example.org/send",
    "DATABASE_URL": "postgres://entraide:hunter2@db.example.org/entraide",
}


def read(values: Mapping[str, str], **changes: str) -> Environment:
    return read_environment({**values, **changes}, root=ROOT)


def faults(values: Mapping[str, str], **changes: str) -> list[str]:
    with pytest.raises(EnvironmentFault) as caught:
        read(values, **changes)
    return caught.value.faults


def test_the_demo_needs_few_settings_and_production_names_its_senders() -> None:
    assert read(DEMO).database_url.startswith("sqlite:///")
    assert read(DEMO).email_url == "outbox://"
    assert read(PRODUCTION).is_https
    assert read(PRODUCTION).host == "espace.example.org"


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("ENTRAIDE_MUTUAL", "unknown", "mieux-etre"),
        ("ENTRAIDE_MUTUAL", "", "mieux-etre"),
        ("ENTRAIDE_MUTUAL", "../mese", "mieux-etre"),
        ("ENTRAIDE_MUTUALS_DIR", "/nowhere", "ENTRAIDE_MUTUAL: found"),
        ("ANTIVIRUS_URL", "antivirus:3310", "clamd://host:port"),
        ("ANTIVIRUS_URL", "http://antivirus:3310", "clamd://host:port"),
        ("ANTIVIRUS_URL", "clamd://antivirus:port", "clamd://host:port"),
        ("ANTIVIRUS_URL", "clamd://antivirus/socket", "clamd://host:port"),
        ("ANTIVIRUS_URL", "clamd://", "clamd://host:port"),
        ("ENTRAIDE_PUBLIC_URL", "espace.example.org", "https://"),
        ("ENTRAIDE_PUBLIC_URL", "ftp://espace.example.org", "https://"),
        ("ENTRAIDE_PUBLIC_URL", "https://espace.example.org/portail", "https://"),
        ("ENTRAIDE_PUBLIC_URL", "https://espace.example.org/?a=1", "https://"),
        ("ENTRAIDE_PUBLIC_URL", "https://me@espace.example.org", "https://"),
        ("ENTRAIDE_PUBLIC_URL", "https://[::1", "https://"),
        ("ENTRAIDE_PUBLIC_URL", "https://espace.example.org:port", "https://"),
        ("ENTRAIDE_DEMO", "yes", "0 or 1"),
        ("ENTRAIDE_SECRET_KEY", "short", "50"),
        ("ENTRAIDE_SECRET_KEY", "", "50"),
        ("ENTRAIDE_SECRET_KEY_FALLBACKS", f"{'o' * 50} short", "at least 50 characters each"),
        ("ENTRAIDE_DATA_KEYS", "", "index"),
        ("ENTRAIDE_DATA_KEYS", f"k1:{KEY}", "index"),
        ("ENTRAIDE_DATA_KEYS", f"index:{KEY}", "index"),
        ("ENTRAIDE_DATA_KEYS", f"index:{KEY},k1:not base64", "base64"),
        ("ENTRAIDE_DATA_KEYS", f"index:{KEY},k1:c2hvcnQ=", "32 bytes"),
        ("ENTRAIDE_DATA_KEYS", f"index:{KEY},k1:{KEY},k1:{KEY}", "once"),
        ("ENTRAIDE_DATA_KEYS", f"index:{KEY},é:{KEY}", "letters and digits"),
        ("DATABASE_URL", "mysql://db/x", "postgres://"),
        ("EMAIL_URL", "mail.example.org", "smtp://"),
        ("EMAIL_URL", "smtp://mail.example.org:mail", "smtp://"),
        ("SMS_URL", "http://sms.example.org/", "https://"),
        ("SMS_URL", "sms.example.org", "https://"),
        ("FAX_URL", "http://fax.example.org/", "https://"),
        ("FAX_URL", "fax.example.org", "https://"),
    ],
)
def test_a_bad_setting_is_named_with_what_was_found_and_what_is_expected(
    name: str, found: str, expected: str
) -> None:
    lines = faults(DEMO, **{name: found})

    assert len(lines) == 1
    assert lines[0].startswith(f"{name}: found ") or name == "ENTRAIDE_MUTUALS_DIR"
    assert ", expected " in lines[0]
    assert expected in lines[0]


def test_all_faults_are_said_at_once() -> None:
    lines = faults({"ENTRAIDE_DEMO": "perhaps"})

    assert [line.split(":", 1)[0] for line in lines] == [
        "ENTRAIDE_MUTUAL",
        "ENTRAIDE_DEMO",
        "ENTRAIDE_PUBLIC_URL",
        "ENTRAIDE_SECRET_KEY",
        "ENTRAIDE_DATA_KEYS",
    ]
    assert "found nothing" in lines[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENTRAIDE_SECRET_KEY", "hunter2"),
        ("ENTRAIDE_SECRET_KEY_FALLBACKS", "hunter2"),
        ("ENTRAIDE_DATA_KEYS", "index:hunter2"),
        ("DATABASE_URL", "mysql://root:hunter2@db/x"),
        ("EMAIL_URL", "imap://root:hunter2@mail"),
        ("SMS_URL", "ftp://root:hunter2@sms"),
        ("FAX_URL", "ftp://root:hunter2@fax"),
    ],
)
def test_a_secret_is_never_repeated_in_the_complaint(name: str, value: str) -> None:
    assert "hunter2" not in "\n".join(faults(DEMO, **{name: value}))
    assert "(hidden)" in "\n".join(faults(DEMO, **{name: value}))


def test_a_secret_is_never_in_the_representation_of_the_settings() -> None:
    shown = repr(read(PRODUCTION))

    assert "hunter2" not in shown
    assert "s" * 50 not in shown
    assert KEY not in shown


def test_a_secret_can_come_from_a_file_which_wins(tmp_path: Path) -> None:
    """Contract: X_FILE."""
    path = tmp_path / "secret"
    path.write_text(f"{'f' * 60}\n")

    assert read(DEMO, ENTRAIDE_SECRET_KEY_FILE=str(path)).secret_key == "f" * 60


def test_a_secret_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")

    for path in (tmp_path / "missing", tmp_path, binary):
        (line,) = faults(DEMO, ENTRAIDE_SECRET_KEY_FILE=str(path))
        assert line.startswith("ENTRAIDE_SECRET_KEY_FILE: found ")
        assert "expected a readable file" in line


@pytest.mark.parametrize(
    "address", ["https://espace.example.org", "http://192.0.2.7:8000", "https://localhost.example.org"]
)
def test_the_demo_is_refused_with_a_public_address(address: str) -> None:
    """Contract: ENTRAIDE_DEMO=1 is refused together with a production address."""
    (line,) = faults(DEMO, ENTRAIDE_PUBLIC_URL=address)

    assert line.startswith("ENTRAIDE_DEMO: found '1', expected 0")


def test_outside_the_demo_the_outbox_and_plain_http_are_refused() -> None:
    """A61, A65"""
    for outbox in ("outbox://", "outbox://mail", "OUTBOX://"):
        assert any("EMAIL_URL" in line for line in faults(PRODUCTION, EMAIL_URL=outbox))
    assert any("SMS_URL" in line for line in faults(PRODUCTION, SMS_URL=""))
    assert any(
        "https://" in line for line in faults(PRODUCTION, ENTRAIDE_PUBLIC_URL="http://espace.example.org")
    )


def test_the_first_data_key_seals_and_all_open() -> None:
    """A64"""
    new, old = (base64.b64encode(one * 32).decode() for one in (b"n", b"o"))
    ring = read(DEMO, ENTRAIDE_DATA_KEYS=f"2026:{new}, 2025:{old},index:{KEY}").keys

    assert (ring.current, set(ring.keys)) == ("2026", {"2026", "2025"})


def entraide(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "-m", "entraide.portal.config.cli", *arguments],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def test_the_program_refuses_bad_settings_with_code_1_and_without_a_trace() -> None:
    """Contract: exit code 1, a clear message."""
    done = entraide("check", ENTRAIDE_MUTUAL="nobody")

    assert done.returncode == 1
    assert "ENTRAIDE_MUTUAL: found 'nobody', expected one of mese, mieux-etre" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_program_answers_wrong_use_with_code_2_and_help_with_0() -> None:
    """Contract: exit code 2; each command has --help."""
    assert entraide("fly").returncode == 2
    assert entraide().returncode == 2
    for command in ("serve", "worker", "migrate", "check", "demo", "import", "ledger"):
        assert entraide(command, "--help").returncode == 0
    assert entraide("import").returncode == 2


def test_check_says_that_all_is_in_order(tmp_path: Path) -> None:
    good = {**DEMO, "ENTRAIDE_DATA_DIR": str(tmp_path)}

    done = entraide("check", **good)

    assert (done.returncode, done.stderr) == (0, "")
    assert "in order" in done.stdout


def test_check_says_that_the_database_is_away(tmp_path: Path) -> None:
    done = entraide(
        "check",
        **{**DEMO, "ENTRAIDE_DATA_DIR": str(tmp_path), "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none"},
    )

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "127.0.0.1" in done.stderr


def test_former_secret_keys_are_read_apart(tmp_path: Path) -> None:
    """A64"""
    former = tmp_path / "former.keys"
    former.write_text(f"{'a' * 50}\n{'b' * 50}\n", encoding="utf-8")

    found = read_environment({**DEMO, "ENTRAIDE_SECRET_KEY_FALLBACKS_FILE": str(former)}, root=ROOT)

    assert found.former_secret_keys == ("a" * 50, "b" * 50)
