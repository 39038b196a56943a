/**
 * Posts mails by swaks, a mail client that nobody here wrote.
 *
 * @module
 */
import type { PostedMail } from "../../lib/tasks/post_mail.ts";
import { rawMail } from "../support/raw_mail.ts";
import { run } from "./mail_host.ts";

/** Hands a mail as it stands to the server at `port`, byte for byte. Throws `Error` when that refuses it. */
export async function swaks(port: number, mail: PostedMail): Promise<void> {
  const file = await Deno.makeTempFile({ suffix: ".eml" });
  try {
    await Deno.writeFile(
      file,
      rawMail({
        from: mail.from,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        messageId: `${mail.id}@${mail.from.slice(mail.from.indexOf("@") + 1)}`,
        files: mail.files.map(({ filename, content, contentType }) => ({
          filename,
          content,
          type: contentType,
        })),
      }),
    );
    const envelope = ["--from", mail.from, "--to", mail.to, "--helo", "client.example.jp"];
    await run("swaks", ["--server", "127.0.0.1", "--port", String(port), ...envelope, "--data", `@${file}`]);
  } finally {
    await Deno.remove(file);
  }
}
