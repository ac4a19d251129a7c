import { hex, type Bytes } from './bytes';
import { isArray, isBytes, isMapOf, tryDecode, type Cbor } from './cbor';
import { manifestName, parseName, type PackName } from './names';
import { accept, refuse, type Judged } from './verdict';

/** What a pack says is inside it (pack.md, section 2). Hashes are in hex. */
export interface Manifest {
  readonly origin: string;
  readonly files: readonly ManifestFile[];
  readonly statements: readonly ManifestStatement[];
}

export interface ManifestFile {
  readonly name: PackName;
  readonly size: bigint;
  readonly sha256: string;
  /** The statements that are said to vouch; of originals only. */
  readonly by: readonly string[] | null;
  /** Lengths of init and fragments; of clips only. */
  readonly parts: readonly number[] | null;
}

export interface ManifestStatement {
  readonly hash: string;
  readonly index: bigint;
}

const invalid = 30;

export function parseManifest(bytes: Bytes): Judged<Manifest> {
  const map = tryDecode(bytes);
  if (!isMapOf(map, ['format', 'version', 'origin', 'files', 'statements'])) return refuse(invalid, 'not the map that it must be');
  const [origin, files, statements] = [map.get('origin'), map.get('files'), map.get('statements')];
  if (map.get('format') !== 'cinnabar-pack' || map.get('version') !== 1n) return refuse(invalid, 'another format or version');
  if (typeof origin !== 'string' || !isArray(files) || files.length === 0 || !isArray(statements) || statements.length === 0) {
    return refuse(invalid, 'origin, files or statements');
  }
  const parsedFiles = files.map(parseFile);
  const parsedStatements = statements.map(parseStatement);
  if (!parsedFiles.every((f) => f !== null) || !ascend(parsedFiles, (f) => f.name.text)) return refuse(invalid, 'a file');
  if (!parsedStatements.every((s) => s !== null) || !ascend(parsedStatements, (s) => s.index)) return refuse(invalid, 'a statement');
  const misnamed = parsedFiles.find((f) => (f.name.kind === 'original' || f.name.kind === 'statement') && f.name.hash !== f.sha256);
  return misnamed ? refuse(invalid, `${misnamed.name.text} has another hash`) : accept({ origin, files: parsedFiles, statements: parsedStatements });
}

function parseFile(value: Cbor): ManifestFile | null {
  if (!isMapOf(value, ['path', 'size', 'sha256', 'by', 'parts'])) return null;
  const [path, size, sha256] = [value.get('path'), value.get('size'), value.get('sha256')];
  const name = typeof path === 'string' && path !== manifestName ? parseName(path) : null;
  if (!name || typeof size !== 'bigint' || size < 0n || !isBytes(sha256, 32)) return null;
  const by = parseBy(value.get('by'));
  const parts = parseParts(value.get('parts'), size);
  const isOriginal = name.kind === 'original';
  if (by === undefined || parts === undefined || (by !== null) !== isOriginal || (parts !== null && name.extension !== 'mp4')) return null;
  return { name, size, sha256: hex(sha256), by, parts };
}

/** Null when absent, undefined when broken. */
function parseBy(value: Cbor | undefined): string[] | null | undefined {
  if (value === undefined) return null;
  if (!isArray(value) || value.length === 0 || !value.every((one): one is Bytes => isBytes(one, 32))) return undefined;
  const by = value.map(hex);
  return ascend(by, (hash) => hash) ? by : undefined;
}

function parseParts(value: Cbor | undefined, size: bigint): number[] | null | undefined {
  if (value === undefined) return null;
  if (!isArray(value) || value.length < 2 || !value.every((one): one is bigint => typeof one === 'bigint' && one >= 0n)) return undefined;
  return value.reduce((sum, one) => sum + one, 0n) === size ? value.map(Number) : undefined;
}

function parseStatement(value: Cbor): ManifestStatement | null {
  if (!isArray(value) || value.length !== 2) return null;
  const [hash, index] = value;
  return isBytes(hash, 32) && typeof index === 'bigint' && index >= 0n ? { hash: hex(hash), index } : null;
}

/** Strictly, so nothing stands twice. */
const ascend = <T>(items: readonly T[], by: (item: T) => string | bigint): boolean =>
  items.every((item, i) => i === 0 || by(items[i - 1]!) < by(item));
