#!/usr/bin/env bash
# How many signed v3 orders the gateway takes: each is verified, and its reply signed, with RSA of 2048 bits, which
# bounds it. Beside what `openssl speed rsa2048` says of the two together on one core, and beside nginx's `return 200`.
# Wants nginx, wrk, openssl; builds the release unless WXKIT_BIN names a program. Usage: benches/gateway_v3.sh [ROUNDS] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5} seconds=${2:-3}
program=${WXKIT_BIN:-}; unset WXKIT_BIN
[[ -n $program ]] || { cargo build --release --quiet; program=target/release/wxkit; }
dir=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$dir"' EXIT

cat > "$dir/nginx.conf" <<NGINX
worker_processes 2; daemon off; pid $dir/nginx.pid; error_log /dev/null; worker_rlimit_nofile 4096;
events { worker_connections 2048; }
http { access_log off; keepalive_requests 100000000; client_body_temp_path $dir/b; proxy_temp_path $dir/p; fastcgi_temp_path $dir/f;
  uwsgi_temp_path $dir/u; scgi_temp_path $dir/s; server { listen 127.0.0.1:7792 reuseport; location / { return 200; } } }
NGINX
nginx -c "$dir/nginx.conf" 2>/dev/null & pids+=($!)
HOME=$dir "$program" -q mock --listen 127.0.0.1:0 --ready-file "$dir/url" >/dev/null & mock=$!; pids+=("$mock")
until [[ -s $dir/url ]]; do sleep 0.1; done
url=$(<"$dir/url")
HOME=$dir "$program" mock keys "$dir/keys" > /dev/null

body='{"appid":"wx00c0ffee00c0ffee","mchid":"1900000109","description":"tea","out_trade_no":"BENCH00001","notify_url":"https://shop.example/n","amount":{"total":880,"currency":"CNY"}}'
header=$(HOME=$dir "$program" -q v3 sign POST /v3/pay/transactions/native --body "$body" --mch-id 1900000109 \
  --private-key "file:$dir/keys/apiclient_key.pem" --serial 5F0C4A1D7E2B3968A4D1C05E7B9F63D28A1C4E90)
cat > "$dir/order.lua" <<LUA
wrk.method, wrk.body = 'POST', '$body'
wrk.headers['authorization'], wrk.headers['content-type'], wrk.headers['accept'] = [==[$header]==], 'application/json', 'application/json'
wrk.headers['user-agent'] = 'bench'
LUA
check=$(curl -s -H "authorization: $header" -H 'content-type: application/json' -H 'accept: application/json' -d "$body" "$url/v3/pay/transactions/native")
[[ $check == *code_url* ]] || { echo "the gateway refuses the order: $check"; exit 1; }

rate() { wrk -t2 -c64 -d"${seconds}s" -s "$dir/order.lua" "$1" | awk '/Requests\/sec/ { print $2 } /Non-2xx/ { print > "/dev/stderr" }'; }
ticks() { awk '{ print $14 + $15 }' "/proc/$mock/stat"; }
hertz=$(getconf CLK_TCK)
read -r sign verify < <(openssl speed -seconds 2 rsa2048 2>/dev/null | awk '/rsa 2048/ { print $(NF - 1), $NF }')
for ((round = 0; round < rounds; round++)); do
  before=$(ticks)
  own=$(rate "$url/v3/pay/transactions/native")
  spent=$(( $(ticks) - before ))
  nginx=$(rate http://127.0.0.1:7792/)
  awk -v own="$own" -v nginx="$nginx" -v s="$seconds" -v spent="$spent" -v hertz="$hertz" -v sign="$sign" -v verify="$verify" 'BEGIN {
    core = own * s / (spent / hertz); bound = 1 / (1 / sign + 1 / verify)
    printf "%.0f/s, %.0f for each second of its processor; openssl signs and verifies %.0f: %.2f; nginx %.0f/s: %.3f\n", own, core, bound, core / bound, nginx, own / nginx }'
done
