import type { TestAPI } from "vitest";
import type { Gateway, Options } from "wxkit";

/** A `test` with the fixture `wechat`: a gateway for the file, as new before each test. */
export function withWechat(options?: Options): TestAPI<{ wechat: Gateway }>;
