"use strict";
// A gateway for the tests of a file, by the hooks of Jest (and whoever names them so).

const { start } = require("./index.js");

/** Call it at the top of a file or of a `describe`; the gateway is there inside of tests. */
exports.useWechat = (options = {}) => {
  let gateway;
  beforeAll(async () => void (gateway = await start(options)));
  beforeEach(() => gateway.reset());
  afterAll(() => gateway?.close());
  return new Proxy({}, {
    get(_, name) {
      if (!gateway) throw new Error("wxkit: the gateway is there inside of tests and hooks only");
      return gateway[name];
    },
  });
};
