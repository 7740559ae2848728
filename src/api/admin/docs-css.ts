/** The style of the documentation page: the type and the grounds of the public page, denser, for people who scan. */
export const DOCS_CSS = `
:root {
  color-scheme: light dark;
  --ground: light-dark(oklch(98.5% 0.004 90), oklch(18% 0.008 260));
  --ink: light-dark(oklch(22% 0.012 260), oklch(93% 0.005 90));
  --quiet: light-dark(oklch(46% 0.014 260), oklch(72% 0.012 260));
  --rule: light-dark(oklch(87% 0.008 90), oklch(32% 0.012 260));
  --accent: light-dark(#2f5bd7, #8aa8f5);
  --serif: ui-serif, Charter, "Iowan Old Style", Cambria, Georgia, "Noto Serif", serif;
  --mono: ui-monospace, "Cascadia Code", Menlo, Consolas, monospace;
}
body {
  max-width: 58rem; margin: 0 auto; padding: 2.5rem 1rem 6rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
a { color: var(--accent); text-underline-offset: 0.2em; }
h1, h2 { font-family: var(--serif); line-height: 1.15; }
h1 { font-size: 2.2rem; }
h2 { font-size: 1.4rem; margin: 4rem 0 0; padding-top: 0.5rem; border-top: 2px solid; }
h3 { margin: 2.5rem 0 0; font: 600 1rem/1.5 var(--mono); overflow-wrap: anywhere; }
h3 .method { display: inline-block; min-width: 4.5rem; color: var(--accent); }
p { max-width: 42rem; margin: 0.25rem 0; }
header p { margin: 0.5rem 0; }
code { font: 0.9375em/1.4 var(--mono); }
nav ul { columns: 3 10rem; padding: 1rem 0 0; list-style: none; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
caption { text-align: start; font-weight: 600; padding: 1rem 0 0.25rem; }
thead { color: var(--quiet); font-size: 0.875rem; }
th, td { text-align: start; vertical-align: top; padding: 0.3rem 1rem 0.3rem 0; border-top: 1px solid var(--rule); }
th { font-weight: 400; }
th[scope="row"] { width: 15rem; }
td:nth-child(2) { width: 19rem; }
.table { overflow-x: auto; }
.scope { color: var(--quiet); font-size: 0.9375rem; }
@media (max-width: 40rem) {
  th[scope="row"], td:nth-child(2) { width: auto; }
  th[scope="row"] { min-width: 7rem; overflow-wrap: anywhere; }
}
`
