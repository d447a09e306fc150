"""Where the binary of this installation is. Starts nothing."""

import os
import sysconfig
from pathlib import Path

NAME = "wxkit.exe" if os.name == "nt" else "wxkit"


def binary():
    """The path of the binary: WXKIT_BINARY, else beside the scripts of this installation."""
    named = os.environ.get("WXKIT_BINARY")
    if named:
        return named
    for folder in _folders():
        if (folder / NAME).is_file():
            return str(folder / NAME)
    looked = ", ".join(str(folder) for folder in _folders())
    raise FileNotFoundError(
        f"wxkit: there is no binary in {looked}: install the wheel of this platform again, "
        "or name a binary: WXKIT_BINARY=/path/to/wxkit"
    )


def _folders():
    """Where pip puts scripts: of the environment, of the user, of --prefix and --target."""
    here = Path(__file__).resolve().parent.parent
    user = "nt_user" if os.name == "nt" else "posix_user"
    bin_name = "Scripts" if os.name == "nt" else "bin"
    found = [Path(sysconfig.get_path("scripts")), Path(sysconfig.get_path("scripts", user)), here / bin_name]
    # PREFIX/lib/python3.x/site-packages, or PREFIX/Lib/site-packages.
    found += [parent / bin_name for parent in list(here.parents)[1:3]]
    return list(dict.fromkeys(found))


def environment():
    """The environment of the binary: WXKIT_BINARY is for this package alone."""
    return {name: value for name, value in os.environ.items() if name != "WXKIT_BINARY"}
