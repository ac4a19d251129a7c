import type { Statement } from './statement';

/** How far a sensor's edge may be dated before what was signed ahead of it (statement.md, section 3). */
const reorderingMsMax = 5000n;

export interface ChainsFound {
  /** What breaks the chain, or null. */
  readonly broken: string | null;
  readonly gap: string | null;
  readonly clockBack: string | null;
}

/** Step 15: each device's statements are chained; no number twice; neighbours linked by hash. */
export function checkChains(statements: readonly Statement[]): ChainsFound {
  const chains = new Map<string, Statement[]>();
  for (const statement of statements) {
    if (!statement.issuer.startsWith('device:')) continue;
    if (!statement.chain) return { broken: `${statement.hash} has no place in a chain`, gap: null, clockBack: null };
    const chain = chains.get(statement.issuer);
    if (chain) chain.push(statement);
    else chains.set(statement.issuer, [statement]);
  }
  const found = [...chains.values()].map(checkChain);
  return {
    broken: found.find((one) => one.broken)?.broken ?? null,
    gap: found.find((one) => one.gap)?.gap ?? null,
    clockBack: found.find((one) => one.clockBack)?.clockBack ?? null,
  };
}

function checkChain(chain: Statement[]): ChainsFound {
  const number = (statement: Statement): bigint => statement.chain?.sequence ?? 0n;
  chain.sort((a, b) => (number(a) < number(b) ? -1 : number(a) > number(b) ? 1 : 0));
  let [before, latest, gap, clockBack]: [Statement | null, bigint, string | null, string | null] = [null, 0n, null, null];
  for (const statement of chain) {
    const follows = before === null ? 0n : number(before);
    if (number(statement) === follows) return { broken: `number ${follows} twice: ${statement.hash}`, gap, clockBack };
    if (number(statement) > follows + 1n) gap ??= statement.issuer;
    else if (before !== null && statement.chain?.previous !== before.hash) return { broken: `${statement.hash} does not follow ${before.hash}`, gap, clockBack };
    if (statement.timeMs + reorderingMsMax < latest) clockBack ??= statement.issuer;
    if (statement.timeMs > latest) latest = statement.timeMs;
    before = statement;
  }
  return { broken: null, gap, clockBack };
}
