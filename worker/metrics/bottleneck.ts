// The step that costs most against another period, and the channel behind it. Pure.
import { BOTTLENECK_STEPS, type BottleneckAnswer, type BottleneckStep } from './bottleneck-question.ts';
import type { BASES, Money, Rate, Totals } from './question.ts';
import { differ, rateOf } from './rates.ts';

type Basis = (typeof BASES)[number];
type Counts = Omit<Totals, 'converted'> & { converted: Money | null };

/** A period: the whole of it, and the same by channel. */
export interface Side {
  totals: Counts;
  rows: readonly { key: string; totals: Counts }[];
}

/**
 * Normal quantiles of a two-sided 5 % shared by all steps (Bonferroni): the worst of five is looked for, so that each
 * may be taken for a change by chance one time in a hundred, and of four one time in eighty.
 */
const Z_OF: Record<Basis, number> = { order: 2.5758293035489, payment: 2.4977054744123737 };

const buyersOf = (basis: Basis, totals: Counts) =>
  basis === 'order'
    ? { consulting: totals.consulting_buyers, silent: totals.silent_buyers }
    : { consulting: totals.consulting_paying_visitors, silent: totals.silent_paying_visitors };

/** Who took a step, out of whom. */
const RATES: Record<BottleneckStep, (totals: Counts, basis: Basis) => Rate> = {
  effective: ({ effective_visitors, visitors }) => rateOf(effective_visitors, visitors),
  consulting: ({ consulting_visitors, effective_visitors }) =>
    rateOf(consulting_visitors, effective_visitors),
  consulting_buyers: (totals, basis) =>
    rateOf(buyersOf(basis, totals).consulting, totals.consulting_visitors),
  // Whoever asks is effective, so that the effective who did not ask are what is left.
  silent_buyers: (totals, basis) =>
    rateOf(buyersOf(basis, totals).silent, totals.effective_visitors - totals.consulting_visitors),
  payment: ({ paid_orders, orders }) => rateOf(paid_orders, orders),
};

const stepsOf = (basis: Basis): readonly BottleneckStep[] =>
  basis === 'order' ? BOTTLENECK_STEPS : BOTTLENECK_STEPS.filter((step) => step !== 'payment');

/** The amounts that losses are counted in: converted where the store converts, else of one currency alone. */
function moneyOf(own: string, now: Counts, before: Counts) {
  const converted = now.converted && before.converted;
  const all = [...now.money, ...before.money];
  const one = all.find(({ currency }) => currency === own) ?? all[0];
  const currency = converted ? now.converted?.currency : one?.currency;
  const of = (side: Counts) =>
    (converted ? side.converted : side.money.find((each) => each.currency === currency)) ?? null;
  return {
    currency: currency ?? own,
    digits: (now.converted ?? one)?.digits,
    now: of(now),
    before: of(before),
  };
}

/** A quotient, of the other period where this one has nothing to divide, or nothing of it. */
const ratio = (part: (side: Counts) => number, whole: (side: Counts) => number) => {
  return (now: Counts, before: Counts): number => {
    for (const side of [now, before]) if (whole(side) > 0 && part(side) > 0) return part(side) / whole(side);
    return 0;
  };
};

/**
 * What one person more who takes a step would bring, with everything after the step as it is now. Only what is spoken
 * of changes: repairing this step brings no more than what comes after it lets through.
 *
 * A buyer is worth what known visitors paid, per buyer; a paid order what was paid, per paid order. Where nothing was
 * paid in either period the store does not report payments, and orders count by their value. What the two kinds of
 * buyers pay is not told apart, and who asks is taken to buy as the others who ask.
 */
function worthOf(own: string, basis: Basis, now: Counts, before: Counts) {
  const money = moneyOf(own, now, before);
  const in_ = (side: Counts) => (side === now ? money.now : money.before);
  const reported = (money.now?.gross ?? 0) + (money.before?.gross ?? 0) > 0;
  const known = (side: Counts) =>
    reported
      ? (in_(side)?.revenue_per_visitor ?? 0) * side.visitors
      : (in_(side)?.average_order_value ?? 0) * (side.orders - side.unattributed_orders);
  const buyers = (side: Counts) => buyersOf(basis, side).consulting + buyersOf(basis, side).silent;

  const buyer = ratio(known, buyers)(now, before);
  const share = (step: BottleneckStep) =>
    RATES[step](now, basis).value ?? RATES[step](before, basis).value ?? 0;
  const worth: Record<BottleneckStep, number> = {
    effective: ratio(buyers, (side) => side.effective_visitors)(now, before) * buyer,
    // Whoever asks leaves those who would have bought in silence, and takes their chance with them.
    consulting: (share('consulting_buyers') - share('silent_buyers')) * buyer,
    consulting_buyers: buyer,
    silent_buyers: buyer,
    payment: ratio(
      (side) => in_(side)?.gross ?? 0,
      (side) => side.paid_orders,
    )(now, before),
  };
  return { worth, currency: money.currency, digits: money.digits };
}

