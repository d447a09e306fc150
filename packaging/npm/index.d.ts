/** How a gateway begins. */
export interface Options {
  /** Everything random comes from it: the same calls get the same numbers. */
  seed?: number;
  /** Faults in their short form, as `refund:SYSTEMERROR,count=1`; they are there again after reset(). */
  faults?: string | string[];
  /** A directory for the test keys of pay v3; `env` then names its files. */
  keys?: string;
  /** More flags of `wxkit mock`, as `["--proxy"]` or `["--speed", "60"]`. */
  args?: string[];
}

/** How a list is narrowed (`verdict`, `path`, `state`, …) and waited for (`wait: "10s"`, `count: 2`). */
export type Which = Record<string, string | number>;

/** A call that the gateway got. */
export interface Call {
  id: string;
  method: string;
  path: string;
  /** `ok`, or why it was refused. */
  verdict: string;
  [more: string]: unknown;
}

/** A notice, with every attempt to deliver it. */
export interface Notice {
  id: string;
  out_trade_no?: string;
  state: string;
  url: string;
  [more: string]: unknown;
}

/** A local WeChat that runs beside the tests. */
export interface Gateway extends AsyncDisposable {
  /** Its address: what the program under test calls in place of WeChat's hosts. */
  readonly url: string;
  /** What leads a program there: WECHAT_BASE, WXKIT_APP_ID, WXKIT_PAY_KEY, … */
  readonly env: Record<string, string>;
  /** The customer pays this order; amounts are in fen. Gives the order and the notice. */
  pay(outTradeNo: string, how?: { openid?: string; bank_type?: string; coupon_fee?: number }): Promise<any>;
  /** An order; with `{ until: "notified", wait: "10s" }` it is waited for. */
  order(outTradeNo: string, until?: Which): Promise<any>;
  /** The calls so far, oldest first. */
  requests(which?: Which): Promise<Call[]>;
  /** The notices so far. */
  notices(which?: Which): Promise<Notice[]>;
  /** One fault more: `refund:SYSTEMERROR,count=1`. */
  fault(text: string): Promise<any>;
  /** Forgets everything but how it began. */
  reset(): Promise<void>;
  /** Stops it. */
  close(): Promise<void>;
  /** Any path under /_mock/; GET /_mock/ lists them. */
  control(method: string, path: string, body?: unknown): Promise<any>;
}

/** Starts a gateway on a free port. It ends with close(), and with this process however that ends. */
export function start(options?: Options): Promise<Gateway>;
