#!/usr/bin/env node
// Checks a copied ledger or a receipt; written from docs/reference/ledger.md alone, with Node 20 and nothing else.
//   node verify.mjs [--key KEY] [--witness KEY]… FOLDER-OR-RECEIPT…     ends with 3 if any of them is wrong
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";

const DOMAIN = Buffer.from("remit/entry/v1\0"), SPKI = Buffer.from("302a300506032b6570032100", "hex");
const SEGMENT = /^[0-9]{20}\.seg$/, FILE = /^([0-9]{20}\.seg|checkpoint|cosigned|key\.pub|leaves|.*\.new)$/;
const MANDATES = ["mandate-given", "mandate-changed", "question-answered"];
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const wrong = (why) => { throw new Error(why); };
const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const node = (left, right) => sha(Buffer.of(1), left, right);
const number = (n, bytes) => Buffer.from(n.toString(16).padStart(2 * bytes, "0"), "hex");
const commitment = (body) => sha("remit/body/v1\0", body);
const key = (raw) => createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" });
const signed = (raw, text, mark) => verify(null, text, key(raw), mark);
const crcs = Array.from({ length: 256 }, (_, n) => [...Array(8)].reduce((c) => (c >>> 1) ^ (c & 1 ? 0x82f63b78 : 0), n));
const crc = (...parts) => ~Buffer.concat(parts).reduce((c, byte) => crcs[(c ^ byte) & 255] ^ (c >>> 8), -1) >>> 0; // CRC-32C
const raw64 = (text) => Buffer.from(String(text), "base64");
const base64 = (text) => raw64(text).toString("base64") === text ? raw64(text) : wrong(`not base64: ${text}`);

function verifierKey(text, kind) {
  const [, name, id, typed] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? wrong("a key is not written as one");
  const raw = base64(typed);
  const sound = raw.length === 33 && raw[0] === kind && sha(name + "\n", raw).hexSlice(0, 4) === id;
  return sound ? { name, id, raw: raw.subarray(1), text } : wrong("a key is not of its kind, or not its own name's");
}

class Keys { // the log's: the first, and each that the one before it endorsed
  constructor(first) { this.all = [verifierKey(first, 1)]; }
  follow(index, { kind, fields }) {
    if (kind !== "key-introduced" || fields.use !== "log") return 0;
    const { name } = this.all[0], place = Number(fields.number), raw = Buffer.from(JSON.parse(fields.key).x, "base64url");
    const text = Buffer.concat([Buffer.from("remit/log-key/v1\0"), number(place, 8), raw]);
    if (place === this.all.length + 1 && signed(this.all.at(-1).raw, text, base64(fields.endorsement)))
      this.all.push({ name, id: sha(name + "\n\x01", raw).hexSlice(0, 4), raw });
    return this.all[place - 1]?.raw.equals(raw) ? place : wrong(`entry ${index} names a key that is not endorsed`);
  }
  place(trusted) { // its place among them; those before it are not trusted
    const at = this.all.findIndex((one) => one.raw.equals(verifierKey(trusted, 1).raw) && trusted.startsWith(one.name + "+"));
    return at < 0 ? wrong("the log's key is not the one that was named as trusted") : at + 1;
  }
  checkpoint(note, trusted, witnesses, most) {
    const form = /^(([^\n]+)\n(0|[1-9][0-9]{0,15})\n(\S+)\n)\n((?:— \S+ \S+\n)+)$/;
    const [, text, origin, size, root, marks] = form.exec(note) ?? wrong("the checkpoint is not written as a signed note");
    let signer = 0, cosigned = [];
    for (const line of marks.trimEnd().split("\n")) {
      const [, name, mark] = line.split(" "), raw = base64(mark), id = raw.hexSlice(0, 4);
      this.all.forEach((one, i) => {
        const own = name === one.name && id === one.id && raw.length === 68 && i + 1 >= trusted;
        if (own && signed(one.raw, Buffer.from(text), raw.subarray(4))) signer = i + 1;
      });
      for (const one of witnesses.filter((some) => name === some.name && id === some.id && raw.length === 76))
        if (signed(one.raw, Buffer.from(`cosignature/v1\ntime ${raw.readBigUInt64BE(4)}\n${text}`), raw.subarray(12)))
          cosigned.push(one.name);
    }
    if (origin !== this.all[0].name || !signer) wrong("the checkpoint is not signed by this log's key");
    if (marks.split("\n").length - 1 > most) wrong("bytes follow the checkpoint's signature");
    return { size: Number(size), root: base64(root), signer, cosigned };
  }
}

class Tree {
  constructor() { this.size = 0; this.peaks = []; }
  add(hash) {
    for (let bits = this.size++; bits % 2 === 1; bits = Math.floor(bits / 2)) hash = node(this.peaks.pop(), hash);
    this.peaks.push(hash);
  }
  root() { return this.peaks.length ? this.peaks.reduceRight((right, left) => node(left, right)) : sha(""); }
}

