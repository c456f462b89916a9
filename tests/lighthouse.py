"""Lighthouse on the first page, a page of results and a report: python -m tests.lighthouse --store STORE FOLDER.

The tool is installed into FOLDER, and its reports are written there: nothing outside it is touched.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from tests.conftest import chromium
from tests.serving import free_port, serving

LIGHTHOUSE = "lighthouse@13.5.0"
PAGES = {
    "home": "/",
    "results": "/questions/partner-operations-by-lpa?theme=vawg",
    "report": "/reports/essex-2021-22-q4",
}
KINDS = ("performance", "accessibility", "best-practices")


def main() -> int:
    """Measure, say the scores out of a hundred; 1 if there is nothing to measure with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    folder: Path = arguments.folder.resolve()
    browser = chromium()
    if browser is None:
        print("no Chromium: install one (Debian: sudo apt-get install chromium) or name it in CHROMIUM")
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    # The environment's own node and npm first; npm keeps its cache in the folder too.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "CHROME_PATH": browser, "npm_config_cache": str(folder / "cache")}
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    if not (folder / "node_modules" / ".bin" / "lighthouse").exists():
        subprocess.run(["npm", "install", "--prefix", str(folder), *quiet, LIGHTHOUSE], check=True, env=environment)
    port = free_port()
    command = [sys.executable, "-m", "graph", "serve", "--store", arguments.store, "--port", str(port)]
    with serving(command, port) as address:
        for name, page in PAGES.items():
            # A warm server is what people meet.
            with urlopen(address + page, timeout=60) as answer:  # noqa: S310  # our own server
                answer.read()
            report = folder / f"{name}.json"
            flags = ["--preset=desktop", "--output=json", f"--output-path={report}", "--quiet"]
            flags += [f"--only-categories={','.join(KINDS)}", "--chrome-flags=--headless=new --no-sandbox"]
            tool = str(folder / "node_modules" / ".bin" / "lighthouse")
            # Now and then the browser is not ready to record; Lighthouse itself says then: run it again.
            asked = [tool, address + page, *flags]
            if subprocess.run(asked, check=False, env=environment).returncode:
                subprocess.run(asked, check=True, env=environment)
            categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
            print(name, " / ".join(f"{kind} {round(100 * categories[kind]['score'])}" for kind in KINDS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
