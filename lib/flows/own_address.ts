/**
 * Which addresses are the service's own: what is written to any other is none of its business.
 *
 * @module
 */
import { classifyAddress } from "../mail/bot_address.ts";
import { departmentOf } from "../settings/settings.ts";
import type { World } from "./world.ts";

/** Whether an address is the bot's, a department's or a case's. */
export function isOwnAddress({ settings, keys }: Pick<World, "settings" | "keys">, address: string): boolean {
  const found = classifyAddress(address, { botAddress: settings.bot.address, keys });
  return found !== null && (found.to !== "department" || departmentOf(settings, found.id) !== null);
}
