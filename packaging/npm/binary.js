"use strict";
// Where the binary of this platform is. Knows the names of packages, starts nothing.

const PLATFORM = `${process.platform}-${process.arch}`;

/** The path of the binary: WXKIT_BINARY, else that of the platform's package. */
exports.path = () => {
  if (process.env.WXKIT_BINARY) return process.env.WXKIT_BINARY;
  const name = process.platform === "win32" ? "wxkit.exe" : "wxkit";
  try {
    return require.resolve(`@wxkit/${PLATFORM}/bin/${name}`);
  } catch {
    throw new Error(
      `wxkit: there is no binary for ${PLATFORM}: the package @wxkit/${PLATFORM} is not installed. ` +
        "Install without --omit=optional (or --no-optional), with the lock file made for this platform too; " +
        "or name a binary: WXKIT_BINARY=/path/to/wxkit",
    );
  }
};

/** What a process that cannot be started says, in words that help. */
exports.whyNotStarted = (path, error) =>
  new Error(`wxkit: ${path} could not be started: ${error.code ?? error.message}`, { cause: error });

/** The environment of the binary: WXKIT_BINARY is for this package alone. */
exports.environment = (added) => {
  const { WXKIT_BINARY: _, ...rest } = { ...process.env, ...added };
  return rest;
};
