"""The Debian packages, from the table that cargo-deb reads: [package.metadata.deb].

Comes in: binaries; goes out: a .deb for each that Debian has a name for. Neither
cargo-deb nor dpkg is needed.
"""

import gzip
import hashlib
from pathlib import Path

from . import archive
from .crate import ROOT, Crate
from .says import note


def lay(crate: Crate, built: list, pages: dict, out: Path) -> None:
    for binary in built:
        if binary.target.deb:
            version = crate.version.replace("-", "~")
            data = assets(crate, binary, pages)
            members = [
                archive.text("debian-binary", "2.0\n"),
                archive.Member("control.tar.gz", archive.tarred(control(crate, binary.target.deb, version, data), True)),
                archive.Member("data.tar.gz", archive.tarred(data, True)),
            ]
            (out / f"wxkit_{version}_{binary.target.deb}.deb").write_bytes(archive.ar(members))


def assets(crate: Crate, binary, pages: dict) -> list:
    """Where each file goes; a place that ends with / keeps the name."""
    members = []
    for source, place, mode in crate.deb["assets"]:
        found = contents(source, binary, pages)
        if not found:
            note(f"SKIPPED in the deb: there is no {source}")
        for name, content in found.items():
            whole = place + name if place.endswith("/") else place
            if "/man/" in whole:
                whole, content = whole + ".gz", gzip.compress(content, mtime=0)
            members.append(archive.Member(whole, content, int(mode, 8)))
    return members


def contents(source: str, binary, pages: dict) -> dict:
    """Name to bytes: the binary, the manual pages, or files of the repository."""
    if source == "target/release/wxkit":
        return {binary.target.program: binary.content}
    if source == "target/man/*.1":
        return pages
    return {path.name: path.read_bytes() for path in [ROOT / source] if path.is_file()}


def control(crate: Crate, architecture: str, version: str, data: list) -> list:
    size = sum(len(member.content) for member in data) // 1024
    lines = [
        "Package: wxkit",
        f"Version: {version}",
        f"Architecture: {architecture}",
        f"Maintainer: {crate.deb['maintainer']}",
        f"Installed-Size: {size}",
        f"Section: {crate.deb['section']}",
        f"Priority: {crate.deb['priority']}",
        f"Description: {crate.synopsis}",
        f" {crate.description}",
    ]
    sums = [f"{hashlib.md5(member.content).hexdigest()}  {member.name}\n" for member in data]
    return [archive.text("control", "\n".join(lines) + "\n"), archive.text("md5sums", "".join(sums))]
