// Makes a PNG of a screen a third of its size, since pictures of dashboards lie in the repository: a palette of its most frequent colours
// instead of three bytes a pixel (https://www.w3.org/TR/png-3/). The others, of edges that are smoothed, become the nearest of them.
import { deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const pixel = 3;

/** @param png of 8 bits a channel without transparency and interlacing, as Chromium takes pictures of pages */
export function withPalette(png) {
  const chunks = [...read(png)];
  const header = chunks.find(({ type }) => type === 'IHDR').data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];

  if (header[8] !== 8 || header[9] !== 2 || header[12] !== 0) {
    throw new Error('The picture has to be a PNG of 8 bits a channel, without transparency.');
  }

  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data));
  const rows = unfiltered(inflateSync(data), width * pixel, height);
  const indexes = Buffer.alloc(height * (width + 1)); // each row begins with the number of its filter: none
  const { colours, indexOf } = palette(rows);

  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++, from += pixel) {
      indexes[y * (width + 1) + 1 + x] = indexOf(rows.readUIntBE(from, pixel));
    }
  }

  header[9] = 3;

  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(indexes, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function* read(png) {
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: Buffer.from(png.subarray(at + 8, at + 8 + length)) };
    at += length + 12;
  }
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(named), 4);

  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}

// https://www.w3.org/TR/png-3/#5CRC-algorithm
function crc32(data) {
  let crc = -1;

  for (const byte of data) {
    crc ^= byte;

    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }

  return ~crc >>> 0;
}

// https://www.w3.org/TR/png-3/#9Filters
function unfiltered(data, stride, height) {
  const rows = Buffer.alloc(stride * height);

  for (let y = 0; y < height; y++) {
    const [from, to] = [y * (stride + 1), y * stride];

    for (let x = 0; x < stride; x++) {
      const left = x < pixel ? 0 : rows[to + x - pixel];
      const above = y === 0 ? 0 : rows[to + x - stride];
      const corner = x < pixel || y === 0 ? 0 : rows[to + x - stride - pixel];
      const guess = [0, left, above, (left + above) >> 1, data[from] === 4 ? paeth(left, above, corner) : 0][data[from]];
      rows[to + x] = data[from + 1 + x] + guess;
    }
  }

  return rows;
}

function paeth(left, above, corner) {
  const estimate = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(estimate - value));

  return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
}

function palette(rows) {
  const counts = new Map();

  for (let at = 0; at < rows.length; at += pixel) {
    const colour = rows.readUIntBE(at, pixel);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }

  const colours = [...counts].sort((one, other) => other[1] - one[1]).slice(0, 256).map(([colour]) => colour);
  const known = new Map(colours.map((colour, index) => [colour, index]));

  return {
    colours,
    indexOf(colour) {
      if (!known.has(colour)) {
        known.set(colour, colours.reduce((best, candidate, index) => (distance(candidate, colour) < distance(colours[best], colour) ? index : best), 0));
      }

      return known.get(colour);
    },
  };
}

const distance = (one, other) => [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
