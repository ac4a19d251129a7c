// @vitest-environment node
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiFailure, StationClient, mediaUrl } from '../../src/api/client';

interface Seen { method: string | undefined; url: string | undefined; headers: IncomingMessage['headers']; body: string }

describe('StationClient', () => {
  let server: Server;
  let base: string;
  let seen: Seen;
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      seen = { method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() };
      answer(response);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const client = () => new StationClient((path, init) => fetch(base + String(path), init));
  const refusal = async (work: Promise<unknown>) => work.then(() => { throw new Error('was not refused'); }, (e: unknown) => e as ApiFailure);
  const status = (code: number, body = '') => (response: ServerResponse) => { response.statusCode = code; response.end(body); };

  it('reads without the header that changes need', async () => {
    answer = status(200, '[]');
    expect(await client().seals()).toEqual([]);
    expect(seen.method).toBe('GET');
    expect(seen.headers['x-cinnabar']).toBeUndefined();
  });

  it('sends the header and JSON with every change', async () => {
    answer = status(202, '{"command":"ab"}');
    await client().command('FT-京0108-2026-000001-X', { kind: 'speak', stage: 2 });
    expect(seen.headers['x-cinnabar']).toBe('1');
    expect(seen.url).toBe(`/api/seals/${encodeURIComponent('FT-京0108-2026-000001-X')}/commands`);
    expect(JSON.parse(seen.body)).toEqual({ kind: 'speak', stage: 2 });
  });

  it('lets the form set its own content type', async () => {
    answer = status(200, '{"hash":"ab"}');
    await client().uploadRuling('S', new File(['%PDF-1.7'], 'r.pdf', { type: 'application/pdf' }));
    expect(seen.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  });

  it('takes an empty answer as nobody', async () => {
    answer = status(204);
    expect(await client().session()).toBeNull();
  });

  it('tells its owner when nobody is signed in any more', async () => {
    answer = status(401);
    const c = client();
    let told = 0;
    c.onSignedOut = () => told++;
    expect((await refusal(c.seals())).status).toBe(401);
    expect(told).toBe(1);
  });

  it('carries the rule that an order broke', async () => {
    answer = status(422, '{"rule":"P1","article":"485","text":{"zh":"超期","en":"too long"},"allowedUntil":"2029-01-05"}');
    const failure = await refusal(client().periodRules('2026-01-05'));
    expect(failure.refusal?.allowedUntil).toBe('2029-01-05');
  });

  it('makes no rule of a 422 without one', async () => {
    answer = status(422, '{"title":"note"}');
    expect((await refusal(client().close('i', 'falseAlarm', ''))).refusal).toBeNull();
  });

  it('survives a refusal that is not JSON', async () => {
    answer = status(502, '<html>bad gateway');
    expect((await refusal(client().log())).status).toBe(502);
  });

  it('tells a dead network from a refusal', async () => {
    answer = (response) => response.destroy();
    expect((await refusal(client().log())).status).toBe('network');
  });

  it('names the reason of a view', () => expect(mediaUrl('ab/c')).toBe('/api/media/ab%2Fc?reason=duty'));
});
