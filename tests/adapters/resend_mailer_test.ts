import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { refusalOf, resendFault } from "../../lib/adapters/resend_fault.ts";
import { idempotencyKey } from "../../lib/adapters/resend_letter.ts";
import { resendMailer, type ResendMailerOptions } from "../../lib/adapters/resend_mailer.ts";
import { letterTag } from "../../lib/mail/letter_tag.ts";
import { PortError, type PortFault } from "../../lib/ports.ts";
import { type Delivered, LETTER, mailerConformance } from "../conformance/mailer.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { fakeResend, type ResendMood, type TakenLetter } from "../support/fake_resend.ts";

function open(moods: readonly ResendMood[] = [], options: Partial<ResendMailerOptions> = {}) {
  const service = fakeResend();
  service.moods.push(...moods);
  const blobs = memoryBlobs(fakeClock());
  const pauses: number[] = [];
  const mailer = resendMailer(blobs, {
    apiKey: "re_test",
    baseUrl: service.url,
    fetch,
    wait: (ms) => (pauses.push(ms), Promise.resolve()),
    ...options,
  });
  return { service, blobs, mailer, pauses };
}

function deliveredOf(letter: TakenLetter): Delivered {
  const [, name, address] = /^"(.*)" <(.*)>$/.exec(letter.from) ?? [];
  return {
    to: letter.to.join(),
    fromName: name ?? "",
    fromAddress: address ?? "",
    replyTo: letter.reply_to ?? null,
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    messageId: letter.headers["Message-ID"] ?? "",
    headers: new Map(Object.entries(letter.headers).map(([key, value]) => [key.toLowerCase(), value])),
    attachments: (letter.attachments ?? []).map(({ filename, content_type, content }) => ({
      filename,
      contentType: content_type,
      content: Buffer.from(content, "base64"),
    })),
  };
}

mailerConformance("resend mailer", () => {
  const { service, blobs, mailer } = open();
  const delivered = () => Promise.resolve(service.taken.map(deliveredOf));
  return Promise.resolve({ mailer, blobs, delivered, remove: () => service.close() });
});

Deno.test("resend: the tag by which events name the letter is that of its Message-ID", async () => {
  const { service, mailer } = open();
  await mailer.send(LETTER);
  deepEqual(service.taken[0]?.tags, [{ name: "letter", value: letterTag(LETTER.messageId) }]);
  await service.close();
});

Deno.test("resend: a letter that was taken before its answer got lost is taken once", async () => {
  for (const mood of ["cut_after_taking", "fail_after_taking"] as const) {
    const { service, mailer } = open([mood, mood]);
    for (let tries = 0; tries < 2; tries++) {
      await rejects(
        mailer.send(LETTER),
        (error) => error instanceof PortError && error.retryable && !error.undone,
      );
    }
    await mailer.send(LETTER);
    equal(service.taken.length, 1);
    equal(new Set(service.keys).size, 1);
    await service.close();
  }
});

Deno.test("resend: another letter, or the same with other words, has another key", () => {
  const key = idempotencyKey(LETTER);
  equal(idempotencyKey({ ...LETTER }), key);
  ok(key.length <= 256);
  for (const change of [{ id: "x" }, { text: "x" }, { to: "x@example.jp" }]) {
    ok(idempotencyKey({ ...LETTER, ...change }) !== key);
  }
});

Deno.test("resend: who is asked for a slower pace waits as long as asked", async () => {
  const { service, mailer, pauses } = open([{ slower: 3 }, { slower: null }]);
  await mailer.send(LETTER);
  deepEqual(pauses, [3_000, 500]);
  equal(service.taken.length, 1);
  await service.close();
});

Deno.test("resend: those who are asked for a slower pace come back one by one", async () => {
  let waiting = 0;
  const most: number[] = [];
  const wait = async () => {
    most.push(++waiting);
    await Promise.resolve();
    waiting--;
  };
  const { service, mailer } = open(Array(6).fill({ slower: 1 }), { wait });
  await Promise.all([1, 2, 3, 4, 5, 6].map((n) => mailer.send({ ...LETTER, id: `${n}` })));
  equal(service.taken.length, 6);
  deepEqual(most, Array(6).fill(1));
  await service.close();
});

