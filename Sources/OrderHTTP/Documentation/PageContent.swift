/// The page's files, written out.
enum PageContent {
    static let icon: StaticString = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1f4e79"/>\
        <path d="M3 5h10M3 8h10M3 11h6" stroke="#fff" stroke-width="1.6"/></svg>
        """
    static let page: StaticString = ""
    static let script: StaticString = ""
    static let style: StaticString = ""
}
