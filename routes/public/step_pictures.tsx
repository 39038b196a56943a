/**
 * Pictures of the three steps: lines in the colours of the page, without words, since those stand beside them.
 *
 * @module
 */
import type { ComponentChildren, VNode } from "preact";

function Picture({ children }: { readonly children: ComponentChildren }): VNode {
  return (
    <svg
      viewBox="0 0 96 72"
      fill="none"
      stroke="currentColor"
      stroke-width="2.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** A form that goes off in an envelope. */
export const MailPicture = (): VNode => (
  <Picture>
    <path class="fill" d="M30 6h36v34H30z" />
    <path d="M37 15h22M37 23h14" />
    <path class="fill" d="M16 26h64v40H16z" />
    <path d="m16 27 32 23 32-23" />
  </Picture>
);

/** A page on a phone, with a tick under a finger's button. */
export const PhonePicture = (): VNode => (
  <Picture>
    <rect class="fill" x="28" y="3" width="40" height="66" rx="6" />
    <path d="M36 15h24M36 23h24M36 31h15" />
    <rect x="35" y="42" width="26" height="15" rx="4" fill="currentColor" />
    <path class="over" d="m43 49.500 4 4 7-7.500" />
  </Picture>
);

/** A contract with a seal that lasts. */
export const SealPicture = (): VNode => (
  <Picture>
    <path class="fill" d="M24 4h34l10 10v54H24z" />
    <path d="M58 4v10h10M33 25h22M33 34h22M33 43h10" />
    <circle class="fill" cx="64" cy="51" r="15" />
    <path d="m57 51 5 5 9-10" />
  </Picture>
);