/** A mood of the service, and the fault it must become. */
function fault(
  what: string,
  mood: ResendMood,
  expected: { code: PortFault; retryable: boolean; undone: boolean },
): void {
  Deno.test(`resend: ${what}: ${expected.code}`, async () => {
    const { service, mailer } = open(Array(5).fill(mood), { timeoutMs: mood === "silent" ? 50 : 20_000 });
    await rejects(mailer.send(LETTER), (error) => {
      ok(error instanceof PortError);
      const { code, retryable, undone } = error;
      deepEqual({ code, retryable, undone }, expected);
      ok(!`${error.message} ${error.cause}`.includes("@"), "an address got into the message");
      return true;
    });
    equal(service.taken.length, 0);
    await service.close();
  });
}

const later = { code: "unavailable", retryable: true } as const;
fault("too many requests for long", { slower: 60 }, { ...later, undone: true });
fault("too many requests again and again", { slower: 0 }, { ...later, undone: true });
fault("a failure of its own", "fail", { ...later, undone: false });
fault("no answer", "silent", { code: "timeout", retryable: true, undone: false });
const words = (status: number, name: string, message: string) => ({ status, name, message });
fault(
  "an address that it can't take",
  words(
    422,
    "validation_error",
    "Invalid `to` field. The email address <x@example.jp> needs to follow the format.",
  ),
  { code: "refused", retryable: false, undone: true },
);
fault(
  "an address that it gave up on",
  words(422, "validation_error", "The recipient x@example.jp is on the suppression list"),
  { code: "refused", retryable: false, undone: true },
);
fault(
  "a domain that was not verified",
  words(403, "validation_error", "The bot.example.lg.jp domain is not verified"),
  {
    code: "misconfigured",
    retryable: true,
    undone: true,
  },
);
fault("a wrong key", words(401, "missing_api_key", "Missing API key"), {
  code: "misconfigured",
  retryable: true,
  undone: true,
});
fault("the same letter under way", words(409, "concurrent_idempotent_requests", "in progress"), {
  ...later,
  undone: false,
});
fault("too large for it", words(413, "validation_error", "too large"), {
  code: "too_large",
  retryable: false,
  undone: true,
});

Deno.test("resend: nobody there: surely not taken, and not ready", async () => {
  const { service, mailer } = open();
  await service.close();
  await rejects(
    mailer.send(LETTER),
    (error) => error instanceof PortError && error.retryable && error.undone,
  );
  equal(await mailer.ready(), false);
});

Deno.test("resend: a key that may only send is right, a wrong one is not", async () => {
  const { service } = open();
  const blobs = memoryBlobs(fakeClock());
  const wrong = resendMailer(blobs, { apiKey: "re_wrong", baseUrl: service.url, fetch });
  equal(await wrong.ready(), false);
  await service.close();
  const answer = {
    statusCode: 401,
    name: "restricted_api_key",
    message: "This API key is restricted to only send",
  };
  const sending = resendMailer(blobs, {
    apiKey: "re_test",
    baseUrl: null,
    fetch: () => Promise.resolve(Response.json(answer, { status: 401 })),
  });
  equal(await sending.ready(), true);
});

Deno.test("resend: 40 MB after encoding go, one byte more are too large and bother nobody", async () => {
  const sizes: number[] = [];
  const count: typeof fetch = async (_url, init) => {
    let size = 0;
    for await (const piece of new Response(init?.body ?? null).body ?? []) size += piece.length;
    sizes.push(size);
    return Response.json({ id: "x" });
  };
  const { service, mailer, blobs } = open([], { fetch: count as ResendMailerOptions["fetch"] });
  const attached = async (bytes: number) => ({
    ...LETTER,
    attachments: [{
      filename: "a.pdf",
      contentType: "application/pdf",
      parts: [(await blobs.put(new Uint8Array(bytes))).sha256],
    }],
  });
  await mailer.send(await attached(3));
  const room = 40_000_000 - (sizes[0]! - 4);
  const most = Math.floor(room / 4) * 3;
  await mailer.send(await attached(most));
  ok(sizes[1]! <= 40_000_000 && sizes[1]! > 39_999_990, String(sizes[1]));
  await rejects(
    mailer.send(await attached(most + 3)),
    (error) => error instanceof PortError && error.code === "too_large" && !error.retryable,
  );
  equal(sizes.length, 2);
  await service.close();
});

Deno.test("resend: any answer ends as a fault without its words in the message", () => {
  fc.assert(fc.property(fc.integer({ min: 300, max: 599 }), fc.string(), (status, body) => {
    const error = resendFault(refusalOf(status, body));
    ok(error instanceof PortError);
  }));
  const odd = resendFault(refusalOf(422, '{"name":"<b>x@y","message":7}'));
  deepEqual([odd.code, odd.message], ["misconfigured", "Cannot hand the mail over: Resend answered 422"]);
});
