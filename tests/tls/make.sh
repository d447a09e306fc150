#!/bin/sh
# Makes the certificates of tests/net.rs: a CA, a server for 127.0.0.1, a merchant as WeChat issues
# them (RSA 2048; PEM pair, and PKCS#12 with RC2-40 and 3DES, password = merchant id), a stranger.
# They prove nothing to anybody but those tests. Run it in this directory; needs OpenSSL 3.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/new"
cat > "$work/conf" <<X
[ca]
default_ca = own
[own]
dir = $work
database = $work/index
new_certs_dir = $work/new
rand_serial = yes
default_md = sha256
default_startdate = 20200101000000Z
default_enddate = 21200101000000Z
policy = any
unique_subject = no
[any]
commonName = supplied
organizationName = optional
[authority]
basicConstraints = critical,CA:true
[server]
subjectAltName = IP:127.0.0.1,DNS:localhost
extendedKeyUsage = serverAuth
[client]
extendedKeyUsage = clientAuth
X
: > "$work/index"
# NAME SUBJECT ISSUER EXTENSIONS
issue() {
    openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -subj "$2" -out "$work/csr" 2>/dev/null
    if [ "$3" = self ]; then by="-selfsign -keyfile $1.key"; else by="-cert $3.pem -keyfile $3.key"; fi
    # shellcheck disable=SC2086
    openssl ca -batch -notext -config "$work/conf" $by -in "$work/csr" -extensions "$4" -out "$1.pem" 2>/dev/null
}
issue ca "/CN=wxkit test CA" self authority
issue other "/CN=wxkit other CA" self authority
issue server "/CN=127.0.0.1" ca server
issue merchant "/O=wxkit/CN=1900000109" ca client
issue stranger "/CN=stranger" other client
openssl pkcs12 -export -legacy -in merchant.pem -inkey merchant.key -certfile ca.pem -name merchant \
    -passout pass:1900000109 -out merchant.p12
openssl pkcs12 -export -in merchant.pem -inkey merchant.key -name merchant -passout pass:1900000109 -out modern.p12
openssl pkcs8 -topk8 -in merchant.key -passout pass:x -out locked.key
rm -f ca.key other.key other.pem
