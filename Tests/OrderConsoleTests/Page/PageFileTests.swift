import Testing

@testable import OrderConsole

@Suite struct PageFileTests {
    /// What a file loads besides, by the names under `/assets/`.
    private func references(of file: PageFile) -> [String] {
        let text = String(decoding: file.content, as: UTF8.self)
        let scripts = text.matches(of: /from "\.\/([a-z-]+\.js)";/).map { String($0.1) }
        let others = text.matches(of: /(?:src|href)="\/assets\/([a-z.-]+)"/).map { String($0.1) }
        return scripts + others
    }

    @Test func everythingThatThePageLoadsIsThere() throws {
        var waiting = references(of: try #require(PageFile(path: [])))
        var seen: Set<String> = []
        while let name = waiting.popLast() {
            guard seen.insert(name).inserted else { continue }
            waiting += references(of: try #require(PageFile(path: ["assets", name]), "\(name) is not served"))
        }
        #expect(seen.isSuperset(of: ["console.js", "console.css", "icon.svg", "page.js"]))
    }

    @Test func scriptsAreOfTheTypeThatBrowsersRunModulesOf() throws {
        let script = try #require(PageFile(path: ["assets", "console.js"]))
        #expect(script.contentType.hasPrefix("text/javascript"))
    }

    @Test(arguments: [["assets"], ["assets", "index.html"], ["assets", "..", "console.js"], ["nothing"]])
    func nothingElseIsServed(path: [String]) {
        #expect(PageFile(path: path) == nil)
    }
}
