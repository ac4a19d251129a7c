import { shortHash } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import type { MerkleStep } from './merkle';

const rowHeight = 46;
const boxWidth = 128;
const boxHeight = 26;
const middle = 220;
const neighbour = 150;

/** The way from one entry up to the root: at each step the neighbour's hash joins from its side. */
export function MerklePath({ leaf, steps }: { leaf: string; steps: readonly MerkleStep[] }) {
  const { t } = useWords();
  const height = (steps.length + 1) * rowHeight + 16;
  const y = (level: number) => height - 8 - boxHeight - level * rowHeight;
  return (
    <svg className="merkle" role="img" viewBox={`0 0 ${middle * 2} ${height}`} aria-label={t('log.proofAlt', { n: steps.length })}>
      {steps.map((step, i) => {
        const x = step.side === 'left' ? middle - neighbour : middle + neighbour;
        return (
          <g key={step.result}>
            <path className="mk-line" d={`M${middle} ${y(i)}V${y(i + 1) + boxHeight}M${x} ${y(i)}V${y(i) - 9}H${middle}`} />
            <Box x={x} y={y(i)} text={shortHash(step.hash)} kind="mk-given" />
          </g>
        );
      })}
      <Box x={middle} y={y(0)} text={`${t('log.leaf')} ${leaf.slice(0, 8)}`} kind="mk-leaf" />
      {steps.map((step, i) => (
        <Box key={step.result} x={middle} y={y(i + 1)} kind={i === steps.length - 1 ? 'mk-root' : 'mk-made'}
          text={i === steps.length - 1 ? `${t('log.rootWord')} ${step.result.slice(0, 8)}` : shortHash(step.result)} />
      ))}
    </svg>
  );
}

function Box({ x, y, text, kind }: { x: number; y: number; text: string; kind: string }) {
  return (
    <g className={kind}>
      <rect x={x - boxWidth / 2} y={y} width={boxWidth} height={boxHeight} rx={3} />
      <text x={x} y={y + 17.5}>{text}</text>
    </g>
  );
}
