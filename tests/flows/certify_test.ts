import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { allSealed, CERTIFICATE_STEP } from "../../lib/domain/case.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import { PortError } from "../../lib/ports.ts";
import type { RevocationSource } from "../../lib/signing_ports.ts";
import { OFFICER, PARTIES } from "../support/sample_case.ts";
import { agreeThrough, sendSample } from "../support/sent_case.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const MINUTE = 60_000;
const stateOf = async ({ world }: TestWorld, number: string) => (await readCase(world.store, number))!.value;

/** Answers once, for the contract, and then not, for the certificate, until it is mended. */
function failingSecond(inner: RevocationSource, fault: PortError) {
  const source = { asked: 0, mended: false };
  const revocationFor: RevocationSource["revocationFor"] = (chain, signal) => {
    source.asked++;
    return source.mended || source.asked <= 2 ? inner.revocationFor(chain, signal) : Promise.reject(fault);
  };
  return { source, revocation: { revocationFor } };
}

/** A case whose contract is whole, but whose certificate can't be made. */
async function certificateWaits(
  fault: PortError,
  check: (service: TestWorld, number: string) => Promise<void>,
) {
  let source = { asked: 0, mended: false };
  const service = await makeWorld({
    wrap: (world) => {
      const failing = failingSecond(world.revocation, fault);
      source = failing.source;
      return { ...world, revocation: failing.revocation };
    },
  });
  try {
    const number = await sendSample(service);
    await service.drain();
    for (const { address } of PARTIES) {
      await agreeThrough(service, address);
      await service.drain();
    }
    const state = await stateOf(service, number);
    deepEqual([state.phase, allSealed(state, "DocTimeStamp")], ["executed", true]);
    await check(service, number);
    source.mended = true;
    service.clock.advance(60 * MINUTE);
    await service.drain();
    const after = await stateOf(service, number);
    deepEqual([after.phase, after.delayedStep, after.delayedCause], ["completed", null, null]);
    equal((await service.letters(OFFICER.address, "sealing-delayed")).length, 1);
    equal((await service.letters(OFFICER.address, "completion")).length, 1);
  } finally {
    await service.close();
  }
}

Deno.test("when the certificate of agreement waits for ten minutes the officer hears once, and the case says so", async () => {
  const down = new PortError("unavailable", "Cannot ask for revocation data: status 503", {
    retryable: true,
  });
  await certificateWaits(down, async (service, number) => {
    equal((await service.letters(OFFICER.address, "sealing-delayed")).length, 0);
    for (let minute = 0; minute < 30; minute++) {
      service.clock.advance(MINUTE);
      await service.drain();
    }
    const [letter] = await service.letters(OFFICER.address, "sealing-delayed");
    match(letter!.mail.text, /合意締結証明書の発行/);
    const { delayedStep, delayedCause } = await stateOf(service, number);
    deepEqual([delayedStep, delayedCause], [CERTIFICATE_STEP, null]);
  });
});

Deno.test("when no certificate of agreement can be sealed for a revoked certificate the officer hears at once", async () => {
  const revoked = new PortError("refused", "Cannot use the certificate: it is revoked", { retryable: false });
  await certificateWaits(revoked, async (service, number) => {
    const [letter] = await service.letters(OFFICER.address, "sealing-delayed");
    match(letter!.mail.text, /電子証明書の有効期限が切れているか、失効しているため/);
    const { delayedStep, delayedCause } = await stateOf(service, number);
    deepEqual([delayedStep, delayedCause], [CERTIFICATE_STEP, "certificate"]);
  });
});
