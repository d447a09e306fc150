// Drives the gateway with wechatpay-axios-plugin, as its users would: every call
// goes through the SDK, only `baseURL` is set. Comes in: WXKIT_BASE, and in
// WXKIT_CLIENTS where the SDK is installed; goes out: one line of JSON with the
// signatures that the caller checks again; a failed check ends with a trace.

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';

const require = createRequire(`${process.env.WXKIT_CLIENTS}/node/package.json`);
const { Wechatpay, Aes, Formatter, Hash, Transformer } = require('wechatpay-axios-plugin');

const baseURL = `${process.env.WXKIT_BASE}/`;
const [appid, mchid, key] = ['wx00c0ffee00c0ffee', '1900000109', 'wxkitmockpaykey0wxkitmockpaykey0'];
const openid = 'oMockUser0000000000000000001';
const ip = '127.0.0.1';
// Bills go by the days of Beijing; kept, lest midnight comes in between.
const bill_date = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10).replaceAll('-', '');

// The SDK makes its v3 half too, which wants keys of its own.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
function client(secret) {
  return new Wechatpay({ baseURL, mchid, serial: 'MERCHANT', privateKey, certs: { PLATFORM: publicKey }, secret });
}

const pay = client(key);
const common = { appid, mch_id: mchid };
let made = 0;
const number = (prefix) => `${prefix}${Date.now()}${String(made += 1).padStart(3, '0')}`;

/** The SDK checks the sign of every reply before it hands the reply over. */
async function good(call) {
  try {
    return (await call).data;
  } catch (error) {
    throw new Error(`${error.message} ${JSON.stringify(error.response?.data)}`);
  }
}

async function refused(call, wanted) {
  const error = await call.then(() => assert.fail('not refused'), (e) => e);
  assert.equal(error.code, 'EV2_RES_STATUS_CODE_NOT_SUCESS', error.stack);
  const { return_code, return_msg, err_code } = error.response.data;
  assert.deepEqual({ return_code, return_msg, err_code }, { return_msg: 'OK', err_code: undefined, ...wanted });
}

const no = (err_code) => ({ return_code: 'SUCCESS', err_code });
const signWrong = { return_code: 'FAIL', return_msg: '签名错误' };

/** A merchant's notify_url. */
async function receiver() {
  const waiting = [];
  const arrived = [];
  const server = createServer(async (request, response) => {
    let xml = '';
    for await (const chunk of request.setEncoding('utf8')) xml += chunk;
    response.end(Transformer.toXml({ return_code: 'SUCCESS', return_msg: 'OK' }));
    if (waiting.length) waiting.shift()(xml); else arrived.push(xml);
  });
  await new Promise((done) => { server.listen(0, ip, done); });
  const next = () => new Promise((done, fail) => {
    if (arrived.length) return done(arrived.shift());
    const late = setTimeout(() => fail(new Error('no notice')), 10_000);
    return waiting.push((xml) => { clearTimeout(late); done(xml); });
  });
  return { url: `http://${ip}:${server.address().port}/notify`, next, close: () => server.close() };
}

