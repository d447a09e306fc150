#!/usr/bin/env python3
"""Makes the keys of the gateway's merchant and of the WeChat Pay that it plays: once, for tests,
published on purpose. The certificates are good from 2020 to 2119, so that frozen clocks can use them.
Whoever runs it again makes others, and breaks every test suite that was written against these."""
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID as N

HERE = Path(__file__).parent
MCH_ID = "1900000109"


def name(organization, common):
    pairs = [(N.COUNTRY_NAME, "CN"), (N.ORGANIZATION_NAME, organization),
             (N.ORGANIZATIONAL_UNIT_NAME, "wxkit test"), (N.COMMON_NAME, common)]
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in pairs])


def key():
    return rsa.generate_private_key(65537, 2048)


def certificate(owner, subject, serial, issuer, signer):
    builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(owner.public_key())
               .serial_number(serial).not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2119, 12, 31)))
    return builder.sign(signer, hashes.SHA256())


def private_pem(owner):
    return owner.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())


root, merchant, platform, public = key(), key(), key(), key()
issuer = name("Tenpay.com", "Tenpay.com Root CA")
merchant_cert = certificate(merchant, name("微信商户系统", MCH_ID),
                            0x5F0C4A1D7E2B3968A4D1C05E7B9F63D28A1C4E90, issuer, root)
platform_cert = certificate(platform, name("Tenpay.com", "Tenpay.com sign"),
                            0x7A3E9C5B1F8D2640C7E5B3A19D0F4E6C82B5D713, issuer, root)
files = {
    "apiclient_key.pem": private_pem(merchant),
    "apiclient_cert.pem": merchant_cert.public_bytes(s.Encoding.PEM),
    "apiclient_cert.p12": pkcs12.serialize_key_and_certificates(
        b"Tenpay Certificate", merchant, merchant_cert, None, s.BestAvailableEncryption(MCH_ID.encode())),
    "platform_key.pem": private_pem(platform),
    "platform_cert.pem": platform_cert.public_bytes(s.Encoding.PEM),
    "pub_key_private.pem": private_pem(public),
    "pub_key.pem": public.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo),
}
for file, content in files.items():
    (HERE / file).write_bytes(content)
