// Reads statements and receipts with COSE libraries that are not ours, and judges them without any of our code.
// Standard input: JSON [{name, kind: "statement"|"receipt", hex, x, y, entry?, origin?}]; standard output: JSON [{name, …}].
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

// The native accelerator of cbor-x needs a binary for each platform; package.json puts a harmless package in its place,
// and this keeps cbor-x from loading it. So the libraries are imported afterwards.
process.env.CBOR_NATIVE_ACCELERATION_DISABLED = 'true';
const { COSEKey, Sign1 } = await import('@auth0/cose');
const { decode, Decoder, Tag } = await import('cbor-x');
const { default: coseJs } = await import('cose-js');

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const bytes = (hex) => Buffer.from(hex, 'hex');
const maps = new Decoder({ mapsAsObjects: false });

// RFC 9162 section 2.1.3.2, written from the RFC.
function rootOf(leaf, index, size, path) {
  if (index >= size) throw new Error('index outside the tree');
  let fn = BigInt(index), sn = BigInt(size) - 1n, r = leaf;
  for (const p of path) {
    if (sn === 0n) throw new Error('path too long');
    if (fn & 1n || fn === sn) {
      r = sha256(Buffer.from([1]), p, r);
      while (!(fn & 1n) && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else {
      r = sha256(Buffer.from([1]), r, p);
    }
    fn >>= 1n; sn >>= 1n;
  }
  if (sn !== 0n) throw new Error('path too short');
  return r;
}

async function readStatement(item, key) {
  const message = Sign1.decode(bytes(item.hex));
  await message.verify(key);
  // A second library, with its own elliptic curve arithmetic; hashed data and bodies alike are byte strings to it.
  await coseJs.sign.verify(bytes(item.hex), { key: { x: bytes(item.x), y: bytes(item.y) } });
  const claims = message.protectedHeaders.get(15);
  const get = (label) => (claims instanceof Map ? claims.get(label) : claims[label]);
  const typ = message.protectedHeaders.get(16);
  if (typ !== 'application/cinnabar-statement+cose') throw new Error(`typ ${typ}`);
  return { issuer: get(1), subject: get(2), statementKind: get(-70001), hash: sha256(bytes(item.hex)).toString('hex') };
}

async function readReceipt(item, key) {
  const outer = maps.decode(bytes(item.hex));
  const [header, unprotected, payload] = outer instanceof Tag ? outer.value : Object.values(outer.getContentForEncoding?.() ?? outer);
  const protectedHeader = header instanceof Uint8Array ? maps.decode(header) : header;
  if (protectedHeader.get(395) !== 1) throw new Error('vds');
  if (protectedHeader.get(15).get(1) !== item.origin) throw new Error('iss');
  const proofs = unprotected.get(396).get(-1);
  if (proofs.length !== 1) throw new Error('proofs');
  const [size, index, path] = decode(proofs[0]);
  const root = rootOf(sha256(Buffer.from([0]), bytes(item.entry)), index, size, path);
  if (payload && Buffer.compare(Buffer.from(payload), root)) throw new Error('attached payload is not the root');
  await Sign1.decode(bytes(item.hex)).verify(key, { detachedPayload: root });
  return { size: Number(size), index: Number(index) };
}

const results = [];
for (const item of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    const key = await COSEKey.fromJWK({
      kty: 'EC', crv: 'P-256', alg: 'ES256',
      x: bytes(item.x).toString('base64url'), y: bytes(item.y).toString('base64url'),
    }).toKeyLike();
    const read = item.kind === 'statement' ? await readStatement(item, key) : await readReceipt(item, key);
    results.push({ name: item.name, accepted: true, ...read });
  } catch (fault) {
    results.push({ name: item.name, accepted: false, reason: String(fault.message ?? fault) });
  }
}
process.stdout.write(JSON.stringify(results));
