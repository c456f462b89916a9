"""What the product is made of is known: every package locked, and told as CycloneDX."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_bill_of_materials_holds_every_package_of_the_lock_with_its_hashes(tmp_path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"-m (cyclonedx_py .*?)--output-file", makefile.replace("\\\n", " "))
    assert recipe, "the Makefile makes it"
    made = tmp_path / "sbom.json"
    call = [sys.executable, "-W", "ignore", "-m", *recipe[1].split(), "--output-file", str(made)]
    subprocess.run(call, cwd=ROOT, check=True, timeout=120)
    bill = json.loads(made.read_text(encoding="utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "goldenthread"
    told = {(part["name"].lower(), part["version"]) for part in bill["components"]}
    locked = re.findall(r"^([\w.-]+)==([^ ;\\]+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    assert len(locked) > 20
    assert told == {(name.lower(), version) for name, version in locked}
    assert all(part["externalReferences"][0]["hashes"] for part in bill["components"])
