/**
 * Where one is in the document, and larger letters. The pages themselves are plain images.
 *
 * @module
 */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

/** How many page images there are on the page, over all documents. */
export type PagesProps = { readonly total: number };

/** The counter and the switch. */
export function Pages({ total }: PagesProps): VNode {
  const [page, setPage] = useState(1);
  const [large, setLarge] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      const seen = entries.find((entry) => entry.isIntersecting)?.target as HTMLElement | undefined;
      if (seen) setPage(Number(seen.dataset.page));
    }, { rootMargin: "-45% 0px -50% 0px" });
    document.querySelectorAll("[data-page]").forEach((figure) => observer.observe(figure));
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    document.documentElement.classList.toggle("large-pages", large);
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
