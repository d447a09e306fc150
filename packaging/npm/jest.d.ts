import type { Gateway, Options } from "wxkit";

/** A gateway for the tests of this file or `describe`, as new before each of them. */
export function useWechat(options?: Options): Gateway;
