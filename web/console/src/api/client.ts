import type {
  Anchors, CommandDraft, CommandSent, Courts, Enrolment, GrantDraft, GrantGiven, IncidentCard, IncidentDetail, Installation, LogEntry, LogEntryDetail,
  LogSummary, Me, OrderDraft, Outcome, PeriodRule, Recording, RuleRefusal, RulingFiled, SealCard, SealDetail, VoiceText,
} from './types';

/** What the station refused, or 'network' when it could not be reached at all. */
export class ApiFailure extends Error {
  constructor(
    readonly status: number | 'network',
    /** The body of the refusal as parsed JSON, if it had one. */
    readonly detail: unknown,
  ) {
    super(typeof status === 'number' ? `HTTP ${status}` : 'network');
  }

  /** The rule that an order broke (422), with its article and the date that would be allowed. */
  get refusal(): RuleRefusal | null {
    const body = this.detail as RuleRefusal | null;
    return this.status === 422 && body !== null && typeof body === 'object' && 'rule' in body ? body : null;
  }
}

type Fetch = typeof fetch;
type Body = { json: unknown } | { form: FormData } | undefined;

/** The station's typed API over the session cookie. Safe to share; holds no state but the sign-out listener. */
export class StationClient {
  /** Called whenever the station says that nobody is signed in. */
  onSignedOut: () => void = () => undefined;

  constructor(private readonly fetcher: Fetch = (input, init) => fetch(input, init)) {}

  /** Who is signed in; null (204) when nobody is. */
  session = (): Promise<Me | null> => this.get('/api/session');
  signIn = (login: string, password: string): Promise<Me> => this.post('/api/session', { login, password });
  signOut = (): Promise<void> => this.send('DELETE', '/api/session');

  seals = (): Promise<SealCard[]> => this.get('/api/seals');
  seal = (seal: string): Promise<SealDetail> => this.get(sealPath(seal));
  createOrder = (draft: OrderDraft): Promise<SealDetail> => this.post('/api/seals', draft);
  enrolment = (seal: string): Promise<Enrolment> => this.post(`${sealPath(seal)}/enrolment`, {});
  install = (seal: string, facts: Installation): Promise<SealDetail> => this.post(`${sealPath(seal)}/install`, facts);
  arm = (seal: string, reason: string): Promise<SealDetail> => this.post(`${sealPath(seal)}/arm`, { reason });
  disarm = (seal: string, reason: string): Promise<SealDetail> => this.post(`${sealPath(seal)}/disarm`, { reason });
  lift = (seal: string, reason: string): Promise<SealDetail> => this.post(`${sealPath(seal)}/lift`, { reason });
  remove = (seal: string, reason: string): Promise<SealDetail> => this.post(`${sealPath(seal)}/remove`, { reason });
  grant = (seal: string, grant: GrantDraft): Promise<GrantGiven> => this.post(`${sealPath(seal)}/grants`, grant);
  command = (seal: string, command: CommandDraft): Promise<CommandSent> =>
    this.post(`${sealPath(seal)}/commands`, command);

  uploadRuling(seal: string, file: File): Promise<RulingFiled> {
    const form = new FormData();
    form.append('file', file);
    return this.send('POST', `${sealPath(seal)}/ruling`, { form });
  }

  periodRules = (from: string): Promise<PeriodRule[]> => this.get(`/api/rules/periods?from=${encodeURIComponent(from)}`);
  voiceTexts = (on: string): Promise<VoiceText[]> => this.get(`/api/rules/voice?on=${encodeURIComponent(on)}`);

  incidents = (openOnly: boolean): Promise<IncidentCard[]> => this.get(`/api/incidents?open=${openOnly}`);
  incident = (id: string): Promise<IncidentDetail> => this.get(incidentPath(id));
  acknowledge = (id: string): Promise<IncidentDetail> => this.post(`${incidentPath(id)}/acknowledge`, {});
  close = (id: string, outcome: Outcome, note: string): Promise<IncidentDetail> =>
    this.post(`${incidentPath(id)}/close`, { outcome, note });

  log = (): Promise<LogSummary> => this.get('/api/log');
  logEntries = (from: number, count: number): Promise<LogEntry[]> => this.get(`/api/log/entries?from=${from}&count=${count}`);
  logEntry = (index: number): Promise<LogEntryDetail> => this.get(`/api/log/entries/${index}`);
  logStatement = (hash: string): Promise<LogEntryDetail> => this.get(`/api/log/statements/${encodeURIComponent(hash)}`);

  courts = (): Promise<Courts> => this.get('/api/courts');
  anchors = (): Promise<Anchors> => this.get('/api/anchors');
  adoptEngine = (identity: string): Promise<void> => this.post('/api/anchors/adopt', { identity });

  private get<T>(path: string): Promise<T> {
    return this.send('GET', path);
  }

  private post<T>(path: string, json: unknown): Promise<T> {
    return this.send('POST', path, { json });
  }

  private async send<T>(method: string, path: string, body?: Body): Promise<T> {
    // The header cannot be sent across sites without CORS; the station refuses a change that lacks it.
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (method !== 'GET') headers['X-Cinnabar'] = '1';
    if (body && 'json' in body) headers['Content-Type'] = 'application/json';
    const init: RequestInit = { method, headers, credentials: 'same-origin' };
    if (body) init.body = 'json' in body ? JSON.stringify(body.json) : body.form;

    let response: Response;
    try {
      response = await this.fetcher(path, init);
    } catch {
      throw new ApiFailure('network', null);
    }
    const text = await response.text();
    const parsed = parse(text);
    if (response.ok) return parsed as T;
    if (response.status === 401) this.onSignedOut();
    throw new ApiFailure(response.status, parsed);
  }
}

/** Address of a picture; the station records the view with its reason. */
export const mediaUrl = (hash: string, reason = 'duty'): string =>
  `/api/media/${encodeURIComponent(hash)}?reason=${encodeURIComponent(reason)}`;

export const recordingUrl = ({ stream, from, until }: Recording): string =>
  `/api/recordings/${encodeURIComponent(stream)}/video.mp4?from=${Date.parse(from)}&until=${Date.parse(until)}`;

export const packUrl = (incident: string): string => `${incidentPath(incident)}/pack`;
export const sheetUrl = (seal: string, lang: string): string => `${sealPath(seal)}/sheet?lang=${lang}`;
export const rulingUrl = (seal: string): string => `/s/${encodeURIComponent(seal)}/ruling`;
export const receiptUrl = (hash: string): string => `/api/receipts/${encodeURIComponent(hash)}`;

const sealPath = (seal: string) => `/api/seals/${encodeURIComponent(seal)}`;
const incidentPath = (id: string) => `/api/incidents/${encodeURIComponent(id)}`;

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
