// Not a test: what crosses the socket in place of Electron's ipc. The functions' text is put into the
// page as well, so each stands alone.

/** A value with bytes in it, as bytes: the lengths, the JSON, and what the JSON stands for. */
export function pack(value) {
  const parts = [];
  const json = JSON.stringify(value, (_key, item) => {
    if (item === undefined) return { $undefined: true };
    if (!(item instanceof ArrayBuffer) && !ArrayBuffer.isView(item)) return item;
    const bytes =
      item instanceof ArrayBuffer
        ? new Uint8Array(item)
        : new Uint8Array(item.buffer, item.byteOffset, item.byteLength);
    return { $bytes: parts.push(bytes) - 1, $type: item.constructor.name };
  });
  const all = [new TextEncoder().encode(json), ...parts];
  const lengths = new Uint32Array([all.length, ...all.map(({ length }) => length)]);
  const whole = new Uint8Array(all.reduce((sum, { length }) => sum + length, lengths.byteLength));
  let at = 0;
  for (const part of [new Uint8Array(lengths.buffer), ...all]) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The value that was packed into a buffer. */
export function unpack(buffer) {
  const [count] = new Uint32Array(buffer, 0, 1);
  const lengths = new Uint32Array(buffer, 4, count);
  let end = 4 * (count + 1);
  const [json, ...parts] = [...lengths].map((length) => {
    end += length;
    return buffer.slice(end - length, end);
  });
  const types = { ArrayBuffer: (bytes) => bytes, Uint8Array: (bytes) => new Uint8Array(bytes) };
  const revive = (value) => {
    if (value === null || typeof value !== "object") return value;
    if (value.$undefined) return undefined;
    if (value.$type) return types[value.$type](parts[value.$bytes]);
    if (Array.isArray(value)) return value.map(revive);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(item)]));
  };
  return revive(JSON.parse(new TextDecoder().decode(json)));
}
