import type { Anchor } from './anchor';
import type { Bytes } from './bytes';
import type { Checkpoint } from './checkpoint';
import type { Key } from './cose';
import type { Finality } from './finality';
import type { Epoch } from './governance';
import type { Manifest, ManifestFile } from './manifest';
import type { Receipt } from './receipt';
import type { Genesis } from './roster';
import type { Statement } from './statement';
import type { Vouching } from './vouching';
import type { PackSource, ZipFile } from './zip';

/** Something that refutes nothing but must be known, under its number in pack.md. */
export interface Finding {
  readonly number: number;
  readonly about: string;
}

/** What the steps have found so far. Each step fills in what the later ones stand on; none reads ahead. */
export class Examination {
  readonly files = new Map<string, ZipFile>();
  readonly partHashes = new Map<string, readonly string[]>();
  readonly statements: { readonly index: bigint; readonly statement: Statement }[] = [];
  readonly receipts: Receipt[] = [];
  readonly keys: Key[] = [];
  readonly findings: Finding[] = [];
  manifest!: Manifest;
  genesis!: Genesis;
  checkpoint!: Checkpoint;
  vouching!: Vouching;
  /** Null where the court stands alone. */
  epochs: readonly Epoch[] | null = null;
  finality: Finality | null = null;
  anchor: Anchor | null = null;
  /** How long the check of one receipt took, on average; the page shows it. */
  receiptMs = 0;

  /**
   * @param pinned The courts that the verifier believes in, or null when the pack speaks for itself.
   * @param progress Told how much of how much the running step has done.
   */
  constructor(readonly source: PackSource, readonly pinned: readonly Genesis[] | null, readonly progress: (done: number, of: number) => void) {}

  get all(): Statement[] {
    return this.statements.map((one) => one.statement);
  }

  get originals(): ManifestFile[] {
    return this.manifest.files.filter((file) => file.name.kind === 'original');
  }

  /** A file that is known to be there. */
  file(name: string): ZipFile {
    const file = this.files.get(name);
    if (!file) throw new Error(`no ${name}`);
    return file;
  }

  read(name: string): Promise<Bytes> {
    const { offset, size } = this.file(name);
    return this.source.read(offset, size);
  }

  /** Each finding is told once. */
  find(number: number, about: string): void {
    if (!this.findings.some((one) => one.number === number)) this.findings.push({ number, about });
  }
}
