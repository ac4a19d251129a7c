import { compare, hex, utf8, type Bytes } from './bytes';
import { isArray, isBytes, isMapOf, tryDecode, type Cbor } from './cbor';
import { isOrigin } from './checkpoint';
import { importKey, spkiOf, type Key } from './cose';
import { quorumOf } from './roster';
import { sha256 } from './sha256';
import { isName, parseStatement, verifyStatement, type Statement } from './statement';
import { accept, refuse, type Judged } from './verdict';

/** The verdicts of governance.md, section 4. */
export const GovernanceVerdict = { Malformed: 10, EpochInvalid: 20, NotInSequence: 30, KeyReused: 40, ApprovalInvalid: 50, TooFewApprovals: 60 } as const;

/** One court of an epoch. Hashes are in hex. */
export interface Court {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly origin: string;
  readonly genesis: string;
  readonly linkKey: string;
  readonly logKey: Key;
  readonly approvalKey: Key;
  readonly cosignerKey: Key;
  readonly cosignerNoteKey: Bytes;
}

/** The courts that watch each other for one stretch of time, and who of them agreed to that. */
export interface Epoch {
  readonly hash: string;
  readonly number: bigint;
  readonly previous: string;
  readonly courts: readonly Court[];
  readonly needed: number;
  readonly logs: readonly Takeover[];
  readonly approvals: readonly Statement[];
}

/** Where an epoch goes on with a log of the one before. */
export interface Takeover { readonly origin: string; readonly size: bigint; readonly root: string }

const [lengthMax, epochsMax, approvalsMax, courtsMax, revokedMax] = [64 << 20, 1000, 200, 100, 10_000];
const documentKeys = ['version', 'epoch', 'previous', 'courts', 'n', 'f', 'q', 'clock_ms', 'revoked', 'logs'];
const courtKeys = [
  'code', 'name', 'name_en', 'origin', 'genesis', 'endpoint', 'link_key', 'log_key', 'approval_key', 'cosigner_key', 'cosigner_note_key'];
const zero = '0'.repeat(64);

/** Checks a governance log, in the six steps of governance.md; each epoch passes all before the next one is looked at. */
export async function parseGovernance(bytes: Bytes): Promise<Judged<readonly Epoch[]>> {
  // 1. Length, subset, version, number of epochs.
  const items = bytes.length <= lengthMax ? itemsOf(tryDecode(bytes)) : null;
  if (!items) return refuse(GovernanceVerdict.Malformed, 'not epochs with their approvals');
  const epochs: Epoch[] = [];
  const used = new Set<string>();
  for (const [document, approvals] of items) {
    // 2. The document by itself.
    const epoch = await parseEpoch(document);
    if (typeof epoch === 'string') return refuse(GovernanceVerdict.EpochInvalid, epoch);
    // 3. It follows the one before.
    const last = epochs.at(-1);
    if (epoch.number !== BigInt(epochs.length + 1) || epoch.previous !== (last?.hash ?? zero)) return refuse(GovernanceVerdict.NotInSequence, `epoch ${epoch.number}`);
    // 4. The cosigners' keys are new.
    if (epoch.courts.flatMap(epochKeyNames).some((name) => used.has(name))) return refuse(GovernanceVerdict.KeyReused, `epoch ${epoch.number}`);
    // 5. Every approval.
    const agreed = await approvalsOf(epoch, last, approvals);
    if (!agreed) return refuse(GovernanceVerdict.ApprovalInvalid, `an approval of epoch ${epoch.number}`);
    // 6. Enough of both sets.
    if (agreedIn(epoch, agreed) < epoch.needed || (last && agreedIn(last, agreed) < last.needed)) return refuse(GovernanceVerdict.TooFewApprovals, `epoch ${epoch.number}`);
    epochs.push({ ...epoch, approvals: agreed });
    epoch.courts.flatMap(keyNames).forEach((name) => used.add(name));
  }
  return accept(epochs);
}

function itemsOf(value: Cbor): (readonly [Bytes, readonly Bytes[]])[] | null {
  if (!isArray(value) || value.length !== 2 || value[0] !== 1n) return null;
  const list = value[1];
  if (!isArray(list) || list.length < 1 || list.length > epochsMax) return null;
  const items = list.map((item) => {
    if (!isArray(item) || item.length !== 2) return null;
    const [document, approvals] = item;
    const fits = isBytes(document) && isArray(approvals) && approvals.length <= approvalsMax && approvals.every((one): one is Bytes => isBytes(one));
    return fits ? [document, approvals] as const : null;
  });
  return items.every((item) => item !== null) ? items : null;
}

/** The epoch of a document, or the rule that it breaks. Approvals are not looked at. */
export async function parseEpoch(document: Bytes): Promise<Epoch | string> {
  const map = tryDecode(document);
  if (!isMapOf(map, documentKeys) || map.keys.length !== documentKeys.length || map.get('version') !== 1n) return 'not an epoch of version 1';
  const [number, previous, list, clock] = [map.get('epoch'), map.get('previous'), map.get('courts'), map.get('clock_ms')];
  if (typeof number !== 'bigint' || number < 1n || !isBytes(previous, 32) || !isArray(list)) return 'number, predecessor or courts';
  if ((number === 1n) !== (hex(previous) === zero)) return 'epoch 1 has no predecessor, every other one has';
  if (typeof clock !== 'bigint' || clock < 1000n || clock > 86_400_000n) return 'clock_ms';
  const needed = list.length >= 1 && list.length <= courtsMax ? neededOf(list.length, map.get('n'), map.get('f'), map.get('q')) : null;
  if (needed === null) return 'n, f and q';
  const parsed = await Promise.all(list.map(parseCourt));
  const courts = parsed.filter((court) => court !== null);
  if (courts.length !== parsed.length || !ascend(courts.map((court) => utf8(court.origin)))) return 'a court, or their order';
  if (new Set(courts.map((court) => court.code)).size !== courts.length) return 'a code twice';
  const names = courts.flatMap(keyNames);
  if (new Set(names).size !== names.length) return 'a key in two roles';
  const revoked = revokedOf(map.get('revoked'));
  if (!revoked || courts.some((c) => [c.logKey, c.approvalKey, c.cosignerKey].some((key) => revoked.has(key.thumbprint)))) return 'the revoked keys';
  const logs = takeoversOf(map.get('logs'));
  if (!logs || (number === 1n && logs.length > 0)) return 'the logs taken over';
  return { hash: hex(sha256(document)), number, previous: hex(previous), courts, needed, logs, approvals: [] };
}

