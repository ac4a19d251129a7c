import { Examination, type Finding } from './Examination';
import * as courts from './courtSteps';
import * as steps from './packSteps';
import type { Genesis } from './roster';
import { PackSource } from './zip';

/** The steps of pack.md, section 4: number, check, verdict when it refuses and names no other. A new step is a new line. */
const checks = [
  [1, steps.container, 10],
  [2, steps.limits, 20],
  [3, steps.manifest, 30],
  [4, steps.completeness, 40],
  [5, steps.contents, 50],
  [6, steps.roster, 60],
  [7, steps.pinned, 70],
  [8, steps.checkpoint, 80],
  [9, steps.statements, 90],
  [10, steps.receipts, 100],
  [11, steps.log, 110],
  [12, steps.keys, 120],
  [13, steps.signatures, 130],
  [14, steps.issuers, 140],
  [15, steps.chains, 150],
  [16, steps.originals, 160],
  [17, steps.clips, 170],
  [18, steps.vouchers, 180],
  [19, steps.index, 190],
  [20, courts.governance, 200],
  [21, courts.epochs, 210],
  [22, courts.voices, 220],
  [23, courts.anchor, 230],
] as const;

export const stepNumbers: readonly number[] = checks.map(([number]) => number);

export type StepState = 'passed' | 'skipped' | 'refused' | 'open';

export interface Outcome {
  /** 0 is valid; else the number of pack.md, section 4. */
  readonly verdict: number;
  readonly detail: string;
  readonly states: ReadonlyMap<number, StepState>;
  readonly findings: readonly Finding[];
  readonly examination: Examination;
}

export interface Watcher {
  /** Step, and how much of it is done. */
  progress(step: number, done: number, of: number): void;
}

/** Checks a pack from the first step to the first that refuses it. */
export async function verifyPack(pack: Blob, pinned: readonly Genesis[] | null = null, watcher?: Watcher): Promise<Outcome> {
  let running = 1;
  const examination = new Examination(new PackSource(pack), pinned, (done, of) => watcher?.progress(running, done, of));
  const states = new Map<number, StepState>(stepNumbers.map((number) => [number, 'open']));
  for (const [number, check, verdict] of checks) {
    running = number;
    watcher?.progress(number, 0, 1);
    const answer = await check(examination);
    if (answer !== null && answer !== steps.skipped) {
      states.set(number, 'refused');
      const refusal = typeof answer === 'string' ? { verdict, detail: answer } : answer;
      return { ...refusal, states, findings: sorted(examination.findings), examination };
    }
    states.set(number, answer === steps.skipped ? 'skipped' : 'passed');
  }
  return { verdict: 0, detail: '', states, findings: sorted(examination.findings), examination };
}

const sorted = (findings: readonly Finding[]): Finding[] => [...findings].sort((a, b) => a.number - b.number);
