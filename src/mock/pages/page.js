// What our own pages need of a script: hand the result of the cashier to the
// page that opened it, and keep the dashboard live.
(function () {
  'use strict';

  // The page behind the cashier hears a word, and nothing else.
  function tell(result) {
    window.parent.postMessage({ wxkit: 'cashier', result: result }, '*');
  }

  document.addEventListener('click', function (event) {
    var way = event.target.closest('[data-result]');
    if (!way || window.parent === window || !way.closest('[data-from="frame"]')) return;
    event.preventDefault();
    tell(way.getAttribute('data-result'));
  });

  var board = document.getElementById('board');
  if (!board) return;
  var light = document.getElementById('light');
  var note = document.getElementById('note');
  var find = document.getElementById('find');
  var busy = false;
  var again = false;

  function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    var wanted = find.value ? '&q=' + encodeURIComponent(find.value) : '';
    fetch(board.getAttribute('data-url') + wanted, { headers: { accept: 'text/html' } })
      .then(function (reply) { return reply.ok ? reply.text() : Promise.reject(reply.status); })
      .then(show)
      .catch(function () { light.className = 'light off'; })
      .then(function () {
        busy = false;
        if (again) { again = false; setTimeout(refresh, 100); }
      });
  }

  // The text was escaped where it was made; what was unfolded stays unfolded.
  function show(text) {
    var open = Array.prototype.map.call(board.querySelectorAll('details[open]'), function (d) { return d.id; });
    board.innerHTML = text;
    open.forEach(function (id) {
      var details = id && document.getElementById(id);
      if (details) details.open = true;
    });
  }

  // One request, or one for each of several things that are alike.
  function act(button) {
    var body = button.getAttribute('data-body');
    button.disabled = true;
    Promise.all(button.getAttribute('data-post').split(' ').map(function (url) {
      return fetch(url, {
        method: button.getAttribute('data-method') || 'POST',
        headers: { 'content-type': 'application/json' },
        body: body || undefined
      }).then(function (reply) { return reply.json(); });
    })).then(function (all) {
      var said = all.filter(function (one) { return one.error; })[0];
      note.textContent = said ? (said.error[document.documentElement.lang] || said.error.en) : '';
    }).catch(function (error) {
      note.textContent = String(error);
    }).then(function () {
      button.disabled = false;
      refresh();
    });
  }

  // Where the clipboard is not ours to write, the line is marked, ready for the keys.
  function copy(line) {
    function mark() { window.getSelection().selectAllChildren(line); }
    if (!navigator.clipboard) { mark(); return; }
    navigator.clipboard.writeText(line.textContent).then(function () {
      line.parentNode.classList.add('copied');
    }, mark);
  }

  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-post]');
    if (button) act(button);
    var copying = event.target.closest('[data-copy]');
    if (copying) copy(copying.parentNode.querySelector('code'));
  });

  var typing;
  find.addEventListener('input', function () {
    clearTimeout(typing);
    typing = setTimeout(refresh, 150);
  });

  document.addEventListener('submit', function (event) {
    var form = event.target.closest('[data-fault]');
    if (!form) return;
    event.preventDefault();
    var fault = { endpoint: form.endpoint.value, count: 1 };
    var what = form.what.value.split('=');
    fault[what[0]] = what[0] === 'code' ? what[1] : JSON.parse(what[1]);
    var button = form.querySelector('button');
    button.setAttribute('data-body', JSON.stringify(fault));
    button.setAttribute('data-post', '/_mock/faults');
    act(button);
    button.removeAttribute('data-post');
  });

  var source = new EventSource('/_mock/events');
  source.onopen = function () { light.className = 'light'; refresh(); };
  source.onerror = function () { light.className = 'light off'; };
  source.addEventListener('changed', refresh);
})();
