/** An element with properties and children. Text is set as text: what Prometheus says is never markup. */
export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);

  return made;
}
