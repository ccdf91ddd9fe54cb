// A card that offers to put Haren on the home screen: with a button where the browser takes one, with words where people have to do
// it themselves, and not at all where it has been done, or was turned down within a month.

const DECLINED_AT = "haren:install-turned-down";
const LONGEST = 30 * 86_400_000;
const OFFERED = "haren:installable"; // after the page has put the browser's offer into `harenInstall`

export function isInstalled() {
  return navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
}

class InstallHint extends HTMLElement {
  connectedCallback() {
    this.offer = () => this.show();
    addEventListener(OFFERED, this.offer);
    this.settled = () => (this.hidden = true);
    addEventListener("appinstalled", this.settled);
    this.part("[data-install]").addEventListener("click", () => this.install());
    this.part("[data-dismiss]").addEventListener("click", () => this.dismiss());
    this.show();
  }

  disconnectedCallback() {
    removeEventListener(OFFERED, this.offer);
    removeEventListener("appinstalled", this.settled);
  }

  show() {
    const button = this.part("[data-install]");
    const way = globalThis.harenInstall ? button : this.part(`[data-way=${manualInstructions()}]`);
    for (const one of [button, ...this.querySelectorAll("[data-way]")]) one.hidden = one !== way;
    this.hidden = !way || isInstalled() || wasDeclined();
  }

  // The browser's offer holds once; whoever turns it down there has turned it down.
  async install() {
    const offer = globalThis.harenInstall;
    globalThis.harenInstall = null;
    await offer.prompt();
    const { outcome } = await offer.userChoice;
    if (outcome === "accepted") this.hidden = true;
    else this.dismiss();
  }

  dismiss() {
    this.hidden = true;
    try {
      localStorage.setItem(DECLINED_AT, String(Date.now()));
    } catch {} // then it is asked again
  }

  part(selector) {
    return this.querySelector(selector);
  }
}

// Only Safari's kind of browser on a phone or tablet says whether it is standalone.
function manualInstructions() {
  if ("standalone" in navigator) return "apple";
  return /Android.+Firefox\//.test(navigator.userAgent) ? "firefox" : "none";
}

function wasDeclined() {
  try {
    const since = Date.now() - Number(localStorage.getItem(DECLINED_AT) ?? NaN);
    return since >= 0 && since < LONGEST;
  } catch {
    return false;
  }
}

if (!customElements.get("install-hint")) customElements.define("install-hint", InstallHint);
