import { importKey, type Key } from './cose';
import { isBytes } from './cbor';
import { hex } from './bytes';
import type { Genesis } from './roster';
import type { Statement } from './statement';

/** The keys that the court vouches for, as it goes through the log (roster.md, section 1; pack.md, step 12). */
export class Trust {
  private readonly named = new Map<string, Map<string, Key>>();
  private readonly court: string;

  constructor(genesis: Genesis) {
    this.court = `court:${genesis.code}`;
    this.trust(this.court, genesis.commandKey);
    this.trust(`station:${genesis.code}`, genesis.stationKey);
  }

  /** The key of a statement at this point of the log, or null when the court does not vouch for it. */
  keyOf(statement: Statement): Key | null {
    return this.named.get(statement.issuer)?.get(statement.kid) ?? null;
  }

  /** Takes in what a statement of the court says about keys; what is enrolled anew after it was revoked is trusted again. */
  async follow(statement: Statement): Promise<void> {
    if (statement.issuer !== this.court) return;
    const { kind, body } = statement;
    const [device, officer] = [body.get('device'), body.get('officer')];
    if (kind === 'device.enrolled' && typeof device === 'string') this.trust(`device:${device}`, await importKey(body.get('key')));
    if (kind === 'officer.enrolled' && typeof officer === 'string') this.trust(`officer:${officer}`, await importKey(body.get('key')));
    const thumbprint = body.get('key');
    if (kind === 'device.revoked' && isBytes(thumbprint, 32)) this.named.get(`device:${String(device)}`)?.delete(hex(thumbprint));
  }

  private trust(issuer: string, key: Key | null): void {
    if (!key) return;
    const keys = this.named.get(issuer) ?? new Map<string, Key>();
    this.named.set(issuer, keys.set(key.thumbprint, key));
  }
}
