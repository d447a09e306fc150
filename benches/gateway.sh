#!/usr/bin/env bash
# How many signed orders the gateway takes, beside what nginx gives for `return 200`
# on the same cores: alternating rounds, and the medians of the ratios of a round.
# Twice: one order asked for again and again, which the client sends as easily as
# it asks nginx; and orders that are all new, which cost the client more too.
# Wants nginx, wrk, python3; builds the release unless WXKIT_BIN names a program. Usage: benches/gateway.sh [ROUNDS] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5} seconds=${2:-3}
program=${WXKIT_BIN:-}; unset WXKIT_BIN
[[ -n $program ]] || { cargo build --release --quiet; program=target/release/wxkit; }
dir=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$dir"' EXIT

# Distinct orders, signed by a second implementation: md5 of the sorted pairs.
python3 - "$dir" <<'PYTHON'
import hashlib, sys
KEY = "wxkitmockpaykey0wxkitmockpaykey0"
def body(n):
    fields = dict(appid="wx00c0ffee00c0ffee", mch_id="1900000109", nonce_str=f"{n:032d}", body="tea", total_fee="100",
                  out_trade_no=f"order-{n:08d}", spbill_create_ip="127.0.0.1", trade_type="JSAPI",
                  openid="oMockUser0000000000000000001", notify_url="http://127.0.0.1:9/notify", attach="a")
    text = "&".join(f"{k}={fields[k]}" for k in sorted(fields)) + "&key=" + KEY
    fields["sign"] = hashlib.md5(text.encode()).hexdigest().upper()
    return "<xml>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in fields.items()) + "</xml>"
with open(f"{sys.argv[1]}/again.lua", "w") as out:
    out.write(f"wrk.method, wrk.headers['content-type'], wrk.body = 'POST', 'text/xml', [==[{body(20000)}]==]\n")
with open(f"{sys.argv[1]}/orders.lua", "w") as out:
    out.write("local orders = {\n")
    for n in range(20000):
        out.write(f"[==[{body(n)}]==],\n")
    out.write("}\nlocal ready, n = {}, 0\n"
              "function init() for i, b in ipairs(orders) do ready[i] = wrk.format('POST', '/pay/unifiedorder',"
              " { ['content-type'] = 'text/xml' }, b) end; n = math.random(#ready) end\n"
              "function request() n = n % #ready + 1; return ready[n] end\n")
PYTHON

cat > "$dir/nginx.conf" <<NGINX
worker_processes 2; daemon off; pid $dir/nginx.pid; error_log /dev/null; worker_rlimit_nofile 4096;
events { worker_connections 2048; }
http { access_log off; keepalive_requests 100000000; client_body_temp_path $dir/b; proxy_temp_path $dir/p; fastcgi_temp_path $dir/f;
  uwsgi_temp_path $dir/u; scgi_temp_path $dir/s; server { listen 127.0.0.1:7790 reuseport; location / { return 200; } } }
NGINX
nginx -c "$dir/nginx.conf" 2>/dev/null & pids+=($!)
HOME=$dir "$program" -q mock --listen 127.0.0.1:0 --ready-file "$dir/url" >/dev/null & mock=$!; pids+=("$mock")
until [[ -s $dir/url ]]; do sleep 0.1; done
url=$(<"$dir/url")

check=$(python3 - "$dir" "$url" <<'PYTHON'
import re, sys, urllib.request
body = re.search(r"\[==\[(.*?)\]==\]", open(f"{sys.argv[1]}/orders.lua").read(40000)).group(1)
print(urllib.request.urlopen(f"{sys.argv[2]}/pay/unifiedorder", body.encode()).read().decode())
PYTHON
)
[[ $check == *prepay_id* ]] || { echo "the gateway refuses the orders: $check"; exit 1; }

rate() { wrk -t2 -c64 -d"${seconds}s" "$@" | awk '/Requests\/sec/ { print $2 } /Non-2xx/ { print > "/dev/stderr" }'; }
ticks() { awk '{ print $14 + $15 }' "/proc/$mock/stat"; }
per_second=$(getconf CLK_TCK)
# The rate, and the processor time that the gateway needs for one order.
ours() {
  local before after rate
  before=$(ticks) rate=$(rate -s "$1" "$url/pay/unifiedorder") after=$(ticks)
  awk "BEGIN { printf \"%.0f %.1f\", $rate, ($after - $before) * 1e6 / $per_second / ($rate * $seconds) }"
}
median() { sort -n | awk '{ r[NR] = $1 } END { print r[int((NR + 1) / 2)] }'; }
again=() distinct=()
for ((round = 1; round <= rounds; round++)); do
  nginx=$(rate http://127.0.0.1:7790/)
  read -r same same_cost < <(ours "$dir/again.lua"; echo)
  read -r new new_cost < <(ours "$dir/orders.lua"; echo)
  again+=("$(awk "BEGIN { printf \"%.3f\", $same / $nginx }")")
  distinct+=("$(awk "BEGIN { printf \"%.3f\", $new / $nginx }")")
  echo "round $round: nginx return 200 $nginx/s; one order again $same/s (ratio ${again[-1]}, $same_cost us of the gateway);" \
    "new orders $new/s (ratio ${distinct[-1]}, $new_cost us)"
done
awk '/VmRSS|Threads/ { print "gateway " $1 " " $2 }' "/proc/$mock/status"
echo "median ratio, one order again: $(printf '%s\n' "${again[@]}" | median)"
echo "median ratio, new orders: $(printf '%s\n' "${distinct[@]}" | median)"
