import type { ProofState } from '../api/types';
import { useStationState } from '../app/StationContext';
import { useWords } from '../i18n/LanguageContext';
import { proofOrder, proofNow } from './proof';

/** The four states a fact goes through, never blurred: filled steps are reached, hollow ones are not. */
export function ProofSteps({ state, index }: { state: ProofState; index: number | undefined }) {
  const { t, name } = useWords();
  const { chain } = useStationState();
  const now = proofNow(state, index, chain);
  const reached = proofOrder.indexOf(now);
  const alone = chain?.standsAlone === true && reached >= proofOrder.indexOf('final');
  return (
    <span className="proof" title={t(alone ? 'proof.explainAlone' : 'proof.explain')}>
      <span className="proof-dots" aria-hidden>
        {proofOrder.map((step, i) => <i key={step} className={i <= reached ? 'on' : ''} />)}
      </span>
      {alone && now === 'final' ? t('proof.finalAlone') : name('proof', now)}
    </span>
  );
}
