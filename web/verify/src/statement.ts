import { hex, type Bytes } from './bytes';
import { isArray, isBytes, isMap, isMapOf, tryDecode, type Cbor, type CborMap } from './cbor';
import { isLowS, trySign1, verifySign1, type Key, type Sign1 } from './cose';
import { sha256 } from './sha256';
import { accept, refuse, type Judged, type Refusal } from './verdict';

/** The verdicts of statement.md, section 5. */
export const StatementVerdict = {
  TooLong: 10, NotCanonical: 20, UnprotectedNotEmpty: 30, UnknownLabel: 40, WrongAlgorithm: 50, WrongType: 60, ClaimInvalid: 70,
  ChainInvalid: 80, BodyInvalid: 90, KeyMismatch: 100, SignatureNotLowS: 110, SignatureInvalid: 120,
} as const;

/** A statement of the right form, whose signature is not checked by that. Hashes are in hex. */
export interface Statement {
  readonly bytes: Bytes;
  readonly hash: string;
  readonly kid: string;
  readonly issuer: string;
  readonly subject: string;
  readonly kind: string;
  /** The issuer's clock: milliseconds since 1970-01-01 UTC. */
  readonly timeMs: bigint;
  readonly chain: Chain | null;
  readonly body: CborMap;
  readonly data: HashedData | null;
  readonly sign1: Sign1;
}

export interface Chain {
  readonly boot: string;
  readonly sequence: bigint;
  readonly previous: string;
}

/** Labels 258 to 260. */
export interface HashedData {
  readonly hash: string;
  readonly contentType: string;
}

export const statementLengthMax = 65_535;
const type = 'application/cinnabar-statement+cose';
const zero = '0'.repeat(64);
const [claimsLabel, kindClaim, timeClaim, chainClaim, bodyClaim] = [15n, -70001n, -70002n, -70003n, -70004n];
const headerLabels = [1n, 4n, claimsLabel, 16n, 258n, 259n, 260n];
const claimLabels = [1n, 2n, kindClaim, timeClaim, chainClaim, bodyClaim];

/** Steps 1 to 9 of statement.md, section 5. */
export function parseStatement(bytes: Bytes): Judged<Statement> {
  // 1. Length.
  if (bytes.length > statementLengthMax) return refuse(StatementVerdict.TooLong, `${bytes.length} bytes`);
  // 2. One COSE_Sign1 in the subset.
  const sign1 = trySign1(bytes);
  if (!sign1) return refuse(StatementVerdict.NotCanonical, 'no COSE_Sign1 in the CBOR subset');
  const { header } = sign1;
  // 3. The unprotected header is empty.
  if (sign1.unprotected.entries.length > 0) return refuse(StatementVerdict.UnprotectedNotEmpty, 'the unprotected header holds something');
  // 4. No unknown label in header or claims.
  const claims = header.get(claimsLabel);
  if (!isMapOf(header, headerLabels) || (isMap(claims) && !isMapOf(claims, claimLabels))) return refuse(StatementVerdict.UnknownLabel, 'an unknown label');
  // 5. and 6. Algorithm and type.
  if (header.get(1n) !== -7n) return refuse(StatementVerdict.WrongAlgorithm, 'alg is not ES256');
  if (header.get(16n) !== type) return refuse(StatementVerdict.WrongType, 'typ is another');
  // 7. Key id, issuer, subject, kind, time.
  const kid = header.get(4n);
  if (!isBytes(kid, 32) || !isMap(claims)) return refuse(StatementVerdict.ClaimInvalid, 'kid or claims are missing');
  const [issuer, subject, kind, timeMs] = [claims.get(1n), claims.get(2n), claims.get(kindClaim), claims.get(timeClaim)];
  if (!isName(issuer) || !isName(subject) || !isName(kind) || typeof timeMs !== 'bigint' || timeMs < 0n) {
    return refuse(StatementVerdict.ClaimInvalid, 'issuer, subject, kind or time');
  }
  // 8. The chain.
  const chain = parseChain(claims.get(chainClaim));
  if (chain === undefined) return refuse(StatementVerdict.ChainInvalid, 'the place in the chain');
  // 9. Body and hashed data.
  const content = parseContent(sign1, claims);
  if (!content) return refuse(StatementVerdict.BodyInvalid, 'the body or the hash of the data');
  return accept({ bytes, hash: hex(sha256(bytes)), kid: hex(kid), issuer, subject, kind, timeMs, chain, ...content, sign1 });
}

/** Steps 10 to 12: null when the key signed this. */
export async function verifyStatement(statement: Statement, key: Key): Promise<Refusal | null> {
  // 10. The key id is the thumbprint of the key that is trusted.
  if (statement.kid !== key.thumbprint) return { verdict: StatementVerdict.KeyMismatch, detail: 'signed with another key' };
  // 11. 64 bytes, low s.
  if (!isLowS(statement.sign1.signature)) return { verdict: StatementVerdict.SignatureNotLowS, detail: 'not the lower s' };
  // 12. The signature.
  const valid = statement.sign1.payload !== null && await verifySign1(key, statement.sign1, statement.sign1.payload);
  return valid ? null : { verdict: StatementVerdict.SignatureInvalid, detail: 'the signature does not verify' };
}

/** 1 to 200 characters (UTF-16 units) without control characters. */
export const isName = (value: Cbor | undefined): value is string =>
  // eslint-disable-next-line no-control-regex
  typeof value === 'string' && value.length >= 1 && value.length <= 200 && !/[\u0000-\u001f\u007f-\u009f]/.test(value);

/** Undefined when it is broken, null when there is none. */
function parseChain(value: Cbor | undefined): Chain | null | undefined {
  if (value === undefined) return null;
  if (!isArray(value) || value.length !== 3) return undefined;
  const [boot, sequence, previous] = value;
  if (!isBytes(boot, 8) || typeof sequence !== 'bigint' || sequence < 1n || !isBytes(previous, 32)) return undefined;
  const chain = { boot: hex(boot), sequence, previous: hex(previous) };
  return (chain.sequence === 1n) === (chain.previous === zero) ? chain : undefined;
}

function parseContent({ header, payload }: Sign1, claims: CborMap): { body: CborMap; data: HashedData | null } | null {
  const [algorithm, contentType, location, about] = [header.get(258n), header.get(259n), header.get(260n), claims.get(bodyClaim)];
  if (payload === null) return null;
  if (algorithm === undefined) {
    const body = tryDecode(payload);
    return contentType === undefined && location === undefined && about === undefined && isBody(body) ? { body, data: null } : null;
  }
  const complete = algorithm === -16n && typeof contentType === 'string' && (location === undefined || typeof location === 'string');
  if (!complete || payload.length !== 32 || !(about === undefined || isBody(about))) return null;
  return { body: about ?? emptyBody, data: { hash: hex(payload), contentType } };
}

const isBody = (value: Cbor | undefined): value is CborMap => isMap(value) && value.keys.every((key) => typeof key === 'string');
const emptyBody = tryDecode(Uint8Array.of(0xa0)) as CborMap;
