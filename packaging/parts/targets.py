"""The table of targets: by which name each packager knows a machine.

A row feeds every packager; a new target is a new row here and nothing else.
"""

from dataclasses import dataclass
from typing import Optional, Tuple

from .says import Refused


@dataclass(frozen=True)
class Target:
    """One kind of machine, under all its names."""

    triple: str
    # process.platform and process.arch of Node.
    node: Tuple[str, str]
    # https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
    wheel: str
    deb: Optional[str]
    # e_machine of ELF files, for binaries that have to be static.
    machine: Optional[int] = None
    # What has to be on the machine to link for it; None: only that system itself.
    linker: Optional[str] = None
    is_released: bool = True

    @property
    def program(self) -> str:
        return "wxkit.exe" if self.node[0] == "win32" else "wxkit"

    @property
    def npm(self) -> str:
        return "-".join(self.node)


# A static binary runs with any C library: both kinds of Linux wheels are true of it.
STATIC = "manylinux_2_17_{0}.manylinux2014_{0}.musllinux_1_1_{0}"

TARGETS = [
    Target("x86_64-unknown-linux-musl", ("linux", "x64"), STATIC.format("x86_64"), "amd64", 62, "musl-gcc"),
    Target("aarch64-unknown-linux-musl", ("linux", "arm64"), STATIC.format("aarch64"), "arm64", 183, "aarch64-linux-musl-gcc"),
    Target("x86_64-apple-darwin", ("darwin", "x64"), "macosx_10_12_x86_64", None),
    Target("aarch64-apple-darwin", ("darwin", "arm64"), "macosx_11_0_arm64", None),
    Target("x86_64-pc-windows-gnu", ("win32", "x64"), "win_amd64", None, None, "x86_64-w64-mingw32-gcc"),
    # Bound to the C library of the machine that builds it: to try things out, never handed to others.
    Target("x86_64-unknown-linux-gnu", ("linux", "x64"), "linux_x86_64", None, None, "cc", False),
    Target("aarch64-unknown-linux-gnu", ("linux", "arm64"), "linux_aarch64", None, None, "cc", False),
]


def named(triple: str) -> Target:
    for target in TARGETS:
        if target.triple == triple:
            return target
    raise Refused(f"no target {triple}; there are " + ", ".join(t.triple for t in TARGETS))
