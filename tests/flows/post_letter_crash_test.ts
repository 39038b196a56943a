/**
 * A process may die at any call to store, blobs or relay while it hands a request over: afterwards the letter
 * is out, its link works, and the case knows it once.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { DAY_MS, plusMs } from "../../lib/domain/instant.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { readLink } from "../../lib/link/link_token.ts";
import type { OutgoingMail, Store } from "../../lib/ports.ts";
import { letterDesk } from "../support/letter_desk.ts";
import { seededChance } from "../support/seeded_chance.ts";
import { minute, PARTIES, sealedBy, sentWith } from "../support/sample_case.ts";

const [SECOND] = PARTIES;
const REQUESTED: readonly CaseEvent[] = [
  ...sentWith(),
  sealedBy("Sender", null, minute(21)),
  { did: "requested", at: minute(30), party: "Confirmer2", issue: 1, by: "service" },
];

class Death extends Error {}

/** A store that dies at its `calls`th call, before or after it has done what was asked. */
function dying(store: Store, calls: number, when: "before" | "after") {
  let left = calls;
  let dead = false;
  async function gate<R>(work: () => Promise<R>): Promise<R> {
    if (dead) throw new Death();
    dead = left-- === 0;
    if (dead && when === "before") throw new Death();
    const answer = await work();
    if (dead) throw new Death();
    return answer;
  }
  return {
    store: {
      get: (key) => gate(() => store.get(key)),
      getMany: (keys) => gate(() => store.getMany(keys)),
      list: (range) => store.list(range),
      commit: (commit) => gate(() => store.commit(commit)),
      close() {},
    } satisfies Store as Store,
    gate,
  };
}

for (const when of ["before", "after"] as const) {
  Deno.test(`a request survives death ${when} any call`, async () => {
    let deaths = 0;
    for (let calls = 0;; calls++) {
      const real = memoryStore();
      const { store, gate } = dying(real, calls, when);
      const doomed = letterDesk({ store });
      const next = letterDesk({ store: real, chance: seededChance(2) });
      for (const desk of [doomed, next]) desk.clock.set(minute(31));
      const number = await next.put(REQUESTED);
      const facts = { seq: REQUESTED.length - 1, party: "Confirmer2" };
      const due = { subject: number, id: `${number}/5/request/x` };
      const entry = next.entry("request", SECOND.address, facts, due);
      const { mailer } = doomed.world;
      const world = {
        ...doomed.world,
        mailer: { ...mailer, send: (mail: OutgoingMail) => gate(() => mailer.send(mail)) },
      };
      const died = await doomed.postIn(world, entry).then(() => false, (error) => {
        ok(error instanceof Death, error);
        return true;
      });
      next.clock.advance(60_000);
      await next.post(entry);
      const mails = [...doomed.sent, ...next.sent];
      ok(mails.length >= 1 && mails.length <= 2, `${mails.length} mails`);
      for (const mail of mails) deepEqual(mail, mails[0]);
      const token = /\/c\/([A-Za-z0-9_-]{51})$/m.exec(mails[0]!.text)![1]!;
      const [party] = (await next.state(number)).parties;
      const link = await readLink(real, next.world.keys, token);
      equal(link?.expiresAt, party?.expiresAt);
      equal(party?.expiresAt, plusMs(party!.handedOverAt!, 10 * DAY_MS));
      const handovers = (await readHistory(real, number)).filter(({ event }) => event.did === "handedOver");
      equal(handovers.length, 1);
      if (!died) break;
      deaths++;
    }
    ok(deaths >= 8, `${deaths} deaths`);
  });
}
