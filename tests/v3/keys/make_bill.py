"""A sub-merchant's bill in two sealed files, made with Python's `cryptography`.

Run beside this file: python3 make_bill.py > sub_bill.json. Each file: AES-256-GCM without associated data, a nonce
of 16 bytes as the page shows it, its key sealed with OAEP (SHA-1) for merchant_cert.pem.
"""

import base64
import hashlib
import json

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

public = x509.load_pem_x509_certificate(open("merchant_cert.pem", "rb").read()).public_key()
OAEP = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
FILES = ["记账时间,收支金额(元)\r\n`2026-11-25 10:00:00,`0.01\r\n", "`2026-11-25 11:00:00,`0.02\r\n资金流水总笔数,收入金额\r\n`2,`0.03\r\n"]
made = []
for n, text in enumerate(FILES, 1):
    key, nonce = bytes([96 + n]) * 32, b"nonce-of-bill-%02d" % n
    made.append({
        "bill_sequence": n, "hash_type": "SHA1", "hash_value": hashlib.sha1(text.encode()).hexdigest(), "nonce": nonce.decode(),
        "encrypt_key": base64.b64encode(public.encrypt(key, OAEP)).decode(),
        "file": base64.b64encode(AESGCM(key).encrypt(nonce, text.encode(), None)).decode(),
    })
print(json.dumps({"text": "".join(FILES), "files": made}, ensure_ascii=False))
