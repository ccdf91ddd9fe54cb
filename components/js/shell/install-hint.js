// A card that offers to put Haren on the home screen: with a button where the browser supports that, else with
// instructions. It is hidden where Haren is installed, and for 30 days after it was declined.

const DECLINED_AT = "haren:install-turned-down";
const DECLINED_FOR = 30 * 86_400_000;
const INSTALLABLE = "haren:installable"; // sent after the page has stored the browser's offer in `harenInstall`

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

  // The browser's offer can be used once. Declining it there counts as declining the card.
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
    } catch {} // then the card is shown again
  }

  find(selector) {
    return this.querySelector(selector);
  }
}

// Only Safari and its relatives on a phone or tablet have `standalone`.
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
