/// The files of the page that shows the interface to people.
enum PageFile: String, CaseIterable {
    case page = "/docs"
    case script = "/docs/page.js"
    case style = "/docs/page.css"
    case icon = "/docs/icon.svg"

    init?(path: String) {
        self.init(rawValue: path)
    }

    var contentType: String {
        switch self {
        case .page: "text/html; charset=utf-8"
        case .script: "text/javascript; charset=utf-8"
        case .style: "text/css; charset=utf-8"
        case .icon: "image/svg+xml"
        }
    }

    var content: StaticString {
        switch self {
        case .page: PageContent.page
        case .script: PageContent.script
        case .style: PageContent.style
        case .icon: PageContent.icon
        }
    }
}
