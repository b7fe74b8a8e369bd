/// The page's files, written out: nothing of it comes from elsewhere.
enum PageContent {
    static let icon: StaticString = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1f4e79"/>\
        <path d="M3 5h10M3 8h10M3 11h6" stroke="#fff" stroke-width="1.6"/></svg>
        """

    static let page: StaticString = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>orderbus · HTTP interface</title>
        <link rel="icon" href="/docs/icon.svg">
        <link rel="stylesheet" href="/docs/page.css">
        <script src="/docs/page.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#operations">To the calls</a>
        <header>
        <h1>orderbus</h1>
        <p id="about">The description is being read…</p>
        <p><a href="/openapi.json">openapi.json</a></p>
        <form id="access">
        <label for="token">Access token (stays in this page; gone when it is closed)</label>
        <textarea id="token" rows="2" spellcheck="false" autocomplete="off"></textarea>
        </form>
        </header>
        <main id="operations" tabindex="-1"></main>
        <noscript><p>This page needs JavaScript; the same is written in <a href="/openapi.json">openapi.json</a>.</p></noscript>
        </body>
        </html>
        """

    static let style: StaticString = """
        :root { color-scheme: light dark; --edge: #8886; --ink: #1a1a1a; --paper: #fff; --mark: #1f4e79; --soft: #f2f5f8; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8e8e8; --paper: #16191d; --mark: #8ec2f0; --soft: #20252b; }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1rem; max-width: 60rem; color: var(--ink); background: var(--paper);
          font: 1rem/1.5 system-ui, sans-serif; }
        h1 { margin: 0; color: var(--mark); }
        h2 { margin: 0; font-size: 1.05rem; display: inline; }
        a { color: var(--mark); }
        :focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
        .skip { position: absolute; left: -99rem; }
        .skip:focus { position: static; }
        details { border: 1px solid var(--edge); border-radius: .4rem; margin: .8rem 0; }
        details > div { padding: 0 1rem 1rem; }
        summary { padding: .6rem 1rem; cursor: pointer; background: var(--soft); border-radius: .4rem; }
        .method { display: inline-block; min-width: 4.5rem; font-weight: 700; color: var(--mark); }
        code, pre, textarea, input { font: .9rem/1.4 ui-monospace, monospace; }
        label { display: block; margin-top: .6rem; font-weight: 600; }
        label small { font-weight: 400; }
        textarea, input { width: 100%; padding: .4rem; color: inherit; background: var(--paper);
          border: 1px solid #767676; border-radius: .3rem; }
        button { margin-top: .8rem; padding: .5rem 1.2rem; font: inherit; font-weight: 600; color: var(--paper);
          background: var(--mark); border: 0; border-radius: .3rem; cursor: pointer; }
        button:disabled { opacity: .6; }
        pre { overflow-x: auto; padding: .6rem; background: var(--soft); border-radius: .3rem; white-space: pre-wrap;
          overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border-top: 1px solid var(--edge); }
        """
}
