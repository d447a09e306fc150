// What the flows of both Node SDKs share: the gateway's address and control plane, numbers, and a merchant's notify_url
// that keeps headers and body as they came.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';

export const base = process.env.WXKIT_BASE;

let made = 0;
export const number = (prefix) => `${prefix}${Date.now()}${String(made += 1).padStart(3, '0')}`;

export async function control(path, body = {}) {
  const reply = await fetch(`${base}/_mock/${path}`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(reply.status, 200, await reply.text());
}

export async function receiver() {
  const waiting = [];
  const arrived = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    response.writeHead(204).end();
    const notice = { headers: request.headers, body };
    if (waiting.length) waiting.shift()(notice); else arrived.push(notice);
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  const next = () => new Promise((done, fail) => {
    if (arrived.length) return done(arrived.shift());
    const late = setTimeout(() => fail(new Error('no notice')), 10_000);
    return waiting.push((notice) => { clearTimeout(late); done(notice); });
  });
  return { url: `http://127.0.0.1:${server.address().port}/notify`, next, close: () => server.close() };
}
