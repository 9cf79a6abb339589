#!/usr/bin/env bash
# Makes the time stamps of this folder anew, with openssl (3.0 or later) alone: keys and serial numbers are new each time, all
# else is as it was. Every broken one differs from a sound one in what its name says. Then read the difference, and run
#   cargo test --lib timestamp
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
out=$PWD
rm -f ./*.tsr ./*.pem request.tsq stamped
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# When a certificate is valid if nothing else is said. Every stamp is of 2026-01-02, 12:05.
FROM=20200101000000Z UNTIL=21200101000000Z

cat > ca.cnf <<'END'
[ca]
default_ca = any
[any]
database = index
new_certs_dir = .
default_md = sha256
policy = names
unique_subject = no
rand_serial = yes
x509_extensions = none
[none]
[names]
organizationName = optional
commonName = supplied
[req]
distinguished_name = dn
[dn]
END
: > index

elliptic() { openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:${2:-P-256}" -out "$1.key"; }
rsa() { openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:$2" -out "$1.key" 2> /dev/null; }

# certificate NAME COMMON_NAME ISSUER [OPTION…] EXTENSION…: for NAME.key, or $FOR.key; issued by ISSUER.pem with ISSUER.key, or
# $WITH.key; or by `self`. Options: those of `openssl ca` for its dates.
certificate() {
    local name=$1 common=$2 issuer=$3 key=${FOR:-$1} options=(-startdate "$FROM" -enddate "$UNTIL")
    shift 3
    while [[ ${1-} == -* ]]; do options+=("$1" "$2") && shift 2; done
    printf '%s\n' '[x]' "$@" > extensions.cnf
    : > index
    if [[ $issuer == self ]]; then options+=(-selfsign -keyfile "$key.key"); else options+=(-cert "$issuer.pem" -keyfile "${WITH:-$issuer}.key"); fi
    openssl req -new -key "$key.key" -config ca.cnf -subj "/O=Authority of the tests/CN=$common" -out request.csr
    openssl ca -batch -config ca.cnf -in request.csr "${options[@]}" -extfile extensions.cnf -extensions x -notext -preserveDN \
        -out "$name.pem" 2> log || { cat log >&2; exit 1; }
}

# A signer of that name, issued by that issuer, with these extensions; without any, as it should be.
signer() {
    local name=$1 issuer=$2
    shift 2
    [[ -e ${FOR:-$name}.key ]] || elliptic "$name"
    local options=()
    while [[ ${1-} == -* ]]; do options+=("$1" "$2") && shift 2; done
    (($#)) || set -- "$LEAF" "$PURPOSE" "$BY_KEY"
    certificate "$name" "Signer" "$issuer" "${options[@]}" "$@"
}
issuer() {
    local name=$1 by=$2
    shift 2
    [[ -e ${FOR:-$name}.key ]] || elliptic "$name"
    local options=()
    while [[ ${1-} == -* ]]; do options+=("$1" "$2") && shift 2; done
    (($#)) || set -- "$MAY_ISSUE" "$MAY_SIGN" "$KEY" "$BY_KEY"
    certificate "$name" "${CALLED:-Issuer}" "$by" "${options[@]}" "$@"
}
root() {
    local name=$1
    shift
    CALLED=${CALLED:-Root} issuer "$name" self "$@"
    cp "$name.pem" "$out/"
}

MAY_ISSUE=basicConstraints=critical,CA:TRUE
MAY_SIGN=keyUsage=critical,keyCertSign
KEY=subjectKeyIdentifier=hash
BY_KEY=authorityKeyIdentifier=keyid
LEAF=basicConstraints=critical,CA:FALSE
PURPOSE=extendedKeyUsage=critical,timeStamping

# What is stamped, what was asked, and what the authority says.
printf 'The envelope that is stamped.\n' > "$out/stamped"
says() { # FILE FIELD…: the imprint is in the middle
    local file=$1 digest
    digest=$(openssl dgst -sha256 -r "${OF:-$out/stamped}")
    {
        printf 'asn1=SEQUENCE:all\n[all]\nversion=INTEGER:%s\n%s\nimprint=SEQUENCE:imprint\n' "${VERSION:-1}" "$2"
        printf '%s\n' "${@:3}"
        printf '[imprint]\nhash=SEQUENCE:hash\ndigest=FORMAT:HEX,OCTETSTRING:%s\n' "${digest%% *}"
        printf '[hash]\nname=OID:sha256\nnone=NULL\n'
    } > says.cnf
    openssl asn1parse -genconf says.cnf -noout -out "$file"
}
info() { says "$1" policy=OID:1.2.3.4.1 serial=INTEGER:1 "${TIME:-time=GENERALIZEDTIME:20260102120500Z}" "${@:2}"; }
says "$out/request.tsq" '' nonce=INTEGER:0x4505050505050505 certificate=BOOLEAN:TRUE
info content nonce=INTEGER:0x4505050505050505

# stamp NAME SIGNER [CERTIFICATE…]: $CONTENT signed by SIGNER, whose certificate is sent along with the others.
TYPE=1.2.840.113549.1.9.16.1.4 # id-ct-TSTInfo
CONTENT=content DIGEST=sha256 ESS=-cades SENT= AFTERWARDS=:
stamp() {
    local name=$1 signer=$2 others=() one
    shift 2
    for one; do cat "$one.pem"; done > others.pem
    if (($#)); then others=(-certfile others.pem); fi
    openssl cms -sign -binary -nodetach -nosmimecap $ESS -md $DIGEST -econtent_type "$TYPE" -in $CONTENT \
        -signer "$signer.pem" -inkey "${FOR:-$signer}.key" $SENT "${others[@]}" -outform DER -out token
    $AFTERWARDS
    openssl ts -reply -in token -token_in -out "$out/$name.tsr" 2> /dev/null
}

# --- Sound ---------------------------------------------------------------------------------------------------------------
root root
root stranger
elliptic p384 P-384 && signer p384 root
rsa rsa 2048 && signer rsa root
signer plain root
issuer issuer root
signer below issuer
stamp sound-p256 plain
DIGEST=sha384 stamp sound-p384 p384
stamp sound-rsa rsa
DIGEST=sha512 stamp sound-rsa-sha512 rsa
stamp sound-by-way-of-an-issuer below issuer
openssl genpkey -algorithm ED25519 -out root-ed25519.key && root root-ed25519
signer under-ed25519 root-ed25519 && stamp sound-root-ed25519 under-ed25519
CALLED='Second issuer' issuer second issuer
signer far second
stamp sound-by-way-of-two-issuers far second issuer
# The root is the issuer of the first: what the user names is trusted, whoever issued it (openssl: -partial_chain).
cp issuer.pem "$out/issuer.pem"
signer since root -enddate 20260601000000Z
stamp sound-certificate-expired-since since
signer fresh root -startdate 20260102120500Z && stamp sound-in-the-first-second-of-its-certificate fresh
signer ending root -enddate 20260102120500Z && stamp sound-in-the-last-second-of-its-certificate ending
TIME=time=GENERALIZEDTIME:20260102120500.25Z info fraction nonce=INTEGER:0x4505050505050505
CONTENT=fraction stamp sound-time-with-a-fraction plain
signer own self && cp own.pem "$out/own.pem"
stamp sound-signer-named-itself own
# Candidates are tried in the order in which DER sorts them: shorter ones first. The comment makes one longer.
LONG=nsComment="$(printf 'x%.0s' {1..99})"
elliptic crossed
FOR=crossed issuer crossed-by-root root "$MAY_ISSUE" "$MAY_SIGN" "$KEY" "$BY_KEY" "$LONG"
FOR=crossed issuer crossed-by-stranger stranger
FOR=crossed issuer crossed-expired root -enddate 20250101000000Z
FOR=crossed issuer crossed-longer stranger "$MAY_ISSUE" "$MAY_SIGN" "$KEY" "$BY_KEY" "$LONG" "nsBaseUrl=x"
issuer namesake root
WITH=crossed signer under crossed-by-root
stamp cross-signed-dead-end-first under crossed-by-stranger crossed-by-root
stamp cross-signed-dead-end-last under crossed-by-root crossed-longer
stamp cross-signed-expired-first under crossed-expired crossed-by-root
stamp cross-signed-namesake-first under namesake crossed-by-root

# --- Chains that break -----------------------------------------------------------------------------------------------------
stamp issuer-missing below
signer late root -enddate 20250101000000Z && stamp signer-expired late
signer early root -startdate 20270101000000Z && stamp signer-not-yet-valid early
issuer old root -enddate 20250101000000Z && signer below-old old && stamp issuer-expired below-old old
issuer young root -startdate 20270101000000Z && signer below-young young && stamp issuer-not-yet-valid below-young young
root root-expired -enddate 20250101000000Z && signer under-expired root-expired && stamp root-expired under-expired
issuer no-ca root "basicConstraints=critical,CA:FALSE" "$MAY_SIGN" "$KEY" && signer below-no-ca no-ca
stamp issuer-without-ca-bit below-no-ca no-ca
issuer no-limits root "$MAY_SIGN" "$KEY" && signer below-no-limits no-limits
stamp issuer-without-constraints below-no-limits no-limits
root root-no-ca "basicConstraints=critical,CA:FALSE" "$MAY_SIGN" "$KEY" && signer under-no-ca root-no-ca
stamp root-without-ca-bit under-no-ca
issuer no-sign root "$MAY_ISSUE" keyUsage=critical,cRLSign "$KEY" && signer below-no-sign no-sign
stamp issuer-without-keycertsign below-no-sign no-sign
root root-no-sign "$MAY_ISSUE" keyUsage=critical,cRLSign "$KEY" && signer under-no-sign root-no-sign
stamp root-without-keycertsign under-no-sign
issuer strange root "$MAY_ISSUE" "$MAY_SIGN" "$KEY" 1.2.3.4.5=critical,ASN1:NULL && signer below-strange strange
stamp issuer-with-an-unknown-critical-extension below-strange strange
issuer last root "$MAY_ISSUE,pathlen:0" "$MAY_SIGN" "$KEY" && CALLED='Second issuer' issuer beyond last
signer too-far beyond && stamp issuer-with-a-longer-path-than-it-allows too-far beyond last
root root-alone "$MAY_ISSUE,pathlen:0" "$MAY_SIGN" "$KEY" && issuer under-alone root-alone && signer below-alone under-alone
stamp root-with-a-longer-path-than-it-allows below-alone under-alone
signer next-to root-alone && stamp sound-path-as-long-as-allowed next-to
issuer narrow root "$MAY_ISSUE" "$MAY_SIGN" "$KEY" 'nameConstraints=critical,permitted;dirName:elsewhere' '[elsewhere]' 'O=Another'
signer below-narrow narrow && stamp issuer-for-other-names below-narrow narrow
stamp leads-to-a-stranger plain
# A stranger who calls himself by the root's name, but has not its key.
signer forged stranger "$LEAF" "$PURPOSE" && stamp issued-by-a-namesake-of-the-root forged

# --- Signers that may not stamp ----------------------------------------------------------------------------------------------
with() { local name=$1 && shift && signer "by-$name" root "$@" && stamp "$name" "by-$name"; }
with purpose-missing "$LEAF"
with purpose-wrong "$LEAF" extendedKeyUsage=critical,codeSigning
with purpose-any "$LEAF" extendedKeyUsage=critical,anyExtendedKeyUsage
with purpose-not-critical "$LEAF" extendedKeyUsage=timeStamping
with purpose-twofold "$LEAF" extendedKeyUsage=critical,timeStamping,codeSigning
with key-for-nothing "$LEAF" "$PURPOSE" keyUsage=critical,DER:03:01:00
with key-for-encryption "$LEAF" "$PURPOSE" keyUsage=critical,keyEncipherment
with key-for-encryption-as-well "$LEAF" "$PURPOSE" keyUsage=critical,digitalSignature,keyEncipherment
with sound-key-for-signing "$LEAF" "$PURPOSE" keyUsage=critical,digitalSignature,nonRepudiation
with signer-with-an-unknown-critical-extension "$LEAF" "$PURPOSE" 1.2.3.4.5=critical,ASN1:NULL

# --- Stamps that say something else --------------------------------------------------------------------------------------------
info no-nonce && CONTENT=no-nonce stamp nonce-missing plain
info other-nonce nonce=INTEGER:0x4505050505050506 && CONTENT=other-nonce stamp nonce-of-another-request plain
printf 'Another envelope.\n' > other && OF=other info other-imprint nonce=INTEGER:0x4505050505050505
CONTENT=other-imprint stamp imprint-of-other-bytes plain
VERSION=2 info version-2 nonce=INTEGER:0x4505050505050505 && CONTENT=version-2 stamp version-of-another-standard plain
# Sent as a time stamp, but signed as something else: the first of two places where the type is named is changed.
sent_as_stamp() { LC_ALL=C sed -i '0,/\x09\x10\x01\x05/s//\x09\x10\x01\x04/' token; }
TYPE=1.2.840.113549.1.9.16.1.5 AFTERWARDS=sent_as_stamp stamp signed-as-something-else plain
SENT='-signer p384.pem -inkey p384.key' stamp signed-by-two plain
ESS='' stamp certificate-not-named plain
# The same key, issuer and serial number, but another certificate than the one that the signature names.
sed -i 's/^rand_serial.*/serial=number/' ca.cnf
echo 2A > number && signer twin root
echo 2A > number && FOR=twin signer other-twin root "$LEAF" "$PURPOSE"
SENT=-nocerts FOR=twin stamp certificate-other-than-named twin other-twin
last_byte() { # FILE: one bit of its last byte is flipped: the end of the authority's signature
    local at=$(($(stat -c %s "$1") - 1))
    printf "\\x$(printf %02x $((0x$(tail -c 1 "$1" | od -An -tx1 | tr -d ' ') ^ 1)))" | dd of="$1" bs=1 seek=$at conv=notrunc status=none
}
for one in p256 p384 rsa; do cp "$out/sound-$one.tsr" "$out/signature-changed-$one.tsr" && last_byte "$out/signature-changed-$one.tsr"; done
printf '0\x050\x03\x02\x01\x02' > "$out/refused.tsr"

# --- Where openssl asks for less -----------------------------------------------------------------------------------------------
sed -i 's/^serial=.*/rand_serial=yes/' ca.cnf
with purpose-with-a-private-one "$LEAF" extendedKeyUsage=critical,timeStamping,1.2.3.4
with signer-that-may-issue "$MAY_ISSUE" "$PURPOSE"
issuer other-trade root "$MAY_ISSUE" "$MAY_SIGN" "$KEY" extendedKeyUsage=codeSigning && signer below-other-trade other-trade
stamp issuer-for-another-purpose below-other-trade other-trade
issuer politic root "$MAY_ISSUE" "$MAY_SIGN" "$KEY" certificatePolicies=critical,1.2.3.4 && signer below-politic politic
stamp issuer-with-a-critical-policy below-politic politic
rsa short 1024 && signer short root && stamp key-of-1024-bits short
