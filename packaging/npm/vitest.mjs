// A gateway as a fixture of Vitest: one for a file, as new before each test.

import { afterAll, test as base } from "vitest";
import wxkit from "./index.js";

/** A `test` whose `wechat` begins like this. */
export const withWechat = (options = {}) => {
  let started;
  afterAll(async () => (await started)?.close());
  return base.extend({
    // Vitest reads from the braces that nothing else is needed.
    wechat: async ({}, use) => {
      started ??= wxkit.start(options);
      const gateway = await started;
      await gateway.reset();
      await use(gateway);
    },
  });
};
