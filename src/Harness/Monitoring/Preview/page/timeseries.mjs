// A panel of type timeseries: lines over time by uPlot, runs of load and chaos behind them, a legend below.
import uPlot from '/uplot/uPlot.esm.js';
import { stepsOf } from './units.mjs';
import { element } from './elements.mjs';

const colours = 10; // --series-0 … --series-9 of preview.css; beyond them lines are dashed
const uuid = /\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g; // its first part tells instances apart
const cursors = uPlot.sync('dashboard');

export function drawTimeSeries(place, panel, series, format, { from, to, step, runs }) {
  const times = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const canvas = element('div', { className: 'chart', role: 'img' });
  const list = element('ul', { className: 'legend' });
  const thresholds = lines(panel.fieldConfig.defaults);
  place.append(canvas, list);
  canvas.ariaLabel = `${panel.title}: ${series.length} series from ${clock(from, to)} to ${clock(to, to)} UTC. ${panel.description ?? ''}`;

  const axis = { stroke: colour('--text'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: '11px sans-serif' };
  const chart = new uPlot({
    width: canvas.clientWidth,
    height: canvas.clientHeight,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: cursors.key }, drag: { x: false, y: false }, points: { size: 5 } },
    scales: { x: { time: true, range: () => [from, to] }, y: { range: (_, low, high) => fromZero(low, high) } },
    axes: [
      { ...axis, size: 24, space: 70, values: (_, splits) => splits.map((time) => clock(time, to - from)) },
      { ...axis, size: 72, space: 28, incrs: stepsOf(panel.fieldConfig.defaults.unit), values: (_, splits) => splits.map(format) },
    ],
    series: [{}, ...series.map((one, index) => ({
      label: one.name,
      stroke: colour(`--series-${index % colours}`),
      dash: index < colours ? undefined : [4, 3],
      width: 1.5,
    }))],
    hooks: {
      drawClear: [(drawn) => shade(drawn, runs, colour('--run'))],
      draw: [(drawn) => thresholds.forEach((threshold) => rule(drawn, threshold, colour(`--${threshold.color}`)))],
      setCursor: [(moved) => tell(moved.cursor.idx)],
    },
  }, [times, ...series.map((one) => aligned(one.values, times, step))], canvas);

  const values = series.map((one, index) => legendEntry(list, chart, one.name, index));
  const tell = (at) => values.forEach((value, index) => {
    const column = chart.data[index + 1];
    value.textContent = format((at == null ? column.findLast((one) => one !== null) : column[at]) ?? null);
  });
  tell(null);
  new ResizeObserver(() => chart.setSize({ width: canvas.clientWidth, height: canvas.clientHeight })).observe(canvas);
}

/** A line can be hidden and shown again; returns where its value is written. */
function legendEntry(list, chart, name, index) {
  const value = element('span', { className: 'value' });
  const swatch = element('span', { className: `swatch${index < colours ? '' : ' dashed'}` });
  swatch.style.borderColor = `var(--series-${index % colours})`;
  const button = element('button', { type: 'button', title: `Show or hide ${name}` }, swatch, name.replace(uuid, '$1…'));
  button.ariaPressed = 'true';
  button.addEventListener('click', () => {
    const shown = !chart.series[index + 1].show;
    chart.setSeries(index + 1, { show: shown });
    button.ariaPressed = String(shown);
  });
  list.append(element('li', {}, button, ' ', value));

  return value;
}

/** Values on the common times; null where there are none, so that a gap shows. */
function aligned(values, times, step) {
  const column = new Array(times.length).fill(null);

  for (const [time, value] of values) {
    const index = Math.round((time - times[0]) / step);

    if (index >= 0 && index < column.length && Number.isFinite(value)) {
      column[index] = value;
    }
  }

  return column;
}

// From zero, so that small changes do not look like large ones.
function fromZero(low, high) {
  const [bottom, top] = [Math.min(0, low ?? 0), Math.max(0, high ?? 0)];

  return top === bottom ? [0, 1] : [bottom * 1.1, top * 1.1];
}

function clock(time, range) {
  return new Date(time * 1000).toISOString().slice(11, range < 600 ? 19 : 16);
}

function lines(defaults) {
  return (defaults.custom?.thresholdsStyle?.mode ?? 'off') === 'off' ? [] : (defaults.thresholds?.steps ?? []).filter((step) => step.value !== null);
}

function rule(chart, threshold, colour) {
  const { ctx, bbox } = chart;
  const y = chart.valToPos(threshold.value, 'y', true);

  if (y >= bbox.top && y <= bbox.top + bbox.height) {
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.setLineDash([6, 4]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.restore();
  }
}

function shade(chart, runs, colour) {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.fillStyle = colour;

  for (const run of runs) {
    const at = (time) => Math.min(bbox.left + bbox.width, Math.max(bbox.left, chart.valToPos(time, 'x', true)));
    ctx.fillRect(at(run.from), bbox.top, Math.max(1, at(run.to) - at(run.from)), bbox.height);
  }

  ctx.restore();
}
