// Drives the gateway's pay v3 with wechatpay-axios-plugin, as its users would: every call goes through the SDK, only
// `baseURL` and the keys are set. Comes in: WXKIT_BASE, WXKIT_KEYS with the files of `wxkit mock keys`, and in
// WXKIT_CLIENTS where the SDK is; goes out: one line of JSON with the signatures that the caller makes again; a failed
// check ends with a trace.

import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { base, control, number, receiver } from './v3_shop.mjs';

const require = createRequire(`${process.env.WXKIT_CLIENTS}/node/package.json`);
const { Wechatpay, Aes, Formatter, Rsa } = require('wechatpay-axios-plugin');

const [appid, mchid, secret] = ['wx00c0ffee00c0ffee', '1900000109', 'wxkitmockapiv3keywxkitmockapiv3k'];
const publicKeyId = 'PUB_KEY_ID_0119000001092026112600000000000001';
const platform = '7A3E9C5B1F8D2640C7E5B3A19D0F4E6C82B5D713';
const serial = '5F0C4A1D7E2B3968A4D1C05E7B9F63D28A1C4E90';
const openid = 'oMockUser0000000000000000001';
const file = (name) => readFileSync(`${process.env.WXKIT_KEYS}/${name}`);
const bill_date = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);

const both = { [publicKeyId]: file('pub_key.pem'), [platform]: file('platform_cert.pem') };
const client = (certs, headers = {}, privateKey = file('apiclient_key.pem')) => new Wechatpay({
  baseURL: `${base}/`, mchid, serial, privateKey, certs, headers,
});
const byPublicKey = client({ [publicKeyId]: both[publicKeyId] }, { 'Wechatpay-Serial': publicKeyId });
const byCertificate = client({ [platform]: both[platform] });

/** The SDK proves every 2xx before it hands it over. */
async function good(call, status = 200) {
  const reply = await call.catch((error) => {
    throw new Error(`${error.message} ${JSON.stringify(error.response?.data)}`);
  });
  assert.equal(reply.status, status);
  return reply.data;
}

async function refused(call, status, code) {
  const { response } = await call.then(() => assert.fail('not refused'), (e) => e);
  assert.deepEqual([response.status, response.data.code], [status, code], JSON.stringify(response.data));
}

/** Proved and opened as the SDK's documentation does. */
function told({ headers, body }) {
  const part = (name) => headers[`wechatpay-${name}`];
  assert.ok(Math.abs(Formatter.timestamp() - part('timestamp')) <= 300);
  const proves = (text) => Rsa.verify(
    Formatter.response(part('timestamp'), part('nonce'), text), part('signature'), both[part('serial')],
  );
  assert.ok(proves(body), body);
  assert.ok(!proves(body.replace('SUCCESS', 'CLOSED')));
  const notice = JSON.parse(body);
  const { nonce, ciphertext, associated_data } = notice.resource;
  return { ...notice, serial: part('serial'), said: JSON.parse(Aes.AesGcm.decrypt(ciphertext, secret, nonce, associated_data)) };
}

async function orders(pay, shop, by) {
  const out_trade_no = number('AV');
  const order = {
    appid, mchid, out_trade_no, description: '一杯茶 & <点心>', attach: '桌 7', notify_url: shop.url,
    amount: { total: 101, currency: 'CNY' }, payer: { openid },
  };
  const { prepay_id } = await good(pay.v3.pay.transactions.jsapi.post(order));
  assert.match(prepay_id, /^wx/);
  const query = () => good(pay.v3.pay.transactions.outTradeNo.$out_trade_no$.get({ params: { mchid }, out_trade_no }));
  assert.equal((await query()).trade_state, 'NOTPAY');
  await control(`orders/${out_trade_no}/pay`);
  const paid = told(await shop.next());
  assert.deepEqual([paid.event_type, paid.serial], ['TRANSACTION.SUCCESS', by]);
  assert.deepEqual([paid.said.out_trade_no, paid.said.amount.total, paid.said.attach], [out_trade_no, 101, '桌 7']);
  const { transaction_id } = paid.said;
  const found = await good(pay.v3.pay.transactions.id.$transaction_id$.get({ params: { mchid }, transaction_id }));
  assert.deepEqual([found.trade_state, found.payer.openid], ['SUCCESS', openid]);
  await refunds(pay, shop, transaction_id);
  assert.equal((await query()).trade_state, 'REFUND');
  return prepay_id;
}

