/**
 * 「3分前」 behind times of today and yesterday. The time itself stands there anyway.
 *
 * @module
 */

const MINUTE_MS = 60_000;
const SHOWN_MINUTES = 24 * 60;

/** How long ago, in minutes; empty before it happened and after a day. */
export function agoWords(minutes: number): string {
  if (minutes < 0 || minutes >= SHOWN_MINUTES) return "";
  if (minutes < 1) return "（たった今）";
  return minutes < 60 ? `（${Math.floor(minutes)}分前）` : `（${Math.floor(minutes / 60)}時間前）`;
}

/** Puts it behind a time, and keeps it true while the page is open. */
export function tellAgo(time: HTMLTimeElement): void {
  const words = time.appendChild(document.createElement("span"));
  const now = () => performance.timeOrigin + performance.now();
  const tell = () => words.textContent = agoWords((now() - Date.parse(time.dateTime)) / MINUTE_MS);
  tell();
  setInterval(tell, MINUTE_MS);
}
