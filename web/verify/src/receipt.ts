import { equal, hex, type Bytes } from './bytes';
import { isArray, isBytes, isMap, isMapOf, tryDecode, type Cbor } from './cbor';
import { isLowS, trySign1, verifySign1, type Key, type Sign1 } from './cose';
import { leafHash, pathLength, rootOf } from './merkle';
import { isName } from './statement';
import { accept, refuse, type Judged } from './verdict';

/** The verdicts of receipt.md, section 3. */
export const ReceiptVerdict = {
  TooLong: 10, NotCanonical: 20, UnknownLabel: 30, WrongAlgorithm: 40, WrongStructure: 50, ClaimInvalid: 60, ProofMalformed: 70,
  ProofImpossible: 80, WrongLog: 90, KeyMismatch: 100, PayloadNotRoot: 110, SignatureNotLowS: 120, SignatureInvalid: 130,
} as const;

/** What a valid receipt says: the log holds the entry at this place of a tree of this size and root. */
export interface Receipt {
  readonly size: bigint;
  readonly index: bigint;
  readonly root: Bytes;
}

interface Inclusion {
  readonly size: bigint;
  readonly index: bigint;
  readonly path: readonly Bytes[];
}

export const receiptLengthMax = 4096;

/** Checks a receipt for an entry of the log of this origin and key, in the thirteen steps of receipt.md. */
export async function verifyReceipt(bytes: Bytes, entry: Bytes, origin: string, key: Key): Promise<Judged<Receipt>> {
  // 1. Length.
  if (bytes.length > receiptLengthMax) return refuse(ReceiptVerdict.TooLong, `${bytes.length} bytes`);
  // 2. One COSE_Sign1 in the subset.
  const sign1 = trySign1(bytes);
  if (!sign1) return refuse(ReceiptVerdict.NotCanonical, 'no COSE_Sign1 in the CBOR subset');
  const header = checkHeader(sign1);
  if (header.refusal) return header;
  // 7. Exactly one inclusion proof.
  const proof = inclusionOf(sign1);
  if (!proof) return refuse(ReceiptVerdict.ProofMalformed, 'not one inclusion proof');
  // 8. Size, index and path fit together.
  if (proof.size < 2n || proof.index >= proof.size || proof.path.length !== pathLength(proof.index, proof.size)) {
    return refuse(ReceiptVerdict.ProofImpossible, 'size, index and path do not fit');
  }
  // 9. and 10. Of the log, by the log, under its key; a cosigner's receipt is none of the log's own.
  if (header.value.log !== origin || header.value.issuer !== origin) return refuse(ReceiptVerdict.WrongLog, 'of another log');
  if (header.value.kid !== key.thumbprint) return refuse(ReceiptVerdict.KeyMismatch, 'signed with another key');
  // 11. An attached payload is the computed root.
  const root = rootOf(leafHash(entry), proof.index, proof.size, proof.path);
  if (!root) return refuse(ReceiptVerdict.ProofImpossible, 'no path to a root');
  if (sign1.payload && !equal(sign1.payload, root)) return refuse(ReceiptVerdict.PayloadNotRoot, 'another root is attached');
  // 12. and 13. The signature.
  if (!isLowS(sign1.signature)) return refuse(ReceiptVerdict.SignatureNotLowS, 'not the lower s');
  if (!await verifySign1(key, sign1, root)) return refuse(ReceiptVerdict.SignatureInvalid, 'the signature does not verify');
  return accept({ size: proof.size, index: proof.index, root });
}

function checkHeader({ header }: Sign1): Judged<{ issuer: string; log: string; kid: string }> {
  // 3. No unknown label in header or claims.
  const claims = header.get(15n);
  if (!isMapOf(header, [1n, 4n, 15n, 395n]) || (isMap(claims) && !isMapOf(claims, [1n, 2n]))) return refuse(ReceiptVerdict.UnknownLabel, 'an unknown label');
  // 4. and 5. Algorithm and structure.
  if (header.get(1n) !== -7n) return refuse(ReceiptVerdict.WrongAlgorithm, 'alg is not ES256');
  if (header.get(395n) !== 1n) return refuse(ReceiptVerdict.WrongStructure, 'vds is not RFC9162_SHA256');
  // 6. Key id and log.
  const kid = header.get(4n);
  const issuer = isMap(claims) ? claims.get(1n) : undefined;
  const log = isMap(claims) ? claims.get(2n) : undefined;
  if (!isBytes(kid, 32) || !isName(issuer)) return refuse(ReceiptVerdict.ClaimInvalid, 'kid or iss is missing');
  if (log !== undefined && !isName(log)) return refuse(ReceiptVerdict.ClaimInvalid, 'sub is no name');
  return accept({ issuer, log: log ?? issuer, kid: hex(kid) });
}

function inclusionOf({ unprotected }: Sign1): Inclusion | null {
  const proofs = isMapOf(unprotected, [396n]) ? unprotected.get(396n) : undefined;
  const inclusions = isMapOf(proofs, [-1n]) ? proofs.get(-1n) : undefined;
  if (!isArray(inclusions) || inclusions.length !== 1 || !isBytes(inclusions[0])) return null;
  const proof: Cbor = tryDecode(inclusions[0]);
  if (!isArray(proof) || proof.length !== 3) return null;
  const [size, index, path] = proof;
  if (typeof size !== 'bigint' || size < 0n || typeof index !== 'bigint' || index < 0n || !isArray(path) || path.length === 0) return null;
  return path.every((one): one is Bytes => isBytes(one, 32)) ? { size, index, path } : null;
}
