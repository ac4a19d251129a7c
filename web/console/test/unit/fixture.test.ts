// @vitest-environment node
import { readFileSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiFailure, StationClient } from '../../src/api/client';
import type { OrderDraft } from '../../src/api/types';
import { beginning, offline } from '../fixture/camera.mjs';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const api = JSON.parse(readFileSync(at('../../../../docs/formats/openapi.json'), 'utf8'));
const methods = ['get', 'post', 'delete'];

// A field that the document does not name would have no type: it counts as a fault. Problem details may carry more.
for (const [name, shape] of Object.entries<Record<string, unknown>>(api.components.schemas)) {
  if (shape.properties && !name.endsWith('ProblemDetails')) shape.additionalProperties = false;
}
const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { int32: true, int64: true, binary: true } });
formats.default(ajv);
ajv.addSchema(api, 'api');

function faults(pointer: string, value: unknown): string[] {
  const check = ajv.getSchema(`api#${pointer}`);
  if (!check) return [`${pointer} is not described`];
  return check(value) ? [] : check.errors!.map((e) => `${pointer}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
}

const part = (text: string) => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));

/** The path of the document that an address belongs to; the one with the fewest places wins. */
function template(path: string): string | undefined {
  const asked = path.split('/');
  return Object.keys(api.paths)
    .filter((p) => p.split('/').length === asked.length && p.split('/').every((s, i) => s.startsWith('{') || s === asked[i]))
    .sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

describe('the stand-in station', () => {
  let server: ChildProcess;
  let base = '';
  let found: string[] = [];
  const asked = new Set<string>();

  /** Sends to the stand-in, and holds what goes and what comes against the document. */
  const send = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input), base);
    const method = (init.method ?? 'GET').toLowerCase();
    const path = template(url.pathname);
    const response = await fetch(url, init);
    if (!path || !methods.includes(method)) {
      found.push(`${method} ${url.pathname} is not described`);
      return response;
    }
    asked.add(`${method} ${path}`);
    const operation = `/paths/${part(path)}/${method}`;
    if (typeof init.body === 'string' && api.paths[path][method].requestBody) {
      found.push(...faults(`${operation}/requestBody/content/${part('application/json')}/schema`, JSON.parse(init.body)));
    }
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    if (response.status === 204) return response;
    const text = await response.text();
    found.push(...faults(`${operation}/responses/${response.status}/content/${part(type)}/schema`, JSON.parse(text)));
    return new Response(text, { status: response.status });
  };
  const client = new StationClient(send);
  const seal = 'FT-京0108-2026-000123-K';

  beforeAll(async () => {
    server = spawn(process.execPath, [at('../fixture/server.mjs'), '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    base = await new Promise<string>((ready, failed) => {
      server.stdout!.once('data', (line: Buffer) => ready(/http:\/\/[^/]+/.exec(line.toString())![0]));
      server.once('exit', () => failed(new Error('the stand-in ended')));
    });
    expect(await client.session()).toBeNull();
    await expect(client.seals()).rejects.toBeInstanceOf(ApiFailure);
    await expect(client.signIn('judge', 'wrong')).rejects.toBeInstanceOf(ApiFailure);
    await client.signIn('judge', 'right');
  });

  afterAll(() => void server.kill());

  const fits = async (work: () => Promise<unknown>) => {
    found = [];
    await work();
    expect(found).toEqual([]);
  };

  it('answers the session as described', () => fits(() => client.session()));

  it('answers the wall and each seal on it as described', () => fits(async () => {
    for (const card of await client.seals()) await client.seal(card.sealNumber);
  }));

  it('answers every step of a seal as described', () => fits(async () => {
    await client.enrolment(seal);
    await client.install(seal, {
      deviceId: 'ZS-31-1', frame: { deviceId: 'ZS-31-1', foldedWidthMm: 360, extendedWidthMm: 1100, slots: [40], loop: { fromMm: 360, toMm: 1100 }, doorWidthMm: 900, doorHeightMm: 2050 },
    });
    for (const step of [client.arm, client.disarm, client.lift, client.remove]) await step(seal, 'reason');
    await client.grant(seal, { from: '2026-01-05T00:00:00.000Z', until: '2026-01-05T01:00:00.000Z', officer: '李法官', reason: 'inspection' });
    await client.command(seal, { kind: 'speak', stage: 2 });
    await client.uploadRuling(seal, new File(['%PDF-1.7'], 'r.pdf', { type: 'application/pdf' }));
  }));

  it('answers an order, and one that breaks a rule, as described', () => fits(async () => {
    const draft: OrderDraft = {
      caseNumber: '（2026）京0108执1号', category: 'immovable', property: { address: '永安东里', description: '' }, from: '2026-01-05', until: '2028-01-05',
      parties: [{ role: 'judge', name: '李法官', language: 'zh' }],
    };
    await client.createOrder(draft);
    const refused = await client.createOrder({ ...draft, until: '2036-01-05' }).catch((e: unknown) => e as ApiFailure);
    expect(refused).toHaveProperty('refusal.rule', 'P1');
  }));

  it('answers the tables of rules as described', () => fits(async () => {
    await client.periodRules('2026-01-05');
    await client.voiceTexts('2026-01-05');
  }));

  it('answers the log as described', () => fits(async () => {
    await client.log();
    const [first] = await client.logEntries(0, 50);
    await client.logEntry(1);
    await client.logStatement(first!.hash);
    await expect(client.logEntry(1_000_000)).rejects.toBeInstanceOf(ApiFailure);
  }));

  it('answers the chain as described, whatever state it is in', () => fits(async () => {
    for (const chain of ['five', 'aside', 'alone', 'begun', 'noEngine']) {
      await fetch(`${base}/fixture`, { method: 'POST', body: JSON.stringify({ chain }) });
      await client.courts();
      await client.anchors();
    }
    await client.adoptEngine('etcd:1');
  }));

  it('answers incidents and tells of them as described', () => fits(async () => {
    const events = (await fetch(`${base}/api/events`)).body!.pipeThrough(new TextDecoderStream()).getReader();
    for (const card of await client.incidents(true)) await client.incident(card.id);
    await client.acknowledge('inc-1');
    await client.close('inc-2', 'falseAlarm', 'a cat');
    let told = '';
    while (told.split('event: incident').length < 3) told += (await events.read()).value;
    await events.cancel();
    for (const [, name, data] of told.matchAll(/event: (\w+)\ndata: (.*)\n/g)) found.push(...faults(`/components/schemas/LiveEvents/properties/${name}`, JSON.parse(data!)));
  }));

  it('answers the phone page as described', () => fits(async () => {
    await send('/api/phone/officer');
    await send('/api/phone/officer/acknowledge', { method: 'POST', headers: { 'X-Cinnabar': '1' } });
    await send('/api/phone/unknown');
  }));

  it.each([offline, ...beginning('avc1.42C01E')])('tells viewers as described: $type', (message) =>
    expect(faults('/components/schemas/ViewerMessage', message)).toEqual([]));

  it('was asked for everything that answers the pages in JSON', () => {
    const described = Object.entries<Record<string, { responses: Record<string, { content?: object }> }>>(api.paths).flatMap(([path, operations]) =>
      Object.entries(operations).filter(([, o]) => Object.entries(o.responses).some(([s, r]) => s.startsWith('2') && 'application/json' in (r.content ?? {})))
        .map(([method]) => `${method} ${path}`));
    // Accounts and health are for the command line and for monitoring; the pages do not ask for them.
    expect(described.filter((d) => !asked.has(d) && !/ (\/api\/accounts|\/healthz)/.test(d))).toEqual([]);
  });
});
