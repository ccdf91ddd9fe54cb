// The style of the bar of unsent items. Plain pages carry only the style that they need, so these rules come with the
// module. The Content-Security-Policy allows rules that a script adds to an existing sheet, but no second sheet.

const RULES = [
  ".unsent{position:fixed;left:0;right:0;bottom:0;z-index:1;border-top:2px solid var(--edge);background:var(--card);color:var(--ink)}",
  ".unsent [hidden]{display:none}",
  "body{padding-bottom:4.5rem}",
  "html{scroll-padding-bottom:5rem}",
  "@media(max-height:30rem){.unsent{position:static}}",
  ".unsent details{max-width:40rem;margin:0 auto;padding:0 1rem}",
  ".unsent summary{display:flex;min-height:56px;color:var(--ink);text-decoration:none}",
  ".unsent summary::-webkit-details-marker{display:none}",
  ".unsent summary:after{content:'';flex:none;width:.625rem;height:.625rem;margin:.25rem 0 0;margin-inline:auto .25rem;border:solid var(--spruce);border-width:3px 3px 0 0;transform:rotate(-45deg)}",
  ".unsent [open]>summary:after{margin-top:-.25rem;transform:rotate(135deg)}",
  ".unsent .refused{margin-inline-start:.75rem;color:var(--brick)}",
  ".unsent-inside{max-height:60vh;overflow:auto;padding-bottom:.5rem}",
  ".unsent ul{list-style:none;margin:0;padding:0}",
  ".unsent li{padding:.875rem 0;border-top:1px solid var(--line)}",
  ".unsent li:after{content:'';display:block;clear:both}",
  ".unsent img{float:inline-end;width:72px;height:72px;margin:0 0 .5rem;margin-inline-start:.75rem;border-radius:12px;object-fit:cover;background:var(--sunken)}",
  ".unsent li p{margin:0 0 .25rem}",
  ".unsent .why{color:var(--brick);font-weight:600}",
  ".unsent .acts{clear:both;margin:.5rem 0 0}",
  ".unsent .said{margin:.5rem 0;overflow:hidden}",
];

export function addStyle() {
  const [sheet] = document.styleSheets;
  for (const rule of RULES) sheet.insertRule(rule, sheet.cssRules.length);
}
