import { readAnchor } from './anchor';
import { hex } from './bytes';
import type { Examination } from './Examination';
import { contradicts, findFinality, isCourt, type Finality } from './finality';
import { parseGovernance } from './governance';
import { anchorName, governanceName } from './names';
import { skipped, type StepAnswer } from './packSteps';

/** 20: the governance log; without one the court stands alone. */
export async function governance(pack: Examination): Promise<StepAnswer> {
  if (!pack.files.has(governanceName)) {
    pack.find(7, pack.genesis.origin);
    return skipped;
  }
  const parsed = await parseGovernance((await pack.read(governanceName)).slice());
  if (parsed.refusal) return `${parsed.refusal.verdict}: ${parsed.refusal.detail}`;
  pack.epochs = parsed.value;
  return null;
}

/** 21: the epochs name this court, and contradict no pinned one. */
export async function epochs({ epochs: all, genesis, pinned }: Examination): Promise<StepAnswer> {
  if (!all) return skipped;
  const courts = all.flatMap((epoch) => epoch.courts);
  const own = courts.filter((court) => court.origin === genesis.origin);
  if (own.length === 0) return 'no epoch names this log';
  if (!own.every((court) => isCourt(court, genesis))) return 'an epoch gives this court another genesis, code or log key';
  return courts.find((court) => pinned !== null && contradicts(court, pinned))?.origin ?? null;
}

/** 22: the checkpoint is final. */
export async function voices(pack: Examination): Promise<StepAnswer> {
  if (!pack.epochs) return skipped;
  const judged = await findFinality(await pack.read('checkpoint.txt'), pack.checkpoint, pack.epochs, pack.pinned);
  if (judged.refusal) return judged.refusal.detail;
  if (!judged.value) return { verdict: 221, detail: 'in no epoch do enough courts vouch' };
  pack.finality = judged.value;
  const { known } = voicesOf(judged.value);
  if (judged.value.voices.length === 1) pack.find(7, pack.genesis.origin);
  else if (known < judged.value.epoch.needed) pack.find(8, `${known} / ${judged.value.epoch.needed}`);
  return null;
}

/** How many courts vouch, and how many of them the roster confirms. */
export function voicesOf({ voices: all }: Finality): { heard: number; known: number } {
  const heard = all.filter(({ time }) => time !== null);
  return { heard: heard.length, known: heard.filter(({ standing }) => standing === 'known').length };
}

/** 23: the anchor is the checkpoint's. */
export async function anchor(pack: Examination): Promise<StepAnswer> {
  if (!pack.files.has(anchorName)) return skipped;
  const read = readAnchor((await pack.read(anchorName)).slice(), pack.checkpoint);
  if (typeof read === 'string') return read;
  pack.anchor = read;
  pack.find(9, `${hex(read.chain)} #${read.lastNumber} ${hex(read.lastHash)}`);
  return null;
}
