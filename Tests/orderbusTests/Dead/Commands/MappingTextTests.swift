import Testing
import orderbus

@Suite struct MappingTextTests {
    private func json(_ renames: [String] = [], _ defaults: [String] = [], _ removals: [String] = []) throws -> String {
        String(decoding: try MappingText.json(renames: renames, defaults: defaults, removals: removals), as: UTF8.self)
    }

    @Test func stepsAreTheConsolesOwn() throws {
        #expect(try json(["$.customer=customerId"]) == #"[{"rename":["$.customer","customerId"]}]"#)
        #expect(try json([], [#"$.currency="EUR""#]) == #"[{"default":["$.currency","EUR"]}]"#)
        #expect(try json([], [#"$.note="a=b""#]) == #"[{"default":["$.note","a=b"]}]"#)
        #expect(try json([#"$."a=b"=c"#]) == #"[{"rename":["$.\"a=b\"","c"]}]"#)
        #expect(try json(["$.a=b"], ["$.c=[1]"], ["$.d"]).contains(#"},{"default":["$.c",[1]]},{"remove":"$.d"}]"#))
    }

    @Test func halfAStepIsExplained() {
        for (renames, defaults) in [(["$.a"], []), (["$.a="], []), (["=b"], []), ([], ["$.a"]), ([], ["$.a=EUR"])] {
            #expect(throws: ExplainedError.self) { try json(renames, defaults) }
        }
    }
}