/**
 * What each channel has to do with the change of a step's rate, in people who do not take it any more. A channel does by
 * doing worse than it did; and one whose share of all grew, by doing worse than those whose share it took. One that
 * only shrank does not. Together this is the whole change, whatever the numbers.
 */
function partsOf(step: BottleneckStep, basis: Basis, now: Side, before: Side) {
  const all = RATES[step](now.totals, basis).denominator;
  const allBefore = RATES[step](before.totals, basis).denominator;
  const of = (side: Side, key: string) => {
    const row = side.rows.find((each) => each.key === key);
    return row ? RATES[step](row.totals, basis) : rateOf(0, 0);
  };
  const keys = [...new Set([...now.rows, ...before.rows].map(({ key }) => key))];
  const channels = keys.map((key) => {
    const [rate, earlier] = [of(now, key), of(before, key)];
    return {
      ...{ key, rate, before: earlier, usual: earlier.value ?? rate.value ?? 0 },
      grew: rate.denominator / all - earlier.denominator / allBefore,
    };
  });
  const shrunk = channels.filter(({ grew }) => grew < 0);
  const freed = shrunk.reduce((sum, { grew }) => sum - grew, 0);
  const displaced = shrunk.reduce((sum, { grew, usual }) => sum - grew * usual, 0) / (freed || 1);
  return channels.map(({ key, rate, before, usual, grew }) => {
    const own = rate.denominator * usual - rate.numerator;
    return { key, rate, before, people: own + Math.max(0, grew) * all * (displaced - usual) };
  });
}

/** The channel with the largest part in what a step lost or gained. */
function channelOf(step: BottleneckStep, basis: Basis, worth: number, lost: number, now: Side, before: Side) {
  const parts = partsOf(step, basis, now, before).map(({ people, ...part }) => ({
    ...part,
    lost: people * worth,
  }));
  if (parts.length < 2) return null;
  const most = parts.reduce((best, part) =>
    part.lost * Math.sign(lost) > best.lost * Math.sign(lost) ? part : best,
  );
  return { ...most, lost: Math.round(most.lost) };
}

/**
 * What the change of each step's rate cost, by itself: (rate then - rate now) * those who stand before the step now *
 * what one of them more would bring. Of the changes that are more than chance the dearest is the bottleneck.
 */
export function findBottleneck(own: string, basis: Basis, now: Side, before: Side) {
  const { worth, currency, digits } = worthOf(own, basis, now.totals, before.totals);
  const found = stepsOf(basis).map((step) => {
    const rate = RATES[step](now.totals, basis);
    const earlier = RATES[step](before.totals, basis);
    const significant = differ(rate, earlier, Z_OF[basis]);
    const fell = rate.value === null || earlier.value === null ? 0 : earlier.value - rate.value;
    return { step, rate, before: earlier, lost: fell * rate.denominator * worth[step], significant };
  });
  const sure = found.filter(({ significant }) => significant);
  const naming = (one: (typeof found)[number] | undefined) =>
    one && {
      step: one.step,
      lost: Math.round(one.lost),
      channel: channelOf(one.step, basis, worth[one.step], one.lost, now, before),
    };
  const by = (sign: 1 | -1) =>
    sure.filter(({ lost }) => lost * sign > 0).sort((a, b) => sign * (b.lost - a.lost))[0];
  const worst = naming(by(1)) ?? null;
  const tested = found.some(({ significant }) => significant !== null);
  const verdict: BottleneckAnswer['verdict'] = worst ? 'worse' : tested ? 'steady' : 'too_little';
  return {
    currency,
    digits,
    verdict,
    bottleneck: worst,
    best: naming(by(-1)) ?? null,
    steps: found.map((one) => ({ ...one, lost: Math.round(one.lost) })),
  };
}
