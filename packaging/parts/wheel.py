"""The wheels: the helpers of packaging/python, and the binary as a script of its own.

Comes in: binaries; goes out: a .whl for each. pip puts the binary beside `python`, so
no Python stands between a shell and it.
https://packaging.python.org/en/latest/specifications/binary-distribution-format/
"""

import base64
import hashlib
import re
from pathlib import Path

from . import archive
from .crate import LICENCES, ROOT, Crate
from .says import Refused

SOURCES = ROOT / "packaging/python"


def lay(crate: Crate, built: list, out: Path) -> None:
    version = pep440(crate.version)
    for binary in built:
        name, info = f"wxkit-{version}", f"wxkit-{version}.dist-info"
        members = [
            archive.Member(path.relative_to(SOURCES).as_posix(), path.read_bytes())
            for path in sorted((SOURCES / "wxkit").iterdir())
            if path.is_file()
        ]
        members.append(archive.program(f"{name}.data/scripts/{binary.target.program}", binary.content))
        members.append(archive.text(f"{info}/METADATA", metadata(crate, version)))
        members.append(archive.text(f"{info}/WHEEL", tags(crate, binary.target.wheel)))
        members.append(archive.text(f"{info}/entry_points.txt", "[pytest11]\nwxkit = wxkit.pytest_plugin\n"))
        members += archive.files(f"{info}/licenses/", [ROOT / licence for licence in LICENCES])
        members.append(archive.text(f"{info}/RECORD", record(members, info)))
        (out / f"{name}-py3-none-{binary.target.wheel}.whl").write_bytes(archive.zipped(members))


def pep440(version: str) -> str:
    """`1.2.3-rc.1` is `1.2.3rc1` there."""
    found = re.fullmatch(r"(\d+\.\d+\.\d+)(?:-(alpha|beta|rc)\.(\d+))?", version)
    if not found:
        raise Refused(f"Python has no version like {version}; -alpha.N, -beta.N and -rc.N it has")
    plain, kind, number = found.groups()
    return plain + ({"alpha": "a", "beta": "b", "rc": "rc"}[kind] + number if kind else "")


def metadata(crate: Crate, version: str) -> str:
    lines = [
        "Metadata-Version: 2.4",
        "Name: wxkit",
        f"Version: {version}",
        f"Summary: {crate.description}",
        f"Keywords: {','.join(crate.keywords)}",
        f"License-Expression: {crate.license}",
        *(f"License-File: {name}" for name in LICENCES),
        *([f"Project-URL: Source, {crate.repository}"] if crate.repository else []),
        "Classifier: Environment :: Console",
        "Classifier: Framework :: Pytest",
        "Requires-Python: >=3.8",
        "Description-Content-Type: text/markdown",
        "",
        (SOURCES / "README.md").read_text(encoding="utf-8"),
    ]
    return "\n".join(lines)


def tags(crate: Crate, platforms: str) -> str:
    lines = ["Wheel-Version: 1.0", f"Generator: wxkit {crate.version}", "Root-Is-Purelib: false"]
    lines += [f"Tag: py3-none-{platform}" for platform in platforms.split(".")]
    return "\n".join(lines) + "\n"


def record(members: list, info: str) -> str:
    """Every file with its hash; its own line has none."""
    lines = []
    for member in members:
        digest = base64.urlsafe_b64encode(hashlib.sha256(member.content).digest()).rstrip(b"=").decode()
        lines.append(f"{member.name},sha256={digest},{len(member.content)}\n")
    return "".join(lines) + f"{info}/RECORD,,\n"
