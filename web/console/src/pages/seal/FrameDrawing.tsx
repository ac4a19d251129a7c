import type { Frame } from '../../api/types';
import { useWords } from '../../i18n/LanguageContext';

const bodyHeight = 240;
const paperWidth = 210;
const paperHeight = 297;
const margin = 220;

/** The seal on its door, to scale in millimetres: folded body, extended strip, slots, cut loop, ruling on the right. */
export function FrameDrawing({ frame }: { frame: Frame }) {
  const { t } = useWords();
  const { foldedWidthMm: folded, extendedWidthMm: extended, doorWidthMm: doorWidth, doorHeightMm: doorHeight } = frame;
  // The body hangs on the left jamb; the strip is drawn out of it to the right, across the gap of the door.
  const left = margin + (doorWidth - extended) / 2;
  const top = Math.max(margin, margin + doorHeight * 0.45 - bodyHeight / 2);
  const width = Math.max(doorWidth, extended) + 2 * margin + paperWidth;
  const originX = Math.min(0, left - margin);
  const viewHeight = doorHeight + margin + 160;
  const right = left + extended;
  return (
    <svg className="frame-drawing" role="img" viewBox={`${originX} 0 ${width} ${viewHeight}`}
      aria-label={t('seal.frameAlt', { folded, extended })}>
      <rect x={margin} y={margin} width={doorWidth} height={doorHeight} className="fd-door" />
      <line x1={margin + doorWidth - 110} y1={margin + doorHeight / 2 + 180} x2={margin + doorWidth - 110} y2={margin + doorHeight / 2 + 320} className="fd-handle" />
      <line x1={originX} y1={margin + doorHeight} x2={originX + width} y2={margin + doorHeight} className="fd-floor" />
      <rect x={left} y={top + bodyHeight * 0.2} width={extended} height={bodyHeight * 0.6} className="fd-strip" />
      {frame.loop && (
        <rect x={left + frame.loop.fromMm} y={top + bodyHeight * 0.36} width={Math.max(0, frame.loop.toMm - frame.loop.fromMm)}
          height={bodyHeight * 0.28} className="fd-loop" />
      )}
      <rect x={left} y={top} width={folded} height={bodyHeight} rx={16} className="fd-body" />
      <text x={left + folded / 2} y={top + bodyHeight / 2 + 52} className="fd-mark">封</text>
      {frame.slots.map((slot) => <rect key={slot} x={left + slot - 6} y={top + bodyHeight - 44} width={12} height={36} className="fd-slot" />)}
      <rect x={right + 16} y={top - 28} width={paperWidth} height={paperHeight} className="fd-paper" />
      <text x={right + 16 + paperWidth / 2} y={top + paperHeight / 2 - 12} className="fd-paper-word">{t('seal.rulingSheet')}</text>
      <Measure from={left} to={right} y={top - 90} label={t('seal.extended', { n: extended })} />
      <Measure from={left} to={left + folded} y={top + bodyHeight + 130} label={t('seal.folded', { n: folded })} />
      <text x={margin + doorWidth / 2} y={margin - 50} className="fd-word">{t('seal.door', { w: doorWidth, h: doorHeight })}</text>
      <g transform={`translate(${margin + 40} ${margin + doorHeight - 210})`}>
        <rect width={90} height={44} className="fd-loop" /><text x={120} y={54} className="fd-word fd-left">{t('seal.loop')}</text>
        <rect y={88} x={36} width={16} height={44} className="fd-slot" /><text x={120} y={140} className="fd-word fd-left">{t('seal.slots')}</text>
      </g>
    </svg>
  );
}

function Measure({ from, to, y, label }: { from: number; to: number; y: number; label: string }) {
  return (
    <g>
      <path d={`M${from} ${y - 18}v36M${from} ${y}H${to}M${to} ${y - 18}v36`} className="fd-measure" />
      <text x={(from + to) / 2} y={y - 30} className="fd-word">{label}</text>
    </g>
  );
}
