import type { components } from './station';

/** What a token from an SMS link shows: docs/formats/api.md, Phone. */
export type PhoneView = components['schemas']['PhoneView'];

export type Answer = { kind: 'view'; view: PhoneView } | { kind: 'gone' | 'refused' | 'conflict' | 'unreachable' };

const patienceMs = 10_000;

/** The token is the only right; it stands in the path of the page and of every request. */
export class PhoneApi {
  constructor(private readonly token: string, private readonly fetcher: typeof fetch = (input, init) => fetch(input, init)) {}

  read(): Promise<Answer> {
    return this.send({});
  }

  acknowledge(): Promise<Answer> {
    return this.send({ method: 'POST', headers: { 'X-Cinnabar': '1' } }, '/acknowledge');
  }

  pictureUrl(hash: string): string {
    return `${this.base()}/pictures/${encodeURIComponent(hash)}`;
  }

  private base(): string {
    return `/api/phone/${encodeURIComponent(this.token)}`;
  }

  private async send(init: RequestInit, tail = ''): Promise<Answer> {
    try {
      // A phone on a bad link may wait for ever; an answer after ten seconds is as good as none.
      const response = await this.fetcher(this.base() + tail, { ...init, cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(patienceMs) });
      if (response.ok) return { kind: 'view', view: (await response.json()) as PhoneView };
      if (response.status === 404 || response.status === 410) return { kind: 'gone' };
      if (response.status === 403) return { kind: 'refused' };
      if (response.status === 409) return { kind: 'conflict' };
      return { kind: 'unreachable' };
    } catch {
      return { kind: 'unreachable' };
    }
  }
}

/** The token in /p/{token}; empty when the link was cut. */
export const tokenOf = (path: string): string => decodeURIComponent(/^\/p\/([^/]+)\/?$/.exec(path)?.[1] ?? '');
