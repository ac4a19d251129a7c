import { BlockOutlined } from '@ant-design/icons';
import { Empty } from 'antd';
import type { AnchorBlock, Anchors, Court } from '../../api/types';
import { clock, dateTime, shortHash } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { inkOf, newestBlocks } from './chainModel';
import { useCount } from './useCount';

/** The anchor chain as people picture it: block upon block, the newest at hand, older ones to the side. */
export function BlockStrip({ anchors, courts }: { anchors: Anchors; courts: readonly Court[] }) {
  const { t } = useWords();
  const blocks = newestBlocks(anchors.chain.blocks);
  return (
    <section className="card" aria-labelledby="blocks-head">
      <h2 id="blocks-head"><BlockOutlined aria-hidden /> {t('chain.blocks')} {blocks.length > 0 && <small className="quiet">{t('chain.blocksNote')}</small>}</h2>
      {blocks.length === 0
        ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(anchors.engine.state === 'none' ? 'chain.noEngine' : 'chain.noBlock')} />
        : (
          <ol className="block-strip" tabIndex={0} aria-labelledby="blocks-head">
            {blocks.map((block) => <Block key={block.serial} block={block} courts={courts} />)}
          </ol>
        )}
    </section>
  );
}

function Block({ block, courts }: { block: AnchorBlock & { begins: boolean }; courts: readonly Court[] }) {
  const { t, pick } = useWords();
  const count = useCount();
  const court = courts.find((c) => c.code === block.code);
  const who = block.code ?? t('chain.blockOther');
  return (
    <li className={`block ink-${inkOf(courts, block.code)}${block.begins ? ' block-begins' : ''}`}
      aria-label={t('chain.blockLabel', { n: block.height, court: court ? pick(court.name) : who, size: block.size, time: dateTime(block.at) })}>
      <b className="block-height">{t('chain.block', { n: count(block.height) })}</b>
      <span className="block-court" title={court ? pick(court.name) : block.log}>{who}</span>
      <span className="block-size">{t('chain.blockSize', { n: count(block.size) })}</span>
      <time dateTime={block.at} title={dateTime(block.at)}>{clock(block.at)}</time>
      <code title={block.hash}>{shortHash(block.hash)}</code>
      {block.begins && <span className="block-segment">{t(block.serial === 1 ? 'chain.genesis' : 'chain.segment')}</span>}
    </li>
  );
}
