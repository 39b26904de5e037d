// Offsets of results count code points; a JavaScript string counts UTF-16 units, two for an emoji.

// What turns an offset into an index of the string.
function indexer(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (offset) => Math.min(offset, text.length);
  const indexes = [];
  let index = 0;
  for (const character of text) {
    indexes.push(index);
    index += character.length;
  }
  indexes.push(index);
  return (offset) => indexes[Math.min(offset, indexes.length - 1)];
}
