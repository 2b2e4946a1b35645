// Panels by type. A panel that cannot be drawn as it is written is an error that its place shows.
import { drawStat } from './stat.mjs';
import { drawTimeSeries } from './timeseries.mjs';
import { formatOf } from './units.mjs';
import { fill, legend } from './variables.mjs';
import { element } from './elements.mjs';

const drawers = { timeseries: drawTimeSeries, stat: drawStat };

/** Places a panel in the grid; what it shows comes later. */
export function placed(panel) {
  const { x, y, w, h } = panel.gridPos;
  const place = element('section', { className: panel.type === 'row' ? 'row' : 'panel' });
  place.style.gridColumn = `${x + 1} / span ${w}`;
  place.style.gridRow = `${y + 1} / span ${h}`;
  place.append(element('h2', { title: panel.description ?? '' }, panel.title));

  return place;
}

/**
 * Asks for a panel's data and draws it.
 * @returns `state`: `data` where every query found something, `empty`, or `error` with a `message`
 */
export async function draw(place, panel, view) {
  const body = element('div', { className: 'body' });
  place.querySelector('.body')?.remove();
  place.append(body);

  try {
    refuse(panel);
    const series = await Promise.all(panel.targets.map((target) => ask(panel, target, view)));
    const empty = series.some((found) => !found.some((one) => one.values.some(([, value]) => Number.isFinite(value))));
    drawers[panel.type](body, panel, series.flat(), formatOf(panel.fieldConfig.defaults.unit), view);

    if (empty) {
      body.append(element('p', { className: 'empty' }, 'No data'));
    }

    return { id: panel.id, title: panel.title, state: empty ? 'empty' : 'data', message: '' };
  } catch (error) {
    body.replaceChildren(element('p', { className: 'error', role: 'alert' }, error.message));

    return { id: panel.id, title: panel.title, state: 'error', message: error.message };
  }
}

function refuse(panel) {
  if (!Object.hasOwn(drawers, panel.type)) {
    throw new Error(`The preview cannot draw a panel of type ${panel.type}: it draws ${Object.keys(drawers).join(' and ')}.`);
  }

  for (const unread of ['transformations', 'fieldConfig.overrides']) {
    if (unread.split('.').reduce((value, key) => value?.[key], panel)?.length > 0) {
      throw new Error(`The preview does not read ${unread}, which changes what Grafana shows.`);
    }
  }
}

async function ask(panel, target, { prometheus, chosen, from, to, step }) {
  const query = fill(target.expr, chosen);
  const found = target.instant ? await prometheus.instant(query, to) : await prometheus.range(query, from, to, step);

  return found.map((one) => ({ name: legend(target.legendFormat, one.labels), values: one.values }));
}
