// What a shop's own page does: configure, pay, and ask its own server whether
// the notice has come. It believes the server, never the browser.
(function () {
  'use strict';
  var order = document.getElementById('order');
  if (!order) return;
  var number = order.getAttribute('data-no');
  var pay = JSON.parse(order.getAttribute('data-pay'));

  function show(id, text, good) {
    var place = document.getElementById(id);
    place.textContent = text;
    place.className = 'mono ' + (good ? 'good' : 'bad');
  }

  function waitFor(state) {
    fetch('/shop/state?no=' + encodeURIComponent(number)).then(function (reply) { return reply.json(); })
      .then(function (said) {
        if (said.state === state) window.location.reload();
        else setTimeout(function () { waitFor(state); }, 300);
      });
  }

  wx.config(JSON.parse(order.getAttribute('data-config')));
  wx.ready(function () { show('config', 'config:ok', true); });
  wx.error(function (res) { show('config', res.errMsg, false); });

  function on(id, run) {
    var button = document.getElementById(id);
    if (button) button.addEventListener('click', run);
  }

  on('pay', function () {
    wx.chooseWXPay({
      timestamp: pay.timeStamp,
      nonceStr: pay.nonceStr,
      package: pay.package,
      signType: pay.signType,
      paySign: pay.paySign,
      success: function (res) { show('result', res.errMsg, true); waitFor('paid'); },
      cancel: function (res) { show('result', res.errMsg, false); },
      fail: function (res) { show('result', res.errMsg, false); }
    });
  });

  on('bridge', function () {
    WeixinJSBridge.invoke('getBrandWCPayRequest', pay, function (res) {
      var good = res.err_msg === 'get_brand_wcpay_request:ok';
      show('result', res.err_msg, good);
      if (good) waitFor('paid');
    });
  });

  if (order.getAttribute('data-state') === 'refunding') waitFor('refunded');
})();
