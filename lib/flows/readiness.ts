/**
 * Whether everything that the service stands on answers now (`/readyz`).
 *
 * @module
 */
import { epochMs, type Instant, jstParts } from "../domain/instant.ts";
import { PortError } from "../ports.ts";
import { type CertificatesInUse, daysLeft, watchedCertificates } from "./certificate_expiry.ts";
import { countLate } from "./late_renewals.ts";
import { now, type World } from "./world.ts";

/** One part, and whether it answers. `detail` is for the operator. */
export type Readiness = { readonly part: string; readonly ready: boolean; readonly detail: string | null };

/** How long an answer of the timestamp authority counts, in ms: each costs a token. */
const TSA_ANSWER_MS = 60_000;

/** How long a part may take to answer, in ms. */
const PATIENCE_MS = 5_000;

/** How far the clock may be from the timestamp authority's, in ms. */
const MAX_SKEW_MS = 5_000;

const ABSENT = "0".repeat(64);

async function ask(part: string, question: () => Promise<string | null | false>): Promise<Readiness> {
  try {
    const detail = await question();
    return detail === false ? { part, ready: false, detail: null } : { part, ready: true, detail };
  } catch (error) {
    return { part, ready: false, detail: error instanceof PortError ? error.code : "failed" };
  }
}

/** Days left to the certificates of a part; false when one of them has ended. Null when none is known yet. */
function certificateDays(
  world: World,
  part: "signer" | "tsa",
  tsaChain: CertificatesInUse["tsaChain"],
): string | false | null {
  const days = daysLeft(watchedCertificates({ signer: world.signer, tsaChain }, now(world)), part);
  return days === null ? null : days < 0 ? false : `${days} days left`;
}

/** Late renewals keep nobody from signing: they are told, and the service is ready all the same. */
async function lateRenewals({ store }: World): Promise<string | null> {
  const late = await countLate(store);
  return late === 0 ? null : `${late} late`;
}

/** Years of which the kept calendar knows no holidays: reminders then go on those days as well. Nothing stops. */
function knownHolidays(world: World): string {
  const { lastYear } = world.calendar;
  const year = jstParts(now(world)).year;
  return year > lastYear ? `holidays unknown since ${lastYear + 1}` : `holidays known until ${lastYear}`;
}

/** Without the catalog the store answers searches alone, more slowly: the service is ready all the same. */
async function catalogMade({ catalog }: World): Promise<string | null> {
  return await catalog.whole() ? null : "being made";
}

/**
 * Makes the question. `skewMs` tells by how much the authority's clock was ahead at its last answer, null when
 * that is not known; `tsaChain` the certificates behind its last token, DER, leaf first.
 */
export function readiness(
  world: World,
  skewMs: () => number | null,
  tsaChain: () => CertificatesInUse["tsaChain"] = () => [],
): () => Promise<readonly Readiness[]> {
  let stampedAt: Instant | null = null;
  async function stamp(): Promise<string | false> {
    const at = now(world);
    if (stampedAt === null || Math.abs(epochMs(at) - epochMs(stampedAt)) > TSA_ANSWER_MS) {
      await world.tsa.timestamp(new Uint8Array(32), AbortSignal.timeout(PATIENCE_MS));
      stampedAt = at;
    }
    const skew = skewMs() ?? 0;
    const days = certificateDays(world, "tsa", tsaChain());
    if (Math.abs(skew) > MAX_SKEW_MS || days === false) return false;
    return [`clock off by ${skew} ms`, ...days === null ? [] : [days]].join(", ");
  }
  return () =>
    Promise.all([
      ask("store", () => world.store.get(["ready"]).then(() => null)),
      ask("blobs", () => world.blobs.has(ABSENT).then(() => null)),
      ask("signer", () => Promise.resolve(certificateDays(world, "signer", []))),
      ask("tsa", stamp),
      ask("catalog", () => catalogMade(world)),
      ask("renewals", () => lateRenewals(world)),
      ask("calendar", () => Promise.resolve(knownHolidays(world))),
      ask("mail", () => world.mailer.ready().then((ready) => ready ? null : false)),
    ]);
}
