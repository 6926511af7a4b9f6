import { accountsOf, StackFolder } from "./output-folder";
import { Gone, Offer, Removed, Verdict } from "./verdict";

/** A stack whose plan was judged. */
export interface Judged {
  readonly stack: StackFolder;
  readonly verdict: Verdict;
}

/** Types whose names are not a region's own. */
const WITHOUT_REGION = /^aws_(iam|route53|s3_bucket)/;

/**
 * What goes in one stack and comes in another is handed over: the one forgets it, the other imports it. Otherwise the one would destroy
 * what the other has just found there.
 */
export function handOver(all: readonly Judged[]): readonly Judged[] {
  const handed = all.flatMap((from) => {
    const gone = [...from.verdict.removed, ...from.verdict.destroyed];
    return gone.flatMap((one) => takers(all, from, one).map((taker) => ({ from, one, ...taker })));
  });
  const sure = handed.filter(({ one, offer }) => {
    return handed.filter((other) => other.one === one || other.offer === offer).length === 1;
  });
  return all.map(({ stack, verdict }) => {
    const leaving = sure.filter(({ from }) => from.stack === stack);
    const coming = sure.filter(({ to }) => to.stack === stack);
    const left = leaving.map(({ one, to }): Removed => ({
      ...one,
      why: `${to.stack.name} takes it over`,
      takenOver: true,
    }));
    const isLeaving = (one: Gone): boolean => leaving.some((other) => other.one === one);
    const imports = coming.map(({ offer, id, from }) => {
      return { ...offer, id, why: `${from.stack.name} hands it over` };
    });
    return {
      stack,
      verdict: {
        ...verdict,
        removed: [...verdict.removed.filter((one) => !isLeaving(one)), ...left],
        destroyed: verdict.destroyed.filter((one) => !isLeaving(one)),
        imports: [...verdict.imports, ...imports],
        offers: verdict.offers.filter((offer) => !coming.some((other) => other.offer === offer)),
      },
    };
  });
}

function takers(all: readonly Judged[], from: Judged, gone: Gone): { to: Judged; offer: Offer; id: string }[] {
  return all
    .filter(({ stack }) => stack !== from.stack && shareAccount(stack, from.stack))
    .flatMap((to) => to.verdict.offers.map((offer) => ({ to, offer })))
    .flatMap(({ to, offer }) => {
      const { id } = offer;
      return id !== undefined && isSame(gone, offer) ? [{ to, offer, id }] : [];
    });
}

function isSame(gone: Gone, offer: Offer): boolean {
  if (gone.type !== offer.type || gone.id !== offer.id) return false;
  return WITHOUT_REGION.test(gone.type) || (gone.region !== undefined && gone.region === offer.region);
}

function shareAccount(one: StackFolder, other: StackFolder): boolean {
  const [here, there] = [accountsOf(one), accountsOf(other)];
  return here.length === 0 || there.length === 0 || here.some((account) => there.includes(account));
}