function readLeaf(leaf) {
  let at = DOMAIN.length + 8;
  const bytes = (length) => (at += length) <= leaf.length ? leaf.subarray(at - length, at) : wrong("an entry ends too early");
  const str = () => utf8.decode(bytes(bytes(4).readUInt32BE()));
  if (!leaf.subarray(0, DOMAIN.length).equals(DOMAIN)) wrong("an entry is none of version 1");
  const kind = str(), count = bytes(2).readUInt16BE(), fields = {};
  for (let i = 0; i < count; i++) fields[str()] = str();
  const commits = bytes(32), time = Number(leaf.readBigInt64BE(DOMAIN.length));
  return at === leaf.length && Object.keys(fields).length === count ? { time, kind, fields, commits } : wrong("an entry is none");
}

function frame(data, at) { // what stands here, if it is one
  if (at + 12 > data.length) return {};
  const leaf = data.readUInt32BE(at), body = data.readUInt32BE(at + 4), end = at + 12 + leaf + body;
  const plausible = leaf > 0 && leaf <= 1 << 20 && end - at <= 4 << 20;
  if (!plausible || end > data.length) return { plausible };
  const sound = crc(data.subarray(at, at + 8), data.subarray(at + 12, end)) === data.readUInt32BE(at + 8);
  return { plausible, end, sound, leaf: data.subarray(at + 12, at + 12 + leaf), body: data.subarray(at + 12 + leaf, end) };
}

function unfinished(data, at) { // whether what stands here is the beginning of a frame, and nothing sound follows it
  const start = data.subarray(at + 12, at + 12 + DOMAIN.length);
  const begins = data.subarray(at, at + 4).some((byte) => byte) && (frame(data, at).plausible || data.length - at < 12);
  for (let next = data.indexOf(DOMAIN, at + 13); next > 0; next = data.indexOf(DOMAIN, next + 1))
    if (frame(data, next - 12).sound) return false;
  return begins && (start.equals(DOMAIN) || !start.some((byte) => byte));
}

function folder(dir, trusted, witnesses) {
  const found = [], names = readdirSync(dir).sort(), segments = names.filter((name) => SEGMENT.test(name));
  const check = (holds, why) => holds || found.push(why);
  const read = (name) => names.includes(name) ? readFileSync(`${dir}/${name}`) : wrong(`there is no \`${name}\``);
  for (const name of names) check(FILE.test(name), `the file \`${name}\` does not belong to a log`);
  const note = utf8.decode(read("checkpoint")), other = names.includes("cosigned") ? utf8.decode(read("cosigned")) : "";
  const first = utf8.decode(read("key.pub")), leaves = read("leaves"), tree = new Tree(), roots = new Map([[0, tree.root()]]);
  const keys = new Keys(first.endsWith("\n") ? first.slice(0, -1) : wrong("`key.pub` is not written as one"));
  const covered = Number(note.split("\n")[1]), introduced = [], times = [], opened = [0];
  for (const name of segments) {
    const data = read(name), newest = name === segments.at(-1);
    const start = [Buffer.from("remit/segment/v1"), number(tree.size, 8), number(tree.peaks.length, 4)];
    const head = Buffer.concat([...start, ...tree.peaks], 4092);
    check(Number(name.slice(0, 20)) === tree.size, `${name} does not follow entry ${tree.size - 1}`);
    check(data.subarray(0, 4092).equals(head) && data.readUInt32BE(4092) === crc(head), `the header of ${name} is wrong`);
    let at = 4096;
    for (let { end, sound, leaf, body } = frame(data, at); end; { end, sound, leaf, body } = frame(data, at)) {
      const index = tree.size;
      if (!sound && newest && index >= covered && index * 32 >= leaves.length && unfinished(data, at)) break;
      check(sound, `the checksum of entry ${index} is wrong`);
      const said = readLeaf(leaf), hash = sha(Buffer.of(0), leaf);
      check(commitment(body).equals(said.commits), `the body of entry ${index} is not the one that it commits to`);
      const there = leaves.subarray(index * 32, index * 32 + 32);
      check(there.equals(hash) || (!there.length && index >= covered), `\`leaves\` has another hash for entry ${index}`);
      if (said.kind === "opened") {
        check(said.fields.size === String(index) && said.fields.root === tree.root().hexSlice(), `entry ${index} names another root`);
        opened.push(index);
      }
      introduced.push([index, keys.follow(index, said)]);
      times.push(said.time);
      tree.add(hash);
      roots.set(tree.size, tree.root());
      at = end;
    }
    const torn = newest && tree.size >= covered && tree.size * 32 >= leaves.length && unfinished(data, at);
    check(torn || !data.subarray(at).some((byte) => byte), `after entry ${tree.size - 1}, at byte ${at} of ${name}, stands no entry`);
  }
  const trust = trusted ? keys.place(trusted) : 1, { signer, root } = keys.checkpoint(note, trust, [], 1);
  check(tree.size >= covered, `the entries from ${tree.size} on are missing; the checkpoint covers ${covered}`);
  check(tree.size < covered || roots.get(covered).equals(root), `the first ${covered} entries do not have the signed root`);
  check(tree.size > covered ? leaves.length >= covered * 32 : leaves.length === tree.size * 32, "`leaves` is not as long as the log");
  for (const [index, place] of introduced) check(index >= covered || place <= signer, `the key was replaced by entry ${index}`);
  const lags = times.length > covered && times.at(-1) - times[covered] > 3000;
  check(!lags && covered >= opened.at(-1) && covered >= Number((segments.at(-1) ?? "0").slice(0, 20)), "the checkpoint is older than the log");
  const seen = other && keys.checkpoint(other, trust, witnesses, 99);
  check(!seen || roots.get(seen.size)?.equals(seen.root), "what witnesses cosigned is not the beginning of this log");
  for (const { name } of witnesses) check(seen?.cosigned?.includes(name), `no cosignature of ${name} is here`);
  return [`${tree.size} entries, ${covered} covered`, found];
}

