"""Makes a key pair for one run, writes its public half to the file named first, and prints a token of the agency named second."""

import sys
import time

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

file, agency = sys.argv[1:]
key = Ed25519PrivateKey.generate()
public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
with open(file, "wb") as out:
    out.write(public)
claims = {"sub": "p", "agencies": [agency], "exp": int(time.time()) + 86400}
print(jwt.encode(claims, key, algorithm="EdDSA"))
