#!/usr/bin/env bash
# How fast `wxkit token serve` hands out a token, beside nginx with `return 200`
# and the same bytes: both on loopback, in turn, ROUNDS times; ratios are taken
# within a round and the median is told. Then 2,000 connections: rate, and memory
# of each connection. Needs nginx, wrk and curl.
#
#   cargo build --release && benches/token_server.sh [ROUNDS] [SECONDS]
set -euo pipefail
rounds=${1:-5} seconds=${2:-3}
wxkit=${WXKIT:-$(dirname "$0")/../target/release/wxkit}
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state LC_ALL=C
ulimit -n 8192

await() { for _ in $(seq 100); do [[ -s $1 ]] && return; sleep 0.1; done; echo "no $1" >&2; exit 1; }

"$wxkit" mock --listen 127.0.0.1:0 --ready-file "$work/mock" >/dev/null 2>&1 &
await "$work/mock"
export WXKIT_BASE=$(cat "$work/mock") WXKIT_APP_ID=wx00c0ffee00c0ffee WXKIT_APP_SECRET=0123456789abcdef0123456789abcdef
"$wxkit" token serve --listen 127.0.0.1:0 --ready-file "$work/hub" >/dev/null 2>&1 &
server=$!
await "$work/hub"
url=$(cat "$work/hub")/v1/apps/$WXKIT_APP_ID/token
body=$(curl -sf "$url")

port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
cat >"$work/nginx.conf" <<CONF
worker_processes $(nproc); daemon off; pid $work/nginx.pid; error_log /dev/null;
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 1000000000;
  client_body_temp_path $work/1; proxy_temp_path $work/2; fastcgi_temp_path $work/3;
  uwsgi_temp_path $work/4; scgi_temp_path $work/5;
  server {
    listen 127.0.0.1:$port reuseport;
    location / { default_type application/json; add_header cache-control no-store; return 200 '$body'; }
  }
}
CONF
nginx -c "$work/nginx.conf" -e /dev/null &
for _ in $(seq 50); do curl -sf "http://127.0.0.1:$port/" >/dev/null && break; sleep 0.1; done

rate() { awk '/^Requests\/sec/ {print $2}' "$1"; }
p99() { awk '$1 == "99%" {print $2}' "$1"; }
median() { sort -n | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
resident() { awk '/^VmRSS/ {print $2}' "/proc/$server/status"; }

compare() { # connections
  : >"$work/ratios"
  for round in $(seq "$rounds"); do
    wrk -t2 -c"$1" -d"${seconds}s" --latency "http://127.0.0.1:$port/" >"$work/nginx.out"
    wrk -t2 -c"$1" -d"${seconds}s" --latency "$url" >"$work/wxkit.out"
    ratio=$(awk -v a="$(rate "$work/wxkit.out")" -v b="$(rate "$work/nginx.out")" 'BEGIN {printf "%.3f", a/b}')
    echo "$ratio" >>"$work/ratios"
    echo "c=$1 round $round: nginx $(rate "$work/nginx.out")/s p99 $(p99 "$work/nginx.out"), wxkit $(rate "$work/wxkit.out")/s p99 $(p99 "$work/wxkit.out"), ratio $ratio"
    grep -h 'Non-2xx\|Socket errors' "$work/wxkit.out" || true
  done
  echo "c=$1 median ratio $(median <"$work/ratios")"
}

idle=$(resident)
compare 64
before=$(resident)
wrk -t2 -c2000 -d4s "$url" >"$work/many.out" & many=$!
sleep 2.5
during=$(resident)
wait $many
echo "memory: idle $idle KiB, after c=64 $before KiB, with 2000 connections $during KiB: $(((during - idle) / 2000)) KiB each"
compare 2000
