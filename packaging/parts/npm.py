"""The npm packages: `wxkit`, and `@wxkit/PLATFORM` with the binary of each platform.

Comes in: binaries and packaging/npm; goes out: one .tgz for each, as `npm pack` would
write them. npm itself is not needed.
"""

import json
from pathlib import Path

from . import archive
from .crate import LICENCES, ROOT, Crate

SOURCES = ROOT / "packaging/npm"


def lay(crate: Crate, built: list, out: Path) -> None:
    common = {"version": crate.version, "description": crate.description, "license": crate.license}
    if crate.repository:
        common["repository"] = {"type": "git", "url": f"git+{crate.repository}.git"}
    licences = archive.files("package/", [ROOT / name for name in LICENCES])
    for binary in built:
        package = {"name": f"@wxkit/{binary.target.npm}", **common}
        package |= {"os": [binary.target.node[0]], "cpu": [binary.target.node[1]], "preferUnplugged": True}
        members = [archive.program(f"package/bin/{binary.target.program}", binary.content)]
        written(out / f"wxkit-{binary.target.npm}-{crate.version}.tgz", package, members + licences)
    # Only those that there are: a name without a package is anybody's to take.
    platforms = sorted({binary.target.npm for binary in built})
    fixed = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))
    package = {"name": "wxkit", **common, "keywords": crate.keywords, **fixed}
    # Exactly this version: launcher and binary belong together.
    package["optionalDependencies"] = {f"@wxkit/{name}": crate.version for name in platforms}
    written(out / f"wxkit-{crate.version}.tgz", package, sources() + licences)


def sources() -> list:
    members = []
    for path in sorted(SOURCES.rglob("*")):
        name = f"package/{path.relative_to(SOURCES).as_posix()}"
        if path.is_file() and name != "package/package.json":
            member = archive.program if path.parent.name == "bin" else archive.Member
            members.append(member(name, path.read_bytes()))
    return members


def written(path: Path, package: dict, members: list) -> None:
    head = archive.text("package/package.json", json.dumps(package, indent=2, ensure_ascii=False) + "\n")
    path.write_bytes(archive.tarred([head, *members]))
