/** The style of the documentation page: the reader's own fonts, light or dark. */
export const DOCS_CSS = `
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; }
code, h3 { font-family: ui-monospace, monospace; }
h2 { margin-top: 3rem; border-bottom: 2px solid; }
h3 { margin: 2rem 0 0; font-size: 1rem; overflow-wrap: anywhere; }
p { max-width: 45rem; }
nav ul { columns: 3 12rem; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: start; font-weight: 600; padding-top: 0.75rem; }
th, td { text-align: start; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; border-top: 1px solid #8886; }
.table { overflow-x: auto; }
.scope { margin: 0.25rem 0; }
`
