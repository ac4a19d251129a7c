// The station's HTTP contract, docs/formats/api.md, in the form openapi-typescript gives. Replaced by generation from
// /api/openapi.json; nothing else in the console spells a field of the wire.
export interface components {
  schemas: {
    Bilingual: { zh: string; en: string };
    Me: {
      login: string;
      displayName: string;
      roles: components['schemas']['Role'][];
      courtName: string;
      courtCode: string;
      language: components['schemas']['Language'];
    };
    Language: 'zh' | 'en';
    Role: 'administrator' | 'judge' | 'clerk' | 'officer' | 'auditor' | 'applicant';
    LegalState: 'ordered' | 'issued' | 'installed' | 'armed' | 'suspended' | 'lapsed' | 'lifted' | 'removed';
    DeviceState: 'unbound' | 'online' | 'silent' | 'alarm' | 'opening';
    SealCard: {
      sealNumber: string;
      caseNumber: string;
      address: string;
      legalState: components['schemas']['LegalState'];
      deviceState: components['schemas']['DeviceState'];
      deviceId?: string | null;
      lastSeen?: string | null;
      until: string;
      daysLeft: number;
      openIncident?: string | null;
      incidentLevel?: number | null;
      still?: string | null;
      stillTime?: string | null;
      battery?: number | null;
      mains?: boolean | null;
    };
    Frame: {
      deviceId: string;
      foldedWidthMm: number;
      extendedWidthMm: number;
      slots: number[];
      loop?: { fromMm: number; toMm: number } | null;
      doorWidthMm: number;
      doorHeightMm: number;
      baselinePhoto?: string | null;
    };
    Party: {
      id: string;
      role: components['schemas']['PartyRole'];
      name: string;
      phone?: string | null;
      email?: string | null;
      language: components['schemas']['Language'];
    };
    PartyRole: 'applicant' | 'debtor' | 'judge' | 'clerk' | 'officer' | 'manager';
    SentCommand: { hash: string; kind: string; sent: string; result?: string | null; reason?: string | null };
    SealDetail: components['schemas']['SealCard'] & {
      category: components['schemas']['Category'];
      description?: string;
      from: string;
      ruling?: { hash: string; name: string } | null;
      court: string;
      frame?: components['schemas']['Frame'] | null;
      parties: components['schemas']['Party'][];
      history: components['schemas']['TimelineItem'][];
      commands: components['schemas']['SentCommand'][];
      settingsVersion: number;
      reportedSettingsVersion?: number | null;
    };
    Category: 'immovable' | 'movable' | 'deposit' | 'other';
    OrderDraft: {
      caseNumber: string;
      category: components['schemas']['Category'];
      property: { address: string; description: string; division?: string; registryNumber?: string };
      from: string;
      until: string;
      parties: components['schemas']['PartyDraft'][];
    };
    PartyDraft: {
      role: components['schemas']['PartyRole'];
      name: string;
      phone?: string;
      email?: string;
      language: components['schemas']['Language'];
    };
    RuleRefusal: {
      rule: string;
      article: string;
      text: components['schemas']['Bilingual'];
      allowedUntil?: string | null;
    };
    PeriodRule: {
      category: components['schemas']['Category'];
      name: components['schemas']['Bilingual'];
      maxYears: number;
      until: string;
      article: components['schemas']['Bilingual'];
    };
    VoiceText: { stage: number; text: components['schemas']['Bilingual']; citations: string[] };
    Enrolment: { code: string; expires: string; uplink: string };
    Installation: { deviceId: string; frame: components['schemas']['Frame']; photo?: string };
    GrantDraft: { from: string; until: string; officer: string; reason: string };
    CommandDraft: { kind: 'sirenOff' | 'speak' | 'pictures'; stage?: number; text?: string };
    Condition: 'active' | 'cleared';
    Handling: 'unacknowledged' | 'acknowledged' | 'closed';
    Outcome: 'attended' | 'policeCalled' | 'maintenance' | 'authorised' | 'falseAlarm' | 'other';
    MediaState: 'signed' | 'unsigned' | 'mismatch';
    ProofState: 'received' | 'sequenced' | 'final' | 'anchored';
    IncidentCard: {
      id: string;
      sealNumber: string;
      caseNumber: string;
      address: string;
      kind: string;
      level: number;
      condition: components['schemas']['Condition'];
      handling: components['schemas']['Handling'];
      openedAt: string;
      episodes: number;
      warningsSent: number;
      nextWarningAt?: string | null;
      acknowledgedBy?: string | null;
      acknowledgedAt?: string | null;
      thumbnail?: string | null;
    };
    Still: {
      hash: string;
      offsetMs: number;
      width: number;
      height: number;
      thumbnail: boolean;
      state: components['schemas']['MediaState'];
      takenAt: string;
    };
    Recording: {
      stream: string;
      from: string;
      until: string;
      state: components['schemas']['MediaState'];
      codec: string;
    };
    Warning: {
      attempt: string | number;
      channel: string;
      level: number;
      at: string;
      recipient: string;
      result?: string | null;
      reason?: string | null;
    };
    IncidentDetail: components['schemas']['IncidentCard'] & {
      outcome?: components['schemas']['Outcome'] | null;
      note?: string | null;
      stills: components['schemas']['Still'][];
      recording?: components['schemas']['Recording'] | null;
      timeline: components['schemas']['TimelineItem'][];
      warnings: components['schemas']['Warning'][];
    };
    TimelineItem: {
      hash: string;
      index?: number | null;
      state: components['schemas']['ProofState'];
      kind: string;
      issuer: string;
      at: string;
      receivedAt: string;
      sequence?: number | null;
      text: components['schemas']['Bilingual'];
    };
    LogSummary: {
      origin: string;
      size: number;
      root: string;
      checkpoint: string;
      logKey: string;
      health: string;
      states?: Record<string, number> | null;
    };
    LogEntry: { index: number; hash: string; kind: string; issuer: string; subject: string; at: string; bytes: number };
    LogEntryDetail: components['schemas']['LogEntry'] & {
      body: string;
      statement: string;
      proof?: { treeSize: number; path: string[] } | null;
      receipt?: string | null;
    };
    Health: { log: string; channels: string; auditor: string };
    LogHead: { size: number; root: string };
    StillEvent: { incident: string; hash: string; offsetMs: number; thumbnail: boolean };
    FactEvent: components['schemas']['TimelineItem'] & { sealNumber: string };
    CommandEvent: { hash: string; sealNumber: string; result: string; reason?: string | null };
    Tick: { at: string };
    LiveCodec: { type: 'codec'; codec: string; width: number; height: number; stream: number; state: components['schemas']['MediaState'] };
    LiveLag: { type: 'lag'; dropped: number };
    LiveOffline: { type: 'offline' };
  };
}
