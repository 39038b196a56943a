import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { p12Signer } from "../../lib/adapters/p12_signer.ts";
import { validSigner } from "../../lib/adapters/valid_signer.ts";
import { readCase, readHistory } from "../../lib/flows/case_records.ts";
import { handlersOf } from "../../lib/flows/handlers.ts";
import { openDocument, reasonOf } from "../../lib/flows/seal.ts";
import { dueStep } from "../../lib/domain/rules_of_sealing.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { PortError } from "../../lib/ports.ts";
import type { TimestampAuthority } from "../../lib/signing_ports.ts";
import { vector } from "../support/pki_vectors.ts";
import { agreeThrough, sendSample } from "../support/sent_case.ts";
import { APPROVER, OFFICER, PARTIES } from "../support/sample_case.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const MINUTE = 60_000;
const stateOf = async ({ world }: TestWorld, number: string) => (await readCase(world.store, number))!.value;
const stepsOf = async (service: TestWorld, number: string) =>
  (await stateOf(service, number)).draft!.documents.map((document) =>
    document.tails.map((tail) => tail.step)
  );

/** Everybody agrees, in order; what each agreement calls for is done at once. */
async function agreeAll(service: TestWorld, ...parties: readonly { address: string }[]) {
  for (const { address } of parties) {
    await agreeThrough(service, address);
    await service.drain();
  }
}

/** A timestamp authority that can be switched off. */
function switchable(inner: TimestampAuthority, authority: { off: boolean }): TimestampAuthority {
  const off = () => new PortError("unavailable", "Cannot stamp: it is switched off", { retryable: true });
  return {
    timestamp: (sha256, signal) => authority.off ? Promise.reject(off()) : inner.timestamp(sha256, signal),
  };
}

/** A world whose worker has looked round and hears of nothing more, so that a test can run the jobs itself. */
async function sleepingWorld(): Promise<TestWorld> {
  const service = await makeWorld({ wrap: (world) => ({ ...world, wake() {} }) });
  await service.drain();
  return service;
}

Deno.test("理由 says who, when, what, and how it was known", () => {
  const who = { name: "見本 一郎", address: "ichiro@vendor.example.jp" };
  equal(
    reasonOf(who, "2026-12-01T05:03:22.000Z", "同意", "mailAndAccessCode"),
    "見本 一郎（ichiro@vendor.example.jp）が2026年12月1日 14:03:22 JSTに同意、認証方法：メール認証＋アクセスコード",
  );
});

Deno.test("every document gets every seal in order, each valid as it comes", async () => {
  const service = await makeWorld();
  try {
    const number = await sendSample(service, ["keiyakusho_buppin.pdf", "keiyakusho_kouji.pdf"]);
    await service.drain();
    deepEqual(await stepsOf(service, number), [["Sender"], ["Sender"]]);
    await agreeAll(service, ...PARTIES);
    const steps = ["Sender", "Confirmer2", "Confirmer1", "Approver1", "Conclusion", "DSS", "DocTimeStamp"];
    deepEqual(await stepsOf(service, number), [steps, steps]);
    const state = await stateOf(service, number);
    equal(state.phase, "completed");
    const source = await openDocument(service.world.blobs, state.draft!.documents[0]!);
    const options = { trustRoots: service.world.trustRoots, at: service.clock.now() };
    const report = await verifyPdf(source, options);
    equal(report.verdict, "valid");
    deepEqual(report.revisions.map((revision) => revision.field), steps.filter((step) => step !== "DSS"));
    match(
      report.revisions[0]!.reason!,
      /^契約 太郎（officer@pref\.example\.lg\.jp）が2026年11月24日 10:00:00 JSTに送信、/,
    );
    match(report.revisions[3]!.reason!, /に承認、認証方法：メール認証$/);
    source.close();
  } finally {
    await service.close();
  }
});

Deno.test("the next request waits until all documents carry the agreement before it", async () => {
  const service = await sleepingWorld();
  try {
    const number = await sendSample(service, ["keiyakusho_buppin.pdf", "keiyakusho_kouji.pdf"]);
    const before = await stateOf(service, number);
    const job = (document: number) => ({
      id: `${document}`,
      at: service.clock.now(),
      firstAt: service.clock.now(),
      kind: "seal",
      subject: number,
      payload: { document, step: "Sender" },
      attempts: 0,
    });
    const { seal } = handlersOf(service.world);
    equal(dueStep(before, 0), "Sender");
    await seal!(job(0), new AbortController().signal);
    equal((await stateOf(service, number)).parties[0]?.issue, 0);
    await seal!(job(1), new AbortController().signal);
    equal((await stateOf(service, number)).parties[0]?.issue, 1);
    await service.drain();
  } finally {
    await service.close();
  }
});

