/** Who comes first finds the machine otherwise than who comes last: each has each place in turn. */
function rotated(lines, round) {
  const first = round % lines.length;
  return [...lines.slice(first), ...lines.slice(0, first)];
}

module.exports = { rotated };
