import type { ProofState } from '../api/types';
import { useWords } from '../i18n/LanguageContext';

const order: readonly ProofState[] = ['received', 'sequenced', 'final', 'anchored'];

/** The four states a fact goes through, never blurred: filled steps are reached, hollow ones are not. */
export function ProofSteps({ state }: { state: ProofState }) {
  const { t, name } = useWords();
  const reached = order.indexOf(state);
  return (
    <span className="proof" title={t('proof.explain')}>
      <span className="proof-dots" aria-hidden>
        {order.map((step, i) => <i key={step} className={i <= reached ? 'on' : ''} />)}
      </span>
      {name('proof', state)}
    </span>
  );
}