function way(hash, index, size, path) { // to the root; RFC 6962, section 2.1.1
  let k = 1, rest = path.slice(0, -1);
  if (size <= 1 || !path.length) return size === 1 && index === 0 && !path.length ? hash : wrong("a path leads to no root");
  while (k * 2 < size) k *= 2;
  return index < k ? node(way(hash, index, k, rest), path.at(-1)) : node(path.at(-1), way(hash, index - k, size - k, rest));
}

function receipt(file, trusted, witnesses) {
  const only = (some, names) => Object.keys(some).every((name) => names.includes(name)) ? some : wrong("more is in it");
  const read = only(JSON.parse(utf8.decode(readFileSync(file))), ["format", "key", "checkpoint", "entries"]);
  const keys = new Keys(read.format === "remit/receipt/v1" ? read.key : wrong("it is no receipt"));
  const all = read.entries.map((one) => ({ ...only(one, ["index", "leaf", "path", "body"]), ...readLeaf(base64(one.leaf)) }));
  const newest = Math.max(...all.map((one) => keys.follow(one.index, one)));
  const { size, root, signer, cosigned } = keys.checkpoint(read.checkpoint, trusted ? keys.place(trusted) : 1, witnesses, 99);
  if (newest > signer) wrong("the checkpoint is signed by a key that was replaced");
  all.forEach(({ index, leaf, path, body, commits }, i) => {
    const there = way(sha(Buffer.of(0), base64(leaf)), index, size, path.map(base64)).equals(root);
    if (!there || !Number.isSafeInteger(index)) wrong(`entry ${index} is not in the log that the checkpoint signs`);
    if (body !== undefined && !commitment(base64(body)).equals(commits)) wrong(`the body of entry ${index} is another's`);
    if (i > 0 && all[i - 1].index >= index) wrong(`entry ${index} stands out of order`);
  });
  const [decided, ...more] = all.filter(({ kind }) => kind === "decided"), of = decided?.fields ?? wrong("it has no decision");
  const before = all.filter(({ index, fields }) => index < decided.index && of.mandate && fields.mandate === of.mandate);
  const given = before.filter(({ kind, fields }) => kind === "mandate-given" && fields.giver === of.giver);
  const under = before.filter(({ kind, fields }) => MANDATES.includes(kind) && fields.version === of.version);
  const yes = before.filter(({ fields }) => of.ruling === "approved" && fields.verdict && fields.question === of.question);
  const ends = all.filter(({ kind, index }) => (kind === "concluded" || kind === "asked") && index > decided.index);
  const rest = all.filter(({ kind, fields }) => kind === "passkey-added" ? fields.person === of.giver : fields.use === "log");
  const strange = all.find((one) => ![decided, ...given, ...under, ...yes, ...ends, ...rest].includes(one));
  if (more.length || strange) wrong(`entry ${(more[0] ?? strange).index} does not belong to this call`);
  if (ends.length > 1 || ends[0] && ends[0].fields.call !== of.call) wrong("it shows an end that is not this call's");
  if (of.mandate && !(given.length && under.length)) wrong("it does not show the mandate that the call was decided on");
  if (of.ruling === "approved" && !yes.length) wrong("it does not show the yes that the call was allowed by");
  for (const { name } of witnesses) if (!cosigned.includes(name)) wrong(`no cosignature of ${name} is here`);
  return [`${of.call}: ${of.agent} ${of.tool} ${of.ruling}`, []];
}

const options = { "--key": [], "--witness": [] }, args = process.argv.slice(2), paths = [];
while (args.length) options[args[0]] ? options[args.shift()].push(args.shift()) : paths.push(args.shift());
for (const path of paths) {
  let said, found, witnesses = options["--witness"];
  try {
    const one = statSync(path).isDirectory() ? folder : receipt;
    [said, found] = one(path, options["--key"][0], witnesses.map((key) => verifierKey(key, 4)));
  } catch (broken) {
    found = [broken.message];
  }
  console.log(`${path}: ${found.length ? "WRONG, " + found.join("; ") : "sound, " + said}`);
  if (found.length) process.exitCode = 3;
}
