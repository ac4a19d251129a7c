import { mediaUrl } from '../../api/client';
import type { Still } from '../../api/types';
import { clock } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { MediaBadge } from '../../widgets/Badge';

/** Seconds from the trigger with their sign: −1.5, +0.4; the trigger's own moment has none. */
export function offsetText(offsetMs: number): string {
  const seconds = (Math.abs(offsetMs) / 1000).toFixed(1);
  return seconds === '0.0' ? seconds : `${offsetMs < 0 ? '−' : '+'}${seconds}`;
}

/**
 * A thumbnail travels ahead of its full picture and shares its moment. One tile per moment: the larger picture is shown
 * when chosen, the smaller loads in the strip.
 */
export function moments(stills: readonly Still[]): { full: Still; small: string }[] {
  const byMoment = new Map<number, Still[]>();
  for (const still of stills) {
    const taken = Date.parse(still.takenAt);
    byMoment.set(taken, [...(byMoment.get(taken) ?? []), still]);
  }
  return [...byMoment.entries()].sort(([a], [b]) => a - b).flatMap(([, group]) => {
    const bySize = [...group].sort((a, b) => b.width - a.width);
    const full = bySize[0];
    const small = bySize[bySize.length - 1];
    if (!full || !small) return [];
    return [{ full, small: small.hash }];
  });
}

export function StillStrip({ stills, chosen, onChoose }: { stills: readonly Still[]; chosen: string | null; onChoose: (hash: string) => void }) {
  const { t } = useWords();
  if (stills.length === 0) return <p className="quiet strip-empty">{t('incident.noStills')}</p>;
  return (
    <ul className="strip" aria-label={t('incident.stills')}>
      {moments(stills).map(({ full, small }) => (
        <li key={full.hash}>
          <button type="button" aria-pressed={chosen === full.hash} onClick={() => onChoose(full.hash)}>
            <img src={mediaUrl(small)} alt={t('incident.stillAlt', { offset: offsetText(full.offsetMs) })} decoding="async" />
            <span className="strip-foot"><span className="strip-time">{clock(full.takenAt)} <small>{offsetText(full.offsetMs)} s</small></span><MediaBadge state={full.state} /></span>
          </button>
        </li>
      ))}
    </ul>
  );
}
