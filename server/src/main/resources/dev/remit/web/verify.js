// Checks, in this browser alone, that an entry is in the log: its leaf, the way to the root, and the signed root.
const place = document.querySelector('[data-proof]');
const said = document.querySelector('[data-verified]');
const text = new TextEncoder();

function bytes(base64) {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4) throw new Error('it holds something that is no base64');
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

async function hash(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

// The C2SP tlog-proof: its leaf stands in `extra`.
function read(proof) {
  const split = proof.indexOf('\n\n');
  const [form, extra, index, ...path] = proof.slice(0, split).split('\n');
  if (split < 0 || form !== 'c2sp.org/tlog-proof@v1' || !/^extra /.test(extra) || !/^index [0-9]{1,15}$/.test(index)) {
    throw new Error('it is no proof of a log');
  }
  return {leaf: bytes(extra.slice(6)), index: Number(index.slice(6)), path: path.map(bytes), note: proof.slice(split + 2)};
}

function checkpoint(note) {
  const split = note.lastIndexOf('\n\n');
  const lines = note.slice(0, split).split('\n');
  if (split < 0 || lines.length !== 3 || !/^[0-9]{1,15}$/.test(lines[1])) throw new Error('its checkpoint cannot be read');
  return {
    body: note.slice(0, split + 1), origin: lines[0], size: Number(lines[1]), root: bytes(lines[2]),
    signatures: note.slice(split + 2).split('\n').filter(Boolean),
  };
}

// RFC 9162, section 2.1.3.2.
async function root(proof, size) {
  let node = proof.index;
  let last = size - 1;
  let now = await hash(Uint8Array.of(0), proof.leaf);
  if (node >= size) throw new Error('it is for a place that the log does not have');
  for (const beside of proof.path) {
    if (last === 0) throw new Error('its way is too long');
    if (node % 2 === 1 || node === last) {
      now = await hash(Uint8Array.of(1), beside, now);
      while (node % 2 === 0 && node !== 0) { node = Math.floor(node / 2); last = Math.floor(last / 2); }
    } else {
      now = await hash(Uint8Array.of(1), now, beside);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0) throw new Error('its way is too short');
  return now;
}

// A C2SP signed-note key: name+id+base64(1, key).
async function isSigned(signed, line) {
  const parts = line.split('+');
  if (parts.length < 3 || parts[0] !== signed.origin) return false;
  const typed = bytes(parts.slice(2).join('+'));
  if (typed.length !== 33 || typed[0] !== 1) return false;
  const id = (await hash(text.encode(`${parts[0]}\n`), typed)).slice(0, 4);
  const hex = [...id].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== parts[1]) return false;
  const key = await crypto.subtle.importKey('raw', typed.slice(1), 'Ed25519', false, ['verify']);
  for (const signature of signed.signatures) {
    const start = `— ${signed.origin} `;
    if (!signature.startsWith(start)) continue;
    const written = bytes(signature.slice(start.length));
    if (written.length === 68 && same(written.slice(0, 4), id)
      && await crypto.subtle.verify('Ed25519', key, written.slice(4), text.encode(signed.body))) return true;
  }
  return false;
}

async function check() {
  const answer = await fetch(place.dataset.proof, {cache: 'no-store'});
  if (!answer.ok) throw new Error('the gateway gives no proof of it');
  const proof = read(await answer.text());
  if (proof.index !== Number(place.dataset.index)) throw new Error('it is for another entry');
  const signed = checkpoint(proof.note);
  if (!same(await root(proof, signed.size), signed.root)) throw new Error('the entry does not lead to the root that was signed');
  const keys = document.querySelector('[data-keys]').value.split('\n').map((line) => line.trim()).filter(Boolean);
  for (const key of keys) {
    if (await isSigned(signed, key)) {
      return `It holds: entry ${proof.index} is in the log of ${signed.size} entries that ${signed.origin} signed.`;
    }
  }
  throw new Error('none of these keys signed it');
}

place.addEventListener('click', async () => {
  place.disabled = true;
  said.textContent = 'Checking…';
  try {
    said.textContent = await check();
    said.className = 'good';
  } catch (why) {
    said.textContent = `It does not hold: ${why.message}.`;
    said.className = 'bad';
  }
  place.disabled = false;
});
