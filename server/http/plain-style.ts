/** The stylesheet of pages written by the server: light, large, plain; printed it is ink on paper. */
export const PLAIN_CSS = `
:root{color-scheme:light;--bg:#f5f4f0;--card:#fff;--hair:#e0ddd5;--line:#8b8980;--fg-1:#1b2024;--fg-2:#454e55;--accent:#1d5c87;--over:#b3261e;--over-soft:#fbe5e2;--done:#146b50;--done-soft:#ddf0e8;--half:#7a5c00;--half-soft:#fbf0cc;--ok-soft:#e9eef0}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body,h1,h2,p,ol,ul,dl,dd,figure,blockquote{margin:0;padding:0}
ol,ul{list-style:none}
body{background:var(--bg);color:var(--fg-1);font:400 18px/1.6 "Noto Sans SC","Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;font-variant-numeric:tabular-nums;text-autospace:normal;text-spacing-trim:trim-start;line-break:strict;overflow-wrap:anywhere}
h1,h2,b,strong{font-weight:600}
h1{font-size:32px;line-height:1.3;text-wrap:balance}
h2{font-size:20px;line-height:1.4}
a{color:var(--accent);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.drill{background:#1b2024;color:#fff;text-align:center;font-size:16px;padding:4px 16px}
.wide{max-width:1040px;margin:0 auto;padding-inline:20px}
.top{background:var(--card);border-bottom:1px solid var(--hair)}
.top .wide{display:flex;align-items:center;gap:12px;min-height:68px;flex-wrap:wrap}
.mark{display:grid;place-items:center;width:28px;height:28px;border-radius:4px;background:#1b2024;color:#fff;font-size:18px}
.office{font-weight:600;margin-right:auto}
.top a{display:inline-flex;align-items:center;min-height:48px}
main{padding-top:28px;padding-bottom:32px}
.meta,.small{color:var(--fg-2);font-size:16px}
.two{display:grid;grid-template-columns:minmax(0,1fr) 360px;gap:28px;align-items:start;margin-top:20px}
.stack{display:grid;gap:20px}
.card{background:var(--card);border:1px solid var(--hair);border-radius:12px;padding:20px 24px;overflow:hidden}
.card>h2+*{margin-top:8px}
.card.state{padding:0}
.state .head{padding:14px 24px;font-size:22px;font-weight:600;background:var(--ok-soft)}
.state.done .head{background:var(--done-soft);color:var(--done)}
.state.late .head{background:var(--over-soft);color:var(--over)}
.state .body{padding:16px 24px}
.state dl:first-child{margin-top:0;padding-top:0;border-top:0}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:6px 20px;margin-top:12px;padding-top:12px;border-top:1px solid var(--hair)}
dt{color:var(--fg-2)}
dd{font-weight:600}
.steps{display:flex;margin:0 4px}
.steps li{flex:1;display:grid;justify-items:center;gap:6px;position:relative;font-size:16px;color:var(--fg-2);text-align:center}
.steps li::before{content:attr(data-n);display:grid;place-items:center;width:32px;height:32px;border-radius:50%;border:3px solid var(--line);background:var(--bg);color:var(--fg-2);font-weight:600;z-index:1}
.steps li.past::before{content:"✓";background:var(--done);border-color:var(--done);color:#fff}
.steps li.now{color:var(--fg-1);font-weight:600}
.steps li.now::before{background:var(--fg-1);border-color:var(--fg-1);color:#fff}
.steps li+li::after{content:"";position:absolute;height:3px;background:var(--line);top:15px;right:calc(50% + 20px);left:calc(-50% + 20px)}
.steps li.past+li::after{background:var(--done)}
blockquote{border-left:4px solid var(--done);padding-left:16px;line-height:1.8;white-space:pre-line}
.way li{display:grid;grid-template-columns:132px minmax(0,1fr);gap:4px 16px;padding:12px 0;border-top:1px solid var(--hair)}
.way li:first-child{border-top:0}
.way time{color:var(--fg-2)}
.way .late{color:var(--over);font-weight:600}
.way .why{grid-column:2;color:var(--fg-2);font-size:16px}
.verdict{display:grid;grid-template-columns:1fr 1fr;gap:12px;margin:8px 0}
button{font:inherit;font-weight:600;font-size:20px;line-height:1.4;min-height:60px;padding:8px 20px;border-radius:12px;border:2px solid var(--accent);background:var(--card);color:var(--accent);cursor:pointer}
button.main{background:var(--accent);color:#fff}
button.plain{border-color:var(--line);color:var(--fg-1)}
button:hover{background:#e4eef5}
button.main:hover{background:#174a6d}
label{display:grid;gap:4px;margin-top:12px;font-weight:600}
label small{font-weight:400;color:var(--fg-2);font-size:16px}
textarea,select,input{font:inherit;color:inherit;width:100%;min-height:52px;padding:10px 12px;border:1px solid var(--line);border-radius:8px;background:#fff}
textarea{min-height:120px;line-height:1.6}
form button{margin-top:14px;width:100%}
.verdict button{margin:0}
.said{border-left:4px solid var(--accent);background:var(--card);padding:12px 16px;margin-top:16px}
.said.no{border-color:var(--over)}
.list li{border-top:1px solid var(--hair)}
.list li:first-child{border-top:0}
.list a{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:2px 20px;padding:16px 0;text-decoration:none;color:inherit}
.list a:hover b{text-decoration:underline}
.list b{font-size:20px}
.chip{display:inline-block;padding:1px 12px;border-radius:6px;background:var(--ok-soft);font-size:16px;font-weight:600;white-space:nowrap;align-self:center}
.chip.done{background:var(--done-soft);color:var(--done)}
.chip.late{background:var(--over-soft);color:var(--over)}
footer.wide{border-top:1px solid var(--hair);padding-top:18px;padding-bottom:40px;color:var(--fg-2);font-size:16px}
details{margin-top:12px}
summary{min-height:48px;display:flex;align-items:center;cursor:pointer;color:var(--accent);font-weight:600;text-decoration:underline;text-underline-offset:.2em}
.sheet table{width:100%;border-collapse:collapse;margin-top:16px}
.sheet th,.sheet td{border:1px solid var(--fg-1);padding:10px 12px;text-align:left;vertical-align:top;font-weight:400}
.sheet th{width:8em;background:var(--ok-soft);font-weight:600}
.sheet .blank{height:150px}
@media (max-width:760px){h1{font-size:28px}.two{grid-template-columns:minmax(0,1fr)}.steps{margin:0 -8px}.way li{grid-template-columns:112px minmax(0,1fr)}.card{padding:18px 20px}}
@media print{body{background:#fff;font-size:12pt}.top,footer,.noprint,.drill{display:none}.wide{max-width:none;padding-inline:0}.card{border:0;padding:0}h1{font-size:20pt;text-align:center}@page{margin:18mm}}
@media (forced-colors:active){.steps li::before,.chip,.state .head{border:2px solid}}
`;
