/**
 * Mailboxes that Dovecot keeps (Maildir: one file a message).
 *
 * @module
 */
import type { MailHost } from "./mail_host.ts";
import { type ReadLetters, type ReceivedLetter, receivedLetter } from "./received_letter.ts";

/** Files below a folder that may not be there yet. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).filter(({ isFile }) => isFile).map(({ name }) =>
      name
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Reads the mailboxes of a host. A message never changes, so each is read once. */
export function maildirs({ folder }: Pick<MailHost, "folder">): ReadLetters {
  const known = new Map<string, ReceivedLetter>();
  return async (to) => {
    const [name = "", domain = ""] = to.split("@");
    const place = `${folder}/mail/${domain}/${name}/new`;
    const letters: ReceivedLetter[] = [];
    for (const file of (await namesIn(place)).sort()) {
      const letter = known.get(file) ??
        await receivedLetter(file, to, await Deno.readFile(`${place}/${file}`));
      known.set(file, letter);
      letters.push(letter);
    }
    return letters;
  };
}
