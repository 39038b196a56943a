import { strictEqual as equal, throws } from "node:assert/strict";
import { isMailbox } from "../../lib/adapters/mailbox.ts";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import { openMailer } from "../../lib/adapters/open_mailer.ts";
import { PortError } from "../../lib/ports.ts";
import { fakeClock } from "../support/fake_clock.ts";

const clock = fakeClock();
const parts = { store: memoryStore(), blobs: memoryBlobs(clock), clock };

Deno.test("each URL opens its mailer", () => {
  equal(isMailbox(openMailer("mailbox:", parts)), true);
  const resend = { apiKey: "re_test", baseUrl: null };
  for (
    const url of [
      "smtp://localhost:2526",
      "smtps://user:pa,ss@mail.example.jp",
      "resend:",
      "smtp://localhost:2526, resend:",
    ]
  ) {
    const mailer = openMailer(url, { ...parts, resend });
    equal(isMailbox(mailer), false);
    mailer.close();
  }
});

Deno.test("an unknown URL is a fault of the settings, and its content is not repeated", () => {
  throws(
    () => openMailer("imap://user:secret@host", parts),
    (error) =>
      error instanceof PortError && error.code === "misconfigured" && !error.message.includes("secret"),
  );
});
