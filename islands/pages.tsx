/**
 * Where one is in the document, and larger letters. The pages themselves are plain images.
 *
 * @module
 */
import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";

/** How many page images there are on the page, over all documents. */
export type PagesProps = { readonly total: number };

/** Where the middle of the window is: which figure, and how far down it. Null before the first page. */
function placeInView(): { readonly figure: Element; readonly part: number } | null {
  const middle = innerHeight / 2;
  for (const figure of document.querySelectorAll("[data-page]")) {
    const { top, bottom, height } = figure.getBoundingClientRect();
    if (top <= middle && bottom >= middle) return { figure, part: (middle - top) / height };
  }
  return null;
}

/** The counter and the switch. */
export function Pages({ total }: PagesProps): VNode {
  const [page, setPage] = useState(1);
  const [large, setLarge] = useState(false);
  useEffect(() => {
    // All pages that begin above the middle of the window, also those that a jump has passed over.
    const begun = new Set<number>();
    const observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        const place = Number((target as HTMLElement).dataset.page);
        if (isIntersecting) begun.add(place);
        else begun.delete(place);
      }
      setPage(Math.max(1, ...begun));
    }, { rootMargin: "10000000px 0px -50% 0px" });
    document.querySelectorAll("[data-page]").forEach((figure) => observer.observe(figure));
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const before = placeInView();
    document.documentElement.classList.toggle("large-pages", large);
    // Large pages scroll sideways, which the arrow keys must be able to do too (WCAG 2.1.1).
    for (const figure of document.querySelectorAll<HTMLElement>("[data-page]")) {
      if (large) figure.tabIndex = 0;
      else figure.removeAttribute("tabindex");
    }
    if (!before) return;
    // What was read stays in the middle though all pages grow.
    const { top, height } = before.figure.getBoundingClientRect();
    scrollBy({ top: top + before.part * height - innerHeight / 2, behavior: "instant" });
  }, [large]);
  return (
    <div class="counter">
      <span>{page}／{total}ページ</span>
      <button type="button" class="chip" aria-pressed={large} onClick={() => setLarge(!large)}>
        文字を大きく
      </button>
    </div>
  );
}
