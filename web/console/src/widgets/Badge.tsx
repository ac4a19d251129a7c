import {
  AlertFilled, CheckCircleFilled, ClockCircleOutlined, CloseCircleFilled, DisconnectOutlined, EyeOutlined, FileDoneOutlined,
  KeyOutlined, LockFilled, MinusCircleOutlined, PauseCircleFilled, QuestionCircleOutlined, SafetyCertificateFilled,
  StopOutlined, ToolOutlined, UnlockOutlined, WarningFilled, WifiOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { DeviceState, IncidentCard, LegalState, MediaState } from '../api/types';
import { useWords } from '../i18n/LanguageContext';

type Tone = 'red' | 'amber' | 'green' | 'blue' | 'grey';

/** A state as colour, icon and words together: none of the three alone. */
export function Badge({ tone, icon, children }: { tone: Tone; icon: ReactNode; children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{icon}<span>{children}</span></span>;
}

const legal: Record<LegalState, [Tone, ReactNode]> = {
  ordered: ['blue', <FileDoneOutlined key="i" aria-hidden />],
  issued: ['blue', <KeyOutlined key="i" aria-hidden />],
  installed: ['blue', <ToolOutlined key="i" aria-hidden />],
  armed: ['green', <LockFilled key="i" aria-hidden />],
  suspended: ['amber', <PauseCircleFilled key="i" aria-hidden />],
  lapsed: ['red', <ClockCircleOutlined key="i" aria-hidden />],
  lifted: ['grey', <UnlockOutlined key="i" aria-hidden />],
  removed: ['grey', <MinusCircleOutlined key="i" aria-hidden />],
};

export function LegalBadge({ state }: { state: LegalState }) {
  const { name } = useWords();
  const [tone, icon] = legal[state] ?? ['grey', <QuestionCircleOutlined key="i" aria-hidden />];
  return <Badge tone={tone} icon={icon}>{name('legal', state)}</Badge>;
}

const device: Record<DeviceState, [Tone, ReactNode]> = {
  unbound: ['grey', <MinusCircleOutlined key="i" aria-hidden />],
  online: ['green', <WifiOutlined key="i" aria-hidden />],
  silent: ['amber', <DisconnectOutlined key="i" aria-hidden />],
  alarm: ['red', <AlertFilled key="i" aria-hidden />],
  opening: ['blue', <UnlockOutlined key="i" aria-hidden />],
};

export function DeviceBadge({ state }: { state: DeviceState }) {
  const { name } = useWords();
  const [tone, icon] = device[state] ?? ['grey', <QuestionCircleOutlined key="i" aria-hidden />];
  return <Badge tone={tone} icon={icon}>{name('device', state)}</Badge>;
}

export function LevelBadge({ level }: { level: number }) {
  const { name } = useWords();
  const tone: Tone = level >= 3 ? 'red' : level >= 1 ? 'amber' : 'grey';
  const icon = level >= 3 ? <AlertFilled aria-hidden /> : level >= 1 ? <WarningFilled aria-hidden /> : <EyeOutlined aria-hidden />;
  return <Badge tone={tone} icon={icon}>{name('level', String(level))}</Badge>;
}

/** Both axes of an incident: what the device says, and what a person did. */
export function IncidentBadges({ incident }: { incident: Pick<IncidentCard, 'condition' | 'handling'> }) {
  const { name } = useWords();
  const { condition, handling } = incident;
  return (
    <>
      <Badge tone={handling === 'unacknowledged' ? 'red' : handling === 'acknowledged' ? 'blue' : 'grey'}
        icon={handling === 'unacknowledged' ? <AlertFilled aria-hidden /> : <CheckCircleFilled aria-hidden />}>
        {name('handling', handling)}
      </Badge>
      <Badge tone={condition === 'active' ? 'red' : 'green'}
        icon={condition === 'active' ? <WarningFilled aria-hidden /> : <CheckCircleFilled aria-hidden />}>
        {name('condition', condition)}
      </Badge>
    </>
  );
}

const media: Record<MediaState, [Tone, ReactNode]> = {
  signed: ['green', <SafetyCertificateFilled key="i" aria-hidden />],
  unsigned: ['grey', <StopOutlined key="i" aria-hidden />],
  mismatch: ['red', <CloseCircleFilled key="i" aria-hidden />],
};

export function MediaBadge({ state }: { state: MediaState }) {
  const { name } = useWords();
  const [tone, icon] = media[state] ?? ['grey', <QuestionCircleOutlined key="i" aria-hidden />];
  return <Badge tone={tone} icon={icon}>{name('media', state)}</Badge>;
}
