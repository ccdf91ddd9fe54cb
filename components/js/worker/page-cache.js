// Cache pages and modules for use without a network. Each version has its own cache.

const PREFIX = "haren:";
const LANGUAGE_MARKER = "/language"; // marks the language that was read last; no request goes to this address
const LOG_MARKER = "/kept-log"; // marks the language of the cached log, likewise
const TIME_HEADER = "Haren-At"; // when a marker was written
const FRESH_FOR = 3_600_000;
const DEFAULT = "sv";

export const IMMUTABLE = /^\/(assets\/|words\/|_nicegui\/[^/]+\/(?!dynamic_resources\/))/;
const OWN_PATH = "/my-reports";
const OWN_PAGE = 2; // its place among the pages of a language

export const LOG_PATH = /^\/(offline\/)?log\/?$/;
export const CASES_PATH = /^\/(offline\/)?cases(\/[^/]+)?\/?$/;

// A new version has its own cache, so that it is complete or absent.
export class PageCache {
  constructor({ version, modules, pages, log, cases }) {
    Object.assign(this, { name: `${PREFIX}${version}`, modules, pages, log, cases });
  }

  async precache() {
    const lastLanguage = await readMarker(LANGUAGE_MARKER);
    const languages = [DEFAULT, lastLanguage, ...navigator.languages.map((tag) => tag.split("-")[0])];
    const chosen = new Set(languages.filter((language) => this.pages[language]));
    await this.fetchAll([...this.modules, ...[...chosen].flatMap((language) => this.pages[language])]);
    if (lastLanguage) await this.writeMarker(LANGUAGE_MARKER, lastLanguage);
    const log = await readMarker(LOG_MARKER);
    if (log) await this.cacheLog(this.log.pages[log] ? log : DEFAULT); // where this fails, the earlier version stays installed
  }

  async fetchAll(urls) {
    const cache = await caches.open(this.name);
    await cache.addAll(urls.map((url) => new Request(url, { cache: IMMUTABLE.test(url) ? "default" : "reload" })));
  }

  async deleteOldVersions() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== this.name).map((name) => caches.delete(name)));
  }

  // For what never changes under its address.
  async cacheFirst(request) {
    const cache = await caches.open(this.name).catch(() => null);
    const cached = await cache?.match(request);
    if (cached) return cached;
    const response = await fetch(request);
    if (response.status === 200) cache?.put(request, response.clone()).catch(() => {});
    return response;
  }

  // A page says its language, and with keeps: "log" that its reader is staff and needs the log and the cases without a
  // network.
  async onPageMessage({ language, keeps }) {
    if (this.pages[language]) await this.cacheLanguage(language);
    const needsLog = keeps === "log" || (await this.cachedLog());
    if (this.log.pages[language] && needsLog) await this.cacheLog(language);
  }

  // The page that stands in is needed in the language in which pages are read.
  async cacheLanguage(language) {
    const cache = await caches.open(this.name);
    if (!(await cache.match(this.pages[language][0]))) await this.fetchAll(this.pages[language]);
    await this.writeMarker(LANGUAGE_MARKER, language);
  }

  // Sites change, so the log is fetched again after an hour; not each time, as the connection may be slow.
  async cacheLog(language) {
    const cached = await this.cachedLog();
    const isFresh = Date.now() - Number(cached?.headers.get(TIME_HEADER)) < FRESH_FOR;
    if (isFresh && (await cached.text()) === language) return;
    await this.fetchAll([...new Set([this.log, this.cases].flatMap(({ modules, pages }) => [...modules, ...pages[language]]))]);
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

  // Return the page for when there is no network: in the requested language, else in the one that was read last.
  async fallbackFor({ url }) {
    const { pathname, searchParams } = new URL(url);
    const languages = [searchParams.get("lang"), await this.language(), DEFAULT, ...Object.keys(this.log.pages)];
    const own = pathname === OWN_PATH ? languages.map((language) => this.pages[language]?.slice(OWN_PAGE)) : [];
    const { pages = {} } = LOG_PATH.test(pathname) ? this.log : CASES_PATH.test(pathname) ? this.cases : {};
    const staff = languages.map((language) => pages[language]);
    return this.firstCached([...own, ...staff, ...languages.map((language) => this.pages[language])]);
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
