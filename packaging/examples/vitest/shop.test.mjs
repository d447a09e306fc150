// A payment tested against a local WeChat with Vitest: npm install --save-dev wxkit vitest
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { expect } from "vitest";
import { withWechat } from "wxkit/vitest";

const test = withWechat({ seed: 7 });

/** The program under test: places an order, as any SDK does. */
async function order(env, fields) {
  const all = { appid: env.WXKIT_APP_ID, mch_id: env.WXKIT_MCH_ID, nonce_str: "n", trade_type: "NATIVE", ...fields };
  const pairs = Object.keys(all).sort().map((name) => `${name}=${all[name]}`);
  const sign = createHash("md5").update(`${pairs.join("&")}&key=${env.WXKIT_PAY_KEY}`).digest("hex").toUpperCase();
  const xml = Object.entries({ ...all, sign }).map(([name, value]) => `<${name}>${value}</${name}>`);
  const body = `<xml>${xml.join("")}</xml>`;
  return (await fetch(`${env.WECHAT_BASE}/pay/unifiedorder`, { method: "POST", body })).text();
}

/** … and receives its notice. */
function receiver(booked) {
  const server = createServer(async (request, reply) => {
    let body = "";
    for await (const part of request) body += part;
    booked.push(/<out_trade_no>(?:<!\[CDATA\[)?(\w+)/.exec(body)[1]);
    reply.end("<xml><return_code>SUCCESS</return_code></xml>");
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const tea = { body: "tea", total_fee: 880, spbill_create_ip: "127.0.0.1", product_id: "1", out_trade_no: "20250101001" };

test("a paid order is booked", async ({ wechat }) => {
  const booked = [];
  const server = await receiver(booked);
  const notify_url = `http://127.0.0.1:${server.address().port}/notify`;
  expect(await order(wechat.env, { ...tea, notify_url })).toContain("code_url");
  await wechat.pay("20250101001");
  expect(await wechat.order("20250101001", { until: "notified", wait: "10s" })).toMatchObject({ trade_state: "SUCCESS" });
  expect(booked).toEqual(["20250101001"]);
  server.close();
});

test("a wrong key is refused in WeChat's words", async ({ wechat }) => {
  expect(await wechat.requests()).toEqual([]);
  const reply = await order({ ...wechat.env, WXKIT_PAY_KEY: "wrong" }, { ...tea, notify_url: "http://127.0.0.1/" });
  expect(reply).toContain("签名错误");
  expect(await wechat.requests({ verdict: "refused" })).toHaveLength(1);
});
