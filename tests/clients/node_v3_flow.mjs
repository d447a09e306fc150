// Drives the gateway's pay v3 with wechatpay-node-v3, as its users would: every call goes through the SDK and its own
// HTTP; since it has no setting for it, the address is changed in the service that `createHttp` takes. Comes in:
// WXKIT_BASE, WXKIT_KEYS with the files of `wxkit mock keys`, and in WXKIT_CLIENTS where the SDK is; goes out: one line
// of JSON with the signature that the caller makes again; a failed check ends with a trace.

import assert from 'node:assert/strict';
import { X509Certificate, createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { base, control, number, receiver } from './v3_shop.mjs';

const require = createRequire(`${process.env.WXKIT_CLIENTS}/node/package.json`);
const Pay = require('wechatpay-node-v3');
const { PayRequest } = require('wechatpay-node-v3/dist/lib/pay-request');

const WECHAT = 'https://api.mch.weixin.qq.com';
const [appid, mchid, key] = ['wx00c0ffee00c0ffee', '1900000109', 'wxkitmockapiv3keywxkitmockapiv3k'];
const openid = 'oMockUser0000000000000000001';
const file = (name) => readFileSync(`${process.env.WXKIT_KEYS}/${name}`);
const bill_date = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);

/** The SDK's own requests, to another address. */
class ToGateway extends PayRequest {
  post(url, ...rest) { return super.post(url.replace(WECHAT, base), ...rest); }

  get(url, ...rest) { return super.get(url.replace(WECHAT, base), ...rest); }
}

const pay = new Pay({ appid, mchid, publicKey: file('apiclient_cert.pem'), privateKey: file('apiclient_key.pem'), key });
pay.createHttp(new ToGateway());

async function good(call, status = 200) {
  const reply = await call;
  assert.equal(reply.status, status, JSON.stringify(reply));
  return reply.data;
}

async function refused(call, status, code) {
  const reply = await call;
  assert.deepEqual([reply.status, JSON.parse(reply.error).code], [status, code], JSON.stringify(reply));
}

/** Proved and opened as the SDK's documentation does. */
async function told({ headers, body }) {
  const part = (name) => headers[`wechatpay-${name}`];
  const proof = { timestamp: part('timestamp'), nonce: part('nonce'), serial: part('serial'), signature: part('signature') };
  assert.ok(await pay.verifySign({ ...proof, body }), body);
  assert.ok(!(await pay.verifySign({ ...proof, body: body.replace('SUCCESS', 'CLOSED') })));
  const notice = JSON.parse(body);
  const { ciphertext, associated_data, nonce } = notice.resource;
  return { ...notice, said: pay.decipher_gcm(ciphertext, associated_data, nonce) };
}

async function orders(shop) {
  const out_trade_no = number('NV');
  const order = { description: '一杯茶 & <点心>', out_trade_no, notify_url: shop.url, amount: { total: 101 }, attach: '桌 7' };
  const made = await good(pay.transactions_jsapi({ ...order, payer: { openid } }));
  assert.match(made.package, /^prepay_id=wx/);
  assert.equal((await good(pay.query({ out_trade_no }))).trade_state, 'NOTPAY');
  await control(`orders/${out_trade_no}/pay`);
  const notice = await told(await shop.next());
  assert.equal(notice.event_type, 'TRANSACTION.SUCCESS');
  const { said } = notice;
  assert.deepEqual([said.out_trade_no, said.amount.total, said.attach], [out_trade_no, 101, '桌 7']);
  const { transaction_id } = said;
  assert.equal((await good(pay.query({ transaction_id }))).payer.openid, openid);
  await refunds(shop, out_trade_no);
  return made;
}

async function refunds(shop, out_trade_no) {
  const out_refund_no = number('NVR');
  const amount = { refund: 40, total: 101, currency: 'CNY' };
  const back = await good(pay.refunds({ out_trade_no, out_refund_no, notify_url: shop.url, amount }));
  assert.equal(back.amount.refund, 40);
  const { event_type, said } = await told(await shop.next());
  assert.deepEqual([event_type, said.refund_status, said.out_refund_no], ['REFUND.SUCCESS', 'SUCCESS', out_refund_no]);
  assert.equal((await good(pay.find_refunds(out_refund_no))).status, 'SUCCESS');
  await refused(pay.find_refunds('nobody'), 404, 'RESOURCE_NOT_EXISTS');
}

async function otherKinds(shop) {
  const order = () => ({ description: '茶', out_trade_no: number('NVK'), notify_url: shop.url, amount: { total: 1 } });
  const native = order();
  assert.match((await good(pay.transactions_native(native))).code_url, /^weixin:\/\/wxpay\//);
  const scene_info = { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } };
  assert.match((await good(pay.transactions_h5({ ...order(), scene_info }))).h5_url, /^http/);
  assert.ok((await good(pay.transactions_app(order()))).sign);
  await good(pay.close(native.out_trade_no), 204);
  assert.equal((await good(pay.query({ out_trade_no: native.out_trade_no }))).trade_state, 'CLOSED');
  await refused(pay.query({ out_trade_no: 'nobody' }), 404, 'ORDER_NOT_EXIST');
}

async function bills() {
  const { download_url, hash_value } = await good(pay.tradebill({ bill_date, bill_type: 'ALL' }));
  const plain = await good(pay.downloadBill(download_url.replace(base, WECHAT)));
  assert.equal(createHash('sha1').update(plain).digest('hex'), hash_value.toLowerCase());
  assert.match(plain, /`NV/);
  await refused(pay.tradebill({ bill_date: '2000-01-01' }), 400, 'NO_STATEMENT_EXIST');
}

/** Platform certificates, downloaded and opened by the SDK; and a field sealed for WeChat Pay. */
async function certificates() {
  const [one] = await pay.get_certificates(key);
  assert.equal(one.serial_no, '7A3E9C5B1F8D2640C7E5B3A19D0F4E6C82B5D713');
  const own = new X509Certificate(file('platform_cert.pem')).publicKey;
  assert.ok(createPublicKey(one.publicKey).equals(own));
  assert.equal(Buffer.from(pay.publicEncrypt('张三', Buffer.from(one.publicKey)), 'base64').length, 256);
}

async function wrongKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const careless = new Pay({ appid, mchid, publicKey: file('apiclient_cert.pem'), privateKey: Buffer.from(pem), key });
  careless.createHttp(new ToGateway());
  await refused(careless.query({ out_trade_no: 'nobody' }), 401, 'SIGN_ERROR');
}

const shop = await receiver();
const made = await orders(shop);
await otherKinds(shop);
await bills();
await certificates();
await wrongKey();
shop.close();
console.log(JSON.stringify({ pay_sign: made }));
process.exit(0);
