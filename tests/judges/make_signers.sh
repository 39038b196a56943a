#!/usr/bin/env bash
# Makes an authority by openssl alone, that of the validators, with a signer for every kind of key that we sign with.
# usage: VALIDATORS=folder make_signers.sh DIRECTORY; OCSP_PORT as in pki.sh. The passphrase of P12 files is "test".
set -euo pipefail
"$VALIDATORS/pki/pki.sh" "$1"
cd "$1"
for kind in rsa3072 rsa4096 p384; do
  case $kind in
    rsa*) openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:${kind#rsa}" -out "signer-$kind.key" ;;
    p384) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out "signer-$kind.key" ;;
  esac
  openssl req -new -key "signer-$kind.key" -subj "/C=XX/O=Test Bench/CN=Signer $kind" -config int.cnf -out r.csr
  openssl ca -batch -config int.cnf -in r.csr -extensions sign_ext -days 700 -notext -out "signer-$kind.pem"
  openssl pkcs12 -export -inkey "signer-$kind.key" -in "signer-$kind.pem" -certfile chain.pem -passout pass:test \
    -out "signer-$kind.p12"
done 2>>openssl.log
