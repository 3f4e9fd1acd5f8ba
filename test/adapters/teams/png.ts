import { inflateSync } from 'node:zlib';

export interface Picture {
  width: number;
  height: number;
  /** Every pixel, row by row: red, green, blue and how opaque it is, each 0 to 255. */
  pixels: number[][];
}

/** Reads a PNG with 8 bits for each of RGB or RGBA, not interlaced; throws on every other kind. */
export function readPng(png: Buffer): Picture {
  const header = png.subarray(16, 29);
  const [depth, colour, , , interlaced] = header.subarray(8);
  const channels = colour === 6 ? 4 : colour === 2 ? 3 : undefined;
  if (png.toString('latin1', 1, 4) !== 'PNG' || depth !== 8 || !channels || interlaced !== 0) {
    throw new Error('This is not a PNG with 8 bits for each of RGB or RGBA.');
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bytes = unfilter(inflateSync(imageData(png)), width * channels, channels);
  const pixels = Array.from({ length: width * height }, (_, at) => [
    ...bytes.subarray(at * channels, (at + 1) * channels),
    ...(channels === 3 ? [255] : []),
  ]);
  return { width, height, pixels };
}

function imageData(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const size = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + size));
    at += size + 12;
  }
  return Buffer.concat(parts);
}

/** Each row says how its bytes differ from the pixel to the left, the one above, or both. */
function unfilter(filtered: Buffer, rowSize: number, step: number): Buffer {
  const rows = filtered.length / (rowSize + 1);
  const plain = Buffer.alloc(rows * rowSize);
  for (let row = 0; row < rows; row += 1) {
    const filter = filtered[row * (rowSize + 1)] ?? 0;
    for (let at = 0; at < rowSize; at += 1) {
      const here = row * rowSize + at;
      const left = at < step ? 0 : (plain[here - step] ?? 0);
      const above = plain[here - rowSize] ?? 0;
      const corner = at < step ? 0 : (plain[here - rowSize - step] ?? 0);
      const guess = [0, left, above, Math.floor((left + above) / 2), nearest(left, above, corner)][filter];
      plain[here] = ((filtered[here + row + 1] ?? 0) + (guess ?? 0)) % 256;
    }
  }
  return plain;
}

function nearest(left: number, above: number, corner: number): number {
  const away = (from: number) => Math.abs(left + above - corner - from);
  if (away(left) <= away(above) && away(left) <= away(corner)) return left;
  return away(above) <= away(corner) ? above : corner;
}
