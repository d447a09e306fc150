#!/usr/bin/env node
"use strict";
// Runs the binary in this process's place, as far as Node can: same words, same streams,
// signals handed on, its exit code or signal for our own.

const { spawn } = require("node:child_process");
const { constants } = require("node:os");
const binary = require("../binary.js");

let path;
try {
  path = binary.path();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const child = spawn(path, process.argv.slice(2), { stdio: "inherit", env: binary.environment() });

child.on("error", (error) => {
  console.error(binary.whyNotStarted(path, error).message);
  process.exit(error.code === "ENOENT" ? 127 : 126);
});

// The terminal tells both of a Ctrl-C; this process only has to outlast the other.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP", "SIGQUIT"]) {
  process.on(signal, () => child.kill(signal));
}

child.on("exit", (code, signal) => {
  process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
});
