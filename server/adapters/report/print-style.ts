/** The one style of the written report: A4 on paper, a readable column on a screen. */
export const PRINT_STYLE = `
@page{size:A4;margin:16mm 16mm 18mm}
*{box-sizing:border-box}
body{margin:0;background:#d8d6d0;color:#1b2024;font:13px/1.75 "Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;text-autospace:normal;text-spacing-trim:trim-start;line-break:strict;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.report{max-width:794px;margin:24px auto;padding:52px 60px;background:#fff}
h1,h2,h3,p,ol,ul,dl,dd,figure{margin:0;padding:0}
h1{font:700 30px/1.3 "Noto Serif SC","Noto Serif CJK SC","Songti SC",SimSun,serif}
.mast{border-bottom:3px double #1b2024;padding-bottom:14px}
.mast dl{display:grid;grid-template-columns:repeat(4,auto);justify-content:space-between;gap:4px 16px;font-size:12px;margin-top:8px}
dt{color:#5d666d}
h2{display:flex;align-items:baseline;gap:10px;font:700 18px/1.4 "Noto Serif SC","Noto Serif CJK SC","Songti SC",SimSun,serif;margin:22px 0 8px;break-after:avoid}
h2 .no{font:400 13px sans-serif;color:#5d666d}
h2 small{margin-left:auto;font:400 12px sans-serif;color:#5d666d}
.slate{float:right;font-size:12px;color:#454e55}
.lead{padding-left:1.5em;font-size:14px;line-height:1.8}
ul.lead{padding-left:1.1em}
.lead li::marker{color:#5d666d}
#coverage .lead,#appendix .lead{font-size:12px;color:#454e55}
.ev{font-size:11px;color:#1d5c87;text-decoration:underline;text-underline-offset:3px;white-space:nowrap;margin-left:4px}
a{color:#1d5c87}
td a{color:inherit;text-decoration-color:#b2b8bb;text-underline-offset:3px}
.tiles{display:grid;grid-template-columns:repeat(5,1fr);margin-top:12px;border-top:1.5px solid #1b2024;border-bottom:1px solid #e0ddd5}
.tiles>div{padding:10px 0 10px 12px;border-left:1px solid #e0ddd5}
.tiles>div:first-child{border:0;padding-left:0}
.tiles h3{font-size:12px;font-weight:400;color:#454e55}
.tiles .n{font-size:28px;font-weight:700;line-height:1.25;white-space:nowrap}
.tiles .u{font-size:14px;margin-left:2px}
.tiles p{font-size:12px;line-height:1.5;color:#454e55}
.tiles .ev{margin-left:0}
#picture{orphans:1;widows:1}
#picture figure{display:inline-block;width:332px;vertical-align:top;margin:0 4px 12px 0;break-inside:avoid}
#picture figure.wide{width:674px}
figcaption{font-size:12px;color:#454e55}
figcaption b{color:#1b2024;font-size:13px}
svg{max-width:100%;height:auto;font-family:inherit}
svg a:hover :is(rect,text){opacity:.75}
svg a:focus-visible{outline:2px solid #1d5c87;outline-offset:2px}
.note{font-size:12px;color:#5d666d;margin-top:6px}
.none{font-size:12px;color:#454e55;margin-top:8px}
table{border-collapse:collapse;width:100%;font-size:12px;line-height:1.5;margin-top:10px}
caption{text-align:left;color:#454e55;padding-bottom:4px;break-after:avoid}
th,td{text-align:left;padding:4px 10px 4px 0;border-bottom:1px solid #e0ddd5;vertical-align:top}
th{font-weight:400;color:#454e55;border-bottom:1px solid #1b2024;border-top:1.5px solid #1b2024}
thead{display:table-header-group}
tr{break-inside:avoid}
.num{text-align:right}
.bar{margin-left:8px;vertical-align:middle}
th.barred{padding-right:116px}
table.fixed{table-layout:fixed}
.nd span{display:inline-block;padding:0 8px;border:1px dashed #8b8980;background:repeating-linear-gradient(-45deg,#d5dadc 0 1px,#fff 1px 4px)}
.case{border-top:1.5px solid #1b2024;padding-top:8px;margin-top:10px;break-inside:avoid}
.case header{display:flex;align-items:center;gap:10px}
.id{display:grid;place-items:center;min-width:24px;height:24px;border:1px solid #1b2024;border-radius:3px;font-weight:700}
.case h3{font:700 16px/1.4 "Noto Serif SC","Noto Serif CJK SC","Songti SC",SimSun,serif}
.st{margin-left:auto;font-size:12px}
.path{font-size:12px;color:#454e55;margin:2px 0 8px 34px;display:flex;flex-wrap:wrap;gap:0 14px}
.case dl{display:grid;grid-template-columns:repeat(3,1fr);gap:4px 16px;line-height:1.55;font-size:12px;margin-top:6px}
.voices{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:16px;margin-top:8px;font-size:12px;line-height:1.55}
.voices>div{border-left:2px solid #b2b8bb;padding-left:10px}
.voices b{display:block;color:#454e55;font-weight:400}
.next{font-size:12px;margin-top:8px;list-style:none}
.ed{background:#f5f4f0;border-radius:4px;padding:6px 10px;font-size:12px;margin-top:10px;white-space:pre-line}
.ed b{color:#454e55;font-weight:400;margin-right:8px}
.proofs{font-size:11px;color:#454e55;padding-left:2.5em;line-height:1.6}
footer{font-size:12px;color:#5d666d;border-top:1px solid #e0ddd5;margin-top:24px;padding-top:8px}
@media(max-width:760px){.report{padding:20px 14px;margin:0}.mast dl,.tiles,.case dl,.voices{grid-template-columns:repeat(2,1fr)}table{display:block;overflow-x:auto}}
@media print{body{background:none}.report{max-width:none;margin:0;padding:0}a{color:inherit}.proofs{columns:2}}
`;
