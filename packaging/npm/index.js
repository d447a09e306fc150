"use strict";
// A gateway for tests: start() → address, environment, and the control plane as functions.
// The gateway ends with close(), and with this process however that ends.

const { execFile, spawn } = require("node:child_process");
const http = require("node:http");
const { promisify } = require("node:util");
const binary = require("./binary.js");

/** Longest wait for a gateway to be there. */
const PATIENCE_MS = 30_000;

exports.start = async (options = {}) => {
  const words = flags(options);
  const child = running(words);
  const url = await ready(child);
  try {
    return gateway(child, url, await variables(words, url));
  } catch (error) {
    child.kill();
    throw error;
  }
};

/** Options as the flags of `wxkit mock`. */
function flags({ seed, faults = [], keys, args = [] }) {
  const words = ["--until-eof", "--quiet", "--listen", "127.0.0.1:0"];
  if (seed !== undefined) words.push("--seed", String(seed));
  if (keys !== undefined) words.push("--keys", String(keys));
  for (const fault of [faults].flat()) words.push("--fault", fault);
  return [...words, ...args];
}

/** It stops at the end of its stdin, which is the end of this process at the latest. */
function running(words) {
  const child = spawn(binary.path(), ["mock", ...words], { env: binary.environment(), windowsHide: true });
  child.stdin.on("error", () => {});
  return child;
}

/** The first line on stdout is the address. */
function ready(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    let told = "";
    const timer = setTimeout(() => fail("did not start in time"), PATIENCE_MS);
    const fail = (why) => {
      clearTimeout(timer);
      child.kill();
      reject(new Error(`wxkit: the gateway ${why}\n${told}`.trimEnd()));
    };
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(binary.whyNotStarted(child.spawnfile, error));
    });
    child.once("close", (code, signal) => fail(`ended with ${code ?? signal} before it was ready`));
    child.stderr.on("data", (text) => (told = (told + text).slice(-4096)));
    child.stdout.on("data", (text) => {
      said += text;
      if (!said.includes("\n")) return;
      clearTimeout(timer);
      child.removeAllListeners("close");
      resolve(said.split("\n")[0].trim());
    });
  });
}

/** What leads a program there, from the same flags. */
async function variables(words, url) {
  const at = words.map((word) => (word === "127.0.0.1:0" ? new URL(url).host : word));
  const command = ["mock", ...at.filter((word) => word !== "--until-eof" && word !== "--quiet")];
  const options = { env: binary.environment(), windowsHide: true };
  const { stdout } = await promisify(execFile)(binary.path(), [...command, "--print-env", "--json"], options);
  return JSON.parse(stdout).env;
}

function gateway(child, url, env) {
  // A test that forgets close() must still be able to end.
  for (const held of [child, child.stdin, child.stdout, child.stderr]) held.unref();
  const control = (method, path, body) => call(method, `${url}/_mock/${path}`, body);
  const order = (number) => `orders/${encodeURIComponent(number)}`;
  return {
    url,
    env,
    control,
    pay: (number, how = {}) => control("POST", `${order(number)}/pay`, how),
    order: (number, until = {}) => control("GET", order(number) + query(until)),
    requests: async (which = {}) => (await control("GET", `requests${query(which)}`)).requests,
    notices: async (which = {}) => (await control("GET", `notices${query(which)}`)).notices,
    fault: (text) => control("POST", "faults", text),
    reset: async () => void (await control("POST", "reset")),
    close: () => closed(child),
    [Symbol.asyncDispose ?? Symbol.for("nodejs.asyncDispose")]: () => closed(child),
  };
}

function query(which) {
  const words = new URLSearchParams(Object.entries(which).map(([name, value]) => [name, String(value)]));
  return words.size === 0 ? "" : `?${words}`;
}

/** Over node:http, which a test's fakes of fetch and proxies of the environment leave alone. */
function call(method, url, body) {
  const content = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(content) };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent: false }, (reply) => {
      const parts = [];
      reply.on("error", reject).on("data", (part) => parts.push(part));
      reply.on("end", () => {
        const text = Buffer.concat(parts).toString();
        if (reply.statusCode === 200) return resolve(JSON.parse(text));
        reject(new Error(`wxkit: ${method} ${new URL(url).pathname}: ${refusal(text)}`));
      });
    });
    const path = new URL(url).pathname;
    request.on("error", (error) => {
      reject(new Error(`wxkit: ${method} ${path}: the gateway does not answer, is it closed? ${error.code}`, { cause: error }));
    });
    request.end(content);
  });
}

/** The gateway's own words, if they are such. */
function refusal(text) {
  try {
    const { code, en, why } = JSON.parse(text).error;
    return [en, why?.en].filter(Boolean).join("; ") + ` (${code})`;
  } catch {
    return text;
  }
}

function closed(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.ref();
    child.once("exit", () => resolve());
    child.stdin.end();
  });
}
