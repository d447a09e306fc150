"""``python -m wxkit``: the command line, where the folder of scripts is not in PATH."""

import os
import subprocess
import sys

from ._binary import binary, environment


def main():
    try:
        run([binary(), *sys.argv[1:]])
    except OSError as why:
        sys.exit(f"{why.filename} could not be started: {why.strerror}" if why.filename else str(why))


def run(command):
    if os.name == "nt":
        sys.exit(subprocess.run(command, env=environment()).returncode)
    os.execve(command[0], command, environment())


if __name__ == "__main__":
    main()
