/*! wxkit's stand-in for jweixin %VERSION%: the same calls, answered by the local gateway at %ORIGIN%. */
(function (window, make) {
  'use strict';
  if (typeof define === 'function' && (define.amd || define.cmd)) {
    define(function () { return make(window); });
  } else {
    make(window);
  }
})(window, function (window) {
  'use strict';
  if (window.jWeixin) return window.jWeixin;

  var document = window.document;
  var tag = document.currentScript;
  var source = tag && tag.src ? new URL(tag.src, window.location.href) : null;
  // A proxy may serve this file under WeChat's own name; then the gateway says where it is.
  var origin = source && /\/open\/js\//.test(source.pathname) && !/\.qq\.com$/.test(source.hostname) ? source.origin : '%ORIGIN%';
  var zh = /^zh/i.test(document.documentElement.lang || window.navigator.language || '');
  function say(chinese, english) { return zh ? chinese : english; }

  // What was configured, and what came of it: 0 asked or not yet, 1 ok, -1 refused.
  var settings = {};
  var state = 0;
  var waiting = [];
  var onError = null;
  var lastError = null;
  var round = 0;

  function here() { return window.location.href.split('#')[0]; }

  function post(path, body) {
    return window.fetch(origin + path, {
      method: 'POST',
      mode: 'cors',
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body)
    }).then(function (reply) { return reply.json(); });
  }

  function text(value) { return value === undefined || value === null ? '' : String(value); }

  function later(run, value) {
    if (typeof run !== 'function') return;
    window.setTimeout(function () { run(value); }, 0);
  }

  // ---- wx.config, ready, error -------------------------------------------

  function config(given) {
    settings = given || {};
    state = 0;
    var mine = ++round;
    post('/_wx/config', {
      appId: text(settings.appId),
      timestamp: text(settings.timestamp),
      nonceStr: text(settings.nonceStr),
      signature: text(settings.signature),
      url: here()
    }).then(function (said) {
      if (mine !== round) return;
      if (said.errMsg === 'config:ok') {
        state = 1;
        if (settings.debug) window.console.log(JSON.stringify(said));
        waiting.splice(0).forEach(function (run) { later(run); });
      } else {
        failed(said);
      }
    }, function (error) {
      unreachable(error);
      if (mine === round) failed({ errMsg: 'config:fail' });
    });
  }

  function failed(said) {
    state = -1;
    lastError = { errMsg: said.errMsg };
    refused(said.errMsg, said);
    later(onError, lastError);
  }

  function ready(run) {
    if (state === 1) later(run); else waiting.push(run);
  }

  function error(run) {
    onError = run;
    if (state === -1) later(run, lastError);
  }

  // ---- calls ---------------------------------------------------------------

  // What a page may call, and what comes of it on a machine that is no phone.
  var QUIET = ['updateAppMessageShareData', 'updateTimelineShareData', 'onMenuShareTimeline', 'onMenuShareAppMessage',
    'onMenuShareQQ', 'onMenuShareWeibo', 'onMenuShareQZone', 'hideOptionMenu', 'showOptionMenu', 'hideMenuItems',
    'showMenuItems', 'hideAllNonBaseMenuItem', 'showAllNonBaseMenuItem', 'closeWindow', 'previewImage'];
  var PHONE = ['chooseImage', 'uploadImage', 'downloadImage', 'getLocalImgData', 'startRecord', 'stopRecord', 'playVoice',
    'pauseVoice', 'stopVoice', 'uploadVoice', 'downloadVoice', 'translateVoice', 'getLocation', 'openLocation', 'scanQRCode',
    'openProductSpecificView', 'chooseCard', 'addCard', 'openCard', 'startSearchBeacons', 'stopSearchBeacons'];
  var KNOWN = QUIET.concat(PHONE, ['checkJsApi', 'chooseWXPay', 'openAddress', 'getNetworkType', 'openEnterpriseChat']);
  // These ask for no permission.
  var FREE = ['closeWindow', 'checkJsApi'];

  function finish(name, how, args, more) {
    var result = {};
    Object.keys(more || {}).forEach(function (key) { result[key] = more[key]; });
    result.errMsg = name + ':' + how;
    if (settings.debug) window.console.log(JSON.stringify(result));
    if (how === 'ok') later(args.success, result);
    else if (how === 'cancel') later(args.cancel, result);
    else later(args.fail, result);
    later(args.complete, result);
  }

  function permitted(name, args) {
    if (FREE.indexOf(name) >= 0) return true;
    if (state !== 1) {
      finish(name, 'fail, the permission value is offline verifying', args);
      return false;
    }
    if ((settings.jsApiList || []).indexOf(name) < 0) {
      finish(name, 'permission denied', args);
      return false;
    }
    return true;
  }

  function quiet(name) {
    return function (args) {
      args = args || {};
      if (permitted(name, args)) finish(name, 'ok', args);
    };
  }

  function phone(name) {
    return function (args) {
      args = args || {};
      if (!permitted(name, args)) return;
      window.console.warn('[wxkit] ' + say('本地网关没有手机，不支持 wx.' + name, 'the local gateway has no phone: wx.' + name));
      finish(name, 'fail, not supported by the local gateway', args);
    };
  }

  function checkJsApi(args) {
    args = args || {};
    var result = {};
    (args.jsApiList || []).forEach(function (name) { result[name] = KNOWN.indexOf(name) >= 0; });
    finish('checkJsApi', 'ok', args, { checkResult: result });
  }

  function getNetworkType(args) {
    args = args || {};
    if (permitted('getNetworkType', args)) finish('getNetworkType', 'ok', args, { networkType: 'wifi' });
  }

  function openAddress(args) {
    args = args || {};
    if (!permitted('openAddress', args)) return;
    address(function (how) {
      finish('openAddress', how, args, how === 'ok' ? {
        userName: '张三', postalCode: '510000', provinceName: '广东省', cityName: '广州市', countryName: '海珠区',
        detailInfo: '新港中路397号', nationalCode: '510000', telNumber: '020-81167888'
      } : {});
    });
  }

  function chooseWXPay(args) {
    args = args || {};
    if (!permitted('chooseWXPay', args)) return;
    pay({
      via: 'chooseWXPay',
      appId: text(settings.appId),
      timeStamp: text(args.timestamp),
      nonceStr: text(args.nonceStr),
      package: text(args.package),
      signType: text(args.signType),
      paySign: text(args.paySign)
    }, function (how, more) { finish('chooseWXPay', how, args, more); });
  }

  // ---- paying ---------------------------------------------------------------

  function pay(params, done) {
    params.url = here();
    post('/_wx/pay', params).then(function (said) {
      if (said.ok) return cashier(said.prepay_id, done);
      refused(said.err_desc, said);
      done('fail', { err_desc: said.err_desc });
    }, function (error) {
      unreachable(error);
      done('fail', {});
    });
  }

  function cashier(prepayId, done) {
    var frame = document.createElement('iframe');
    frame.className = 'window';
    frame.title = say('微信支付', 'WeChat Pay');
    frame.src = origin + '/_wx/cashier?from=frame&prepay_id=' + encodeURIComponent(prepayId) + '&lang=' + (zh ? 'zh' : 'en');
    function hear(event) {
      if (event.source !== frame.contentWindow || event.origin !== origin) return;
      if (!event.data || event.data.wxkit !== 'cashier') return;
      window.removeEventListener('message', hear);
      frame.remove();
      done(event.data.result === 'ok' ? 'ok' : 'cancel', {});
    }
    window.addEventListener('message', hear);
    stage().appendChild(frame);
  }

  function address(done) {
    var sheet = make('div', 'choice');
    sheet.appendChild(make('strong', '', say('选择收货地址', 'Choose an address')));
    sheet.appendChild(make('p', '', '张三 020-81167888'));
    sheet.appendChild(make('p', 'quiet', '广东省广州市海珠区新港中路397号'));
    function button(label, className, how) {
      var one = make('button', className, label);
      one.type = 'button';
      one.addEventListener('click', function () { sheet.remove(); done(how); });
      sheet.appendChild(one);
    }
    button(say('使用', 'Use it'), 'go', 'ok');
    button(say('取消', 'Cancel'), '', 'cancel');
    stage().appendChild(sheet);
  }

  // ---- WeixinJSBridge -------------------------------------------------------

  function bridgePay(args, callback) {
    var names = ['appId', 'timeStamp', 'nonceStr', 'package', 'signType', 'paySign'];
    var params = { via: 'getBrandWCPayRequest', loose: names.filter(function (n) { return typeof args[n] !== 'string'; }).join(',') };
    names.forEach(function (name) { params[name] = text(args[name]); });
    pay(params, function (how, more) {
      var result = { err_msg: 'get_brand_wcpay_request:' + how };
      if (more.err_desc) { result.err_code = '-1'; result.err_desc = more.err_desc; }
      later(callback, result);
    });
  }

  function bridgeAddress(args, callback) {
    address(function (how) {
      later(callback, how === 'ok' ? {
        err_msg: 'edit_address:ok', userName: '张三', telNumber: '020-81167888', addressPostalCode: '510000',
        proviceFirstStageName: '广东省', addressCitySecondStageName: '广州市', addressCountiesThirdStageName: '海珠区',
        addressDetailInfo: '新港中路397号', nationalCode: '510000'
      } : { err_msg: 'edit_address:cancel' });
    });
  }

  var BRIDGE = { getBrandWCPayRequest: bridgePay, editAddress: bridgeAddress };

  function snake(name) { return name.replace(/[A-Z]/g, function (c) { return '_' + c.toLowerCase(); }); }

  var bridge = {
    invoke: function (name, args, callback) {
      if (BRIDGE[name]) BRIDGE[name](args || {}, callback);
      else if (QUIET.indexOf(name) >= 0) later(callback, { err_msg: snake(name) + ':ok' });
      else later(callback, { err_msg: 'system:function_not_exist' });
    },
    call: function (name, args, callback) { bridge.invoke(name, args, callback); },
    on: function () {}
  };

  function announce() {
    if (!window.WeixinJSBridge) window.WeixinJSBridge = bridge;
    document.dispatchEvent(new window.Event('WeixinJSBridgeReady'));
  }
  // Not at once: a page asks first whether the bridge is there, then listens.
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', function () { window.setTimeout(announce, 0); });
  } else {
    window.setTimeout(announce, 0);
  }

  // ---- what went wrong, on screen and in the console --------------------------

  var CSS = ':host{all:initial;position:fixed;inset:0;z-index:2147483000;pointer-events:none;' +
    'font:15px/1.5 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:rgba(0,0,0,.9)}' +
    '*{box-sizing:border-box}p{margin:0}' +
    '.window{position:absolute;inset:0;width:100%;height:100%;border:0;background:#fff;pointer-events:auto}' +
    '.choice,.refused{position:absolute;left:12px;right:12px;bottom:12px;max-width:480px;margin:0 auto;padding:16px;' +
    'background:#fff;border-radius:12px;box-shadow:0 4px 24px rgba(0,0,0,.18);pointer-events:auto;max-height:70vh;overflow:auto}' +
    '.choice button{display:block;width:100%;margin-top:10px;padding:10px;border:0;border-radius:8px;font:inherit;background:#f2f2f2;cursor:pointer}' +
    '.choice .go{background:#07c160;color:#fff}' +
    '.quiet{color:rgba(0,0,0,.5);font-size:13px}' +
    '.refused{border-left:4px solid #d93b3b}.refused strong{color:#d93b3b;overflow-wrap:anywhere;padding-right:28px;display:block}' +
    '.refused ul{margin:6px 0;padding-left:18px}.refused li{margin:2px 0}' +
    '.refused code{display:block;margin-top:2px;font:12px/1.5 ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere;color:rgba(0,0,0,.7)}' +
    '.refused summary{cursor:pointer;color:#576b95;font-size:13px}' +
    '.refused .close{position:absolute;top:8px;right:8px;width:32px;height:32px;border:0;background:none;font-size:20px;line-height:1;cursor:pointer;color:rgba(0,0,0,.5)}';

  var root = null;

  // A room of its own over the page, out of reach of the page's styles.
  function stage() {
    if (root) return root;
    var host = document.createElement('wxkit-weixin');
    root = host.attachShadow({ mode: 'open' });
    try {
      var sheet = new window.CSSStyleSheet();
      sheet.replaceSync(CSS);
      root.adoptedStyleSheets = [sheet];
    } catch (old) {
      root.appendChild(make('style', '', CSS));
    }
    document.documentElement.appendChild(host);
    return root;
  }

  function make(name, className, content) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (content) element.textContent = content;
    return element;
  }

  // WeChat's own message first, the explanation beside it.
  function refused(message, said) {
    window.console.error(message);
    var card = make('section', 'refused');
    card.setAttribute('role', 'alert');
    card.appendChild(make('strong', '', message));
    var close = make('button', 'close', '\u00d7');
    close.type = 'button';
    close.setAttribute('aria-label', say('关闭', 'Close'));
    close.addEventListener('click', function () { card.remove(); });
    card.appendChild(close);
    if (said.note) reason(card, [zh ? said.note.zh : said.note.en]);
    if (said.string_to_sign) strings(card, said);
    var old = stage().querySelector('.refused');
    if (old) old.remove();
    stage().appendChild(card);
    if (said.report) report(card, said.report, 40);
  }

  function reason(card, lines) {
    var list = make('ul', 'why');
    lines.forEach(function (line) { list.appendChild(make('li', '', line)); });
    card.insertBefore(list, card.querySelector('details'));
    lines.forEach(function (line) { window.console.warn('[wxkit] ' + line); });
  }

  function strings(card, said) {
    var more = make('details', '');
    more.appendChild(make('summary', '', say('待签名串与签名', 'String to sign and signatures')));
    [[say('网关的待签名串', "The gateway's string"), said.string_to_sign],
      [say('应为', 'Expected'), said.expected], [say('收到', 'Given'), said.given]].forEach(function (pair) {
      more.appendChild(make('p', 'quiet', pair[0]));
      more.appendChild(make('code', '', pair[1] || '-'));
      window.console.warn('[wxkit] ' + pair[0] + ': ' + (pair[1] || '-'));
    });
    card.appendChild(more);
  }

  // The gateway looks for the reason after it has answered.
  function report(card, path, tries) {
    window.fetch(origin + path, { credentials: 'omit' }).then(function (reply) {
      if (reply.status === 202 && tries > 0) {
        window.setTimeout(function () { report(card, path, tries - 1); }, 250);
      } else if (reply.ok && reply.status === 200) {
        return reply.json().then(function (told) { explained(card, told); });
      }
    }).catch(unreachable);
  }

  function explained(card, told) {
    var best = (told.explanations || [])[0];
    if (!best) {
      reason(card, [say('没有找到原因，请对照待签名串', 'no reason was found: compare the strings')]);
      return;
    }
    var own = best[zh ? 'zh' : 'en'] || best;
    reason(card, (own.why || []).map(function (why, i) {
      var fix = (own.fix || [])[i];
      return fix ? why + say('。', '. ') + fix : why;
    }));
    if (best.string_to_sign) {
      var more = card.querySelector('details');
      var mine = say('你的待签名串', 'Your string');
      more.appendChild(make('p', 'quiet', mine));
      more.appendChild(make('code', '', best.string_to_sign));
      window.console.warn('[wxkit] ' + mine + ': ' + best.string_to_sign);
    }
  }

  function unreachable(error) {
    window.console.error('[wxkit] ' + say('连不上本地网关 ', 'cannot reach the local gateway at ') + origin, error);
  }

  // ---- the door ---------------------------------------------------------------

  var wx = {
    config: config, ready: ready, error: error, checkJsApi: checkJsApi, getNetworkType: getNetworkType,
    openAddress: openAddress, chooseWXPay: chooseWXPay, invoke: bridge.invoke, on: bridge.on,
    miniProgram: { getEnv: function (callback) { later(callback, { miniprogram: false }); } }
  };
  QUIET.forEach(function (name) { wx[name] = quiet(name); });
  PHONE.forEach(function (name) { wx[name] = phone(name); });

  window.jWeixin = wx;
  if (!window.wx) window.wx = wx;
  return wx;
});
