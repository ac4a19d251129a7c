import { concat, equal, utf8, compare, type Bytes } from './bytes';
import { CborReader, CborRefused, isBytes } from './cbor';
import { importKey, type Key } from './cose';
import { sha256 } from './sha256';
import { parseStatement, verifyStatement, type Statement } from './statement';
import { accept, refuse, type Judged } from './verdict';

/** A court as its genesis names it: the first entry of its log, signed with the command key it names. */
export interface Genesis {
  readonly statement: Statement;
  readonly court: string;
  readonly courtEn: string | null;
  readonly code: string;
  readonly origin: string;
  readonly logKey: Key;
  readonly commandKey: Key;
  readonly stationKey: Key;
  /** Twelve groups of five digits, for reading out (roster.md, 3). */
  readonly fingerprint: string;
}

export const genesisKind = 'court.genesis';
const courtsMax = 5000;

/** The courts of a roster, each genuinely signed; one that breaks a rule of roster.md, section 4, spoils the whole. */
export async function parseRoster(bytes: Bytes): Promise<Judged<readonly Genesis[]>> {
  let statements: Bytes[];
  try {
    statements = readRoster(bytes);
  } catch (error) {
    if (error instanceof CborRefused) return refuse(error.rule, error.message);
    throw error;
  }
  const courts: Genesis[] = [];
  for (const statement of statements) {
    const genesis = await readGenesis(statement);
    if (genesis.refusal) return genesis;
    const before = courts.at(-1);
    if (before && compare(utf8(before.origin), utf8(genesis.value.origin)) >= 0) return refuse(1, 'a log twice or out of order');
    courts.push(genesis.value);
  }
  return accept(courts);
}

function readRoster(bytes: Bytes): Bytes[] {
  const reader = new CborReader(bytes);
  reader.array(2, 2);
  if (reader.item(1) !== 1n) throw new CborRefused(13, 1);
  const statements = Array.from({ length: reader.array(1, courtsMax) }, () => reader.item(2));
  reader.end();
  if (!statements.every((one) => isBytes(one))) throw new CborRefused(13, 2);
  return statements;
}

/** One court by the bytes of its genesis. */
export async function readGenesis(bytes: Bytes): Promise<Judged<Genesis>> {
  const parsed = parseStatement(bytes);
  if (parsed.refusal) return parsed;
  const { body, kind, issuer, subject } = parsed.value;
  const [court, courtEn, code, origin] = [body.get('court'), body.get('court_en'), body.get('code'), body.get('origin')];
  const [epoch, n, q] = [body.get('epoch'), body.get('n'), body.get('q')];
  const texts = typeof court === 'string' && (courtEn === undefined || typeof courtEn === 'string') && typeof code === 'string' && typeof origin === 'string';
  if (kind !== genesisKind || !texts || issuer !== `court:${code}` || subject !== origin) return refuse(1, 'no genesis of its own issuer and log');
  if (typeof epoch !== 'bigint' || epoch < 1n || typeof n !== 'bigint' || n < 1n || q !== quorumOf(n)) return refuse(1, 'the quorum does not follow from n');
  const [logKey, commandKey, stationKey] = [await importKey(body.get('log_key')), await importKey(body.get('command_key')), await importKey(body.get('station_key'))];
  if (!logKey || !commandKey || !stationKey) return refuse(1, 'a key is none');
  const wrong = await verifyStatement(parsed.value, commandKey);
  if (wrong) return { value: null, refusal: wrong };
  const fingerprint = fingerprintOf(bytes);
  return accept({ statement: parsed.value, court, courtEn: courtEn ?? null, code, origin, logKey, commandKey, stationKey, fingerprint });
}

/** q = ⌊(n+f)/2⌋+1, by the rule with f = ⌊(n−1)/3⌋. */
export const quorumOf = (n: bigint, f = (n - 1n) / 3n): bigint => (n + f) / 2n + 1n;

/** Group i is bytes 5i … 5i+4 of h ‖ SHA-256(h) as a big-endian number, modulo 100,000. */
export function fingerprintOf(genesis: Bytes): string {
  const hash = sha256(genesis);
  const digits = concat(hash, sha256(hash));
  const groups = Array.from({ length: 12 }, (_, i) => {
    const number = digits.subarray(5 * i, 5 * i + 5).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(number % 100_000).padStart(5, '0');
  });
  return groups.join(' ');
}

/** The same court: the same bytes of the genesis. */
export const isSameCourt = (a: Genesis, b: Genesis): boolean => equal(a.statement.bytes, b.statement.bytes);
