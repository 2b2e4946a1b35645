// A panel of type stat: the last value of each series, in the colour of its threshold.
import { element } from './elements.mjs';

export function drawStat(place, panel, series, format) {
  const wanted = panel.options?.reduceOptions?.calcs ?? ['lastNotNull'];

  if (wanted.length !== 1 || wanted[0] !== 'lastNotNull') {
    throw new Error(`The preview shows the last value (lastNotNull), and not ${wanted.join(', ')}.`);
  }

  const steps = panel.fieldConfig.defaults.thresholds?.steps ?? [];

  place.append(element('dl', { className: 'stats' }, ...series.map((one) => {
    const value = one.values.findLast(([, number]) => !Number.isNaN(number))?.[1] ?? null;
    const colour = steps.findLast((step) => step.value === null || (value !== null && value >= step.value))?.color ?? 'plain';

    return element('div', { className: `stat ${colour}` }, element('dt', {}, one.name), element('dd', {}, format(value)));
  })));
}
