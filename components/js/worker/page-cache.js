// What the worker keeps of Haren on this phone, in a cache that is made anew for each version.

const OURS = "haren:";
const LANGUAGE = "/language"; // the one that was read last; an address that nobody asks the network for
const KEPT_LOG = "/kept-log"; // the language of the log that is kept, likewise
const AT = "Haren-At"; // when that was noted
const FRESH_FOR = 3_600_000;
const DEFAULT = "sv";

export const IMMUTABLE = /^\/(assets\/|words\/|_nicegui\/[^/]+\/(?!dynamic_resources\/))/;
export const LOG = /^\/(offline\/)?log\/?$/;

// A version has a cache of its own, so that it is whole or not there.
export class PageCache {
  constructor({ version, modules, pages, log }) {
    Object.assign(this, { name: `${OURS}${version}`, modules, pages, log });
  }

  async stock() {
    const last = await noted(LANGUAGE);
    const languages = [DEFAULT, last, ...navigator.languages.map((tag) => tag.split("-")[0])];
    const wanted = new Set(languages.filter((language) => this.pages[language]));
    await this.fetch([...this.modules, ...[...wanted].flatMap((language) => this.pages[language])]);
    if (last) await this.note(LANGUAGE, last);
    const log = await noted(KEPT_LOG);
    if (log) await this.keepLog(this.log.pages[log] ? log : DEFAULT); // where that fails, the version before stays
  }

  async fetch(addresses) {
    const cache = await caches.open(this.name);
    await cache.addAll(addresses.map((address) => new Request(address, { cache: IMMUTABLE.test(address) ? "default" : "reload" })));
  }

  async clearOthers() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== this.name).map((name) => caches.delete(name)));
  }

  // What never changes under its address.
  async give(request) {
    const cache = await caches.open(this.name).catch(() => null);
    const kept = await cache?.match(request);
    if (kept) return kept;
    const response = await fetch(request);
    if (response.status === 200) cache?.put(request, response.clone()).catch(() => {});
    return response;
  }

  // What a page tells of its reader: the language, and whether it is staff, who want the log without a network, too.
  async heed({ language, keeps }) {
    if (this.pages[language]) await this.speak(language);
    const wants = keeps === "log" || (await this.keptLog());
    if (this.log.pages[language] && wants) await this.keepLog(language);
  }

  // The language in which pages are read is the one that is needed without a network.
  async speak(language) {
    const cache = await caches.open(this.name);
    if (!(await cache.match(this.pages[language][0]))) await this.fetch(this.pages[language]);
    await this.note(LANGUAGE, language);
  }

  // Places come and go, so that it is fetched again now and then; not each time, as the line may be narrow.
  async keepLog(language) {
    const kept = await this.keptLog();
    const isFresh = Date.now() - Number(kept?.headers.get(AT)) < FRESH_FOR;
    if (isFresh && (await kept.text()) === language) return;
    await this.fetch([...this.log.modules, ...this.log.pages[language]]);
    await this.note(KEPT_LOG, language);
  }

  async keptLog() {
    const cache = await caches.open(this.name).catch(() => null);
    return cache?.match(KEPT_LOG);
  }

  async note(address, word) {
    await (await caches.open(this.name)).put(address, new Response(word, { headers: { [AT]: Date.now() } }));
  }

  async language() {
    return (await noted(LANGUAGE)) ?? navigator.languages.map((tag) => tag.split("-")[0]).find((tag) => this.pages[tag]) ?? DEFAULT;
  }

  // The page for when there is no network, in the language asked for, else the one that was read last.
  async standIn({ url }) {
    const { pathname, searchParams } = new URL(url);
    const languages = [searchParams.get("lang"), await this.language(), DEFAULT, ...Object.keys(this.log.pages)];
    const logs = LOG.test(pathname) ? languages.map((language) => this.log.pages[language]) : [];
    return this.firstOf([...logs, ...languages.map((language) => this.pages[language])]);
  }

  async firstOf(pages) {
    const cache = await caches.open(this.name).catch(() => null);
    for (const page of pages) {
      const kept = page && (await cache?.match(page[0]));
      if (kept) return kept;
    }
    return null;
  }
}

async function noted(address) {
  return (await caches.match(address).catch(() => null))?.text();
}