Deno.test("a seal that runs twice at once is kept once", async () => {
  const service = await sleepingWorld();
  try {
    const number = await sendSample(service);
    const at = service.clock.now();
    const job = {
      id: "x",
      at,
      firstAt: at,
      kind: "seal",
      subject: number,
      payload: { document: 0, step: "Sender" },
      attempts: 0,
    };
    const { seal } = handlersOf(service.world);
    const { signal } = new AbortController();
    deepEqual(await Promise.all([seal!(job, signal), seal!(job, signal)]), [{ done: true }, { done: true }]);
    await service.drain();
    const history = await readHistory(service.world.store, number);
    equal(history.filter(({ event }) => event.did === "sealed").length, 1);
    equal((await service.letters(PARTIES[0].address, "request")).length, 1);
  } finally {
    await service.close();
  }
});

Deno.test("while no timestamp is to be had the conclusion waits; after ten minutes the officer hears once", async () => {
  const authority = { off: false };
  const service = await makeWorld({ wrap: (world) => ({ ...world, tsa: switchable(world.tsa, authority) }) });
  try {
    const number = await sendSample(service);
    await service.drain();
    await agreeAll(service, PARTIES[0], PARTIES[1]);
    authority.off = true;
    await agreeAll(service, APPROVER);
    equal((await stateOf(service, number)).phase, "executed");
    for (let minute = 0; minute < 9; minute++) {
      service.clock.advance(MINUTE);
      await service.drain();
    }
    equal((await service.letters(OFFICER.address, "sealing-delayed")).length, 0);
    for (let minute = 0; minute < 20; minute++) {
      service.clock.advance(MINUTE);
      await service.drain();
    }
    equal((await service.letters(OFFICER.address, "sealing-delayed")).length, 1);
    equal((await service.letters(OFFICER.address, "completion")).length, 0);
    authority.off = false;
    service.clock.advance(60 * MINUTE);
    await service.drain();
    const state = await stateOf(service, number);
    equal(state.phase, "completed");
    equal(state.delayedStep, null);
    equal((await service.letters(OFFICER.address, "completion")).length, 1);
  } finally {
    await service.close();
  }
});

Deno.test("when the certificate is told to be revoked the officer hears why at once, and the case says so", async () => {
  const certificate = { revoked: true };
  const refuse = () =>
    new PortError("refused", "Cannot use the certificate: it is revoked", { retryable: false });
  const service = await makeWorld({
    wrap: (world) => ({
      ...world,
      revocation: {
        revocationFor: (chain, signal) =>
          certificate.revoked ? Promise.reject(refuse()) : world.revocation.revocationFor(chain, signal),
      },
    }),
  });
  try {
    const number = await sendSample(service);
    await service.drain();
    await agreeAll(service, ...PARTIES);
    const { delayedStep, delayedCause } = await stateOf(service, number);
    deepEqual([delayedStep, delayedCause], ["DSS", "certificate"]);
    const [letter] = await service.letters(OFFICER.address, "sealing-delayed");
    match(letter!.mail.text, /電子証明書の有効期限が切れているか、失効しているため/);
    certificate.revoked = false; // A new one is in its place.
    service.clock.advance(60 * MINUTE);
    await service.drain();
    const after = await stateOf(service, number);
    deepEqual([after.phase, after.delayedStep, after.delayedCause], ["completed", null, null]);
    equal((await service.letters(OFFICER.address, "sealing-delayed")).length, 1);
  } finally {
    await service.close();
  }
});

Deno.test("when the certificate has ended nothing is sealed, and the officer hears why at once", async () => {
  const signer = await p12Signer(vector("expired.p12"), "test");
  const service = await makeWorld({
    wrap: (world) => ({ ...world, signer: validSigner(signer, world.clock) }),
  });
  try {
    const number = await sendSample(service);
    await service.drain();
    const state = await stateOf(service, number);
    deepEqual([state.delayedStep, state.delayedCause], ["Sender", "certificate"]);
    deepEqual(await stepsOf(service, number), [[]]);
    equal((await service.letters(OFFICER.address, "sealing-delayed")).length, 1);
  } finally {
    await service.close();
  }
});
