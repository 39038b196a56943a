#!/usr/bin/env bash
# Makes an authority by openssl alone, that of the validators with one key more: RSA-3072 under the issuing CA.
# usage: VALIDATORS=folder make_pki.sh DIRECTORY; OCSP_PORT as in pki.sh. The passphrase of P12 files is "test".
set -euo pipefail
"$VALIDATORS/pki/pki.sh" "$1"
cd "$1"
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out signer-rsa3072.key 2>>openssl.log
openssl req -new -key signer-rsa3072.key -subj "/C=XX/O=Test Bench/CN=Ruth RSA-3072 Signer" -config int.cnf \
  -out signer-rsa3072.csr 2>>openssl.log
openssl ca -batch -config int.cnf -in signer-rsa3072.csr -extensions sign_ext -days 800 -notext \
  -out signer-rsa3072.pem 2>>openssl.log
openssl pkcs12 -export -inkey signer-rsa3072.key -in signer-rsa3072.pem -certfile chain.pem -passout pass:test \
  -out signer-rsa3072.p12
