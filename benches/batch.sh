#!/usr/bin/env bash
# How fast `pay verify --batch` checks notices of about 1 KB, beside `md5sum` of the same file: alternating rounds, and the
# medians of the ratios of a round, by the clock and by processor time. NDJSON is held against the XML that says the same.
# Wants python3; builds the release unless WXKIT_BIN names a program. Usage: benches/batch.sh [ROUNDS] [NOTICES]
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-7} count=${2:-500000}
program=${WXKIT_BIN:-}; unset WXKIT_BIN
[[ -n $program ]] || { cargo build --release --quiet; program=target/release/wxkit; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export HOME=$dir WXKIT_PAY_KEY=192006250b4c09247ec02edce69f6a2d

python3 - "$count" "$dir" <<'PYTHON'
import hashlib, json, os, random, sys
count, dir, key = int(sys.argv[1]), sys.argv[2], os.environ["WXKIT_PAY_KEY"]
random.seed(7)
with open(dir + "/notices.xml", "w") as xml, open(dir + "/notices.ndjson", "w") as lines:
    for n in range(count):
        fields = {"appid": "wx2421b1c4370ec43b", "attach": "支付测试", "bank_type": "CFT", "cash_fee": str(random.randint(1, 99999)),
            "device_info": "WEB", "err_code": "", "fee_type": "CNY", "is_subscribe": "Y", "mch_id": "10000100",
            "nonce_str": "%032x" % random.getrandbits(128), "openid": "oUpF8uMEb4qRXf22hE3X68TekukE", "out_trade_no": "1409%020d" % n,
            "result_code": "SUCCESS", "return_code": "SUCCESS", "sub_mch_id": "10000101", "time_end": "20140903131540",
            "total_fee": str(random.randint(1, 99999)), "trade_type": "JSAPI", "transaction_id": "1004400740201409030005092168"}
        text = "&".join(f"{name}={value}" for name, value in sorted(fields.items()) if value) + "&key=" + key
        # WeChat does not sort what it sends.
        pairs = list(fields.items())
        pairs = pairs[:13] + [("sign", hashlib.md5(text.encode()).hexdigest().upper())] + pairs[15:] + pairs[13:15]
        element = lambda name, value: f"<{name}>{value}</{name}>" if name.endswith("_fee") else f"<{name}><![CDATA[{value}]]></{name}>"
        xml.write("<xml>" + "".join(element(*pair) for pair in pairs) + "</xml>\n")
        lines.write(json.dumps(dict(pairs), ensure_ascii=False, separators=(",", ":")) + "\n")
PYTHON

# Seconds by the clock, seconds of processor time, KiB of memory.
timed() { command time -f '%e %U %S %M' -o "$dir/time" "$@" > "$dir/out" || { cat "$dir/out"; exit 1; }; awk '{ print $1, $2 + $3, $4 }' "$dir/time"; }
row() {
  local name=$1 file=$2; shift 2
  for ((round = 0; round < rounds; round++)); do
    read -r by_md5 cpu_md5 _ < <(timed md5sum "$dir/notices.xml")
    read -r own cpu memory < <(timed "$program" pay verify --batch --from "$dir/$file" "$@")
    echo "$own $by_md5 $cpu $cpu_md5 $memory"
  done | awk -v name="$name" -v count="$count" '{ wall[NR] = $1 / $2; cpu[NR] = $3 / $4; if ($5 > most) most = $5; least = least && least < $1 ? least : $1 }
    function median(list, n,  i, j, t) { for (i = 1; i <= n; i++) for (j = i; j > 1 && list[j] < list[j - 1]; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t } return list[int((n + 1) / 2)] }
    END { printf "%-30s %.2f of md5sum, %.2f of its processor time; %.2f M notices/s at best, %d KiB\n", name, median(wall, NR), median(cpu, NR), count / least / 1e6, most }'
}
row "XML, 2 threads" notices.xml --threads 2
row "XML, 1 thread" notices.xml --threads 1
row "NDJSON, 2 threads" notices.ndjson --threads 2
row "NDJSON, 1 thread" notices.ndjson --threads 1
for vectors in avx2 sse2 none; do WXKIT_SIMD=$vectors row "XML, 1 thread, $vectors" notices.xml --threads 1; done
