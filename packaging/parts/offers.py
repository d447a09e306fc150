"""What others build on the archives: a Docker context, a Homebrew formula, a Scoop
manifest, the action for GitHub. Comes in: templates of packaging/ and archives; goes
out: the same, filled in.
"""

import hashlib
import json
import shutil
from pathlib import Path

from .crate import ROOT, Crate
from .says import note


def docker(crate: Crate, built: list, out: Path) -> None:
    """A folder for `docker build`; Docker's names of processors are Debian's."""
    static = [binary for binary in built if binary.target.machine]
    if not static:
        note("SKIPPED docker: none of these binaries is static")
        return
    context = out / "docker"
    (context / "home").mkdir(parents=True)
    (context / "home/.keep").touch()
    shutil.copyfile(ROOT / "packaging/docker/Dockerfile", context / "Dockerfile")
    for binary in static:
        place = context / binary.target.deb / "wxkit"
        place.parent.mkdir()
        place.write_bytes(binary.content)
        place.chmod(0o755)


def action(out: Path) -> None:
    shutil.copytree(ROOT / "packaging/setup-wxkit", out / "setup-wxkit")


def formulas(crate: Crate, archives: list, source: str, out: Path) -> None:
    known = {target.node: (f"{source}/{path.name}", digest(path)) for target, path in archives}
    unix = {node: place for node, place in known.items() if node[0] != "win32"}
    if unix:
        (out / "wxkit.rb").write_text(formula(crate, unix), encoding="utf-8")
    if ("win32", "x64") in known:
        manifest = scoop(crate, *known["win32", "x64"])
        (out / "wxkit.json").write_text(json.dumps(manifest, indent=4) + "\n", encoding="utf-8")
    else:
        note("SKIPPED the Scoop manifest: no binary for Windows")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def formula(crate: Crate, places: dict) -> str:
    blocks = []
    for (system, processor), (url, checksum) in sorted(places.items()):
        on, cpu = {"darwin": "macos"}.get(system, system), {"x64": "intel", "arm64": "arm"}[processor]
        blocks.append(f'  on_{on} do\n    on_{cpu} do\n      url "{url}"\n      sha256 "{checksum}"\n    end\n  end\n')
    text = (ROOT / "packaging/homebrew/wxkit.rb").read_text(encoding="utf-8")
    homepage = f'  homepage "{crate.repository}"\n' if crate.repository else ""
    licences = ", ".join(f'"{name}"' for name in crate.license.split(" OR "))
    filled = {"description": crate.synopsis, "version": crate.version, "licences": licences}
    for name, value in {**filled, "homepage": homepage, "platforms": "\n".join(blocks)}.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def scoop(crate: Crate, url: str, checksum: str) -> dict:
    fixed = json.loads((ROOT / "packaging/scoop/wxkit.json").read_text(encoding="utf-8"))
    head = {"version": crate.version, "description": crate.description, "license": crate.license.replace(" OR ", "|")}
    if crate.repository:
        head["homepage"] = crate.repository
    folder = Path(url).stem
    return {**head, "architecture": {"64bit": {"url": url, "hash": checksum, "extract_dir": folder}}, **fixed}
