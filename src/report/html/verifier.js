// Checks a sealed folder in the reader's own browser, offline: the same checks as `vsa-audit verify`, written a second time,
// from the formats alone. Only whose a time stamp is, for which it takes a root certificate, is left to other tools. Nothing is
// sent, nothing is kept.
"use strict";
(() => {
  const box = document.getElementById("verifier");
  const words = JSON.parse(box.dataset.words);
  const result = document.getElementById("verifier-result");
  const subtle = window.crypto && window.crypto.subtle;
  const utf8 = new TextEncoder();
  const SEAL = ["manifest.json", "manifest.json.minisig", "manifest.dsse.json", "manifest.dsse.json.tsq", "manifest.dsse.json.tsr"];
  const NEEDED = ["record.json", "report.json", "report.html", "run.json", "custody.jsonl"];
  const ROLES = ["input", "model", "engine", "decoder", "tool", "output"];
  const ACTIONS = ["acquired", "verified", "processed", "rendered", "sealed"];
  const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
  const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

  class Failure extends Error {}
  class Unsupported extends Error {}
  const need = (holds, detail) => { if (!holds) throw new Failure(detail || ""); };
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const hex = bytes => Array.from(bytes, b => b.toString(16).padStart(2, "0")).join("");
  const sha256 = async bytes => new Uint8Array(await subtle.digest("SHA-256", bytes));
  const join = (...parts) => {
    const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
    parts.reduce((at, p) => (out.set(p, at), at + p.length), 0);
    return out;
  };
  const read = bytes => {
    try { return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes); } catch { throw new Failure("UTF-8"); }
  };
  const decode = (text, length) => {
    let binary;
    try { binary = atob(text); } catch { throw new Failure("base64"); }
    need(btoa(binary) === text && (length === undefined || binary.length === length), "base64");
    return Uint8Array.from(binary, c => c.charCodeAt(0));
  };
  // By code points, as UTF-8 sorts.
  const compare = (a, b) => {
    const [x, y] = [Array.from(a, c => c.codePointAt(0)), Array.from(b, c => c.codePointAt(0))];
    for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i] - y[i];
    return x.length - y.length;
  };
  const sorted = value => {
    if (Array.isArray(value)) return value.map(sorted);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.keys(value).sort(compare).map(k => [k, sorted(value[k])]));
  };
  // Doubled keys, other spaces and other orders all give other bytes than those that were read.
  const canonical = (text, indent) => {
    let value;
    try { value = JSON.parse(text); } catch { throw new Failure("JSON"); }
    const again = JSON.stringify(sorted(value), null, indent) + (indent ? "\n" : "");
    need(again === text, words.not_canonical);
    return value;
  };
  const shape = (value, keys) =>
    need(value !== null && typeof value === "object" && !Array.isArray(value) && same(Object.keys(value).sort(), keys), words.malformed);
  const seconds = text => {
    const milliseconds = typeof text === "string" && TIME.test(text) ? Date.parse(text) : NaN;
    need(Number.isFinite(milliseconds) && new Date(milliseconds).toISOString().slice(0, 19) + "Z" === text, words.bad_time);
    return milliseconds / 1000;
  };

  // BLAKE2b-512 (RFC 7693), which minisign signs.
  const IV = [0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
    0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n];
  const SIGMA = ["0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d",
    "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0"]
    .map(row => Array.from(row, digit => parseInt(digit, 16)));
  const MIX = [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]];
  function blake2b(message) {
    const mask = (1n << 64n) - 1n, turn = (x, n) => ((x >> n) | (x << (64n - n))) & mask;
    let h = IV.slice();
    h[0] ^= 0x01010040n;
    const blocks = Math.max(1, Math.ceil(message.length / 128));
    for (let block = 0; block < blocks; block++) {
      const bytes = new Uint8Array(128);
      bytes.set(message.subarray(block * 128, block * 128 + 128));
      const view = new DataView(bytes.buffer), w = SIGMA[0].map(i => view.getBigUint64(i * 8, true)), v = h.concat(IV);
      v[12] ^= BigInt(Math.min(message.length, block * 128 + 128));
      if (block === blocks - 1) v[14] ^= mask;
      for (let round = 0; round < 12; round++) MIX.forEach(([a, b, c, d], k) => {
        const s = SIGMA[round % 10];
        for (const [x, p, q] of [[w[s[2 * k]], 32n, 24n], [w[s[2 * k + 1]], 16n, 63n]]) {
          v[a] = (v[a] + v[b] + x) & mask; v[d] = turn(v[d] ^ v[a], p);
          v[c] = (v[c] + v[d]) & mask; v[b] = turn(v[b] ^ v[c], q);
        }
      });
      h = h.map((x, i) => x ^ v[i] ^ v[i + 8]);
    }
    const out = new DataView(new ArrayBuffer(64));
    h.forEach((x, i) => out.setBigUint64(i * 8, x, true));
    return new Uint8Array(out.buffer);
  }

  const number = bytes => hex(Array.from(bytes).reverse()).toUpperCase();
  async function readKey(text) {
    const lines = text.replace(/\n$/, "").split("\n").map(line => line.trimEnd());
    need(lines.length === 1 || (lines.length === 2 && lines[0].startsWith("untrusted comment: ")), words.bad_key);
    const bytes = decode(lines[lines.length - 1], 42);
    need(bytes[0] === 0x45 && bytes[1] === 0x64, words.bad_key);
    const raw = bytes.slice(10), made = lines.length === 2 && lines[0].includes(", made ") ? lines[0].split(", made ").pop() : null;
    let key = null;
    try {
      key = await subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
    } catch (error) {
      // A browser that lacks Ed25519 says so here; everything else can still be checked.
      need(error.name === "NotSupportedError" || error.name === "SyntaxError", words.bad_key);
    }
    return { number: number(bytes.slice(2, 10)), made, key, fingerprint: hex(await sha256(raw)) };
  }
  async function signed(key, signature, message, detail) {
    if (!key.key) throw new Unsupported(words.no_ed25519);
    need(await subtle.verify({ name: "Ed25519" }, key.key, signature, message), detail);
  }

  const leaf = entry => sha256(join([0], utf8.encode(`${entry.role}\n${entry.name}\n${entry.bytes}\n${entry.sha256}\n`)));
  async function tree(leaves) {
    if (leaves.length === 0) return sha256(new Uint8Array());
    if (leaves.length === 1) return leaves[0];
    let split = 1;
    while (split * 2 < leaves.length) split *= 2;
    return sha256(join([1], await tree(leaves.slice(0, split)), await tree(leaves.slice(split))));
  }
  const root = async entries => hex(await tree(await Promise.all(entries.map(leaf))));
  const before = (a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || compare(a.name, b.name);
  const outputs = manifest => manifest.entries.filter(entry => entry.role === "output");
  const isDigest = text => typeof text === "string" && /^[0-9a-f]{64}$/.test(text);

  function readManifest(bytes) {
    const manifest = canonical(read(bytes), 2);
    shape(manifest, ["entries", "merkle_root", "schema"]);
    need(manifest.schema === "vsa-audit/manifest/1" && Array.isArray(manifest.entries), words.malformed);
    manifest.entries.forEach((entry, at) => {
      shape(entry, ["bytes", "name", "role", "sha256"]);
      const { name } = entry;
      need(ROLES.includes(entry.role) && typeof name === "string" && name !== "" && !CONTROL.test(name), words.malformed);
      need(Number.isSafeInteger(entry.bytes) && entry.bytes >= 0 && isDigest(entry.sha256), name);
      need(entry.role !== "output" || !(name.startsWith(".") || /[/\\:]/.test(name)), name);
      need(at === 0 || before(manifest.entries[at - 1], entry) < 0, name);
    });
    return manifest;
  }
  async function readLog(bytes) {
    const text = read(bytes);
    need(text.endsWith("\n"), words.cut);
    const entries = [];
    let previous = "0".repeat(64);
    for (const line of text.slice(0, -1).split("\n")) {
      const at = String(entries.length + 1), entry = canonical(line);
      shape(entry, ["action", "actor", "digests", "previous", "schema", "sequence", "time"]);
      need(entry.schema === "vsa-audit/custody/1" && ACTIONS.includes(entry.action), at);
      need(typeof entry.actor === "string" && typeof entry.time === "string", at);
      need(entry.digests !== null && typeof entry.digests === "object" && Object.values(entry.digests).every(d => typeof d === "string"), at);
      need(entry.sequence === entries.length + 1 && entry.previous === previous, at);
      const last = entries[entries.length - 1];
      need(!last || ACTIONS.indexOf(last.action) <= ACTIONS.indexOf(entry.action), at);
      previous = hex(await sha256(utf8.encode(line)));
      entries.push(entry);
    }
    return entries;
  }
  async function openEnvelope(bytes, key) {
    const envelope = canonical(read(bytes), 2);
    shape(envelope, ["payload", "payloadType", "signatures"]);
    need(envelope.payloadType === "application/vnd.in-toto+json" && Array.isArray(envelope.signatures) && envelope.signatures.length === 1, words.malformed);
    const [signature] = envelope.signatures;
    shape(signature, ["keyid", "sig"]);
    need(signature.keyid === key.number, words.other_key);
    const payload = decode(envelope.payload);
    const head = utf8.encode(`DSSEv1 ${envelope.payloadType.length} ${envelope.payloadType} ${payload.length} `);
    await signed(key, decode(signature.sig, 64), join(head, payload), words.wrong);
    const statement = canonical(read(payload));
    shape(statement, ["_type", "predicate", "predicateType", "subject"]);
    shape(statement.predicate, ["merkleRoot", "sealedAt", "tool", "treeSize"]);
    need(statement._type === "https://in-toto.io/Statement/v1" && statement.predicateType === "urn:vsa-audit:sealed-bundle:1", words.malformed);
    return statement;
  }
  function readSignature(bytes) {
    const lines = read(bytes).replace(/\r\n/g, "\n").replace(/\n$/, "").split("\n");
    need(lines.length === 4 && lines[0].startsWith("untrusted comment: ") && lines[2].startsWith("trusted comment: "), words.malformed);
    const content = decode(lines[1], 74);
    need(content[0] === 0x45 && content[1] === 0x44, words.malformed);
    return { number: number(content.slice(2, 10)), signature: content.slice(10), comment: lines[2].slice(17), second: decode(lines[3], 64) };
  }

  // Time stamps (RFC 3161), as DER (X.690): values one after another, with nothing left over.
  const DIGESTS = { "608648016503040201": "SHA-256", "608648016503040202": "SHA-384", "608648016503040203": "SHA-512" };
  const RSA = { "2a864886f70d01010b": "SHA-256", "2a864886f70d01010c": "SHA-384", "2a864886f70d01010d": "SHA-512" };
  const ECDSA = { "2a8648ce3d040302": "SHA-256", "2a8648ce3d040303": "SHA-384", "2a8648ce3d040304": "SHA-512" };
  const CURVES = { "2a8648ce3d030107": ["P-256", 32], "2b81040022": ["P-384", 48] };
  const TIME_STAMP = "2a864886f70d0109100104", CLOCKS_DIFFER = 600;
  function values(bytes) {
    const found = [];
    for (let at = 0; at < bytes.length;) {
      const start = at, tag = bytes[at++];
      let length = bytes[at++];
      need((tag & 31) < 31 && length !== undefined && length !== 128 && length < 133, words.malformed);
      if (length > 128) {
        const end = at + (length & 127), first = bytes[at];
        for (length = 0; at < end; at++) length = length * 256 + bytes[at];
        need(first !== 0 && length > 127, words.malformed);
      }
      need(at + length <= bytes.length, words.cut);
      found.push({ tag, value: bytes.subarray(at, at + length), whole: bytes.subarray(start, at + length) });
      at += length;
    }
    return found;
  }
  const as = (tag, item) => (need(item && item.tag === tag, words.malformed), item);
  const inside = (tag, item) => values(as(tag, item).value);
  const only = items => (need(items.length === 1, words.malformed), items[0]);
  const version = (most, item) => { const [first, ...rest] = as(2, item).value; need(first <= most && rest.length === 0, words.malformed); };
  const identifier = item => hex(as(6, item).value);
  const sequence = item => inside(0x30, item);
  const hash = async (name, bytes) => (need(name, words.malformed), hex(new Uint8Array(await subtle.digest(name, bytes))));
  function readTime(item) {
    let text = read(item.value);
    if (as(item.tag === 0x17 ? 0x17 : 0x18, item).tag === 0x17) text = (text < "50" ? "20" : "19") + text;
    const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(text);
    need(parts, words.bad_time);
    const [, year, month, day, hour, minute, second] = parts, time = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
    return { text: time, seconds: seconds(time) };
  }
  // As `vsa-audit seal` writes it, and in no other way.
  function readRequest(bytes) {
    const fields = sequence(only(values(bytes)));
    need(fields.length === 4, words.malformed);
    const [algorithm, digest] = sequence(fields[1]);
    const fixed = [fields[0], algorithm, fields[3]].map(item => hex(item.whole)).join();
    const nonce = as(2, fields[2]).value;
    need(fixed === "020101,300d06096086480165030402010500,0101ff" && as(4, digest).value.length === 32 && nonce.length > 0, words.malformed);
    return { digest: hex(digest.value), nonce: hex(nonce) };
  }
  function readCertificate(item) {
    const all = sequence(sequence(item)[0]), fields = all.slice(all[0].tag === 0xa0 ? 1 : 0);
    const extensions = all.filter(field => field.tag === 0xa3).flatMap(field => sequence(only(inside(0xa3, field))));
    const extension = wanted => {
      const found = extensions.map(sequence).filter(parts => identifier(parts[0]) === wanted);
      need(found.length < 2, words.stamp_signer);
      if (found.length === 0) return undefined;
      const critical = found[0].length === 3 && hex(found[0][1].whole) === "0101ff";
      return { critical, value: only(values(as(4, found[0][found[0].length - 1]).value)) };
    };
    return { whole: item.whole, serial: fields[0], issuer: fields[2], validity: sequence(fields[3]).map(readTime), key: fields[5], extension };
  }
  // For time stamping alone, with a key that signs what its owner says, at a time when it was valid.
  function mayStamp(certificate, time) {
    const purpose = certificate.extension("551d25"), use = certificate.extension("551d0f");
    need(purpose && purpose.critical && sequence(purpose.value).map(identifier).join() === "2b06010505070308", words.stamp_signer);
    if (use) {
      const [, first, ...rest] = as(3, use.value).value;
      need((first & 0xc0) !== 0 && (first & 0x3f) === 0 && rest.every(byte => byte === 0), words.stamp_signer);
    }
    const [from, to] = certificate.validity;
    need(from.seconds <= time && time <= to.seconds, words.stamp_signer);
  }
  async function signedBy(certificate, algorithm, used, signature, message) {
    const [kind, parameter] = sequence(sequence(certificate.key)[0]).map(item => hex(item.value));
    let scheme, raw = signature;
    if (kind === "2a864886f70d010101") scheme = { name: "RSASSA-PKCS1-v1_5", hash: algorithm === kind ? used : RSA[algorithm] };
    else if (kind === "2b6570" && algorithm === kind) scheme = { name: "Ed25519" };
    else if (kind === "2a8648ce3d0201" && CURVES[parameter]) {
      const [namedCurve, length] = CURVES[parameter];
      scheme = { name: "ECDSA", namedCurve, hash: ECDSA[algorithm] };
      raw = join(...sequence(only(values(signature))).map(part => {
        const digits = as(2, part).value, from = digits.findIndex(byte => byte !== 0), kept = digits.subarray(from < 0 ? digits.length : from);
        need(kept.length <= length, words.wrong);
        return join(new Uint8Array(length - kept.length), kept);
      }));
    }
    need(scheme && (scheme.hash || scheme.name === "Ed25519"), words.malformed);
    const key = await subtle.importKey("spki", certificate.key.whole, scheme, false, ["verify"]).catch(error => {
      throw error.name === "NotSupportedError" ? new Unsupported(words.stamp_algorithm) : new Failure(words.stamp_signer);
    });
    need(!(key.algorithm.modulusLength < 2048), words.stamp_signer);
    need(await subtle.verify(scheme, key, raw, message), words.wrong);
  }
  // The time that a stamp says, if it is one over this envelope.
  async function readStamp(answer, envelope, asked, sealed, date) {
    const [status, token] = sequence(only(values(answer))), granted = as(2, sequence(status)[0]).value;
    need(granted.length === 1 && granted[0] < 2, words.stamp_refused);
    const [kind, wrapped] = sequence(token);
    need(identifier(kind) === "2a864886f70d010702", words.malformed);
    const data = sequence(only(inside(0xa0, wrapped)));
    version(127, data[0]);
    const [type, held] = sequence(data[2]);
    need(identifier(type) === TIME_STAMP, words.malformed);
    const content = as(4, only(inside(0xa0, held))).value, info = sequence(only(values(content)));
    need(info.length > 4 && hex(info[0].whole) === "020101", words.malformed);
    const [algorithm, imprint] = sequence(info[2]);
    need(await hash(DIGESTS[identifier(sequence(algorithm)[0])], envelope) === hex(as(4, imprint).value), words.stamp_bytes);
    const nonce = info.slice(5).find(item => item.tag === 2);
    need(!asked || (nonce && hex(nonce.value) === asked.nonce), words.stamp_request);
    const signer = sequence(only(inside(0x31, data[data.length - 1])));
    version(5, signer[0]);
    const [issuer, serial] = sequence(signer[1]), sent = data.slice(3).find(item => item.tag === 0xa0);
    const readable = (sent ? values(sent.value) : []).flatMap(item => { try { return [readCertificate(item)]; } catch { return []; } });
    const own = readable.find(it => hex(it.issuer.whole) === hex(issuer.whole) && hex(it.serial.value) === hex(as(2, serial).value));
    need(own, words.stamp_signer);
    const used = DIGESTS[identifier(sequence(signer[2])[0])];
    need(inside(0x31, data[1]).some(item => DIGESTS[identifier(sequence(item)[0])] === used), words.malformed);
    const attributes = inside(0xa0, signer[3]).map(sequence);
    const attribute = wanted => {
      const found = attributes.filter(parts => identifier(parts[0]) === wanted);
      return found.length ? only(inside(0x31, only(found)[1])) : undefined;
    };
    need(identifier(attribute("2a864886f70d010903")) === TIME_STAMP, words.malformed);
    need(hex(as(4, attribute("2a864886f70d010904")).value) === await hash(used, content), words.wrong);
    const second = attribute("2a864886f70d010910022f"), first = attribute("2a864886f70d010910020c");
    const named = sequence(sequence(sequence(second || first)[0])[0]), digest = named.find(item => item.tag === 4);
    const how = named[0] && named[0].tag === 0x30 ? DIGESTS[identifier(sequence(named[0])[0])] : second ? "SHA-256" : "SHA-1";
    need(await hash(how, own.whole) === hex(as(4, digest).value), words.stamp_signer);
    // What is signed is the set, not the tag under which it is sent.
    await signedBy(own, identifier(sequence(signer[4])[0]), used, as(4, signer[5]).value, join([0x31], signer[3].whole.subarray(1)));
    const time = readTime(as(0x18, info[4]));
    mayStamp(own, time.seconds);
    need(!asked || asked.digest === hex(await sha256(envelope)), words.stamp_bytes);
    need(sealed !== undefined && sealed - time.seconds <= CLOCKS_DIFFER && time.seconds - date <= CLOCKS_DIFFER, time.text);
    return time.text;
  }

  async function verify(files, others, key, date) {
    const checks = [];
    const get = name => { need(files.has(name), name); return files.get(name); };
    async function check(id, found) {
      try {
        const value = await found();
        checks.push({ id, outcome: value === undefined ? "not-made" : "holds", detail: "" });
        return value;
      } catch (error) {
        if (!(error instanceof Failure || error instanceof Unsupported)) throw error;
        checks.push({ id, outcome: error instanceof Failure ? "fails" : "not-made", detail: error.message });
        return undefined;
      }
    }
    await check("plain-files", async () => (need(others.length === 0, others.join(", ")), true));
    const manifest = await check("manifest-is-sound", async () => readManifest(get(SEAL[0])));
    await check("merkle-root", async () => manifest && (need(await root(manifest.entries) === manifest.merkle_root), true));
    await check("manifest-signature", async () => {
      const signature = readSignature(get(SEAL[1]));
      need(signature.number === key.number, words.other_key);
      await signed(key, signature.signature, blake2b(get(SEAL[0])), words.wrong);
      await signed(key, signature.second, join(signature.signature, utf8.encode(signature.comment)), words.wrong);
      return true;
    });
    const statement = await check("envelope-signature", async () => openEnvelope(get(SEAL[2]), key));
    await check("statement-agrees", async () => {
      if (!statement || !manifest) return undefined;
      const expected = [[SEAL[0], hex(await sha256(get(SEAL[0])))], ...outputs(manifest).map(entry => [entry.name, entry.sha256])];
      need(same(statement.subject, expected.map(([name, sha256]) => ({ digest: { sha256 }, name }))));
      need(statement.predicate.merkleRoot === manifest.merkle_root && statement.predicate.treeSize === manifest.entries.length);
      return true;
    });
    await check("files-are-those-listed", async () => {
      if (!manifest) return undefined;
      const problems = [], listed = outputs(manifest).map(entry => entry.name);
      for (const entry of outputs(manifest)) {
        const bytes = files.get(entry.name);
        if (!bytes) problems.push(`${words.missing}${words.colon}${entry.name}`);
        else if (bytes.length !== entry.bytes || hex(await sha256(bytes)) !== entry.sha256) problems.push(`${words.changed}${words.colon}${entry.name}`);
      }
      for (const name of files.keys()) if (!SEAL.includes(name) && !listed.includes(name)) problems.push(`${words.added}${words.colon}${name}`);
      for (const name of NEEDED) if (!listed.includes(name)) problems.push(`${words.missing}${words.colon}${name}`);
      for (const name of SEAL) if (listed.includes(name)) problems.push(`${words.added}${words.colon}${name}`);
      need(problems.length === 0, problems.join(words.semicolon));
      return true;
    });
    const log = await check("log-is-unbroken", async () => readLog(get("custody.jsonl")));
    await check("log-agrees", async () => {
      if (!log || !manifest) return undefined;
      const known = new Map(manifest.entries.map(entry => [`${entry.role}/${entry.name}`, entry.sha256]));
      log.forEach((entry, at) => Object.entries(entry.digests).forEach(([address, digest]) => {
        const sealing = address === "key/ed25519" || address === "tree/before-sealing";
        need(sealing ? entry.action === "sealed" : known.get(address) === digest, `${at + 1}${words.colon}${address}`);
      }));
      const says = (action, address) => need(log.some(e => e.action === action && Object.hasOwn(e.digests, address)), `${action}${words.colon}${address}`);
      for (const entry of manifest.entries) {
        if (entry.role === "input") says("acquired", `input/${entry.name}`);
        if (entry.role === "model" || entry.role === "tool") says("verified", `${entry.role}/${entry.name}`);
      }
      says("processed", "output/record.json");
      says("rendered", "output/report.json");
      says("rendered", "output/report.html");
      let run;
      try { run = JSON.parse(read(get("run.json"))); } catch (error) { throw error instanceof Failure ? error : new Failure("run.json"); }
      need(run && run.record_sha256 === hex(await sha256(get("record.json"))), "run.json");
      return true;
    });
    const last = log && log[log.length - 1];
    await check("sealing-is-logged", async () => {
      if (!log || !manifest) return undefined;
      need(last.action === "sealed" && last.digests["key/ed25519"] === key.fingerprint, words.other_key);
      const bytes = get("custody.jsonl"), end = bytes.lastIndexOf(10, bytes.length - 2) + 1, kept = bytes.slice(0, end);
      const old = { role: "output", name: "custody.jsonl", bytes: kept.length, sha256: hex(await sha256(kept)) };
      const entries = manifest.entries.filter(e => !(e.role === "output" && e.name === old.name)).concat(old).sort(before);
      need(last.digests["tree/before-sealing"] === await root(entries));
      return true;
    });
    await check("times-follow", async () => {
      if (!log) return undefined;
      const times = log.map(entry => seconds(entry.time)).concat(date);
      times.forEach((time, at) => need(at === 0 || times[at - 1] <= time, String(at)));
      need(last.action === "sealed");
      const sealed = seconds(last.time);
      if (key.made !== null) need(seconds(key.made) <= sealed, key.made);
      if (statement) need(statement.predicate.sealedAt === last.time, statement.predicate.sealedAt);
      let signature;
      try { signature = readSignature(get(SEAL[1])); } catch (error) { need(files.has(SEAL[1]), SEAL[1]); }
      if (signature) need(signature.comment === `timestamp:${sealed}\tfile:manifest.json\thashed`, signature.comment);
      return true;
    });
    const stamped = await check("time-stamp", async () => {
      const [asked, answer] = [files.get(SEAL[3]), files.get(SEAL[4])];
      if (!asked && !answer) return "";
      const request = asked && readRequest(asked), envelope = get(SEAL[2]);
      if (answer) return readStamp(answer, envelope, request, last && last.action === "sealed" ? seconds(last.time) : undefined, date);
      need(request.digest === hex(await sha256(envelope)), words.stamp_bytes);
      return "";
    });
    // Anybody can make an authority: without its root certificate nobody is told whose a stamp is.
    const stamp = checks[checks.length - 1];
    if (stamp.outcome === "holds") Object.assign(stamp, stamped ? { outcome: "not-shown", detail: `${stamped}${words.semicolon}${words.stamp_not_shown}` } : { outcome: "absent" });
    const outcomes = checks.map(c => c.outcome).filter(outcome => outcome !== "not-shown" && outcome !== "absent");
    const verdict = outcomes.includes("fails") ? "fails" : outcomes.every(o => o === "holds") ? "holds" : "incomplete";
    return { checks, verdict };
  }

  const element = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };
  function show({ checks, verdict }, key) {
    const list = document.createElement("ul");
    for (const { id, outcome, detail } of checks) {
      const item = document.createElement("li");
      item.dataset.check = id;
      item.dataset.outcome = outcome;
      item.append(element("strong", words["outcome_" + outcome]), " ", words["check_" + id], detail ? ` (${detail})` : "");
      list.append(item);
    }
    result.replaceChildren(element("p", words["verdict_" + verdict]), list, element("p", `${words.key} ${key.number}, SHA-256 ${key.fingerprint}`));
    result.dataset.verdict = verdict;
  }
  async function run(entries) {
    delete result.dataset.verdict;
    result.replaceChildren(element("p", words.working));
    try {
      const day = document.getElementById("verifier-date").value;
      const date = day ? seconds(day + "T23:59:59Z") : Date.now() / 1000;
      const key = await readKey(document.getElementById("verifier-key").value);
      const files = new Map(), others = [];
      for (const [path, file] of entries) {
        if (path.includes("/")) others.push(path);
        else files.set(path, new Uint8Array(await file.arrayBuffer()));
      }
      show(await verify(files, others, key, date), key);
    } catch (error) {
      result.replaceChildren(element("p", `${words.cannot} ${error.message}`));
      result.dataset.verdict = "error";
    }
  }
  // A chosen folder names itself in every path.
  const chosen = list => Array.from(list, file => [file.webkitRelativePath.split("/").slice(1).join("/") || file.name, file]);
  async function dropped(items) {
    const found = [];
    async function walk(entry, path) {
      if (entry.isFile) found.push([path, await new Promise((done, failed) => entry.file(done, failed))]);
      else if (path.includes("/")) found.push([path + "/", null]);
      else {
        const reader = entry.createReader();
        for (;;) {
          const some = await new Promise((done, failed) => reader.readEntries(done, failed));
          if (some.length === 0) break;
          for (const inner of some) await walk(inner, path ? `${path}/${inner.name}` : inner.name);
        }
      }
    }
    const roots = Array.from(items, item => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const single = roots.length === 1 && roots[0].isDirectory;
    for (const entry of roots) await walk(entry, single ? "" : entry.name);
    return found;
  }

  box.hidden = false;
  if (!subtle) {
    result.replaceChildren(element("p", words.no_crypto));
    return;
  }
  document.getElementById("verifier-files").addEventListener("change", event => run(chosen(event.target.files)));
  box.addEventListener("dragover", event => event.preventDefault());
  box.addEventListener("drop", async event => {
    event.preventDefault();
    const plain = chosen(event.dataTransfer.files), entries = await dropped(event.dataTransfer.items);
    run(entries.length ? entries : plain);
  });
})();
