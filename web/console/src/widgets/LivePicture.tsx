import { useEffect, useRef, useState } from 'react';
import type { Language, MediaState } from '../api/types';
import { say, type WordKey, type WordValues } from '../i18n/dictionary';
import { useWords } from '../i18n/LanguageContext';
import { LivePlayer, liveUrl, type LiveFacts, type LiveStatus } from '../player/LivePlayer';
import { MediaBadge } from './Badge';

/** The live picture of one seal, with its state in words beneath or over it. */
export function LivePicture({ seal, small = false }: { seal: string; small?: boolean }) {
  const { t, language } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const [facts, setFacts] = useState<LiveFacts | null>(null);

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    let shownAt = 0;
    let shown: LiveStatus['kind'] | null = null;
    const player = new LivePlayer(element, liveUrl(seal), (next) => {
      // Every frame reports; people need a number twice a second at most.
      const now = performance.now();
      if (next.status.kind === shown && now - shownAt < 500) return;
      shownAt = now;
      shown = next.status.kind;
      setFacts(next);
    });
    player.start();
    return () => player.stop();
  }, [seal]);

  const status = facts?.status ?? { kind: 'connecting' };
  const words = statusWords(language, status);
  return (
    <div className={`live ${small ? 'live-small' : ''}`}>
      <video ref={video} muted playsInline autoPlay aria-label={t('player.label', { seal })} />
      {status.kind !== 'playing' && (
        <div className="live-over" role={small ? undefined : 'status'}>
          <strong>{words.title}</strong>
          {!small && words.next && <span>{words.next}</span>}
        </div>
      )}
      {!small && <LiveFoot media={facts?.media ?? null} status={status} dropped={facts?.dropped ?? 0} />}
    </div>
  );
}

function LiveFoot({ media, status, dropped }: { media: MediaState | null; status: LiveStatus; dropped: number }) {
  const { t } = useWords();
  return (
    <div className="live-foot">
      {status.kind === 'playing' && <span className="live-dot">{t('player.playing')}</span>}
      {media && <MediaBadge state={media} />}
      {status.kind === 'playing' && <span>{t('player.lag', { ms: status.lagMs })}</span>}
      {dropped > 0 && <span>{t('player.dropped', { n: dropped })}</span>}
    </div>
  );
}

function statusWords(language: Language, status: LiveStatus): { title: string; next: string | null } {
  const word = (key: WordKey, values?: WordValues) => say(language, key, values);
  switch (status.kind) {
    case 'connecting': return { title: word('player.connecting'), next: null };
    case 'playing': return { title: word('player.playing'), next: null };
    case 'paused': return { title: word('player.paused'), next: null };
    case 'offline': return { title: word('player.offline'), next: word('player.offlineNext') };
    case 'stalled': return { title: word('player.stalled', { n: status.seconds }), next: word('player.stalledNext') };
    case 'disconnected': return { title: word('player.disconnected', { n: status.seconds }), next: word('player.disconnectedNext') };
    case 'decode': return { title: word('player.decode'), next: word('player.decodeNext') };
    case 'unsupported': return { title: word('player.unsupported', { codec: status.codec }), next: word('player.unsupportedNext') };
  }
}
