// A card that offers to put Haren on the home screen: with a button where the browser takes one, with words where people have to do
// it themselves, and not at all where it has been done, or was turned down within a month.

const DECLINED_AT = "haren:install-turned-down";
const DECLINED_FOR = 30 * 86_400_000;
const INSTALLABLE = "haren:installable"; // after the page has put the browser's offer into `harenInstall`

export function isInstalled() {
  return navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
}

class InstallHint extends HTMLElement {
  connectedCallback() {
    this.onOffer = () => this.show();
    addEventListener(INSTALLABLE, this.onOffer);
    this.onInstalled = () => (this.hidden = true);
    addEventListener("appinstalled", this.onInstalled);
    this.find("[data-install]").addEventListener("click", () => this.install());
    this.find("[data-dismiss]").addEventListener("click", () => this.decline());
    this.show();
  }

  disconnectedCallback() {
    removeEventListener(INSTALLABLE, this.onOffer);
    removeEventListener("appinstalled", this.onInstalled);
  }

  show() {
    const button = this.find("[data-install]");
    const instructions = globalThis.harenInstall ? button : this.find(`[data-way=${manualInstructions()}]`);
    for (const element of [button, ...this.querySelectorAll("[data-way]")]) element.hidden = element !== instructions;
    this.hidden = !instructions || isInstalled() || wasDeclined();
  }

  // The browser's offer holds once; whoever turns it down there has turned it down.
  async install() {
    const offer = globalThis.harenInstall;
    globalThis.harenInstall = null;
    await offer.prompt();
    const { outcome } = await offer.userChoice;
    if (outcome === "accepted") this.hidden = true;
    else this.decline();
  }

  decline() {
    this.hidden = true;
    try {
      localStorage.setItem(DECLINED_AT, String(Date.now()));
    } catch {} // then it is asked again
  }

  find(selector) {
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
    const age = Date.now() - Number(localStorage.getItem(DECLINED_AT) ?? NaN);
    return age >= 0 && age < DECLINED_FOR;
  } catch {
    return false;
  }
}

if (!customElements.get("install-hint")) customElements.define("install-hint", InstallHint);
