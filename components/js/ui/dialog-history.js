// One entry of the browser's history stands for all open dialogs, so that going back closes the newest one and leaves
// the screen below where it is.
//
// history.back() takes effect later. A dialog that opens meanwhile, such as the one with a new key after the form for
// it, must not take that for the person going back.

const MARK = "sheet";
const dialogs = []; // the newest last
let isRemoving = false; // our own history.back() is under way

export function dialogOpened(dialog) {
  if (!dialogs.length) addEventListener("popstate", onPopState);
  dialogs.push(dialog);
  addEntry();
}

// Without an open dialog the entry is removed, unless the page is being left anyway.
export function dialogClosed(dialog) {
  forget(dialog);
  if (dialogs.length || isRemoving) return;
  if (!hasEntry()) return removeEventListener("popstate", onPopState);
  isRemoving = true;
  history.back();
}

function onPopState() {
  if (isRemoving) isRemoving = false;
  else if (!hasEntry()) goBack(dialogs.at(-1));
  if (dialogs.length) addEntry();
  else removeEventListener("popstate", onPopState);
}

function goBack(dialog) {
  if (!dialog?.onBack()) return;
  forget(dialog);
}

function forget(dialog) {
  const place = dialogs.indexOf(dialog);
  if (place >= 0) dialogs.splice(place, 1);
}

function hasEntry() {
  return Boolean(history.state?.[MARK]);
}

function addEntry() {
  if (!isRemoving && !hasEntry()) history.pushState({ ...history.state, [MARK]: true }, "");
}
