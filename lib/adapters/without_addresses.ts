/**
 * Relays and providers repeat the address they refuse; it must not get into logs.
 *
 * @module
 */

/** The beginning of what another server said, with `…` in the place of addresses. */
export function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, "…").slice(0, 300);
}
