/** The value that forged.json writes in short; also evaluated in pages. */
function written(value) {
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== "object" || value === null) return value;
  const { bytes, text, many, times, holes } = value;
  if (bytes !== undefined) return new ArrayBuffer(bytes);
  if (holes !== undefined) return Object.assign(new Array(holes), value.members);
  if (text !== undefined) return text.repeat(times);
  return Array.from({ length: times }, () => written(many));
}

module.exports = { written };