/** Rule 1: more liars may be borne than the rule has, never fewer. */
function neededOf(courts: number, n: Cbor | undefined, f: Cbor | undefined, q: Cbor | undefined): number | null {
  if (n !== BigInt(courts) || typeof f !== 'bigint' || typeof q !== 'bigint') return null;
  return f >= (n - 1n) / 3n && q === quorumOf(n, f) && q <= n ? Number(q) : null;
}

async function parseCourt(value: Cbor): Promise<Court | null> {
  if (!isMapOf(value, courtKeys) || value.keys.length !== courtKeys.length) return null;
  const [code, name, nameEn, origin, endpoint] = [value.get('code'), value.get('name'), value.get('name_en'), value.get('origin'), value.get('endpoint')];
  const [genesis, linkKey, cosignerNoteKey] = [value.get('genesis'), value.get('link_key'), value.get('cosigner_note_key')];
  if (!isName(code) || !isName(name) || !isName(nameEn) || typeof origin !== 'string' || !isOrigin(origin) || !isEndpoint(endpoint)) return null;
  if (!isBytes(genesis, 32) || !isBytes(linkKey, 32) || !isBytes(cosignerNoteKey, 32)) return null;
  const [logKey, approvalKey, cosignerKey] = await Promise.all([importKey(value.get('log_key')), importKey(value.get('approval_key')), importKey(value.get('cosigner_key'))]);
  if (!logKey || !approvalKey || !cosignerKey) return null;
  return { code, name, nameEn, origin, genesis: hex(genesis), linkKey: hex(linkKey), logKey, approvalKey, cosignerKey, cosignerNoteKey };
}

// eslint-disable-next-line no-control-regex
const isEndpoint = (value: Cbor | undefined): boolean => typeof value === 'string' && value.length <= 200 && /^https:\/\/[^\u0000-\u0020]*$/.test(value);

/** Rule 2: what a key is called in whatever role it serves. */
const nameOf = (key: Key): string => hex(sha256(spkiOf(key)));
const epochKeyNames = (court: Court): string[] => [nameOf(court.cosignerKey), hex(sha256(court.cosignerNoteKey))];
const keyNames = (court: Court): string[] => [nameOf(court.logKey), nameOf(court.approvalKey), court.linkKey, ...epochKeyNames(court)];

function revokedOf(value: Cbor | undefined): Set<string> | null {
  if (!isArray(value) || value.length > revokedMax || !value.every((one): one is Bytes => isBytes(one, 32)) || !ascend(value)) return null;
  return new Set(value.map(hex));
}

function takeoversOf(value: Cbor | undefined): Takeover[] | null {
  if (!isArray(value)) return null;
  const logs: Takeover[] = [];
  for (const item of value) {
    if (!isArray(item) || item.length !== 3) return null;
    const [origin, size, root] = item;
    if (typeof origin !== 'string' || typeof size !== 'bigint' || size < 1n || size > 2n ** 62n || !isBytes(root, 32)) return null;
    logs.push({ origin, size, root: hex(root) });
  }
  return ascend(logs.map((log) => utf8(log.origin))) ? logs : null;
}

const ascend = (items: readonly Bytes[]): boolean => items.every((item, i) => i === 0 || compare(items[i - 1]!, item) < 0);

/** Section 3, and step 5: of this document, by a court of either set with its key there, by ascending hash. */
async function approvalsOf(epoch: Epoch, last: Epoch | undefined, items: readonly Bytes[]): Promise<Statement[] | null> {
  const approvals: Statement[] = [];
  for (const item of items) {
    const parsed = parseStatement(item);
    if (parsed.refusal || !isApproval(parsed.value, epoch)) return null;
    const before = approvals.at(-1);
    if (before && before.hash >= parsed.value.hash) return null;
    const court = [...last?.courts ?? [], ...epoch.courts].find((one) => isBy(parsed.value, one));
    if (!court || await verifyStatement(parsed.value, court.approvalKey)) return null;
    approvals.push(parsed.value);
  }
  return approvals;
}

function isApproval({ kind, subject, body }: Statement, epoch: Epoch): boolean {
  const document = body.get('document');
  return kind === 'governance.approval' && subject === 'governance' && body.keys.length === 2
    && body.get('epoch') === epoch.number && isBytes(document, 32) && hex(document) === epoch.hash;
}

const isBy = (approval: Statement, court: Court): boolean => approval.issuer === `court:${court.code}` && approval.kid === court.approvalKey.thumbprint;
const agreedIn = (epoch: Epoch, approvals: readonly Statement[]): number => epoch.courts.filter((court) => approvals.some((one) => isBy(one, court))).length;
