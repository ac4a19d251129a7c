import { concat, hex, utf8, type Bytes } from './bytes';
import { parseNote, verifyCheckpoint, type Checkpoint, type NoteLine } from './checkpoint';
import { bstr, clocked, isLowS, spkiOf, tstr, verifySign1 } from './cose';
import { verifyEd25519 } from './ed25519';
import type { Court, Epoch, Takeover } from './governance';
import type { Genesis } from './roster';
import { sha256 } from './sha256';
import { accept, refuse, type Judged } from './verdict';

/** What a verifier knows of a court (pack.md, section 5). */
export type Standing = 'known' | 'unproven' | 'selfDeclared';

/** What one court of the epoch says: the seconds of its clock when it vouched, or null. */
export interface Voice {
  readonly court: Court;
  readonly standing: Standing;
  readonly time: bigint | null;
}

/** The epoch that made a checkpoint final, and each of its courts. */
export interface Finality {
  readonly epoch: Epoch;
  readonly voices: readonly Voice[];
  readonly median: bigint;
}

const signatureInvalid = 50;
const timeMax = 253_402_300_799n;
const cosignerName = (court: Court, epoch: Epoch): string => `${court.origin}/cosigner/${epoch.number}`;
const keyId = (name: string, typed: Bytes): string => hex(sha256(concat(utf8(name), Uint8Array.of(0x0a), typed)).subarray(0, 4));

/** Which courts of an epoch vouch for a note, and since when, in the four steps of cosignature.md. */
export async function countVoices(bytes: Bytes, origin: string, epoch: Epoch): Promise<Judged<ReadonlyMap<Court, bigint>>> {
  // 1. The note is the log's checkpoint.
  const owner = epoch.courts.find((court) => court.origin === origin);
  const checkpoint = await verifyCheckpoint(bytes, origin, owner ? [{ name: origin, key: owner.logKey }] : []);
  if (!owner) return refuse(40, 'no court of the epoch has this log');
  if (checkpoint.refusal) return checkpoint;
  const note = parseNote(bytes)!;
  const voices = new Map<Court, bigint>();
  for (const line of note.lines) {
    const court = epoch.courts.find((one) => cosignerName(one, epoch) === line.name);
    if (!court) continue;
    // 2. Every note line of a court; 4. however often it stands there, the court has one voice.
    if (line.keyId === keyId(line.name, concat(Uint8Array.of(4), court.cosignerNoteKey))) {
      const time = await timeOf(line, court, note.text);
      if (time === null) return refuse(signatureInvalid, `a cosignature of ${court.code}`);
      voices.set(court, time);
    // 3. Every receipt line.
    } else if (line.keyId === keyId(line.name, concat(Uint8Array.of(0xff), utf8('cinnabar/cose-receipt-es256'), spkiOf(court.cosignerKey)))) {
      if (!await signsReceipts(line, court, checkpoint.value)) return refuse(signatureInvalid, `the receipts of ${court.code}`);
    }
  }
  return accept(voices);
}

async function timeOf({ signature }: NoteLine, court: Court, text: string): Promise<bigint | null> {
  if (signature.length !== 72) return null;
  const time = BigInt('0x' + hex(signature.subarray(0, 8)));
  if (time > timeMax) return null;
  const signed = utf8(`cosignature/v1\ntime ${time}\n${text}`);
  return await clocked(() => verifyEd25519(court.cosignerNoteKey, signature.slice(8), signed)) ? time : null;
}

/** The header of the court's COSE receipts: {1: -7, 4: kid, 15: {1: name, 2: origin}, 395: 1}. */
async function signsReceipts({ name, signature }: NoteLine, court: Court, { origin, root }: Checkpoint): Promise<boolean> {
  const kid = Uint8Array.from(court.cosignerKey.thumbprint.match(/../g)!, (digits) => parseInt(digits, 16));
  const protectedBytes = concat(
    Uint8Array.of(0xa4, 1, 0x26, 4), bstr(kid), Uint8Array.of(0x0f, 0xa2, 1), tstr(name), Uint8Array.of(2), tstr(origin), Uint8Array.of(0x19, 0x01, 0x8b, 1));
  return isLowS(signature) && verifySign1(court.cosignerKey, { protectedBytes, signature }, root);
}

/** The epoch that made a note final: pack.md, section 5. Null when there is none. */
export async function findFinality(
  bytes: Bytes, checkpoint: Checkpoint, epochs: readonly Epoch[], pinned: readonly Genesis[] | null): Promise<Judged<Finality | null>> {
  for (let i = epochs.length - 1; i >= 0; i--) {
    const epoch = epochs[i]!;
    if (!epoch.courts.some((court) => court.origin === checkpoint.origin) || !liesIn(checkpoint, epoch, epochs[i + 1])) continue;
    const counted = await countVoices(bytes, checkpoint.origin, epoch);
    if (counted.refusal) return counted;
    if (counted.value.size < epoch.needed) continue;
    const times = [...counted.value.values()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const voices = epoch.courts.map((court) => ({ court, standing: standingOf(court, epochs.slice(0, i + 1), pinned), time: counted.value.get(court) ?? null }));
    return accept({ epoch, voices, median: times[(times.length - 1) >> 1]! });
  }
  return accept(null);
}

function liesIn(checkpoint: Checkpoint, epoch: Epoch, next: Epoch | undefined): boolean {
  const takeover = (one: Epoch): Takeover | undefined => one.logs.find((log) => log.origin === checkpoint.origin);
  const isAt = (head: Takeover): boolean => head.size === checkpoint.size && head.root === hex(checkpoint.root);
  const from = takeover(epoch);
  if (from && !(from.size < checkpoint.size || isAt(from))) return false;
  if (!next) return true;
  const until = takeover(next);
  return until !== undefined && (checkpoint.size < until.size || isAt(until));
}

/** From the pinned genesis on, each epoch that the court agreed to hands on to the approval key that it has there. */
function standingOf(court: Court, epochs: readonly Epoch[], pinned: readonly Genesis[] | null): Standing {
  const genesis = pinned?.find((one) => one.origin === court.origin && one.statement.hash === court.genesis);
  if (!genesis) return 'selfDeclared';
  const keys = new Set([genesis.commandKey.thumbprint]);
  let agreed = false;
  for (const epoch of epochs) {
    agreed = epoch.approvals.some((one) => one.issuer === `court:${genesis.code}` && keys.has(one.kid));
    const member = epoch.courts.find((one) => one.origin === court.origin);
    if (agreed && member) keys.add(member.approvalKey.thumbprint);
  }
  return agreed ? 'known' : 'unproven';
}

/** Whether an epoch gives a court another genesis than the roster has. */
export const contradicts = (court: Court, pinned: readonly Genesis[]): boolean =>
  pinned.some((one) => one.origin === court.origin && one.statement.hash !== court.genesis);

/** Whether an epoch means the court of this genesis. */
export const isCourt = (court: Court, genesis: Genesis): boolean =>
  court.genesis === genesis.statement.hash && court.code === genesis.code && court.logKey.thumbprint === genesis.logKey.thumbprint;
