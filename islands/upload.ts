/**
 * Shows how far the upload of a form with files has come. Without it the browser sends the form as ever, and shows
 * nothing until it is through.
 *
 * @module
 */

const FAILED = "送信できませんでした。通信の状態を確認して、もう一度お試しください。";

/** Puts the answer in the place of the page: scripts in it do not run, so its islands are begun by `begin`. */
function show(answer: Document, begin: () => void): void {
  document.title = answer.title;
  document.body.replaceWith(document.adoptNode(answer.body));
  scrollTo(0, 0);
  begin();
  document.querySelector<HTMLElement>("main")?.focus();
}

/** The words and the bar below a form's button. */
function makeProgress(form: HTMLFormElement): { tell(part: number): void; fail(): void } {
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", "送信の進み具合");
  form.append(words, bar);
  return {
    tell(part) {
      bar.value = part;
      words.textContent = part < 1 ? `送信しています… ${Math.floor(part * 100)}％` : "受け付けています…";
    },
    fail() {
      bar.remove();
      words.className = "wrong";
      words.textContent = FAILED;
    },
  };
}

/** Sends a form by itself. `begin` brings the islands of the answer to life. */
export function sendWithProgress(form: HTMLFormElement, begin: () => void): void {
  let busy = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const button = form.querySelector("[type=submit]:not([tabindex])");
    button?.setAttribute("aria-disabled", "true");
    form.querySelectorAll(":scope > [role=status]").forEach((each) => each.remove());
    const progress = makeProgress(form);
    const request = new XMLHttpRequest();
    const fail = () => {
      busy = false;
      button?.removeAttribute("aria-disabled");
      progress.fail();
    };
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.onprogress = ({ loaded, total }) => progress.tell(total > 0 ? loaded / total : 0);
    request.onerror = request.ontimeout = request.onabort = fail;
    request.onload = () => {
      const answer = request.response as Document | null;
      if (request.responseURL !== form.action) location.assign(request.responseURL);
      else if (answer?.body) show(answer, begin);
      else fail();
    };
    progress.tell(0);
    request.send(new FormData(form));
  });
}
