"""Archives that are the same bytes each time: sorted, without owner, with one date.

Comes in: members; goes out: tar.gz, zip, ar. Knows nothing of any package format, but
for the plain archive of a release.
"""

import gzip
import io
import os
import shutil
import tarfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from .crate import ROOT, Crate
from .says import Refused



def date() -> int:
    """Of every file; without SOURCE_DATE_EPOCH, the one that npm gives to all of a package."""
    asked = os.environ.get("SOURCE_DATE_EPOCH", "499162500")
    if not asked.isdigit():
        raise Refused(f"SOURCE_DATE_EPOCH is a number of seconds: {asked}")
    return int(asked)


@dataclass(frozen=True)
class Member:
    """A file of an archive."""

    name: str
    content: bytes
    mode: int = 0o644


def program(name: str, content: bytes) -> Member:
    return Member(name, content, 0o755)


def text(name: str, content: str) -> Member:
    return Member(name, content.encode())


def files(prefix: str, paths: list) -> list:
    return [Member(prefix + path.name, path.read_bytes()) for path in paths]


def emptied(out: Path) -> None:
    """Only what is laid out here is ever removed."""
    ours = ("SHA256SUMS", "docker", "setup-wxkit")
    others = [path.name for path in out.iterdir() if not path.name.startswith("wxkit") and path.name not in ours] if out.exists() else []
    if others:
        raise Refused(f"{out} holds {others[0]}; everything there was left alone (--out DIR)")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)


def of(crate: Crate, built, pages: dict, out: Path) -> Path:
    """The archive of one target: tar.gz, and zip where that is usual."""
    folder = f"wxkit-{crate.version}-{built.target.triple}/"
    members = [program(folder + built.target.program, built.content), *files(folder, crate.documents())]
    members += files(folder + "completions/", sorted((ROOT / "completions").iterdir()))
    members += [Member(f"{folder}man/{name}", page) for name, page in pages.items()]
    if built.target.node[0] == "win32":
        path, content = out / (folder[:-1] + ".zip"), zipped(members)
    else:
        path, content = out / (folder[:-1] + ".tar.gz"), tarred(members)
    path.write_bytes(content)
    return path


def tarred(members: list, with_folders: bool = False) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        known = set()
        for member in sorted(members, key=lambda m: m.name):
            parents = Path(member.name).parents if with_folders else []
            for folder in reversed([p.as_posix() for p in parents if p.as_posix() != "."]):
                if folder not in known:
                    known.add(folder)
                    tar.addfile(entry(f"./{folder}/", 0o755, tarfile.DIRTYPE))
            name = f"./{member.name}" if with_folders else member.name
            info = entry(name, member.mode, tarfile.REGTYPE)
            info.size = len(member.content)
            tar.addfile(info, io.BytesIO(member.content))
    # Level 9 takes three times as long for half a percent, here of 14 MB.
    return gzip.compress(raw.getvalue(), 6, mtime=date())


def entry(name: str, mode: int, kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.mode, info.mtime, info.type = mode, date(), kind
    info.uname = info.gname = "root"
    return info


def zipped(members: list) -> bytes:
    raw = io.BytesIO()
    # Dates of zip files begin in 1980.
    dated = max(time.gmtime(date())[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            info = zipfile.ZipInfo(member.name, dated)
            # From any system the same: 3 is Unix, whose modes these are.
            info.create_system, info.compress_type = 3, zipfile.ZIP_DEFLATED
            info.external_attr = (0o100000 | member.mode) << 16
            archive.writestr(info, member.content)
    return raw.getvalue()


def ar(members: list) -> bytes:
    """The outer archive of a deb."""
    whole = b"!<arch>\n"
    for member in members:
        head = f"{member.name:<16}{date():<12}{0:<6}{0:<6}{'100644':<8}{len(member.content):<10}`\n"
        whole += head.encode() + member.content + b"\n" * (len(member.content) % 2)
    return whole
