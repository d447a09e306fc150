"""Files that are no key for v3, or no longer one, as OpenSSL and Python write them.

Run beside this file: python3 make_keys_v3.py > keys_v3.json (needs `cryptography` and
`openssl`). Every key is thrown away afterwards; none belongs to a merchant.
"""

import base64
import datetime
import hashlib
import json
import subprocess

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PEM, DER = serialization.Encoding.PEM, serialization.Encoding.DER
PKCS8, OLD = serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL
PLAIN, LOCKED = serialization.NoEncryption(), serialization.BestAvailableEncryption(b"1900000109")


def openssl(*words, given=b""):
    return subprocess.run(["openssl", *words], input=given, capture_output=True, check=True).stdout.decode()


def name(common, organization="微信商户系统"):
    return x509.Name([
        x509.NameAttribute(NameOID.COMMON_NAME, common),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
    ])


def certificate(key, common, start, end, serial, organization="微信商户系统"):
    builder = x509.CertificateBuilder().subject_name(name(common, organization))
    builder = builder.issuer_name(name("Tenpay.com Root CA", "Tenpay.com")).public_key(key.public_key())
    utc = lambda text: datetime.datetime.fromisoformat(text)
    builder = builder.not_valid_before(utc(start)).not_valid_after(utc(end)).serial_number(serial)
    return builder.sign(key, hashes.SHA256()).public_bytes(PEM).decode()


merchant = rsa.generate_private_key(65537, 2048)
small = rsa.generate_private_key(65537, 1024)
curve = ec.generate_private_key(ec.SECP256R1())
request = x509.CertificateSigningRequestBuilder().subject_name(name("1900000109")).sign(merchant, hashes.SHA256())
numbers = merchant.private_numbers()
expired = certificate(merchant, "1900000109", "2020-11-26", "2025-11-25", 0x0A1B2C3D4E5F60718293A4B5C6D7E8F901234567)
platform = certificate(merchant, "Tenpay.com sign", "2024-01-01", "2034-01-01", 0x7132D72A03E93CDDF8C03BBD1F37EEDF, "Tenpay.com")
locked = pkcs12.serialize_key_and_certificates(
    b"Tenpay Certificate", merchant, x509.load_pem_x509_certificate(expired.encode()), None, LOCKED)
print(json.dumps({
    "merchant_key": merchant.private_bytes(PEM, PKCS8, PLAIN).decode(),
    "merchant_public_sha256": hashlib.sha256(
        merchant.public_key().public_bytes(DER, serialization.PublicFormat.SubjectPublicKeyInfo)).hexdigest(),
    "encrypted_pkcs8": merchant.private_bytes(PEM, PKCS8, LOCKED).decode(),
    "encrypted_traditional": merchant.private_bytes(PEM, OLD, LOCKED).decode(),
    "ec_pkcs8": curve.private_bytes(PEM, PKCS8, PLAIN).decode(),
    "ec_sec1": curve.private_bytes(PEM, OLD, PLAIN).decode(),
    "ec_public": curve.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode(),
    "sm2_pkcs8": openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2"),
    "sm2_sec1": openssl("ecparam", "-name", "SM2", "-genkey", "-noout"),
    "small_rsa": small.private_bytes(PEM, PKCS8, PLAIN).decode(),
    "public_pkcs1": merchant.public_key().public_bytes(PEM, serialization.PublicFormat.PKCS1).decode(),
    "public_spki": merchant.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode(),
    "request": request.public_bytes(PEM).decode(),
    "expired_certificate": expired,
    "platform_certificate": platform,
    "pkcs12_base64": base64.b64encode(locked).decode(),
    "der_base64": base64.b64encode(merchant.private_bytes(DER, PKCS8, PLAIN)).decode(),
    # Another prime that does not belong to the modulus: the form is right, the numbers are not.
    "broken_base64": base64.b64encode(merchant.private_bytes(DER, OLD, PLAIN).replace(
        numbers.p.to_bytes(128), (numbers.p - 2).to_bytes(128))).decode(),
    # Its numbers fit, but one of the two exponents is not that of the key.
    "faulty_base64": base64.b64encode(merchant.private_bytes(DER, OLD, PLAIN).replace(
        numbers.dmp1.to_bytes((numbers.dmp1.bit_length() + 7) // 8),
        (numbers.dmp1 - 2).to_bytes((numbers.dmp1.bit_length() + 7) // 8))).decode(),
}, ensure_ascii=False, indent=1))
