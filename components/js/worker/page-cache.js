// What the worker keeps of Haren on this phone, in a cache that is made anew for each version.

const PREFIX = "haren:";
const LANGUAGE_MARKER = "/language"; // the one that was read last; an address that nobody asks the network for
const LOG_MARKER = "/kept-log"; // the language of the log that is kept, likewise
const TIME_HEADER = "Haren-At"; // when that was noted
const FRESH_FOR = 3_600_000;
const DEFAULT = "sv";

export const IMMUTABLE = /^\/(assets\/|words\/|_nicegui\/[^/]+\/(?!dynamic_resources\/))/;
export const LOG_PATH = /^\/(offline\/)?log\/?$/;

// A version has a cache of its own, so that it is whole or not there.
export class PageCache {
  constructor({ version, modules, pages, log }) {
    Object.assign(this, { name: `${PREFIX}${version}`, modules, pages, log });
  }

  async precache() {
    const lastLanguage = await readMarker(LANGUAGE_MARKER);
    const languages = [DEFAULT, lastLanguage, ...navigator.languages.map((tag) => tag.split("-")[0])];
    const wanted = new Set(languages.filter((language) => this.pages[language]));
    await this.fetchAll([...this.modules, ...[...wanted].flatMap((language) => this.pages[language])]);
    if (lastLanguage) await this.writeMarker(LANGUAGE_MARKER, lastLanguage);
    const log = await readMarker(LOG_MARKER);
    if (log) await this.cacheLog(this.log.pages[log] ? log : DEFAULT); // where that fails, the version before stays
  }

  async fetchAll(urls) {
    const cache = await caches.open(this.name);
    await cache.addAll(urls.map((url) => new Request(url, { cache: IMMUTABLE.test(url) ? "default" : "reload" })));
  }

  async deleteOldVersions() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== this.name).map((name) => caches.delete(name)));
  }

  // What never changes under its address.
  async cacheFirst(request) {
    const cache = await caches.open(this.name).catch(() => null);
    const cached = await cache?.match(request);
    if (cached) return cached;
    const response = await fetch(request);
    if (response.status === 200) cache?.put(request, response.clone()).catch(() => {});
    return response;
  }

  // What a page tells of its reader: the language, and whether it is staff, who want the log without a network, too.
  async onPageMessage({ language, keeps }) {
    if (this.pages[language]) await this.cacheLanguage(language);
    const wants = keeps === "log" || (await this.cachedLog());
    if (this.log.pages[language] && wants) await this.cacheLog(language);
  }

  // The language in which pages are read is the one that is needed without a network.
  async cacheLanguage(language) {
    const cache = await caches.open(this.name);
    if (!(await cache.match(this.pages[language][0]))) await this.fetchAll(this.pages[language]);
    await this.writeMarker(LANGUAGE_MARKER, language);
  }

  // Places come and go, so that it is fetched again now and then; not each time, as the line may be narrow.
  async cacheLog(language) {
    const cached = await this.cachedLog();
    const isFresh = Date.now() - Number(cached?.headers.get(TIME_HEADER)) < FRESH_FOR;
    if (isFresh && (await cached.text()) === language) return;
    await this.fetchAll([...this.log.modules, ...this.log.pages[language]]);
    await this.writeMarker(LOG_MARKER, language);
  }

  async cachedLog() {
    const cache = await caches.open(this.name).catch(() => null);
    return cache?.match(LOG_MARKER);
  }

  async writeMarker(url, text) {
    await (await caches.open(this.name)).put(url, new Response(text, { headers: { [TIME_HEADER]: Date.now() } }));
  }

  async language() {
    return (await readMarker(LANGUAGE_MARKER)) ?? navigator.languages.map((tag) => tag.split("-")[0]).find((tag) => this.pages[tag]) ?? DEFAULT;
  }

  // The page for when there is no network, in the language asked for, else the one that was read last.
  async fallbackFor({ url }) {
    const { pathname, searchParams } = new URL(url);
    const languages = [searchParams.get("lang"), await this.language(), DEFAULT, ...Object.keys(this.log.pages)];
    const logs = LOG_PATH.test(pathname) ? languages.map((language) => this.log.pages[language]) : [];
    return this.firstCached([...logs, ...languages.map((language) => this.pages[language])]);
  }

  async firstCached(pages) {
    const cache = await caches.open(this.name).catch(() => null);
    for (const page of pages) {
      const cached = page && (await cache?.match(page[0]));
      if (cached) return cached;
    }
    return null;
  }
}

async function readMarker(url) {
  return (await caches.match(url).catch(() => null))?.text();
}
