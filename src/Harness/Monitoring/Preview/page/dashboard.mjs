// One dashboard: reads it, lets a user choose, draws its panels. `window.preview` tells a program how far it is.
import { dashboard, runs, Prometheus } from './server.mjs';
import { draw, placed } from './panels.mjs';
import { choose } from './variables.mjs';
import { element } from './elements.mjs';

const ranges = { '5m': 300, '15m': 900, '30m': 1800, '1h': 3600, '3h': 10800, '6h': 21600, '24h': 86400 };
const points = 240; // of a line: one for every pixel or two
const leastStep = 5;
const leastRateInterval = 60; // four of the samples that are written every 15 seconds

const at = (id) => document.getElementById(id);
const parameters = new URLSearchParams(location.search);
window.preview = { state: 'drawing', panels: [] };

try {
  await show();
} catch (error) {
  at('panels').replaceChildren(element('p', { className: 'error', role: 'alert' }, error.message));
  window.preview = { state: 'failed', message: error.message, panels: [] };
}

async function show() {
  const { json, recorded } = await dashboard(location.pathname.split('/').at(-1));
  document.title = at('title').textContent = json.title;
  at('description').textContent = json.description;

  if (recorded) {
    at('recorded').textContent = `Recorded series (${recorded.source}): only a cluster has these, and none is watched here.`;
    at('recorded').hidden = false;
    at('range').closest('label').hidden = true;
  }

  const own = json.time.from.replace('now-', '');
  at('range').append(...Object.keys(ranges).map((range) => element('option', { value: range }, `Last ${range}`)));
  at('range').value = ranges[parameters.get('range')] ? parameters.get('range') : ranges[own] ? own : '1h';
  at('range').addEventListener('change', () => change('range', at('range').value));
  at('choices').addEventListener('submit', (event) => event.preventDefault());

  const prometheus = new Prometheus(recorded ? 'recorded' : 'running');
  const panels = json.panels.map((panel) => ({ panel, place: placed(panel) }));
  at('panels').replaceChildren(...panels.map(({ place }) => place));
  let asked = 0; // answers to an older question are not drawn

  const redraw = async () => {
    const mine = ++asked;
    const view = await look(json, recorded, prometheus);

    if (mine === asked) {
      const drawn = await Promise.all(panels.filter(({ panel }) => panel.type !== 'row').map(({ panel, place }) => draw(place, panel, view)));
      window.preview = { state: 'drawn', panels: drawn };
    }
  };

  const change = (name, value) => {
    parameters.set(name, value);
    history.replaceState(null, '', `?${parameters}`);
    redraw();
  };

  at('variables').addEventListener('choice', (event) => change(event.detail.name, event.detail.value));
  await redraw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

  if (!recorded && parameters.get('refresh') !== 'off') {
    setInterval(redraw, Number.parseInt(json.refresh, 10) * 1000);
  }
}

/** What is looked at: times in seconds, the runs in them, what is chosen. */
async function look(json, recorded, prometheus) {
  const range = recorded ? recorded.to - recorded.from : ranges[at('range').value];
  const step = Math.max(leastStep, Math.ceil(range / points));
  const end = recorded ? recorded.to : Math.floor(Date.now() / 1000);
  const to = end - (end % step);
  const from = to - Math.floor(range / step) * step;
  const seen = recorded ? [] : await runs(from, to);
  at('runs').replaceChildren(...seen.map((run) => element('li', {}, element('span', { className: 'swatch run' }), run.text)));
  const chosen = await choose(at('variables'), json.templating.list, prometheus, from, to, parameters, (name, value) =>
    at('variables').dispatchEvent(new CustomEvent('choice', { detail: { name, value } })));

  return { prometheus, from, to, step, runs: seen, chosen: { ...chosen, __rate_interval: `${Math.max(leastRateInterval, step + 15)}s` } };
}
