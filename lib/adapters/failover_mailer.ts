/**
 * Several relays in order: the second is asked when the first is down. A letter that a relay may have taken stays
 * with that relay, in this process and the next, so that none is delivered by two of them.
 *
 * @module
 */
import { epochMs } from "../domain/instant.ts";
import { type Clock, type Key, type Mailer, type OutgoingMail, PortError, type Store } from "../ports.ts";

/** How long a relay that was down is passed over, in ms, while another is up. */
const REST_MS = 60_000;

/** Which relay may have taken a letter. Written before the relay is asked. */
type Pin = { readonly relay: number };

const pinKey = (id: string): Key => ["relay", id];

/** A relay as it is known here. */
type Relay = { readonly mailer: Mailer; readonly index: number; restsUntil: number };

/** The relays as one, `mailers` in the order in which they are asked. */
export function failoverMailer(
  mailers: readonly Mailer[],
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Mailer {
  const relays: Relay[] = mailers.map((mailer, index) => ({ mailer, index, restsUntil: 0 }));
  const nowMs = () => epochMs(clock.now());

  /** Asks one relay; its fault when it is down and surely has not taken the letter. */
  async function ask(relay: Relay, mail: OutgoingMail): Promise<PortError | null> {
    const key = pinKey(mail.id);
    await store.commit({ sets: [[key, { relay: relay.index } satisfies Pin]] });
    try {
      await relay.mailer.send(mail);
      return null;
    } catch (error) {
      if (error instanceof PortError && error.undone) await store.commit({ deletes: [key] });
      if (!isDown(error)) throw error;
      relay.restsUntil = nowMs() + REST_MS;
      return error;
    }
  }

  async function send(mail: OutgoingMail): Promise<void> {
    const pin = await store.get<Pin>(pinKey(mail.id));
    const pinned = relays[pin?.value.relay ?? -1];
    // It may have been taken earlier: whatever its relay says now, no other is asked.
    if (pinned) return await pinned.mailer.send(mail);
    let fault: PortError | null = null;
    for (const relay of byHealth(relays, nowMs())) {
      fault = await ask(relay, mail);
      if (fault === null) return;
    }
    throw fault ??
      new PortError("misconfigured", "Cannot send mail: there is no relay", { retryable: false });
  }

  return {
    send,
    ready: async () => (await Promise.all(mailers.map((mailer) => mailer.ready()))).includes(true),
    close: () => mailers.forEach((mailer) => mailer.close()),
  };
}

/** Those that rest come last: when all are down, each is asked all the same. */
function byHealth(relays: readonly Relay[], atMs: number): Relay[] {
  const rests = (relay: Relay) => relay.restsUntil > atMs;
  return [...relays.filter((relay) => !rests(relay)), ...relays.filter(rests)];
}

/** Whether a relay is down, rather than unwilling to take this letter now; and surely has not taken it. */
const isDown = (error: unknown): error is PortError =>
  error instanceof PortError && error.undone && error.retryable && error.code !== "refused";
