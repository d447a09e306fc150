"""What Cargo.toml says of the crate: the one place of version, licence, repository.

Comes in: `cargo metadata`; goes out: plain values, and the files every package carries.
"""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

ROOT = Path(__file__).resolve().parents[2]
LICENCES = ["LICENSE-MIT", "LICENSE-APACHE"]


@dataclass(frozen=True)
class Crate:
    """The facts."""

    version: str
    description: str
    license: str
    repository: Optional[str]
    keywords: list
    deb: dict
    target_dir: Path

    @staticmethod
    def read() -> "Crate":
        command = ["cargo", "metadata", "--format-version", "1", "--no-deps", "--offline"]
        said = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
        package = next(p for p in said["packages"] if p["name"] == "wxkit")
        return Crate(
            version=package["version"],
            description=package["description"],
            license=package["license"],
            repository=package["repository"],
            keywords=package["keywords"],
            deb=package["metadata"]["deb"],
            target_dir=Path(said["target_directory"]),
        )

    @property
    def synopsis(self) -> str:
        """The description in one short line, as formulas and debs want it."""
        line = self.description.split(":")[0].removeprefix("A ")
        return line[:1].upper() + line[1:]

    def downloads(self) -> Optional[str]:
        """Where the archives of this version are, once there is a repository."""
        return self.repository and f"{self.repository}/releases/download/v{self.version}"

    def documents(self) -> list:
        """Beside the binary in every archive."""
        return [ROOT / name for name in [*LICENCES, "README.md", "README.zh-CN.md", "CHANGELOG.md"]]
