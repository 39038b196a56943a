/**
 * Lets work happen one piece after another, however many are asked for at once.
 *
 * @module
 */

/** A new line to stand in: what it is given begins when all before has ended, well or badly. */
export function oneByOne(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };
}
