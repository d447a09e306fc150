// Written by wxkit. Loaded into Node by NODE_OPTIONS: connections to WeChat's hosts go
// to the gateway at WECHAT_BASE. For versions whose fetch knows of no proxy variables
// (before 24), and for clients that never ask for them.
'use strict';
const net = require('node:net');

const gateway = new URL(process.env.WECHAT_BASE || 'http://127.0.0.1:7780');
const place = { host: gateway.hostname.replace(/^\[|\]$/g, ''), port: Number(gateway.port) };
const isWeChats = (host) => /(^|\.)(weixin\.qq\.com|wx\.tenpay\.com)\.?$/i.test(String(host));

const led = (options) =>
  options && [80, 443].includes(Number(options.port)) && isWeChats(options.host) ? { ...options, ...place } : options;

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (first, ...rest) {
  // Node hands its own calls on as a list that it has put in order already.
  if (Array.isArray(first)) first[0] = led(first[0]);
  else if (typeof first === 'object') first = led(first);
  else if (typeof rest[0] === 'string' && isWeChats(rest[0])) [first, rest[0]] = [place.port, place.host];
  return connect.call(this, first, ...rest);
};
