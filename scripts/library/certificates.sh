# Throw-away certificates of a private authority, for tests over TLS.
# shellcheck shell=bash

# make_certificates FOLDER CLIENT: authority.pem, server.pem for the host localhost, client.pem for the user CLIENT, and
# a -key.pem to each of the two; valid for a day.
make_certificates() {
    local folder=$1 client=$2
    mkdir -p -- "$folder"
    (
        cd -- "$folder"
        umask 077
        new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }
        new_key authority-key.pem
        openssl req -x509 -new -key authority-key.pem -days 1 -subj '/CN=orderbus tests' -out authority.pem
        sign_certificate server localhost $'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth'
        sign_certificate client "$client" 'extendedKeyUsage=clientAuth'
        chmod 644 -- *.pem
    )
}

# sign_certificate NAME SUBJECT EXTENSIONS: in the current folder.
sign_certificate() {
    new_key "$1-key.pem"
    openssl req -new -key "$1-key.pem" -subj "/CN=$2" -out "$1.csr"
    openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority-key.pem -CAcreateserial -days 1 \
        -extfile <(printf '%s\n' "$3") -out "$1.pem" 2>/dev/null
    rm -f -- "$1.csr"
}
