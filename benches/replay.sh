#!/usr/bin/env bash
# How many notices a replay posts, with each answer read and judged, beside what wrk sends to
# the same receiver: alternating rounds, and the medians of the ratios of a round, by the clock
# and by processor time. Then how well a rate is kept.
# Wants nginx, wrk; builds the release unless WXKIT_BIN names a program. Usage: benches/replay.sh [ROUNDS] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5} seconds=${2:-3}
program=${WXKIT_BIN:-}; unset WXKIT_BIN
[[ -n $program ]] || { cargo build --release --quiet; program=target/release/wxkit; }
dir=$(mktemp -d)
trap 'kill "${nginx:-}" 2>/dev/null || true; rm -rf "$dir"' EXIT

cat > "$dir/nginx.conf" <<NGINX
worker_processes 2; daemon off; pid $dir/nginx.pid; error_log /dev/null; worker_rlimit_nofile 4096;
events { worker_connections 2048; }
http { access_log off; keepalive_requests 100000000; client_body_temp_path $dir/b; proxy_temp_path $dir/p; fastcgi_temp_path $dir/f;
  uwsgi_temp_path $dir/u; scgi_temp_path $dir/s; default_type text/xml;
  server { listen 127.0.0.1:7791 reuseport; location / {
    return 200 '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>'; } } }
NGINX
nginx -c "$dir/nginx.conf" 2>/dev/null & nginx=$!
url=http://127.0.0.1:7791/notify
mkdir "$dir/notices"
HOME=$dir KEY=wxkitmockpaykey0wxkitmockpaykey0 "$program" notify make out_trade_no=REPLAY0001 total_fee=880 --app-id wx00c0ffee00c0ffee --mch-id 1900000109 \
  --key env:KEY > "$dir/notices/one.xml" 2>"$dir/said" || { cat "$dir/said"; exit 1; }
echo "wrk.method, wrk.headers['content-type'], wrk.body = 'POST', 'text/xml', [==[$(<"$dir/notices/one.xml")]==]" > "$dir/one.lua"

# Both print: requests a second, requests a second of their own processor time.
sum() { awk -v sent="$1" -v wall="$2" 'NR == 1 { print sent / wall, sent / ($1 + $2) }' "$dir/time"; }
by_wrk() {
  command time -f '%U %S' -o "$dir/time" wrk -t2 -c64 -d"${seconds}s" -s "$dir/one.lua" "$url" > "$dir/out"
  sum "$(awk '/requests in/ { print $1 }' "$dir/out")" "$seconds"
}
replay() { HOME=$dir command time -f '%U %S %M' -o "$dir/time" "$program" notify replay "$dir/notices" --to "$url" --concurrency 64 --json "$@" > "$dir/out"; }
field() { sed -nE "s/.*\"$1\": ([0-9.]+).*/\1/p" "$dir/out"; }
by_wxkit() {
  replay --repeat "$1"
  sum "$(field sent)" "$(awk -v ms="$(field elapsed_ms)" 'BEGIN { print ms / 1000 }')"
}

count=100000
for ((round = 0; round < rounds; round++)); do
  read -r wrk wrk_cpu < <(by_wrk)
  read -r own own_cpu < <(by_wxkit "$count")
  # About as long as wrk next time.
  count=$(awk -v own="$own" -v s="$seconds" 'BEGIN { printf "%d", own * s + 1 }')
  awk -v a="$own" -v b="$wrk" -v c="$own_cpu" -v d="$wrk_cpu" 'BEGIN { printf "%.0f/s beside %.0f/s of wrk: %.2f, by processor time %.2f\n", a, b, a / b, c / d }'
done | tee "$dir/rounds"
median() { sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
echo "replay / wrk, median: $(sed -E 's/.*: ([0-9.]+), .*/\1/' "$dir/rounds" | median), by processor time $(sed -E 's/.* //' "$dir/rounds" | median)"
replay --repeat 30000 --rate 10000
echo "--rate 10000: 30000 in $(field elapsed_ms) ms, 99 % sent within $(field lag_p99_ms) ms of their moment, $(awk '{ print $3 }' "$dir/time") KiB of memory"
