// Watch for the server from a page that stands in for another.

const INTERVAL = 5_000;

export class ServerWatch {
  // `onAnswer` is called each time the server answers, `onSilence` each time it does not. After the first answer, the
  // server is asked only when the network or the visibility of the page changes.
  constructor(onAnswer, onSilence = () => {}) {
    Object.assign(this, { onAnswer, onSilence });
    addEventListener("online", () => this.check());
    document.addEventListener("visibilitychange", () => document.hidden || this.check());
    this.timer = setInterval(() => this.check(), INTERVAL);
  }

  async check() {
    this.request ??= askServer();
    const health = await this.request;
    this.request = null;
    if (!health?.status) return this.onSilence();
    clearInterval(this.timer);
    this.onAnswer();
  }
}

async function askServer() {
  try {
    // AbortSignal.timeout exists since Safari 16 and Chrome 103.
    const response = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout?.(INTERVAL) });
    return await response.json();
  } catch {
    return null;
  }
}
