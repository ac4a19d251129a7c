// @vitest-environment node
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PhoneApi, tokenOf } from '../src/phoneApi';

describe('PhoneApi', () => {
  let server: Server;
  let api: PhoneApi;
  let seen: IncomingMessage;
  let status: number | 'break';

  beforeEach(async () => {
    server = createServer((request, response) => {
      seen = request;
      if (status === 'break') return response.destroy();
      response.statusCode = status;
      return response.end(status === 200 ? '{"caseNumber":"C"}' : '<p>no</p>');
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    api = new PhoneApi('to/ken', (path, init) => fetch(base + String(path), init));
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('reads what the token shows', async () => {
    status = 200;
    expect(await api.read()).toEqual({ kind: 'view', view: { caseNumber: 'C' } });
    expect(seen.url).toBe('/api/phone/to%2Fken');
  });

  it('acknowledges with the header that changes need', async () => {
    status = 200;
    await api.acknowledge();
    expect(seen.method).toBe('POST');
    expect(seen.url).toBe('/api/phone/to%2Fken/acknowledge');
    expect(seen.headers['x-cinnabar']).toBe('1');
  });

  it.each([[404, 'gone'], [410, 'gone'], [403, 'refused'], [409, 'conflict'], [500, 'unreachable'], [503, 'unreachable']] as const)(
    'takes %i as %s', async (code, kind) => {
      status = code;
      expect(await api.acknowledge()).toEqual({ kind });
    });

  it('takes a broken link as unreachable', async () => {
    status = 'break';
    expect(await api.read()).toEqual({ kind: 'unreachable' });
  });
});

describe('tokenOf', () => {
  it('takes the token from the path', () => expect(tokenOf('/p/abc-_1')).toBe('abc-_1'));
  it('takes nothing from another path', () => expect(tokenOf('/p/')).toBe(''));
});
