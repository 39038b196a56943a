/**
 * Kept letters for programs: acceptance tests read them so (interface.md, `/dev/mailbox`).
 *
 * @module
 */
import type { KeptMail } from "../../lib/mail/kept_mail.ts";
import type { Attachment, Blobs, OutgoingMail } from "../../lib/ports.ts";

/** An attachment as told to programs. */
export type AttachmentJson = {
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  /** Where its content is, relative to the host. */
  readonly url: string;
};

/** A letter as told to programs. */
export type LetterJson = {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly AttachmentJson[];
};

/** Path of a letter's attachment. */
const attachmentPath = (id: string, index: number): string =>
  `/dev/mailbox/messages/${id}/attachments/${index}`;

/** The letter with all headers it would be sent with. */
export async function letterJson(blobs: Blobs, entry: KeptMail, mail: OutgoingMail): Promise<LetterJson> {
  const attachments: AttachmentJson[] = [];
  for (const [index, attachment] of mail.attachments.entries()) {
    attachments.push({
      filename: attachment.filename,
      contentType: attachment.contentType,
      size: await sizeOf(blobs, attachment),
      url: attachmentPath(entry.id, index),
    });
  }
  return { headers: headersOf(entry, mail), text: mail.text, html: mail.html, attachments };
}

/** All parts of an attachment together, in bytes. */
export async function sizeOf(blobs: Blobs, { parts }: Attachment): Promise<number> {
  let size = 0;
  for (const part of parts) {
    const source = await blobs.open(part);
    size += source.size;
    source.close();
  }
  return size;
}

function headersOf(entry: KeptMail, mail: OutgoingMail): Record<string, string> {
  return {
    "From": `"${mail.from.name}" <${mail.from.address}>`,
    "To": mail.to,
    ...(mail.replyTo === undefined ? {} : { "Reply-To": mail.replyTo }),
    "Subject": mail.subject,
    "Date": new Date(entry.at).toUTCString(),
    "Message-ID": `<${mail.messageId.replace(/^<|>$/g, "")}>`,
    ...mail.headers,
  };
}
