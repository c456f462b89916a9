"""Nothing secret is logged or shown: of the endpoint's, or of a visitor's."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from tests.serving import free_port

ROOT = Path(__file__).resolve().parents[2]
SECRETS = ("pass-w0rd-of-ours", "t0ken-of-ours", "k3y-in-the-address", "bearer-0f-a-visitor", "cookie-0f-a-visitor")
ADDRESS = f"http://ann:{SECRETS[0]}@127.0.0.1:9/sparql?key={SECRETS[2]}"
"""Nothing listens at port 9 of this machine, so that all kinds of errors are told."""
PAGES = (
    "/",
    "/operations",
    "/search?q=x",
    "/ask?q=Which+operations",
    "/sparql?query=ASK{}",
    "/readyz",
    "/none",
    "/data",
)


def test_neither_log_nor_page_of_a_running_site_holds_a_secret(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    told = {"PORT": str(port), "ENDPOINT": ADDRESS, "ENDPOINT_TOKEN": SECRETS[1], "ENDPOINT_TIMEOUT": "1"}
    environment = {f"GOLDENTHREAD_{name}": value for name, value in {**told, "LOG": "requests"}.items()}
    call = [sys.executable, "-m", "graph", "serve"]
    headers = {"Authorization": f"Bearer {SECRETS[3]}", "Cookie": f"session={SECRETS[4]}"}
    shown = []
    with log.open("wb") as output:
        process = subprocess.Popen(call, cwd=ROOT, env={"PYTHONPATH": str(ROOT), **environment}, stderr=output)
        try:
            await_page(port, process)
            for page in PAGES:
                connection = HTTPConnection("127.0.0.1", port, timeout=30)
                connection.request("GET", page, headers=headers)
                answer = connection.getresponse()
                assert answer.status in {404, 503}
                shown.append(f"{answer.headers}{answer.read().decode()}")
                connection.close()
        finally:
            process.terminate()
            process.wait(timeout=20)
    logged = log.read_text(encoding="utf-8")
    assert logged.count('"status": 503') >= len(PAGES) - 1, "requests are logged"
    assert [secret for secret in SECRETS if secret in logged] == []
    assert [secret for secret in SECRETS if secret in "".join(shown)] == []


def await_page(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "it ended"
        time.sleep(0.1)
    raise AssertionError("it never listened")


def test_the_command_line_tells_no_secret() -> None:
    call = [sys.executable, "-m", "graph", "query", "operations", "--endpoint", ADDRESS]
    environment = {"PYTHONPATH": str(ROOT), "GOLDENTHREAD_ENDPOINT_TOKEN": SECRETS[1]}
    done = subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 3
    assert "127.0.0.1:9" in done.stderr
    assert [secret for secret in SECRETS if secret in done.stdout + done.stderr] == []
