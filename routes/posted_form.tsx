/**
 * Takes a posted form in, past the guard.
 *
 * @module
 */
import type { Context } from "hono";
import type { VNode } from "preact";
import { ANSWERS } from "./answer.ts";
import { AnswerPage } from "./answer_page.tsx";
import type { Desk } from "./desk.ts";
import { GUARD_FIELD } from "./form_guard.ts";
import { Layout, Note } from "./layout.tsx";
import { type FormValues, readForm } from "./read_form.ts";
import { SimpleLayout } from "./simple_layout.tsx";

/** Which form it is: whose link, which step, the words on its button, which view. */
export type FormPlace = {
  readonly scope: string;
  readonly step: string;
  readonly words: string;
  readonly simple?: boolean;
  /** The whole form with another hidden field, where it can't be sent on as it came: files don't come back. */
  readonly again?: (guard: string) => VNode;
};

/** The hidden field that every form carries. */
export function Guard({ value }: { readonly value: string }): VNode {
  return <input type="hidden" name={GUARD_FIELD} value={value} />;
}

/** The posted form once more, filled as it was, with a field that is good without a cookie. */
function FormAgain({ place, action, values, guard }: {
  readonly place: FormPlace;
  readonly action: string;
  readonly values: FormValues;
  readonly guard: string;
}): VNode {
  const Frame = place.simple ? SimpleLayout : Layout;
  const kept = [...values.entries()].filter(([name]) => name !== GUARD_FIELD);
  return (
    <Frame title="もう一度押してください">
      <section class="card">
        <h1>もう一度、ボタンを押してください</h1>
        <p>画面を開いてから時間がたったか、お使いのアプリの設定により、送信をまだ受け付けていません。</p>
        {place.again
          ? <p>お手数ですが、ファイルを選び直してお送りください。</p>
          : <p>下のボタンを押すと、続けて手続きできます。</p>}
        {place.again ? place.again(guard) : (
          <form method="post" action={action} class="stack">
            {kept.map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
            <Guard value={guard} />
            <button class="btn primary" type="submit">{place.words}</button>
          </form>
        )}
        <Note tone="info">
          うまくいかないときは、リンクを標準のブラウザー（Safari、Chrome、Edge など）で開いてください。
        </Note>
      </section>
    </Frame>
  );
}

/** The answer to a form that the guard did not let through; null when it did. */
export function guardAnswer(desk: Desk, c: Context, place: FormPlace, values: FormValues): Response | null {
  const verdict = desk.guard.check(c, place.scope, place.step, values.get(GUARD_FIELD));
  if (verdict === "good") return null;
  if (verdict === "wrong") {
    const page = <AnswerPage answer={ANSWERS.wrongForm} simple={place.simple ?? false} />;
    return desk.pages.html(page, { status: ANSWERS.wrongForm.status });
  }
  const guard = desk.guard.fieldShownAgain(place.scope, place.step);
  const page = <FormAgain place={place} action={c.req.path} values={values} guard={guard} />;
  return desk.pages.html(page, { status: 403 });
}

/** The values of a form that passed the guard, or the answer. Throws `RequestFault`. */
export async function postedForm(desk: Desk, c: Context, place: FormPlace): Promise<FormValues | Response> {
  const values = await readForm(c);
  return guardAnswer(desk, c, place, values) ?? values;
}
