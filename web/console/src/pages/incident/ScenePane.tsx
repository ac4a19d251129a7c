import { Segmented } from 'antd';
import { useState } from 'react';
import { mediaUrl, recordingUrl } from '../../api/client';
import type { IncidentDetail, Recording } from '../../api/types';
import { dateTime } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { MediaBadge } from '../../widgets/Badge';
import { LivePicture } from '../../widgets/LivePicture';
import { offsetText } from './StillStrip';

export type SceneView = { mode: 'live' } | { mode: 'recorded' } | { mode: 'still'; hash: string };

/** The big picture: live, the recorded event, or one still. */
export function ScenePane({ incident, view, onView }: { incident: IncidentDetail; view: SceneView; onView: (view: SceneView) => void }) {
  const { t } = useWords();
  const { recording, stills, sealNumber } = incident;
  const firstStill = stills[0];
  return (
    <section className="scene" aria-label={t('incident.picture')}>
      <Segmented<SceneView['mode']> className="scene-switch" value={view.mode} aria-label={t('incident.picture')}
        onChange={(mode) => {
          if (mode !== 'still') onView({ mode });
          else if (firstStill) onView({ mode, hash: firstStill.hash });
        }}
        options={[
          { value: 'live', label: t('incident.live') },
          { value: 'recorded', label: recording ? t('incident.recorded') : t('incident.noRecording'), disabled: !recording },
          { value: 'still', label: t('incident.still'), disabled: !firstStill },
        ]} />
      {view.mode === 'live' && <LivePicture seal={sealNumber} />}
      {view.mode === 'recorded' && recording && <RecordedPicture key={recording.stream} recording={recording} />}
      {view.mode === 'still' && <StillPicture incident={incident} hash={view.hash} />}
    </section>
  );
}

/** What was signed when it was opened: a recording that grows must not begin again under the eyes of the officer. */
function RecordedPicture({ recording }: { recording: Recording }) {
  const { t } = useWords();
  const [broken, setBroken] = useState(false);
  const [shown] = useState(recording);
  return (
    <div className="live">
      <video controls playsInline autoPlay muted preload="metadata" src={recordingUrl(shown)}
        aria-label={t('incident.recorded')} onError={() => setBroken(true)} />
      {broken && <div className="live-over" role="status"><strong>{t('incident.recordingBroken')}</strong></div>}
      <div className="live-foot">
        <MediaBadge state={shown.state} />
        <span>{dateTime(shown.from)} – {dateTime(shown.until).slice(11)}</span>
      </div>
    </div>
  );
}

function StillPicture({ incident, hash }: { incident: IncidentDetail; hash: string }) {
  const { t } = useWords();
  const still = incident.stills.find((s) => s.hash === hash);
  if (!still) return null;
  return (
    <div className="live">
      <img src={mediaUrl(still.hash)} alt={t('incident.stillAlt', { offset: offsetText(still.offsetMs) })} />
      <div className="live-foot">
        <MediaBadge state={still.state} />
        <span>{dateTime(still.takenAt)}（{offsetText(still.offsetMs)} s）</span>
      </div>
    </div>
  );
}
