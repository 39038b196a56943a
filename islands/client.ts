/**
 * Brings the islands of a page to life. `type="module"` is the only gate: a browser that does not know it gets
 * the same pages without islands.
 *
 * @module
 */
import { type ComponentType, h, hydrate } from "preact";

/** Hydrates a component in the place where the server rendered it, with the properties it was rendered with. */
function bringToLife<Props extends object>(place: HTMLElement, component: ComponentType<Props>): void {
  hydrate(h(component, JSON.parse(place.dataset.props ?? "{}") as Props), place);
  place.dataset.ready = "";
}

const ISLANDS: Readonly<Record<string, (place: HTMLElement) => Promise<void>>> = {
  agree: async (place) => bringToLife(place, (await import("./agree.tsx")).Agree),
  pages: async (place) => bringToLife(place, (await import("./pages.tsx")).Pages),
  copy: async (place) => bringToLife(place, (await import("./copy.tsx")).Copy),
  upload: async (place) => (await import("./upload.ts")).sendWithProgress(place as HTMLFormElement, begin),
};

/** Begins all islands of the page. */
function begin(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-island]")) {
    void ISLANDS[place.dataset.island ?? ""]?.(place);
  }
  const times = document.querySelectorAll<HTMLTimeElement>("time[datetime]");
  if (times.length > 0) void import("./ago.ts").then(({ tellAgo }) => times.forEach(tellAgo));
}

begin();
