import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { deliveriesOf } from "../../lib/flows/deliveries.ts";
import { recordDelivery } from "../../lib/flows/record_delivery.ts";
import { carrierLimit } from "../../lib/mail/carrier_limits.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { PortError } from "../../lib/ports.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { letterDesk } from "../support/letter_desk.ts";
import { completed } from "../support/sample_case.ts";

const SEQ = completed().length - 1;
const TOO_LARGE = new PortError("too_large", "Cannot hand the mail over: the relay refused it (552 5.3.4)", {
  retryable: false,
  undone: true,
  cause: new Error("552 5.3.4 Message size exceeds fixed limit"),
});

/** A desk with a completed case, whose files are all there. */
async function open() {
  const blobs = {
    ...memoryBlobs(fakeClock()),
    open: () => Promise.resolve(memorySource(new Uint8Array(20_000))),
  };
  const desk = letterDesk({ blobs });
  const number = await desk.put(completed());
  const post = (to: string) =>
    desk.post(desk.entry("completion", to, { seq: SEQ }, { id: `${number}/${to}` }));
  const files = (to: string) => desk.sent.findLast((mail) => mail.to === to)?.attachments.length ?? null;
  const fates = async () =>
    (await deliveriesOf(desk.store, number)).map(({ state, reason }) => [state, reason]);
  return { desk, number, post, files, fates };
}

/** Posts the letter that follows; fails the test when there is none. */
async function postNext({ desk }: Awaited<ReturnType<typeof open>>) {
  const [next, ...others] = await desk.ordered("completion");
  deepEqual(others, []);
  ok(next);
  await desk.post(next);
}

Deno.test("a letter that a relay finds too large follows with its link alone, and nobody is bothered", async () => {
  const bench = await open();
  const { desk, post, files, fates } = bench;
  const to = "tanaka@small.example.jp";
  desk.fault = () => TOO_LARGE;
  deepEqual(await post(to), { done: true });
  deepEqual(await post(to), { done: true });
  desk.fault = null;
  await postNext(bench);
  equal(files(to), 0);
  match(desk.sent[0]!.text, /添付していません/);
  match(desk.sent[0]!.text, /^http:\/\/localhost:8000\/d\//m);
  deepEqual(await fates(), [["replaced", "too_large"], ["taken", null]]);
  deepEqual(await desk.ordered("delivery-problem"), []);
});

Deno.test("so does one that comes back later; and its domain is remembered, another's is not", async () => {
  const bench = await open();
  const { desk, post, files } = bench;
  await post("tanaka@small.example.jp");
  equal(files("tanaka@small.example.jp"), 2);
  const news = {
    letter: { messageId: desk.sent[0]!.messageId },
    state: "failed",
    why: "5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient",
    at: desk.clock.now(),
  } as const;
  await recordDelivery(desk.world, news);
  await recordDelivery(desk.world, news);
  await postNext(bench);
  equal(files("tanaka@small.example.jp"), 0);
  for (const [to, attached] of [["suzuki@SMALL.example.jp", 0], ["suzuki@large.example.jp", 2]] as const) {
    await post(to);
    equal(files(to), attached, to);
  }
  // Limits are raised now and then.
  desk.clock.advance(366 * 86_400_000);
  await post("sato@small.example.jp");
  equal(files("sato@small.example.jp"), 2);
});

Deno.test("a letter without files that is too large all the same is told to the officers", async () => {
  const bench = await open();
  const { desk, post } = bench;
  desk.fault = () => TOO_LARGE;
  await post("tanaka@small.example.jp");
  await postNext(bench);
  equal((await desk.ordered("delivery-problem")).length, 1);
});

Deno.test("phones get the link above 2,000,000 bytes, whatever the settings allow", async () => {
  for (
    const domain of [
      "docomo.ne.jp",
      "EZWEB.ne.jp",
      "au.com",
      "i.softbank.jp",
      "d.vodafone.ne.jp",
      "ymobile.ne.jp",
    ]
  ) {
    equal(carrierLimit(`090@${domain}`), 2_000_000, domain);
  }
  for (const address of ["a@example.jp", "a@notdocomo.ne.jp", "docomo.ne.jp@example.jp"]) {
    equal(carrierLimit(address), null, address);
  }
  const { desk, files } = await open();
  // The contract of the sample, ten times as large.
  const large = completed().map((event) =>
    event.did === "drafted"
      ? {
        ...event,
        draft: {
          ...event.draft,
          documents: event.draft.documents.map((file) => ({ ...file, size: 1_900_000 })),
        },
      }
      : event
  );
  const number = await desk.put(large);
  for (const [to, attached] of [["090@docomo.ne.jp", 0], ["tanaka@example.co.jp", 2]] as const) {
    await desk.post(desk.entry("completion", to, { seq: SEQ }, { id: `${number}/x/${to}` }));
    equal(files(to), attached, to);
  }
});
