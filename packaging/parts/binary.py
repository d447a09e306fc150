"""The binary of each target: built here, or taken as it was handed in.

Comes in: targets; goes out: files that are what their target says. A target that this
machine cannot build is skipped in so many words.
"""

import os
import platform
import shutil
import struct
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from .crate import ROOT, Crate
from .says import Refused, note
from .targets import Target


@dataclass(frozen=True)
class Built:
    """A target with its binary."""

    target: Target
    content: bytes
    path: Path


def gather(crate: Crate, targets: list, handed: dict, is_must: bool) -> list:
    """Those that could be had; if they must be, the first that cannot ends it."""
    found = []
    for target in targets:
        path = handed.get(target.triple)
        why = None if path else obstacle(target)
        if why and is_must:
            raise Refused(f"{target.triple} cannot be built here: {why}")
        if why:
            note(f"SKIPPED {target.triple}: {why}")
            continue
        found.append(checked(target, path or built(crate, target)))
    return found


def obstacle(target: Target) -> Optional[str]:
    """Why this machine cannot build it."""
    sysroot = subprocess.run(["rustc", "--print", "sysroot"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    if not (Path(sysroot) / "lib/rustlib" / target.triple / "lib").is_dir():
        return f"its standard library is not here (rustup target add {target.triple})"
    if target.linker and not shutil.which(target.linker):
        return f"there is no {target.linker}"
    if not target.linker and platform.system() != "Darwin":
        return "only macOS links it"
    return None


def built(crate: Crate, target: Target) -> Path:
    note(f"building {target.triple}")
    # The builder's folders stay out of the binary, and two folders give the same one.
    paths = {Path.home(): "~", os.environ.get("CARGO_HOME", "/cargo"): "cargo", ROOT: "wxkit"}
    flags = os.environ.get("RUSTFLAGS", "").split() + [f"--remap-path-prefix={path}={name}" for path, name in paths.items()]
    command = ["cargo", "build", "--release", "--locked", "--target", target.triple]
    # Unlike RUSTFLAGS, this takes paths with spaces.
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "CARGO_ENCODED_RUSTFLAGS": "\x1f".join(flags)})
    return crate.target_dir / target.triple / "release" / target.program


def checked(target: Target, path: Path) -> Built:
    try:
        content = path.read_bytes()
    except OSError as why:
        raise Refused(f"{path}: {why.strerror}") from None
    if target.machine and not is_static(content, target.machine):
        raise Refused(f"{path} is no static binary of {target.triple}")
    return Built(target, content, path.absolute())


def is_static(content: bytes, machine: int) -> bool:
    """A 64-bit ELF file of that machine which asks for no loader (PT_INTERP)."""
    if content[:6] != b"\x7fELF\x02\x01" or struct.unpack_from("<H", content, 18)[0] != machine:
        return False
    start, size, count = struct.unpack_from("<Q", content, 32)[0], *struct.unpack_from("<HH", content, 54)
    return all(struct.unpack_from("<I", content, start + i * size)[0] != 3 for i in range(count))


def pages(crate: Crate, built: list) -> dict:
    """The manual pages, written by the first binary that runs here: name to text."""
    for binary in built:
        with tempfile.TemporaryDirectory() as folder:
            try:
                command = [str(binary.path), "man", "--dir", folder, "--lang", "en"]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            except (OSError, subprocess.CalledProcessError):
                continue
            return {page.name: page.read_bytes() for page in sorted(Path(folder).iterdir())}
    note("SKIPPED manual pages: none of these binaries runs here")
    return {}