async function refunds(pay, shop, transaction_id) {
  const out_refund_no = number('AVR');
  const amount = { refund: 40, total: 101, currency: 'CNY' };
  const refund = { transaction_id, out_refund_no, notify_url: shop.url, amount };
  assert.equal((await good(pay.v3.refund.domestic.refunds.post(refund))).amount.refund, 40);
  const { event_type, said } = told(await shop.next());
  assert.deepEqual([event_type, said.refund_status, said.out_refund_no], ['REFUND.SUCCESS', 'SUCCESS', out_refund_no]);
  const query = (number_) => pay.v3.refund.domestic.refunds.$out_refund_no$.get({ out_refund_no: number_ });
  assert.equal((await good(query(out_refund_no))).status, 'SUCCESS');
  await refused(query('nobody'), 404, 'RESOURCE_NOT_EXISTS');
}

async function closing(pay, shop) {
  const out_trade_no = number('AVN');
  const order = { appid, mchid, out_trade_no, description: '茶', notify_url: shop.url, amount: { total: 1 } };
  assert.match((await good(pay.v3.pay.transactions.native.post(order))).code_url, /^weixin:\/\/wxpay\//);
  const path = pay.v3.pay.transactions.outTradeNo.$out_trade_no$;
  await good(path.close.post({ mchid }, { out_trade_no }), 204);
  assert.equal((await good(path.get({ params: { mchid }, out_trade_no }))).trade_state, 'CLOSED');
  await refused(path.get({ params: { mchid }, out_trade_no: 'nobody' }), 404, 'ORDER_NOT_EXIST');
}

async function bills(pay) {
  const told_ = await good(pay.v3.bill.tradebill.get({ params: { bill_date, bill_type: 'ALL' } }));
  const address = new URL(told_.download_url);
  const raw = { params: Object.fromEntries(address.searchParams), responseType: 'arraybuffer' };
  const plain = await good(pay.v3.billdownload.file.get(raw));
  assert.equal(createHash('sha1').update(plain).digest('hex'), told_.hash_value.toLowerCase());
  const { rows, summary } = Formatter.castCsvBill(plain);
  assert.ok(rows.some((row) => row['商户订单号'].startsWith('AV') && row['订单金额'] === '1.01'), String(plain));
  assert.equal(Number(summary['总交易单数']), rows.length);
  await refused(pay.v3.bill.tradebill.get({ params: { bill_date: '2000-01-01' } }), 400, 'NO_STATEMENT_EXIST');
}

async function certificates(pay) {
  const { data: [one] } = await good(pay.v3.certificates.get());
  const { nonce, ciphertext, associated_data } = one.encrypt_certificate;
  assert.equal(one.serial_no, platform);
  assert.equal(Aes.AesGcm.decrypt(ciphertext, secret, nonce, associated_data).trim(), String(both[platform]).trim());
}

async function wrongKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const careless = client(both, {}, privateKey);
  await refused(careless.v3.certificates.get(), 401, 'SIGN_ERROR');
}

/** What a page passes to WeixinJSBridge. */
function payParameters(prepay_id) {
  const params = { appId: appid, timeStamp: '1768478400', nonceStr: 'nonce', package: `prepay_id=${prepay_id}` };
  const text = Formatter.joinedByLineFeed(...Object.values(params));
  return { ...params, signType: 'RSA', paySign: Rsa.sign(text, file('apiclient_key.pem')) };
}

const shop = await receiver();
const signed = [];
for (const [pay, by] of [[byPublicKey, publicKeyId], [byCertificate, platform]]) {
  signed.push(payParameters(await orders(pay, shop, by)));
}
await closing(byPublicKey, shop);
await bills(byPublicKey);
await certificates(byCertificate);
await wrongKey();
shop.close();
console.log(JSON.stringify({ pay_sign: signed }));
process.exit(0);
