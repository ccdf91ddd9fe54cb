// Keep a page that the browser translates up to date. A translator puts a <font> in the place of each text node. Vue goes
// on changing the node that is no longer shown, and the row would show the old words, beside new ones, for good.
//
// So a text node that is changed takes its place back. The translator then translates it anew.

const replacements = new WeakMap(); // the <font> that stands for a text node

export function followTranslation() {
  new MutationObserver(onChanges).observe(document.documentElement, { childList: true, subtree: true });
}

function onChanges(records) {
  for (const record of records) {
    for (const node of record.removedNodes) if (node.nodeType === Node.TEXT_NODE) onTextRemoved(node, record);
  }
}

// The <font> may have been put in before the text was taken out, or in one step.
function onTextRemoved(text, { addedNodes, previousSibling, nextSibling }) {
  const font = [...addedNodes, previousSibling, nextSibling].find((node) => node?.nodeName === "FONT");
  if (!font || font.contains(text)) return;
  replacements.set(text, font);
  watchTexts();
}

// Only pages that are translated pay for this.
function watchTexts() {
  if (Object.hasOwn(Text.prototype, "nodeValue")) return;
  const { get, set } = Object.getOwnPropertyDescriptor(Node.prototype, "nodeValue");
  Object.defineProperty(Text.prototype, "nodeValue", {
    configurable: true,
    enumerable: true,
    get,
    set(value) {
      set.call(this, value);
      takePlaceBack(this);
    },
  });
}

function takePlaceBack(text) {
  const font = replacements.get(text);
  replacements.delete(text);
  if (font?.isConnected && !text.isConnected) font.replaceWith(text);
}