async function control(path, body = {}) {
  const reply = await fetch(`${baseURL}_mock/${path}`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(reply.status, 200, await reply.text());
}

/** Verifies a notice as the SDK's documentation does. */
function verified(xml, secret = key) {
  const notice = Transformer.toObject(xml);
  const type = notice.sign.length === 64 ? Hash.ALGO_HMAC_SHA256 : Hash.ALGO_MD5;
  const sign = Hash.sign(type, notice, Hash.keyObjectFrom(secret));
  return Hash.equals(sign, notice.sign) ? notice : undefined;
}

async function orders(shop, sign_type) {
  const out_trade_no = number('AX');
  const order = {
    ...common, sign_type, out_trade_no, openid, body: '一杯茶 & <点心>', attach: '桌 7', total_fee: 101,
    spbill_create_ip: ip, notify_url: shop.url, trade_type: 'JSAPI', device_info: '1000',
  };
  const prepared = await good(pay.v2.pay.unifiedorder.post(order));
  assert.match(prepared.prepay_id, /^wx/);
  assert.equal(prepared.sign.length, sign_type === 'MD5' ? 32 : 64);
  const query = { ...common, sign_type, out_trade_no };
  assert.equal((await good(pay.v2.pay.orderquery.post(query))).trade_state, 'NOTPAY');

  await control(`orders/${out_trade_no}/pay`, { coupon_fee: 1 });
  const xml = await shop.next();
  const paid = verified(xml);
  assert.ok(paid, xml);
  assert.equal(paid.sign.length, prepared.sign.length);
  assert.equal(paid.out_trade_no, out_trade_no);
  assert.equal(paid.attach, '桌 7');
  assert.deepEqual([paid.total_fee, paid.cash_fee, paid.coupon_fee], ['101', '100', '1']);
  assert.ok(!verified(xml.replace('>101<', '>1<')));
  assert.ok(!verified(xml, '0'.repeat(32)));

  const { transaction_id } = paid;
  const found = await good(pay.v2.pay.orderquery.post({ ...common, sign_type, transaction_id }));
  assert.equal(found.trade_state, 'SUCCESS');
  await refused(pay.v2.pay.closeorder.post(query), no('ORDERPAID'));
  await refunds(shop, sign_type, out_trade_no, transaction_id);
  return { prepay_id: prepared.prepay_id, sign_type };
}

async function refunds(shop, sign_type, out_trade_no, transaction_id) {
  const out_refund_no = number('AXR');
  const refund = {
    ...common, sign_type, transaction_id, out_refund_no, total_fee: 101, refund_fee: 40, notify_url: shop.url,
  };
  const back = await good(pay.v2.secapi.pay.refund.post(refund, { security: true }));
  assert.equal(back.refund_fee, '40');
  const notice = Transformer.toObject(await shop.next());
  const told = Transformer.toObject(Aes.AesEcb.decrypt(notice.req_info, Hash.md5(key)));
  assert.equal(told.out_refund_no, out_refund_no);
  assert.equal(told.refund_status, 'SUCCESS');

  const { refund_id } = back;
  const one = await good(pay.v2.pay.refundquery.post({ ...common, sign_type, refund_id }));
  assert.deepEqual([one.refund_count, one.refund_fee_0, one.refund_status_0], ['1', '40', 'SUCCESS']);
  assert.equal((await good(pay.v2.pay.orderquery.post({ ...common, out_trade_no }))).trade_state, 'REFUND');
  await refused(pay.v2.pay.refundquery.post({ ...common, out_refund_no: 'nobody' }), no('REFUNDNOTEXIST'));
}

async function closing(shop) {
  const out_trade_no = number('AXN');
  const order = {
    ...common, out_trade_no, body: '茶', total_fee: 1, spbill_create_ip: ip, notify_url: shop.url,
  };
  const native = await good(pay.v2.pay.unifiedorder({ ...order, trade_type: 'NATIVE', product_id: '7' }));
  assert.match(native.code_url, /^weixin:\/\/wxpay\/bizpayurl/);
  await good(pay.v2.pay.closeorder.post({ ...common, out_trade_no }));
  const closed = await good(pay.v2.pay.orderquery.post({ ...common, out_trade_no }));
  assert.equal(closed.trade_state, 'CLOSED');
  await refused(pay.v2.pay.orderquery.post({ ...common, out_trade_no: 'nobody' }), no('ORDERNOTEXIST'));

  const h5 = JSON.stringify({ h5_info: { type: 'Wap', wap_url: 'http://shop.example', wap_name: '茶馆' } });
  const mweb = { ...order, out_trade_no: number('AXW'), trade_type: 'MWEB', scene_info: h5 };
  assert.match((await good(pay.v2.pay.unifiedorder.post(mweb))).mweb_url, /^http/);
}

async function counter() {
  const out_trade_no = number('AXM');
  const charge = { ...common, out_trade_no, body: '茶', total_fee: 3, spbill_create_ip: ip };
  const paid = await good(pay.v2.pay.micropay.post({ ...charge, auth_code: '134567890123456700' }));
  assert.equal(paid.trade_type, 'MICROPAY');
  assert.equal((await good(pay.v2.secapi.pay.reverse.post({ ...common, out_trade_no }))).recall, 'N');
  const typing = { ...charge, out_trade_no: number('AXM'), auth_code: '134567890123456798' };
  await refused(pay.v2.pay.micropay.post(typing), no('USERPAYING'));
  const who = await good(pay.v2.tools.authcodetoopenid.post({ ...common, auth_code: '134567890123456700' }));
  assert.equal(who.openid, openid);
  const { short_url } = await good(pay.v2.tools.shorturl.post({ ...common, long_url: 'weixin://wxpay/bizpayurl?pr=1' }));
  assert.match(short_url, /^weixin:\/\/wxpay\/s\//);
}

/** A bill is no XML, so the SDK's users take it raw and cast it. */
async function bills() {
  const raw = { responseType: 'arraybuffer', transformResponse: [] };
  const ask = { ...common, bill_date, bill_type: 'ALL' };
  const plain = await good(pay.v2.pay.downloadbill.post(ask, raw));
  const { rows, summary } = Formatter.castCsvBill(plain);
  const mine = rows.filter((row) => row['商户订单号'].startsWith('AX'));
  assert.ok(mine.some((row) => row['订单金额'] === '1.01' && row['交易状态'] === 'SUCCESS'), String(plain));
  assert.ok(mine.some((row) => row['退款金额'] === '0.40' || row['申请退款金额'] === '0.40'), String(plain));
  assert.equal(Number(summary['总交易单数']), rows.length, String(plain));

  const packed = await good(pay.v2.pay.downloadbill.post({ ...ask, tar_type: 'GZIP' }, raw));
  assert.equal(Formatter.castCsvBill(gunzipSync(packed)).rows.length, rows.length);

  const flow = { ...common, bill_date, account_type: 'Basic', sign_type: Hash.ALGO_HMAC_SHA256 };
  assert.ok(Formatter.castCsvBill(await good(pay.v2.pay.downloadfundflow.post(flow, raw))).rows.length > 0);
  await refused(pay.v2.pay.downloadbill.post({ ...ask, bill_date: '20990101' }), {
    return_code: 'FAIL', return_msg: 'No Bill Exist',
  });
}

async function wrongKey(shop) {
  const careless = client('0'.repeat(32));
  const order = {
    ...common, out_trade_no: number('AXX'), body: '茶', total_fee: 1, spbill_create_ip: ip, notify_url: shop.url,
    trade_type: 'NATIVE', product_id: '7',
  };
  await refused(careless.v2.pay.unifiedorder.post(order), signWrong);
  await refused(careless.v2.pay.unifiedorder.post({ ...order, sign_type: Hash.ALGO_HMAC_SHA256 }), signWrong);
  await refused(careless.v2.pay.orderquery.post({ ...common, out_trade_no: '1' }), signWrong);
}

/** What a page passes to WeixinJSBridge. */
function payParameters({ prepay_id, sign_type }) {
  const params = {
    appId: appid, timeStamp: '1768478400', nonceStr: 'nonce', package: `prepay_id=${prepay_id}`, signType: sign_type,
  };
  return { ...params, paySign: Hash.sign(sign_type, params, key) };
}

const shop = await receiver();
const signed = [];
for (const sign_type of [Hash.ALGO_MD5, Hash.ALGO_HMAC_SHA256]) {
  signed.push(payParameters(await orders(shop, sign_type)));
}
await closing(shop);
await counter();
await bills();
await wrongKey(shop);
shop.close();
console.log(JSON.stringify({ pay_sign: signed }));
process.exit(0);
