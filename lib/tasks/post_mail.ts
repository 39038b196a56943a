/**
 * Writes a mail as a person does and hands it to the service's door over SMTP.
 *
 * @module
 */
import { memoryBlobs } from "../adapters/memory_blobs.ts";
import { smtpMailer } from "../adapters/smtp_mailer.ts";
import { systemClock } from "../adapters/system_clock.ts";

/** A file that goes with it. */
export type PostedFile = {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array<ArrayBuffer>;
};

/** The mail. The same `id` is the same mail: it may be posted again when the answer was lost. */
export type PostedMail = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly PostedFile[];
};

/** Posts a mail on this machine; returns when the service has taken it. Throws `PortError`. */
export async function postMail(smtpPort: number, mail: PostedMail): Promise<void> {
  const blobs = memoryBlobs(systemClock());
  const attachments = await Promise.all(mail.files.map(async ({ filename, contentType, content }) => ({
    filename,
    contentType,
    parts: [(await blobs.put(content)).sha256],
  })));
  const mailer = smtpMailer(`smtp://127.0.0.1:${smtpPort}`, blobs);
  try {
    await mailer.send({
      id: mail.id,
      messageId: `${mail.id}@${mail.from.slice(mail.from.indexOf("@") + 1)}`,
      from: { name: "", address: mail.from },
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      html: "",
      headers: {},
      attachments,
    });
  } finally {
    mailer.close();
  }
}
